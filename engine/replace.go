package engine

import (
	"slices"

	"woven/engine/check"
	"woven/relations"
)

// Replace makes another program the running one and returns the changes of the output
// relations, as if the engine had been made anew with it. Base facts stay where their relation
// does; relations whose rules and inputs are the same keep their rows, and allocators their
// numbers. A program that cannot be compiled changes nothing.
func (e *Engine) Replace(p *check.Program) (*Changes, error) {
	if e.txn != nil {
		return nil, ErrTxnOpen
	}
	g, err := compile(p, e.store, e.opts)
	if err != nil {
		return nil, err
	}
	old := e.graph
	c := &Changes{Batch: e.batch, hold: e.store.Hold()}
	kept := keepUnchanged(old, g)
	for _, r := range g.relations {
		if was := old.relations[r.name]; was != nil && was.handle != nil {
			r.handle = was.handle
			r.handle.r = r
		}
	}
	e.load(g, kept)
	for name, r := range g.relations {
		c.compare(old.relations[name], r, kept[r])
	}
	for name, was := range old.relations {
		if g.relations[name] == nil {
			c.compare(was, nil, false)
		}
	}
	slices.SortFunc(c.Relations, func(a, b RelationChange) int {
		return compareNames(a.Relation, b.Relation)
	})
	old.release(e.store, g)
	e.store.Advance()
	return c, nil
}

func compareNames(a, b *Relation) int {
	switch {
	case a.r.name < b.r.name:
		return -1
	case a.r.name > b.r.name:
		return 1
	}
	return 0
}

// compare notes how an output relation differs between two programs.
func (c *Changes) compare(was, now *relation, kept bool) {
	isOutput := func(r *relation) bool { return r != nil && r.delivered }
	var rc RelationChange
	switch {
	case kept && isOutput(was) == isOutput(now):
		return
	case kept: // the rows have moved, so that was is empty
		list := &rc.Inserted
		if isOutput(was) {
			list = &rc.Deleted
		}
		now.eachLive(func(id uint32) { list.add(now.row(id)) })
	default:
		comparable := isOutput(was) && isOutput(now) && sameTypes(was, now)
		if isOutput(was) {
			was.eachLive(func(id uint32) {
				if !comparable || !now.has(was.row(id)) {
					rc.Deleted.add(was.row(id))
				}
			})
		}
		if isOutput(now) {
			now.eachLive(func(id uint32) {
				if !comparable || !was.has(now.row(id)) {
					rc.Inserted.add(now.row(id))
				}
			})
		}
	}
	if rc.Deleted.Len()+rc.Inserted.Len() > 0 {
		r := now
		if r == nil {
			r = was
		}
		rc.Relation = r.publicHandle()
		c.Relations = append(c.Relations, rc)
	}
}

func (r *relation) has(row []value) bool {
	id := r.lookup(row)
	return id != none && *r.flags(id)&flagLive != 0
}

func sameTypes(a, b *relation) bool {
	return slices.EqualFunc(a.types, b.types, relations.Type.Equal)
}
