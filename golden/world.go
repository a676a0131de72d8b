package golden

import (
	"slices"
	"strings"

	"woven/engine"
	"woven/engine/check"
	"woven/relations"
)

// world is an engine that runs the program, with the facts that it was given.
type world struct {
	p       *Program
	engine  *engine.Engine
	facts   map[fact]bool
	empty   string            // what held before the first fact
	initial map[string]uint64 // how often each rule had fired then
}

// world returns one without facts. Making an engine takes longer than most cases, so that one is
// used again when a case has left nothing in it.
func (p *Program) world() (*world, error) {
	if n := len(p.free); n > 0 {
		w := p.free[n-1]
		p.free = p.free[:n-1]
		w.initial = w.counts()
		return w, nil
	}
	e, err := engine.New(p.checked, relations.NewStore(), engine.Options{Workers: 1})
	if err != nil {
		return nil, err
	}
	w := &world{p: p, engine: e, facts: map[fact]bool{}}
	for id, n := range w.counts() {
		if n > 0 {
			p.alone[id], p.fired[id] = true, true
		}
	}
	w.empty = w.dump()
	w.initial = w.counts()
	return w, nil
}

// leave takes everything out of the world and keeps it for the next case. It reports whether that
// brought it back to the start.
func (w *world) leave() (bool, error) {
	var c change
	for f := range w.facts {
		c.del = append(c.del, f)
	}
	sortFacts(c.del)
	if err := w.commit(c); err != nil {
		return false, err
	}
	if w.dump() != w.empty {
		return false, nil
	}
	w.p.free = append(w.p.free, w)
	return true, nil
}

// commit makes a change in one transaction.
func (w *world) commit(c change) error {
	t, err := w.engine.Begin()
	if err != nil {
		return err
	}
	for i, list := range [2][]fact{c.del, c.ins} {
		for _, f := range list {
			r, ok := w.engine.Relation(f.relation)
			if !ok {
				continue // nothing reads it
			}
			row := make([]relations.Value, len(r.Types()))
			for k, text := range f.texts() {
				row[k] = intern(w.engine.Store(), r.Types()[k], text)
			}
			if i == 0 {
				delete(w.facts, f)
				err = t.Delete(r, row...)
			} else {
				w.facts[f] = true
				err = t.Insert(r, row...)
			}
			if err != nil {
				t.Rollback()
				return err
			}
		}
	}
	changes, err := t.Commit()
	if err != nil {
		return err
	}
	changes.Release()
	return nil
}

// rows returns the facts of a relation as texts, in the order of the texts.
func (w *world) rows(relation string) [][]string {
	r, ok := w.engine.Relation(relation)
	if !ok {
		return nil
	}
	var out [][]string
	w.engine.Each(r, func(row []relations.Value) bool {
		texts := make([]string, len(row))
		for i, v := range row {
			texts[i] = w.engine.Store().Text(r.Types()[i], v)
		}
		out = append(out, texts)
		return true
	})
	slices.SortFunc(out, slices.Compare)
	return out
}

// dump writes all that the program says to the outside.
func (w *world) dump() string {
	var names []string
	for name, r := range w.p.checked.Relations {
		if r.Output {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	var b strings.Builder
	for _, name := range names {
		for _, row := range w.rows(name) {
			b.WriteString(name + "\t" + strings.Join(row, "\t") + "\n")
		}
	}
	return b.String()
}

// counts returns how often each rule has fired.
func (w *world) counts() map[string]uint64 {
	out := map[string]uint64{}
	for _, r := range w.engine.Profile() {
		out[ruleID(r.Pos.File, r.Rule)] += r.Stats.Out
	}
	return out
}

// note adds the rules that fired in this case to those of the program.
func (w *world) note() {
	for id, n := range w.counts() {
		if n > w.initial[id] {
			w.p.fired[id] = true
		}
	}
}

// relation returns what the program knows of a relation, or nil.
func (w *world) relation(name string) *check.Relation { return w.p.checked.Relations[name] }
