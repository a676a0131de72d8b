package golden

import (
	"fmt"
	"hash/fnv"
	"math/rand/v2"
	"slices"
	"strings"
)

// Failure is a difference between what a case expects and what happened.
type Failure struct {
	Path  string
	Line  int
	Case  string
	Way   string // how the case was run: as written, shuffled, undone and done again, from scratch
	Text  string // what differs
	wrong *Report
	got   []string
}

// String spells the failure with its place.
func (f Failure) String() string {
	return fmt.Sprintf("%s:%d: %s (%s)\n%s", f.Path, f.Line, f.Case, f.Way, f.Text)
}

// The ways in which a case is run. All have to give the same text.
const (
	asWritten   = "as written"
	shuffled    = "facts of a transaction in another order"
	undone      = "each transaction undone and done again"
	fromScratch = "from scratch"
)

// Run runs the cases of a file in every way and returns the differences. An error means that a
// case says something that cannot be done; it is an *Error with its place, or comes from the
// engine.
func (p *Program) Run(f *File) ([]Failure, error) {
	var out []Failure
	for _, c := range f.Cases {
		r, err := p.prepare(f, c)
		if err != nil {
			return out, err
		}
		ways := []string{asWritten, shuffled}
		if !c.History {
			ways = append(ways, undone, fromScratch)
		}
		for _, way := range ways {
			failures, err := r.run(way)
			if err != nil {
				return out, err
			}
			out = append(out, failures...)
			if len(failures) > 0 {
				break // the other ways would say the same again
			}
		}
	}
	return out, nil
}

// Update returns the file's text with the expected lines replaced by what the failures say that
// came out. Everything else stays as it is.
func (f *File) Update(failures []Failure) []byte {
	var out []string
	at := 0
	for _, c := range f.Cases {
		for _, s := range c.Steps {
			for _, r := range s.Reports {
				i := slices.IndexFunc(failures, func(x Failure) bool { return x.wrong == r })
				if i < 0 || failures[i].Way != asWritten {
					continue
				}
				out = append(append(out, f.lines[at:r.from]...), failures[i].got...)
				at = r.to
			}
		}
	}
	out = append(out, f.lines[at:]...)
	return []byte(strings.Join(out, "\n") + "\n")
}

// runner is a case with the changes that its transactions make.
type runner struct {
	p       *Program
	file    *File
	c       *Case
	names   *names
	changes []change
}

func (p *Program) prepare(f *File, c *Case) (*runner, error) {
	s := newState(p)
	r := &runner{p: p, file: f, c: c, names: s.names}
	for _, step := range c.Steps {
		ch, line, err := s.apply(step.Statements)
		if err != nil {
			return nil, &Error{f.Path, line, err.message, err.hint}
		}
		r.changes = append(r.changes, ch)
	}
	if strays := r.names.strays(); len(strays) > 0 {
		return nil, &Error{f.Path, c.Line, "no row of the case is called " + strings.Join(strays, ", "),
			"a row that is referred to has a statement of its own"}
	}
	return r, nil
}

// run runs the case in one way.
func (r *runner) run(way string) ([]Failure, error) {
	w, err := r.p.world()
	if err != nil {
		return nil, err
	}
	var out []Failure
	for i, step := range r.c.Steps {
		before, err := r.deltaLines(w, step)
		if err == nil {
			err = r.advance(w, way, i, &out)
		}
		if err != nil {
			return nil, err
		}
		for k, report := range step.Reports {
			got, err := r.lines(w, report)
			if err != nil {
				return nil, err
			}
			if report.Delta {
				got = diff(before[k], got, false)
			}
			if !slices.Equal(got, report.Want) {
				f := r.failure(report.Line, way, strings.Join(diff(report.Want, got, true), "\n"))
				f.wrong, f.got = report, got
				out = append(out, f)
			}
			if way == asWritten {
				failures, err := r.expectations(w, report)
				if err != nil {
					return nil, err
				}
				out = append(out, failures...)
			}
		}
	}
	w.note()
	clean, err := w.leave()
	if err == nil && !clean {
		out = append(out, r.failure(r.c.Line, way, "with all facts taken out again, something is left"))
	}
	return out, err
}

func (r *runner) failure(line int, way, text string) Failure {
	return Failure{Path: r.file.Path, Line: line, Case: r.c.Title, Way: way, Text: text}
}

// advance makes the change of a step.
func (r *runner) advance(w *world, way string, i int, out *[]Failure) error {
	ch := r.changes[i]
	switch way {
	case shuffled:
		ch = r.shuffle(ch)
	case undone:
		before := w.dump()
		if err := w.commit(ch); err != nil {
			return err
		}
		if err := w.commit(ch.reversed()); err != nil {
			return err
		}
		if now := w.dump(); now != before {
			d := diff(strings.Split(before, "\n"), strings.Split(now, "\n"), false)
			*out = append(*out, r.failure(r.c.Line, way, strings.Join(d, "\n")))
		}
	case fromScratch:
		return r.restart(w, ch)
	}
	return w.commit(ch)
}

// restart takes everything out of the world and puts what holds after the change into it at once.
func (r *runner) restart(w *world, ch change) error {
	var all change
	gone := map[fact]bool{}
	for _, f := range ch.del {
		gone[f] = true
	}
	for f := range w.facts {
		all.del = append(all.del, f)
		if !gone[f] {
			all.ins = append(all.ins, f)
		}
	}
	all.ins = append(all.ins, ch.ins...)
	if err := w.commit(change{del: all.del}); err != nil {
		return err
	}
	sortFacts(all.ins)
	return w.commit(change{ins: all.ins})
}

// shuffle brings the facts of a change into another order, which depends on the case's title.
func (r *runner) shuffle(ch change) change {
	h := fnv.New64a()
	h.Write([]byte(r.c.Title))
	random := rand.New(rand.NewPCG(h.Sum64(), 0))
	swap := func(list []fact) []fact {
		list = slices.Clone(list)
		random.Shuffle(len(list), func(i, j int) { list[i], list[j] = list[j], list[i] })
		return list
	}
	return change{del: swap(ch.del), ins: swap(ch.ins)}
}

// deltaLines makes the lines of the reports of a step that show a change, before it.
func (r *runner) deltaLines(w *world, step *Step) ([][]string, error) {
	out := make([][]string, len(step.Reports))
	for k, report := range step.Reports {
		if !report.Delta {
			continue
		}
		lines, err := r.lines(w, report)
		if err != nil {
			return nil, err
		}
		out[k] = lines
	}
	return out, nil
}

func (r *runner) lines(w *world, report *Report) ([]string, error) {
	lines, err := newView(w, r.names).lines(report)
	if err != nil {
		return nil, &Error{r.file.Path, report.Line, err.message, err.hint}
	}
	return lines, nil
}
