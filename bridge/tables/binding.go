package tables

import "woven/relations"

// A handle is bound to the row that has its key. If several handles have a key, the least is
// bound; if several rows have it, the one that is bound already, or else the least; the other
// rows are foreign. No handle finds a row that the rules drop: it gets a new one in its place.

// settle finds the rows of the handles, and the handles of the rows, that may have changed.
func (w *Writer) settle() {
	for len(w.rebinds) > 0 {
		next := w.rebinds[len(w.rebinds)-1]
		w.rebinds = w.rebinds[:len(w.rebinds)-1]
		if next.stray {
			w.rebindRow(next.state, next.value)
		} else {
			w.rebindHandle(next.state, next.value)
		}
	}
}

func (w *Writer) rebindHandle(s *state, h relations.Value) {
	if !s.contested[h] {
		w.revive(s)
	}
	delete(s.contested, h)
	if !w.d.engine.Holds(s.want, h) {
		w.dismiss(s, h)
		return
	}
	if _, bound := s.rowOf[h]; s.own.fresh {
		if !bound {
			w.compareAll(s, h)
		}
		return
	}
	key, ok := w.keyOfHandle(s, h)
	if row, bound := s.rowOf[h]; bound && (!ok || !w.rowHasKey(s, row, key)) {
		w.unbind(s, h)
		w.rebindRow(s, row)
	}
	if ok {
		w.match(s, key)
	}
	if s.contested[h] {
		return
	}
	w.problems.remove(problemKey{s, h, nil})
	if _, bound := s.rowOf[h]; !bound {
		w.compareAll(s, h) // to be inserted, as soon as its key is known
	}
}

// dismiss lets go of a handle that is not wanted any more.
func (w *Writer) dismiss(s *state, h relations.Value) {
	w.forget(s, h)
	w.solve(s, h)
	row, bound := s.rowOf[h]
	if bound {
		w.unbind(s, h)
		w.rebindRow(s, row)
	}
}

// revive looks again at the handles that have lost against another one.
func (w *Writer) revive(s *state) {
	for h := range s.contested {
		w.rebinds = append(w.rebinds, item{state: s, value: h})
	}
}

func (w *Writer) rebindRow(s *state, row relations.Value) {
	if !w.d.engine.Holds(s.facts, row) {
		delete(s.stray, row)
		return
	}
	if s.own.fresh {
		w.settleFresh(s, row)
		return
	}
	if h, bound := s.handleOf[row]; bound {
		key, ok := w.keyOfHandle(s, h)
		if ok && w.rowHasKey(s, row, key) && !w.isDropped(s, row) {
			return
		}
		w.unbind(s, h)
		w.rebinds = append(w.rebinds, item{state: s, value: h})
	}
	if key, ok := w.keyOfRow(s, row); ok {
		w.match(s, key)
	} else {
		w.estrange(s, row)
	}
}

// settleFresh binds a row to the handle that it was inserted for. If that is not wanted any more,
// the row is others' from now on.
func (w *Writer) settleFresh(s *state, row relations.Value) {
	h, ok := s.plannedBy[row]
	switch {
	case ok && w.d.engine.Holds(s.want, h):
		w.bind(s, h, row)
	case ok:
		w.unplan(s, h)
	}
}

// match binds the handle and the row of a key.
func (w *Writer) match(s *state, key []relations.Value) {
	var winner, row relations.Value
	handles, rows := w.handlesWith(s, key), w.rowsWith(s, key)
	for i, h := range handles {
		if i == 0 {
			winner = h
		}
		winner = w.least(winner, h)
	}
	for i, r := range rows {
		if i == 0 {
			row = r
		}
		row = w.least(row, r)
	}
	for _, r := range rows {
		if bound, ok := s.rowOf[winner]; ok && bound == r && len(handles) > 0 {
			row = r
		}
	}
	for _, h := range handles {
		if h != winner {
			w.unbind(s, h)
			w.forget(s, h)
			s.contested[h] = true
			w.problem(s, h, nil, "another row that is wanted has the same key")
		}
	}
	for _, r := range rows {
		if r != row || len(handles) == 0 {
			if h, bound := s.handleOf[r]; bound {
				w.unbind(s, h)
			}
			w.estrange(s, r)
		}
	}
	if len(handles) == 0 {
		return
	}
	if len(rows) > 0 {
		w.bind(s, winner, row)
	} else {
		w.unbind(s, winner)
		w.compareAll(s, winner)
	}
}

// estrange takes a row as one that no handle finds.
func (w *Writer) estrange(s *state, row relations.Value) {
	if !s.own.leave {
		s.stray[row] = true
	}
}

func (w *Writer) bind(s *state, h, row relations.Value) {
	if was, ok := s.rowOf[h]; ok && was == row {
		return
	}
	if other, ok := s.handleOf[row]; ok {
		w.unbind(s, other)
		w.rebinds = append(w.rebinds, item{state: s, value: other})
	}
	before, ok := w.locate(s, h)
	w.unplan(s, h)
	if was, ok := s.rowOf[h]; ok {
		delete(s.handleOf, was)
		w.rebinds = append(w.rebinds, item{state: s, value: was, stray: true})
	}
	s.rowOf[h], s.handleOf[row] = row, h
	delete(s.stray, row)
	w.compareAll(s, h)
	if !ok || before != row {
		w.moved(s, h, before, ok)
	}
}

func (w *Writer) unbind(s *state, h relations.Value) {
	row, ok := s.rowOf[h]
	if !ok {
		return
	}
	delete(s.rowOf, h)
	delete(s.handleOf, row)
	w.moved(s, h, row, true)
}

// locate returns the row of a handle, which may be on its way.
func (w *Writer) locate(s *state, h relations.Value) (relations.Value, bool) {
	if s.own != nil && !s.own.byUUID {
		if row, ok := s.rowOf[h]; ok {
			return row, true
		}
		if row, ok := s.planned[h]; ok {
			return row, true
		}
	}
	return h, w.d.engine.Holds(s.facts, h)
}

// Locate returns the row of a table that a handle stands for, which may be on its way; ok is
// false if there is none.
func (w *Writer) Locate(table string, handle relations.Value) (row relations.Value, ok bool) {
	t := w.d.byName[table]
	if t == nil {
		return 0, false
	}
	return w.locate(w.states[t.index], handle)
}

// resolve returns the row that a reference means.
func (w *Writer) resolve(c *column, v relations.Value) (relations.Value, bool) {
	if c.refers == nil {
		return v, true
	}
	return w.locate(w.states[c.refers.index], v)
}

// isTrouble reports whether the row that a reference means is missing because of a problem of its
// own, which needs no second mention.
func (w *Writer) isTrouble(c *column, v relations.Value) bool {
	s := w.states[c.refers.index]
	return s.aside[v] != accepted || s.contested[v]
}

// moved notes that references to a handle mean another row than before, if there was one.
func (w *Writer) moved(s *state, h, before relations.Value, had bool) {
	w.referrers(s, h, func(t *state, c *column, from relations.Value, key part) {
		w.compare(t, from, key)
		if key.element && !c.isMap() && had {
			w.compare(t, from, part{column: c, key: before, element: true})
		}
		if _, there := w.locate(t, from); !there {
			w.compareAll(t, from)
		}
		if c.inKey && !t.own.byUUID {
			w.rebinds = append(w.rebinds, item{state: t, value: from})
		}
	})
	if w.config.Extension != nil {
		w.config.Extension.Moved(s.name, h)
	}
}

// referrers visits the handles whose columns refer to a handle, with the part that does.
func (w *Writer) referrers(s *state, h relations.Value, f func(t *state, c *column,
	from relations.Value, key part)) {
	for _, t := range w.states {
		if t.own == nil {
			continue
		}
		for _, c := range t.columns {
			if c.refers != s.table || c.byTarget == nil {
				continue
			}
			c.byTarget.Each(func(fact []relations.Value) bool {
				f(t, c, fact[0], part{column: c, key: fact[1], element: !c.single()})
				return true
			}, h)
		}
	}
}

// plan gives a handle a row that is on its way.
func (w *Writer) plan(s *state, h relations.Value) relations.Value {
	row := w.d.store.UUID(NewUUID())
	w.d.store.Retain(relations.UUID, row)
	w.d.store.Retain(relations.UUID, h)
	s.planned[h], s.plannedBy[row] = row, h
	return row
}

// unplan forgets a row that was on its way: it is there, or it will not come.
func (w *Writer) unplan(s *state, h relations.Value) {
	if row, ok := s.planned[h]; ok {
		delete(s.planned, h)
		delete(s.plannedBy, row)
		w.d.store.Release(relations.UUID, row)
		w.d.store.Release(relations.UUID, h)
	}
}
