package engine

import (
	"slices"

	"woven/engine/function"
	"woven/relations"
)

// aggregation turns the rows of a rule's body, which the engine keeps as a relation of their
// own, into one head row a group. What a group remembers is brought up to date row by row; its
// head row is made once a transaction, however many of its rows changed.
type aggregation struct {
	source   *relation // a row for every assignment of the body's variables
	keys     []int     // columns of source
	reducers []reduction
	sums     []int     // columns of source that are added up
	sets     []shape   // what is kept in order
	finisher *plan     // keys and reducers' results -> head
	ids      *relation // a row for every group, to number them
	states   []*group  // by that number
	dirty    []dirtyGroup
	row      []value // keys and results at hand
}

// reduction is one reducer of an aggregation.
type reduction struct {
	reducer *function.Reducer
	types   []relations.Type
	slot    int // of its sum or its ordered set; reducers of the same arguments share one
}

// shape is the tuples of an ordered set: columns of a row, and their types.
type shape struct {
	columns []int
	types   []relations.Type
}

// group is the state of one group.
type group struct {
	count   int64
	sums    []int64
	sets    []ordered
	head    []value // the head row that stands; nil if none does
	changed bool    // already in the list of dirty groups
}

type dirtyGroup struct {
	id   uint32
	head []value // as it was before the transaction
}

// take brings the groups up to date with the source's changes and replaces their head rows.
func (a *aggregation) take(e *Engine, r *relation) {
	for _, id := range r.died {
		a.update(e, r.row(id), -1, true)
	}
	for _, id := range r.born {
		a.update(e, r.row(id), 1, true)
	}
	for _, d := range a.dirty {
		a.replace(e, d.id)
	}
}

// update counts one source row in or out of its group.
func (a *aggregation) update(e *Engine, row []value, d int64, note bool) {
	key := a.row[:len(a.keys)]
	for i, c := range a.keys {
		key[i] = row[c]
	}
	id := a.ids.lookup(key)
	if id == none {
		id = a.ids.addGroup(e.store, key)
	}
	for len(a.states) <= int(id) {
		a.states = append(a.states, nil)
	}
	g := a.states[id]
	if g == nil {
		g = a.newGroup()
		a.states[id] = g
	}
	if note && !g.changed {
		g.changed = true
		a.dirty = append(a.dirty, dirtyGroup{id, g.head})
	}
	g.count += d
	for i, c := range a.sums {
		g.sums[i] += d * e.store.Int(row[c])
	}
	for i := range g.sets {
		var buf [maxColumns]value
		columns := a.sets[i].columns
		for k, c := range columns {
			buf[k] = row[c]
		}
		g.sets[i].add(e.store, buf[:len(columns)], d)
	}
}

// addGroup numbers a new group.
func (r *relation) addGroup(s *relations.Store, key []value) uint32 {
	h := relations.HashValues(key)
	p, slot, _ := r.find(key, h)
	id := r.alloc(s, key)
	r.set.put(p, slot, h, id)
	return id
}

func (a *aggregation) newGroup() *group {
	g := &group{}
	if len(a.sums) > 0 {
		g.sums = make([]int64, len(a.sums))
	}
	if len(a.sets) > 0 {
		g.sets = make([]ordered, len(a.sets))
		for i := range a.sets {
			g.sets[i].shape = &a.sets[i]
		}
	}
	return g
}

// remember says what groups keep for a reducer of the columns, and where.
func (a *aggregation) remember(r *function.Reducer, columns []int, types []relations.Type) (slot int) {
	switch r.State {
	case function.SumState:
		if slot = slices.Index(a.sums, columns[0]); slot < 0 {
			slot = len(a.sums)
			a.sums = append(a.sums, columns[0])
		}
	case function.OrderedState:
		slot = slices.IndexFunc(a.sets, func(s shape) bool { return slices.Equal(s.columns, columns) })
		if slot < 0 {
			slot = len(a.sets)
			a.sets = append(a.sets, shape{columns, types})
		}
	}
	return slot
}

// replace makes the group's head row anew.
func (a *aggregation) replace(e *Engine, id uint32) {
	g := a.states[id]
	rule := a.finisher.rule
	old := g.head
	g.head = nil
	f := e.frame(a.finisher, 0)
	if g.count > 0 {
		row := append(a.row[:0], a.ids.row(id)...)
		for i := range a.reducers {
			x := &a.reducers[i]
			row = append(row, x.reducer.Finish(e.store, x.types, &groupView{g, x.slot}))
		}
		f.emit = func(f *frame) bool {
			g.head = slices.Clone(f.out)
			return true
		}
		f.run(row)
	}
	if old != nil && g.head != nil && equalRow(old, g.head) {
		return
	}
	if old != nil {
		rule.head.add(e.store, old, -1, false)
	}
	if g.head != nil {
		rule.head.add(e.store, g.head, 1, false)
	}
	e.mark(rule.head.order)
}

// restate makes the head rows of groups that were kept for a head that was not.
func (a *aggregation) restate(e *Engine, kept map[*relation]bool) {
	if kept[a.finisher.rule.head] {
		return
	}
	for id, g := range a.states {
		if g != nil {
			g.head = nil
			a.replace(e, uint32(id))
		}
	}
}

// finish forgets groups that have become empty.
func (a *aggregation) finish(e *Engine) {
	for _, d := range a.dirty {
		g := a.states[d.id]
		g.changed = false
		if g.count == 0 {
			a.states[d.id] = nil
			a.ids.drop(e.store, d.id)
		}
	}
	a.dirty = a.dirty[:0]
}

// undo takes the source's changes out of the groups again. It runs before the source forgets
// them.
func (a *aggregation) undo(e *Engine) {
	if len(a.dirty) == 0 || fault == faultGroupUndo {
		return
	}
	for _, id := range a.source.born {
		a.update(e, a.source.row(id), -1, false)
	}
	for _, id := range a.source.died {
		a.update(e, a.source.row(id), 1, false)
	}
	for _, d := range a.dirty {
		a.states[d.id].head = d.head
	}
	a.finish(e)
}

// groupView is what a reducer sees of a group.
type groupView struct {
	g *group
	i int
}

func (v *groupView) Count() int64   { return v.g.count }
func (v *groupView) Sum() int64     { return v.g.sums[v.i] }
func (v *groupView) First() []value { return v.g.sets[v.i].first() }
func (v *groupView) Last() []value  { return v.g.sets[v.i].last() }
func (v *groupView) Distinct() int  { return v.g.sets[v.i].size }

func (v *groupView) Each(f func(args []value, count int64) bool) { v.g.sets[v.i].each(f) }
