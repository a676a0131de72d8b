package tables

import (
	"woven/bridge/ovsdb"
	"woven/relations"
)

// planChanges plans the changed handles of a table, oldest first, until the batch is full.
func (w *Writer) planChanges(b *Batch, s *state) {
	var later []relations.Value
	order := s.order
	s.order = nil
	for i, h := range order {
		if s.changes[h] == nil {
			continue
		}
		if b.Full() {
			b.more = true
			later = append(later, order[i:]...)
			break
		}
		w.planItem(b, item{state: s, value: h})
	}
	s.order = append(later, s.order...)
}

// askReferrers lets rows that the server would collect at once, because nothing refers to them,
// come with whoever refers to them.
func (w *Writer) askReferrers() {
	asked := map[item]bool{}
	for _, s := range w.states {
		if !s.comesWithReferrer() {
			continue
		}
		for h := range s.changes {
			w.askReferrersOf(s, h, asked)
		}
	}
}

// comesWithReferrer tells tables whose rows are inserted together with what refers to them.
func (t *table) comesWithReferrer() bool { return t.own != nil && !t.own.byUUID && !t.root }

// askReferrersOf passes a change of a handle without a row on to the handles that refer to it,
// and so on, until one has a row or needs no referrer.
func (w *Writer) askReferrersOf(s *state, h relations.Value, asked map[item]bool) {
	if _, there := w.locate(s, h); there {
		return
	}
	w.forget(s, h)
	if it := (item{state: s, value: h}); !asked[it] {
		asked[it] = true
		w.referrers(s, h, func(t *state, c *column, from relations.Value, key part) {
			w.compare(t, from, key)
			if t.comesWithReferrer() {
				w.askReferrersOf(t, from, asked)
			}
		})
	}
}

// planItem plans what is to do for a handle, or a row to delete.
func (w *Writer) planItem(b *Batch, it item) {
	s := it.state
	if it.stray {
		w.planStray(b, s, it.value)
		return
	}
	c := s.changes[it.value]
	if c == nil {
		return
	}
	if s.aside[it.value] != accepted || s.contested[it.value] {
		w.forget(s, it.value)
		return
	}
	delete(s.changes, it.value)
	row, there := w.locate(s, it.value)
	_, onItsWay := s.planned[it.value]
	switch {
	case s.own.chosen && !w.d.engine.Holds(s.want, it.value):
	case there && !onItsWay:
		w.planUpdate(b, it, row, c)
	case !there && !s.own.byUUID && w.d.engine.Holds(s.want, it.value):
		w.planInsertion(b, it)
	}
	w.release(c)
}

// planTarget plans a row that something refers to, unless it is there.
func (w *Writer) planTarget(b *Batch, s *state, h relations.Value) {
	if s.own == nil || s.own.byUUID {
		return
	}
	if _, there := w.locate(s, h); there || s.aside[h] != accepted || s.contested[h] ||
		!w.d.engine.Holds(s.want, h) {
		return
	}
	w.forget(s, h)
	w.planInsertion(b, item{state: s, value: h})
}

// planReferences plans the rows that a row refers to and that are not there yet.
func (w *Writer) planReferences(b *Batch, s *state, h relations.Value, only *change) {
	for _, c := range s.columns {
		if c.refers == nil || c.role == roleForeign || !only.includes(c) {
			continue
		}
		to := w.states[c.refers.index]
		c.wanted.Each(func(fact []relations.Value) bool {
			w.planTarget(b, to, fact[len(fact)-1])
			return true
		}, h)
	}
}

// includes reports whether a change concerns a column; nil concerns all.
func (c *change) includes(column *column) bool {
	if c == nil || c.whole || c.columns&(1<<column.index) != 0 {
		return true
	}
	for _, p := range c.parts {
		if p.column == column {
			return true
		}
	}
	return false
}

func (w *Writer) planInsertion(b *Batch, it item) {
	s, h := it.state, it.value
	row := w.plan(s, h) // before its references, which may lead back here
	w.planReferences(b, s, h, nil)
	var cells []ovsdb.Cell
	for _, c := range s.columns {
		if c.role == roleForeign {
			continue
		}
		want := w.desired(s, h, c)
		if want.missing && len(want.list) == 0 && c.Min == 1 {
			w.unplan(s, h) // waits until what it refers to is there
			return
		}
		if c.role == roleKeys {
			want.list = w.onlyOwned(c, want.list)
		}
		if len(want.list) > 0 {
			cells = append(cells, ovsdb.Cell{Column: c.Name, Value: w.value(c, want.list)})
		}
	}
	u := ovsdb.UUID(w.d.store.UUIDOf(row))
	b.items = append(b.items, it)
	b.own(it, u).Insert(ovsdb.Insertion{Table: s.name, UUID: u, Row: cells})
	w.moved(s, h, row, false)
}

func (w *Writer) planUpdate(b *Batch, it item, row relations.Value, c *change) {
	s := it.state
	w.planReferences(b, s, it.value, c)
	var d difference
	for _, column := range s.columns {
		if column.role != roleForeign && (c.whole || c.columns&(1<<column.index) != 0) {
			w.compareColumn(s, it.value, row, column, &d)
		}
	}
	for _, p := range c.parts {
		if !c.whole && c.columns&(1<<p.column.index) == 0 {
			w.comparePart(s, it.value, row, p, &d)
		}
	}
	if !d.empty() {
		b.items = append(b.items, it)
		d.write(w, b, it, ovsdb.UUID(w.d.store.UUIDOf(row)))
	}
}

// planStrays plans the deletion of rows that no handle finds.
func (w *Writer) planStrays(b *Batch, s *state) {
	for row := range s.stray {
		if b.Full() {
			b.more = true
			return
		}
		w.planStray(b, s, row)
	}
}

func (w *Writer) planStray(b *Batch, s *state, row relations.Value) {
	if s.stray[row] && s.aside[row] == accepted {
		it := item{state: s, value: row, stray: true}
		b.items = append(b.items, it)
		if !s.root && w.planRemoval(b, it) {
			return
		}
		u := ovsdb.UUID(w.d.store.UUIDOf(row))
		b.own(it, u).Delete(s.name, []ovsdb.Condition{ovsdb.RowIs(u)})
	}
}
