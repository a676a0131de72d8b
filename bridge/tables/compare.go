package tables

import (
	"woven/bridge/ovsdb"
	"woven/relations"
)

// compareColumn adds what has to be written so that a column holds what is wanted.
func (w *Writer) compareColumn(s *state, h, row relations.Value, c *column, d *difference) {
	switch c.role {
	case roleKeys:
		w.compareKeys(s, h, row, c, d)
		return
	case roleShared:
		w.compareShared(s, h, row, c, d)
		return
	}
	want, has := w.desired(s, h, c), w.actual(row, c)
	switch {
	case c.role == roleInitial && (len(has.list) > 0 || len(want.list) == 0),
		c.role == roleKept && len(want.list) == 0:
		return
	case c.single():
		w.compareSingle(c, want, has, d)
		return
	}
	wanted, there := membership(want.list, want.width), membership(has.list, want.width)
	var gone, come []relations.Value
	for i := 0; i < len(has.list); i += want.width {
		if e := has.list[i : i+want.width]; !wanted(e) {
			gone = append(gone, e...)
		}
	}
	for i := 0; i < len(want.list); i += want.width {
		if e := want.list[i : i+want.width]; !there(e) {
			come = append(come, e...)
		}
	}
	if len(gone)+len(come) == 0 {
		return
	}
	if c.bounded() || 2*(len(gone)+len(come)) >= len(want.list) {
		d.cells = append(d.cells, ovsdb.Cell{Column: c.Name, Value: w.value(c, want.list)})
		return
	}
	for i := 0; i < len(gone); i += want.width {
		d.remove(c, gone[i])
	}
	for i := 0; i < len(come); i += want.width {
		d.add(c, come[i:i+want.width]...)
	}
}

// bounded tells a column whose number of elements is limited, so that it is written as a whole.
func (c *column) bounded() bool { return c.Min > 0 || c.Max > 1 }

func (w *Writer) compareSingle(c *column, want, has elements, d *difference) {
	if len(want.list) == 0 && c.Min == 1 {
		if want.missing {
			return // stays as it is until the reference is known
		}
		want.list = []relations.Value{w.zero(c.Key.Kind)}
	}
	if len(want.list) == len(has.list) && (len(want.list) == 0 || want.list[0] == has.list[0]) {
		return
	}
	d.cells = append(d.cells, ovsdb.Cell{Column: c.Name, Value: w.value(c, want.list)})
	if c.table.own.byUUID && (len(has.list) > 0 || c.Min == 0) {
		d.seen = append(d.seen, ovsdb.Condition{Column: c.Name, Function: ovsdb.Equal,
			Value: w.value(c, has.list)})
	}
}

// zero is the value of a scalar that nobody gave one.
func (w *Writer) zero(kind relations.Kind) relations.Value {
	switch kind {
	case relations.Number:
		return w.d.store.Number(0)
	case relations.Float:
		return w.d.store.Float(0)
	case relations.Name:
		return relations.False
	case relations.UUID:
		return w.d.store.UUID([16]byte{})
	}
	return w.d.store.String("")
}

// value spells what a column should hold.
func (w *Writer) value(c *column, list []relations.Value) ovsdb.Value {
	if c.Min == 1 && c.Max == 1 && !c.isMap() {
		return w.d.toOVSDB(c.Key.Kind, list[0])
	}
	if c.isMap() {
		var pairs []ovsdb.Pair
		for i := 0; i < len(list); i += 2 {
			pairs = append(pairs, ovsdb.Pair{Key: w.d.toOVSDB(c.Key.Kind, list[i]),
				Value: w.d.toOVSDB(c.Value.Kind, list[i+1])})
		}
		return ovsdb.Map(pairs...)
	}
	var set []ovsdb.Value
	for _, v := range list {
		set = append(set, w.d.toOVSDB(c.Key.Kind, v))
	}
	return ovsdb.Set(set...)
}

// comparePart adds what has to be written so that one element is there exactly if it is wanted.
func (w *Writer) comparePart(s *state, h, row relations.Value, p part, d *difference) {
	c := p.column
	switch {
	case c.role == roleInitial || c.role == roleKept || c.role != roleShared && c.bounded():
		w.compareColumn(s, h, row, c, d)
	case c.isMap():
		w.comparePair(s, h, row, c, p.key, d)
	default:
		w.compareElement(s, h, row, c, p.key, d)
	}
}

// compareElement compares one element of a set. Of a set of references the key is a row or a
// handle.
func (w *Writer) compareElement(s *state, h, row relations.Value, c *column, key relations.Value,
	d *difference) {
	holds := w.d.engine.Holds
	switch there := holds(c.facts, row, key); {
	case there && !w.wantsRow(c, h, key):
		if w.mayRemove(c, h, key) {
			d.remove(c, key)
		}
	case !there && w.wantsRow(c, h, key):
		d.add(c, key)
	case !there && c.refers != nil && holds(c.want, h, key):
		to, ok := w.resolve(c, key)
		w.note(s, h, c, false, !ok && !w.isTrouble(c, key))
		if ok && !holds(c.facts, row, to) && !w.leaves(c, to) {
			d.add(c, to)
		}
	}
}

// wantsRow reports whether a set of a handle's row should hold an element. If the set is one of
// references, the element is a row.
func (w *Writer) wantsRow(c *column, h, element relations.Value) bool {
	holds := w.d.engine.Holds
	if c.refers == nil {
		return holds(c.want, h, element)
	}
	to := w.states[c.refers.index]
	if w.leaves(c, element) {
		return false
	}
	if holds(c.want, h, element) && holds(to.facts, element) {
		return true
	}
	if to.own == nil || to.own.byUUID {
		return false
	}
	if handle, ok := to.handleOf[element]; ok && holds(c.want, h, handle) {
		return true
	}
	handle, ok := to.plannedBy[element]
	return ok && holds(c.want, h, handle)
}

// comparePair compares one key of a map.
func (w *Writer) comparePair(s *state, h, row relations.Value, c *column, key relations.Value,
	d *difference) {
	if !c.owns(w.d.store, key) {
		return
	}
	var want []relations.Value
	conflict, missing := false, false
	c.wantedPair().Each(func(fact []relations.Value) bool {
		value, ok := fact[2], true
		if c.refers != nil {
			to := value
			if value, ok = w.resolve(c, to); !ok {
				missing = missing || !w.isTrouble(c, to)
				return true
			}
		}
		if want == nil {
			want = []relations.Value{key, value}
			return true
		}
		conflict = true
		if w.d.store.Compare(relations.T(c.Value.Kind), value, want[1]) < 0 {
			want[1] = value
		}
		return true
	}, h, key)
	w.note(s, h, c, conflict, missing)
	has := false
	same := false
	c.pair().Each(func(fact []relations.Value) bool {
		has, same = true, want != nil && fact[2] == want[1]
		return false
	}, row, key)
	if want == nil && !w.mayRemove(c, h, key) {
		return
	}
	if has && !same {
		d.remove(c, key)
	}
	if want != nil && !same {
		d.add(c, want...)
	}
}
