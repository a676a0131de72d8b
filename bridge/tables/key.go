package tables

import "woven/relations"

// A key is one value for each part of the table's key; references are rows, not handles.

// keyOfHandle returns the key that a handle's row has; ok is false while a part is not wanted,
// or refers to a row that is not there.
func (w *Writer) keyOfHandle(s *state, h relations.Value) (key []relations.Value, ok bool) {
	for _, p := range s.own.key {
		value, found := relations.Value(0), false
		p.column.wanted.Each(func(fact []relations.Value) bool {
			if p.column.isMap() && fact[1] != p.entry {
				return true
			}
			v := fact[len(fact)-1]
			if !found || w.d.store.Compare(relations.T(p.column.last().Kind), v, value) < 0 {
				value, found = v, true
			}
			return true
		}, h)
		if found {
			value, found = w.resolve(p.column, value)
		}
		if !found {
			return nil, false
		}
		key = append(key, value)
	}
	return key, true
}

// keyOfRow returns the key of a row; ok is false if an optional part is absent.
func (w *Writer) keyOfRow(s *state, row relations.Value) (key []relations.Value, ok bool) {
	for _, p := range s.own.key {
		found := false
		p.column.byRow.Each(func(fact []relations.Value) bool {
			if !p.column.isMap() || fact[1] == p.entry {
				key = append(key, fact[len(fact)-1])
				found = true
			}
			return !found
		}, row)
		if !found {
			return nil, false
		}
	}
	return key, true
}

// rowHasKey reports whether a row has the key.
func (w *Writer) rowHasKey(s *state, row relations.Value, key []relations.Value) bool {
	has, ok := w.keyOfRow(s, row)
	if !ok {
		return false
	}
	for i := range key {
		if has[i] != key[i] {
			return false
		}
	}
	return true
}

// rowsWith returns the rows with a key that may be bound.
func (w *Writer) rowsWith(s *state, key []relations.Value) (rows []relations.Value) {
	take := func(fact []relations.Value) bool {
		if w.rowHasKey(s, fact[0], key) && !w.isDropped(s, fact[0]) {
			rows = append(rows, fact[0])
		}
		return true
	}
	if len(key) == 0 {
		w.d.engine.Each(s.facts, take)
		return rows
	}
	s.own.key[0].byFact.Each(take, key[0])
	return rows
}

// handlesWith returns the handles with a key.
func (w *Writer) handlesWith(s *state, key []relations.Value) (handles []relations.Value) {
	take := func(fact []relations.Value) bool {
		h := fact[0]
		if !w.d.engine.Holds(s.want, h) {
			return true
		}
		has, ok := w.keyOfHandle(s, h)
		for i := range has {
			ok = ok && has[i] == key[i]
		}
		if ok {
			handles = append(handles, h)
		}
		return true
	}
	if len(key) == 0 {
		w.d.engine.Each(s.want, take)
		return handles
	}
	first := s.own.key[0]
	if first.column.refers == nil {
		first.byWant.Each(take, key[0])
		return handles
	}
	// The part is a reference: whoever refers to the row or to its handle.
	first.byWant.Each(take, key[0])
	to := w.states[first.column.refers.index]
	if h, ok := to.handleOf[key[0]]; ok && h != key[0] {
		first.byWant.Each(take, h)
	}
	if h, ok := to.plannedBy[key[0]]; ok && h != key[0] {
		first.byWant.Each(take, h)
	}
	return handles
}
