package engine

import (
	"slices"

	"woven/engine/check"
	"woven/relations"
	"woven/relations/hashtable"
)

// Flags of a row. A transaction changes what is visible only when the turn of the row's
// relation comes; until then, and afterwards for those who need the state before, both the old
// and the new content can be read from the same row.
const (
	flagLive    value = 1 << iota // visible now
	flagBorn                      // visible now, not before the transaction
	flagDied                      // visible before the transaction, not now
	flagTouched                   // in the relation's list of touched rows
	flagWas                       // was visible when it was first touched
	flagLost                      // has lost a derivation in this transaction
	flagQueued                    // waits in a recursive component's queue
)

// relation is a set of rows, each with the number of its derivations.
//
// A record is the row's values, then the count of derivations from outside the relation's
// recursive component, then the flags, then, in recursive relations, the count of derivations
// from inside the component.
type relation struct {
	info  *check.Relation // nil for the engine's own relations
	name  string
	types []relations.Type
	kinds []relations.Kind // for retaining: one a column
	width int
	base  bool
	// delivered: changes are told to whoever commits; output() or published() says so.
	delivered bool
	handle    *Relation
	gone      bool // the program was replaced by one without it
	// definition says what the rows mean: types and clauses, or what the operator is. With the
	// same definition and inputs the rows are the same in another program.
	definition string
	inputs     []*relation

	rows    rows
	top     uint32 // ids ever given out
	free    []uint32
	live    int
	set     table
	indexes []*index

	order     int // position in the engine's order of work
	component *component
	rules     []*rule // that derive it
	uses      []*use  // plans that a change of this relation drives, in the order of literals
	groups    []*aggregation
	operators []*operatorInput

	touched []touch
	born    []uint32
	died    []uint32
	fetched uint64 // what approach read ahead; nobody needs it
}

// touch remembers a row's counts from before the transaction.
type touch struct {
	id           uint32
	count, inner int32
}

func newRelation(name string, types []relations.Type, recursive bool) *relation {
	r := &relation{name: name, types: types, width: len(types), set: newTable()}
	for _, t := range types {
		r.kinds = append(r.kinds, t.Kind)
	}
	r.rows.width = r.width + 2
	if recursive {
		r.rows.width++
	}
	return r
}

func (r *relation) row(id uint32) []value { return r.rows.at(id)[:r.width:r.width] }

func (r *relation) flags(id uint32) *value { return &r.rows.at(id)[r.width+1] }

func (r *relation) count(id uint32) int32 { return int32(r.rows.at(id)[r.width]) }

func (r *relation) inner(id uint32) int32 {
	rec := r.rows.at(id)
	if len(rec) < r.width+3 {
		return 0
	}
	return int32(rec[r.width+2])
}

func equalRow(a, b []value) bool {
	for i, v := range b {
		if a[i] != v {
			return false
		}
	}
	return true
}

// find returns the id of a row with its place in the table, visible or not.
func (r *relation) find(row []value, h uint32) (p *hashtable.Table, slot, id uint32) {
	p = r.set.part(h)
	for i := p.Start(h); ; i = slot + 1 {
		slot, id = p.Seek(h, i)
		if id == none || equalRow(r.rows.at(id), row) {
			return p, slot, id
		}
	}
}

// lookup returns the id of a row, visible or not, or none.
func (r *relation) lookup(row []value) uint32 {
	_, _, id := r.find(row, relations.HashValues(row))
	return id
}

// add changes the number of a row's derivations, making the row if need be. What is visible
// changes when the relation's turn comes.
func (r *relation) add(s *relations.Store, row []value, d int32, inner bool) uint32 {
	return r.addHashed(s, row, relations.HashValues(row), d, inner)
}

// addHashed is add for a row whose hash is known.
func (r *relation) addHashed(s *relations.Store, row []value, h uint32, d int32, inner bool) uint32 {
	p, slot, id := r.find(row, h)
	if id == none {
		id = r.alloc(s, row)
		r.set.put(p, slot, h, id)
	}
	rec := r.rows.at(id)
	f := &rec[r.width+1]
	if *f&flagTouched == 0 {
		t := touch{id: id, count: int32(rec[r.width])}
		if len(rec) > r.width+2 {
			t.inner = int32(rec[r.width+2])
		}
		*f |= flagTouched
		if *f&flagLive != 0 {
			*f |= flagWas
		}
		if len(r.touched) == cap(r.touched) {
			// Doubling, where append would grow by a quarter: a bulk load touches millions.
			r.touched = slices.Grow(r.touched, len(r.touched)+4)
		}
		r.touched = append(r.touched, t)
	}
	if d < 0 {
		*f |= flagLost
	}
	if inner {
		rec[r.width+2] = value(int32(rec[r.width+2]) + d)
	} else {
		rec[r.width] = value(int32(rec[r.width]) + d)
	}
	return id
}

func (r *relation) alloc(s *relations.Store, row []value) uint32 {
	var id uint32
	if k := len(r.free); k > 0 {
		id = r.free[k-1]
		r.free = r.free[:k-1]
	} else {
		id = r.top
		r.top++
		r.rows.ensure(id)
		for _, x := range r.indexes {
			x.links.ensure(id)
		}
	}
	rec := r.rows.at(id)
	copy(rec, row)
	clear(rec[r.width:])
	for i, k := range r.kinds {
		if fault != faultUnheld {
			s.Retain(k, row[i])
		}
	}
	return id
}

// drop forgets a row that is in no index any more.
func (r *relation) drop(s *relations.Store, id uint32) {
	row := r.row(id)
	h := relations.HashValues(row)
	p := r.set.part(h)
	p.Remove(p.Find(h, id))
	for i, k := range r.kinds {
		if fault != faultKept && fault != faultUnheld {
			s.Release(k, row[i])
		}
	}
	r.free = append(r.free, id)
}

// settle makes the touched rows' new counts visible and lists what was born and what died.
func (r *relation) settle() {
	if len(r.touched) > 1<<12 && r.live == 0 {
		r.born = make([]uint32, 0, len(r.touched))
	}
	for i, t := range r.touched {
		if i%ahead == 0 && len(r.touched) >= bulkRows {
			r.approach(r.touched[i:min(i+ahead, len(r.touched))])
		}
		f := r.flags(t.id)
		now := r.count(t.id) > 0
		switch was := *f&flagLive != 0; {
		case !was && now:
			*f |= flagLive | flagBorn
			r.enter(t.id)
			r.born = append(r.born, t.id)
		case was && !now:
			*f = *f&^flagLive | flagDied
			r.died = append(r.died, t.id)
			r.live--
		}
	}
}

// enter puts a row that has become visible into the indexes.
func (r *relation) enter(id uint32) {
	r.live++
	for _, x := range r.indexes {
		x.add(r, id)
	}
}

func (r *relation) leaveIndexes(id uint32) {
	for _, x := range r.indexes {
		x.remove(r, id)
	}
}

// finish ends a transaction that is kept: what died is forgotten.
func (r *relation) finish(s *relations.Store) {
	for _, t := range r.touched {
		f := r.flags(t.id)
		if *f&flagLive != 0 {
			*f = flagLive
			continue
		}
		if *f&flagDied != 0 {
			r.leaveIndexes(t.id)
		}
		r.drop(s, t.id)
	}
	r.forget()
}

// undo ends a transaction that is not kept: counts and visibility are as before it.
func (r *relation) undo(s *relations.Store) {
	for _, t := range r.touched {
		rec := r.rows.at(t.id)
		f := &rec[r.width+1]
		switch {
		case *f&flagWas != 0:
			if *f&flagLive == 0 {
				r.live++
			}
			*f = flagLive
			rec[r.width] = value(t.count)
			if len(rec) > r.width+2 {
				rec[r.width+2] = value(t.inner)
			}
		default:
			if *f&flagLive != 0 {
				r.live--
				r.leaveIndexes(t.id)
			}
			*f = 0
			r.drop(s, t.id)
		}
	}
	r.forget()
}

func (r *relation) forget() {
	const keep = 1 << 12
	if cap(r.touched) > keep {
		r.touched, r.born, r.died = nil, nil, nil
	}
	r.touched, r.born, r.died = r.touched[:0], r.born[:0], r.died[:0]
}
