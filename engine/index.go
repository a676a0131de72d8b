package engine

import (
	"woven/relations"
	"woven/relations/hashtable"
)

// index finds the rows of a relation by some of their columns. The rows of one key are a
// doubly linked list, so that a row comes and goes at constant cost however many share its key.
type index struct {
	columns []int
	heads   table
	links   rows // next, previous
}

func newIndex(columns []int) *index {
	return &index{columns: columns, heads: newTable(), links: rows{width: 2}}
}

const maxColumns = 32

func (x *index) keyOf(row []value, buf *[maxColumns]value) []value {
	for i, c := range x.columns {
		buf[i] = row[c]
	}
	return buf[:len(x.columns)]
}

// find returns the first row with the key, visible or not, and its place in the table.
func (x *index) find(r *relation, key []value, h uint32) (p *hashtable.Table, slot, id uint32) {
	p = x.heads.part(h)
next:
	for i := p.Start(h); ; i = slot + 1 {
		slot, id = p.Seek(h, i)
		if id == none {
			return p, slot, none
		}
		row := r.rows.at(id)
		for k, c := range x.columns {
			if row[c] != key[k] {
				continue next
			}
		}
		return p, slot, id
	}
}

func (x *index) first(r *relation, key []value) uint32 {
	_, _, id := x.find(r, key, relations.HashValues(key))
	return id
}

func (x *index) next(id uint32) uint32 { return uint32(x.links.at(id)[0]) }

func (x *index) add(r *relation, id uint32) {
	var buf [maxColumns]value
	key := x.keyOf(r.rows.at(id), &buf)
	h := relations.HashValues(key)
	p, slot, head := x.find(r, key, h)
	l := x.links.at(id)
	l[0], l[1] = value(head), value(none)
	if head == none {
		x.heads.put(p, slot, h, id)
		return
	}
	x.links.at(head)[1] = value(id)
	p.Set(slot, h, id)
}

func (x *index) remove(r *relation, id uint32) {
	l := x.links.at(id)
	next, prev := uint32(l[0]), uint32(l[1])
	if next != none {
		x.links.at(next)[1] = value(prev)
	}
	if prev != none {
		x.links.at(prev)[0] = value(next)
		return
	}
	var buf [maxColumns]value
	key := x.keyOf(r.rows.at(id), &buf)
	h := relations.HashValues(key)
	p, slot, _ := x.find(r, key, h)
	if next == none {
		p.Remove(slot)
		return
	}
	p.Set(slot, h, next)
}

// indexOn returns the relation's index on the columns, making and filling it if need be.
func (r *relation) indexOn(columns []int) *index {
next:
	for _, x := range r.indexes {
		if len(x.columns) != len(columns) {
			continue
		}
		for i := range columns {
			if x.columns[i] != columns[i] {
				continue next
			}
		}
		return x
	}
	x := newIndex(append([]int(nil), columns...))
	r.indexes = append(r.indexes, x)
	x.fill(r)
	return x
}

// fill puts every row of a relation into a new index.
func (x *index) fill(r *relation) {
	for id := range r.top {
		x.links.ensure(id)
	}
	r.eachLive(func(id uint32) { x.add(r, id) })
}

// eachLive visits every visible row. It is for loading a program and for questions from
// outside, never for a change.
func (r *relation) eachLive(f func(id uint32)) {
	for id := range r.top {
		if *r.flags(id)&flagLive != 0 {
			f(id)
		}
	}
}
