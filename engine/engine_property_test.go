package engine_test

import (
	"flag"
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"woven/engine"
	"woven/engine/check"
	"woven/engine/enginetest"
	"woven/engine/function"
	"woven/relations"
)

var steps = flag.Int("engine.steps", 200, "steps of each random program; -rapid.checks says how "+
	"many programs")

func TestMain(m *testing.M) {
	flag.Parse()
	set := map[string]bool{}
	flag.Visit(func(f *flag.Flag) { set[f.Name] = true })
	if !set["rapid.checks"] { // fewer programs than rapid's 100, but each with hundreds of batches
		if err := flag.Set("rapid.checks", "40"); err != nil {
			panic(err)
		}
	}
	// A failure prints its case and its seed; a file in the source tree is not wanted too.
	if err := flag.Set("rapid.nofailfile", "true"); err != nil {
		panic(err)
	}
	os.Exit(m.Run())
}

// hanging is how long a case may take; the slowest take a few seconds.
const hanging = 3 * time.Minute

// system is the engine as the driver of the random tests sees it.
type system struct {
	*engine.Engine
	lazy bool
	// delivered counts, with lazy texts, the rows that spell the same.
	delivered map[string]map[string]int
	behind    []late
}

// late is what a sink that lags has not released yet, and how it read at first.
type late struct {
	changes *engine.Changes
	text    string
}

func factory(opts engine.Options) enginetest.Factory {
	return func(p *check.Program) (enginetest.System, enginetest.Deltas, error) {
		e, err := engine.New(p, relations.NewStore(), opts)
		if err != nil {
			return nil, nil, err
		}
		s := &system{Engine: e, lazy: opts.LazyText, delivered: map[string]map[string]int{}}
		deltas := enginetest.Deltas{}
		for name, info := range p.Relations {
			if r, ok := e.Relation(name); ok && info.Output {
				deltas[name] = enginetest.Delta{Inserted: s.rows(r)}
			}
		}
		return s, s.deliver(deltas, true), nil
	}
}

// fill opens a transaction with the changes in it.
func (s *system) fill(batch []enginetest.Change) (*engine.Txn, error) {
	txn, err := s.Begin()
	if err != nil {
		return nil, err
	}
	for _, c := range batch {
		r, ok := s.Relation(c.Relation)
		if !ok {
			return nil, fmt.Errorf("no relation %s", c.Relation)
		}
		row := make([]relations.Value, len(c.Row))
		for i, cell := range c.Row {
			row[i] = cell.In(s.Store())
		}
		change := txn.Delete
		if c.Insert {
			change = txn.Insert
		}
		if err := change(r, row...); err != nil {
			return nil, err
		}
		if txn.Holds(r, row...) != c.Insert {
			return nil, fmt.Errorf("Holds differs from %s", c)
		}
	}
	return txn, nil
}

func (s *system) Apply(batch []enginetest.Change) (enginetest.Deltas, error) {
	txn, err := s.fill(batch)
	if err != nil {
		return nil, err
	}
	changes, err := txn.Commit()
	if err != nil {
		return nil, err
	}
	return s.take(changes, true)
}

func (s *system) Preview(batch []enginetest.Change) (enginetest.Deltas, error) {
	txn, err := s.fill(batch)
	if err != nil {
		return nil, err
	}
	changes, err := txn.Preview()
	if err != nil {
		return nil, err
	}
	return s.take(changes, false)
}

func (s *system) Rollback(batch []enginetest.Change) error {
	txn, err := s.fill(batch)
	if err != nil {
		return err
	}
	txn.Rollback()
	return nil
}

func (s *system) Replace(p *check.Program) (enginetest.Deltas, error) {
	changes, err := s.Engine.Replace(p)
	if err != nil {
		return nil, err
	}
	return s.take(changes, true)
}

func (s *system) Contents(name string) ([]string, error) {
	r, ok := s.Relation(name)
	if !ok {
		return nil, fmt.Errorf("no relation %s", name)
	}
	rows := s.rows(r)
	if len(rows) != r.Len() {
		return nil, fmt.Errorf("%s has %d rows, Len says %d", name, len(rows), r.Len())
	}
	if s.lazy {
		slices.Sort(rows)
		rows = slices.Compact(rows)
	}
	return rows, nil
}

func (s *system) rows(r *engine.Relation) []string {
	var out []string
	s.Each(r, func(row []relations.Value) bool {
		out = append(out, s.text(r, row))
		return true
	})
	return out
}

func (s *system) text(r *engine.Relation, row []relations.Value) string {
	var b []byte
	for i, t := range r.Types() {
		if i > 0 {
			b = append(b, ", "...)
		}
		b = s.Store().AppendLiteral(b, t, row[i])
	}
	return string(b)
}

// take reads changes as a sink does that lags a few batches behind.
func (s *system) take(c *engine.Changes, keep bool) (enginetest.Deltas, error) {
	deltas := s.read(c)
	s.behind = append(s.behind, late{c, deltas.String()})
	if len(s.behind) > 3 {
		first := s.behind[0]
		s.behind = s.behind[1:]
		if now := s.read(first.changes).String(); now != first.text {
			return nil, fmt.Errorf("changes that were not released read\n%s  and now\n%s", first.text,
				now)
		}
		first.changes.Release()
	}
	return s.deliver(deltas, keep), nil
}

func (s *system) read(c *engine.Changes) enginetest.Deltas {
	deltas := enginetest.Deltas{}
	for _, rc := range c.Relations {
		var d enginetest.Delta
		for i := range rc.Inserted.Len() {
			d.Inserted = append(d.Inserted, s.text(rc.Relation, rc.Inserted.At(i)))
		}
		for i := range rc.Deleted.Len() {
			d.Deleted = append(d.Deleted, s.text(rc.Relation, rc.Deleted.At(i)))
		}
		deltas[rc.Relation.Name()] = d
	}
	return deltas
}

// deliver merges rows that spell the same, as whoever takes lazy texts has to.
func (s *system) deliver(deltas enginetest.Deltas, keep bool) enginetest.Deltas {
	if !s.lazy {
		return deltas
	}
	merged := enginetest.Deltas{}
	for name, d := range deltas {
		counts := map[string]int{}
		for _, row := range d.Inserted {
			counts[row]++
		}
		for _, row := range d.Deleted {
			counts[row]--
		}
		var m enginetest.Delta
		if s.delivered[name] == nil {
			s.delivered[name] = map[string]int{}
		}
		for row, n := range counts {
			before := s.delivered[name][row]
			switch after := before + n; {
			case before == 0 && after > 0:
				m.Inserted = append(m.Inserted, row)
			case before > 0 && after == 0:
				m.Deleted = append(m.Deleted, row)
			}
			if keep {
				s.delivered[name][row] += n
			}
		}
		merged[name] = m
	}
	return merged
}

// TestRandomPrograms compares the engine with the naive evaluator after every step of random
// programs' lives. To repeat a failure give its seed with -rapid.seed; to search longer raise
// -rapid.checks and -engine.steps.
func TestRandomPrograms(t *testing.T) {
	reg := function.Default()
	cases := enginetest.Cases(reg, *steps)
	census := &enginetest.Census{}
	for name, opts := range map[string]engine.Options{
		"written texts": {Workers: 1},
		"lazy texts":    {Workers: 2, LazyText: true},
	} {
		t.Run(name, func(t *testing.T) {
			driver := &enginetest.Driver{Registry: reg, System: factory(opts), Census: census}
			var failed *enginetest.Case
			defer func() {
				if failed != nil {
					small := driver.Minimize(failed, 3000)
					t.Logf("the smallest case found: %#v\n%v", small, driver.Run(small))
				}
			}()
			rapid.Check(t, func(t *rapid.T) {
				c := cases.Draw(t, "case")
				defer time.AfterFunc(hanging, func() {
					panic(fmt.Sprintf("this case hangs: %#v", c))
				}).Stop()
				if err := driver.Run(c); err != nil {
					failed = c
					t.Fatal(err)
				}
			})
		})
	}
	t.Logf("exercised:\n%s", census)
	require.Empty(t, census.Never(reducers(reg)...), "features that no program exercised")
}

// reducers lists the features of all the reducers.
func reducers(reg *function.Registry) (features []string) {
	for _, name := range reg.Names() {
		if reg.Reducers[name] != nil && !strings.HasPrefix(name, "fn:float:") {
			features = append(features, enginetest.Reducing(name))
		}
	}
	return features
}
