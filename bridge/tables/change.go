package tables

import (
	"slices"

	"woven/bridge/ovsdb"
	"woven/relations"
)

// change is what has to be compared of a handle's row.
type change struct {
	whole   bool
	columns uint64 // a bit for each column
	// parts are elements; their keys are retained.
	parts []part
}

// partsMost is how many elements are remembered before the whole column is compared instead.
const partsMost = 64

// taker says what the facts of an output relation are to a writer.
type taker struct {
	state  *state
	column *column // nil for the relation of handles, and for dropped rows
	drop   bool
}

// wants takes one changed fact of want.* or drop.*.
func (w *Writer) wants(t taker, row []relations.Value, inserted bool) {
	s := t.state
	switch {
	case t.drop && t.column != nil:
		w.retry(s, row[0])
		w.compare(s, row[0], part{column: t.column, key: row[1], element: true})
	case t.drop:
		w.drops(s, row[0], inserted)
	case t.column != nil:
		w.wantsPart(s, t.column, row, inserted)
	default:
		w.solve(s, row[0])
		w.retry(s, row[0])
		if !s.own.byUUID {
			w.rebinds = append(w.rebinds, item{state: s, value: row[0]})
		} else if inserted {
			w.compareAll(s, row[0])
		}
	}
}

// wantsPart takes one changed fact of a column.
func (w *Writer) wantsPart(s *state, c *column, row []relations.Value, inserted bool) {
	w.retry(s, row[0])
	if c.inKey && !s.own.byUUID {
		w.rebinds = append(w.rebinds, item{state: s, value: row[0]})
	}
	p := part{column: c, key: row[1], element: !c.single()}
	if !inserted && c.refers != nil && !c.isMap() {
		// The row that the reference meant may lose its handle in this very batch.
		if to, ok := w.resolve(c, row[1]); ok {
			p.key = to
		}
	}
	w.compare(s, row[0], p)
}

// drops takes one changed fact of drop.*.
func (w *Writer) drops(s *state, row relations.Value, inserted bool) {
	w.retry(s, row)
	keyed := s.own != nil && !s.own.byUUID
	switch {
	case inserted && w.d.engine.Holds(s.facts, row):
		s.stray[row] = true
	case !inserted && (!keyed || s.own.leave):
		delete(s.stray, row)
	}
	if keyed {
		w.rebinds = append(w.rebinds, item{state: s, value: row, stray: true})
	}
	if !inserted && len(s.sharers) > 0 {
		w.moved(s, row, row, false) // it may be wanted where it was taken out
	}
}

// touch takes one row that the database changed.
func (w *Writer) touch(t *touch) {
	s := w.states[t.table.index]
	w.retry(s, t.row)
	switch {
	case t.change == ovsdb.ChangeModify:
		w.touchParts(s, t)
	case t.change == ovsdb.ChangeDelete:
		delete(s.stray, t.row)
		w.problems.remove(problemKey{s, t.row, nil})
		if s.target && (s.own == nil || s.own.byUUID) {
			w.moved(s, t.row, t.row, true)
		}
		if h, ok := s.handleOf[t.row]; ok {
			w.retry(s, h)
			w.unbind(s, h)
			w.rebinds = append(w.rebinds, item{state: s, value: h})
		}
		if s.own != nil && s.own.byUUID {
			w.forget(s, t.row)
		}
	default:
		if s.drop != nil && w.d.engine.Holds(s.drop, t.row) {
			s.stray[t.row] = true
		}
		if s.target && (s.own == nil || s.own.byUUID) {
			w.moved(s, t.row, t.row, false)
		}
		switch {
		case s.own == nil:
		case s.own.byUUID:
			w.compareAll(s, t.row)
		default:
			w.rebinds = append(w.rebinds, item{state: s, value: t.row, stray: true})
			if h, ok := s.handleOf[t.row]; ok {
				w.compareAll(s, h)
			}
		}
	}
}

func (w *Writer) touchParts(s *state, t *touch) {
	if s.own == nil {
		return
	}
	h, bound := s.handleOf[t.row]
	if s.own.byUUID {
		h, bound = t.row, true
	}
	for _, p := range t.parts {
		if p.column.inKey && !s.own.byUUID {
			w.rebinds = append(w.rebinds, item{state: s, value: t.row, stray: true})
		}
		if bound && p.column.role != roleForeign {
			w.retry(s, h)
			w.compare(s, h, p)
		}
	}
}

// compare notes that a part of a handle's row has to be compared.
func (w *Writer) compare(s *state, h relations.Value, p part) {
	c := w.changeOf(s, h)
	if c.whole || c.columns&(1<<p.column.index) != 0 {
		return
	}
	if !p.element || len(c.parts) >= partsMost {
		c.columns |= 1 << p.column.index
		return
	}
	w.d.store.Retain(p.column.Key.Kind, p.key)
	c.parts = append(c.parts, p)
}

// compareAll notes that a handle's row has to be compared as a whole, or inserted.
func (w *Writer) compareAll(s *state, h relations.Value) { w.changeOf(s, h).whole = true }

func (w *Writer) changeOf(s *state, h relations.Value) *change {
	c := s.changes[h]
	if c == nil {
		c = &change{}
		s.changes[h] = c
		s.order = append(s.order, h)
	}
	return c
}

// release lets the keys of a change's parts go.
func (w *Writer) release(c *change) {
	for _, p := range c.parts {
		w.d.store.Release(p.column.Key.Kind, p.key)
	}
	c.parts = nil
}

// forget drops what was to be compared of a handle.
func (w *Writer) forget(s *state, h relations.Value) {
	c := s.changes[h]
	if c == nil {
		return
	}
	w.release(c)
	delete(s.changes, h)
	if len(s.order) > 2*len(s.changes)+partsMost {
		s.order = slices.DeleteFunc(s.order, func(h relations.Value) bool { return s.changes[h] == nil })
	}
}

// retry looks again at what was set aside because the server refused it.
func (w *Writer) retry(s *state, v relations.Value) {
	if s.aside[v] == accepted {
		return
	}
	delete(s.aside, v)
	w.solve(s, v)
	if !s.stray[v] {
		w.compareAll(s, v)
	}
}
