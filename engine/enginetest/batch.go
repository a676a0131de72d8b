package enginetest

import (
	"maps"
	"slices"
)

// plenty is about how many rows a base relation has after a while.
const plenty = 10

// batch draws changes of base facts, and makes them in present.
func (g *generator) batch(present facts) []Change {
	var batch []Change
	switch n := g.intn(100); {
	case n < 2:
		batch = g.clearing(present)
	case n < 8 || len(present) == 0:
		batch = g.changes(present, 30+g.intn(20))
	case n < 50:
		batch = g.changes(present, 1+g.intn(3))
	default:
		batch = g.changes(present, 1+g.intn(20))
	}
	return batch
}

// changes draws insertions and deletions in any order, some of them without effect.
func (g *generator) changes(present facts, n int) []Change {
	var batch []Change
	for len(batch) < n {
		c := g.change(present)
		batch = append(batch, c)
		present.apply(c)
		if g.chance(5) { // and back
			c.Insert = !c.Insert
			batch = append(batch, c)
			present.apply(c)
		}
	}
	return batch
}

func (g *generator) change(present facts) Change {
	var base []*Relation
	for _, r := range g.program.Relations {
		if r.Base {
			base = append(base, r)
		}
	}
	r := pick(g, base)
	rows := present[r.Name]
	c := Change{Relation: r.Name, Insert: g.chance(70)}
	if len(rows) > plenty {
		c.Insert = g.chance(40)
	}
	if known := 10; len(rows) > 0 {
		if !c.Insert {
			known = 85
		}
		if g.chance(known) {
			c.Row = rows[pick(g, slices.Sorted(maps.Keys(rows)))].Row
			return c
		}
	}
	for _, t := range r.Types {
		c.Row = append(c.Row, g.cell(t))
	}
	return c
}

// clearing deletes every fact.
func (g *generator) clearing(present facts) []Change {
	batch := present.deletions()
	for _, c := range batch {
		present.apply(c)
	}
	return batch
}

// facts holds base facts: the relation, the spelling of the fact, and its insertion.
type facts map[string]map[string]Change

func (f facts) clone() facts {
	out := facts{}
	for name, rows := range f {
		out[name] = maps.Clone(rows)
	}
	return out
}

// apply makes a change.
func (f facts) apply(c Change) {
	if f[c.Relation] == nil {
		f[c.Relation] = map[string]Change{}
	}
	key := c.fact()
	if c.Insert {
		f[c.Relation][key] = c
	} else {
		delete(f[c.Relation], key)
	}
}

// insertions returns every fact as an insertion.
func (f facts) insertions() []Change {
	var batch []Change
	for _, name := range slices.Sorted(maps.Keys(f)) {
		for _, key := range slices.Sorted(maps.Keys(f[name])) {
			batch = append(batch, f[name][key])
		}
	}
	return batch
}

// deletions returns the deletion of every fact.
func (f facts) deletions() []Change {
	batch := f.insertions()
	for i := range batch {
		batch[i].Insert = false
	}
	return batch
}
