package tables

import (
	"slices"

	"woven/bridge/ovsdb"
	"woven/relations"
)

// elements are what a column should hold, or holds: values, or pairs in turn. References are rows.
type elements struct {
	list    []relations.Value
	width   int
	missing bool // some reference has no row yet
}

// desired returns what a column of a handle's row should hold. Of several values for one place
// the least is taken.
func (w *Writer) desired(s *state, h relations.Value, c *column) elements {
	e := elements{width: 1}
	if c.isMap() {
		e.width = 2
	}
	conflict, untold := false, false
	c.wanted.Each(func(fact []relations.Value) bool {
		value, ok := fact[len(fact)-1], true
		if c.refers != nil {
			to := value
			if value, ok = w.resolve(c, to); !ok {
				e.missing = true
				untold = untold || !w.isTrouble(c, to)
				return true
			}
		}
		if e.width == 1 {
			e.list = append(e.list, value)
		} else {
			e.list = append(e.list, fact[1], value)
		}
		return true
	}, h)
	if c.single() {
		conflict = w.keepLeast(&e, c.last().Kind)
	} else if c.isMap() {
		conflict = w.leastPairs(&e, c)
	}
	w.note(s, h, c, conflict, untold)
	return e
}

// note keeps the problems of a column up to date.
func (w *Writer) note(s *state, h relations.Value, c *column, conflict, missing bool) {
	switch {
	case conflict:
		w.problem(s, h, c, "several values are wanted, the least is written")
	case missing:
		w.problems.wait(w.describe(s, h, c, "refers to a row that is not there"))
	case len(w.problems.found)+len(w.problems.waiting) > 0:
		w.problems.remove(problemKey{s, h, c})
	}
}

// keepLeast leaves one value.
func (w *Writer) keepLeast(e *elements, kind relations.Kind) (conflict bool) {
	for len(e.list) > 1 {
		conflict = conflict || e.list[0] != e.list[1]
		if w.d.store.Compare(relations.T(kind), e.list[1], e.list[0]) < 0 {
			e.list[0] = e.list[1]
		}
		e.list = append(e.list[:1], e.list[2:]...)
	}
	return conflict
}

// leastPairs leaves one value for each key.
func (w *Writer) leastPairs(e *elements, c *column) (conflict bool) {
	at := map[relations.Value]int{}
	kept := e.list[:0]
	for i := 0; i < len(e.list); i += 2 {
		key, value := e.list[i], e.list[i+1]
		j, twice := at[key]
		if !twice {
			at[key] = len(kept)
			kept = append(kept, key, value)
			continue
		}
		conflict = true
		if w.d.store.Compare(relations.T(c.Value.Kind), value, kept[j+1]) < 0 {
			kept[j+1] = value
		}
	}
	e.list = kept
	return conflict
}

// actual returns what a column of a row holds.
func (w *Writer) actual(row relations.Value, c *column) elements {
	e := elements{width: 1}
	if c.isMap() {
		e.width = 2
	}
	c.byRow.Each(func(fact []relations.Value) bool {
		e.list = append(e.list, fact[1:]...)
		return true
	}, row)
	return e
}

// compareColumn adds what has to be written so that a column holds what is wanted.
func (w *Writer) compareColumn(s *state, h, row relations.Value, c *column, d *difference) {
	if c.role == roleKeys {
		for _, key := range c.keys {
			w.comparePair(s, h, row, c, key, d)
		}
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
	case c.role == roleInitial || c.role == roleKept || c.bounded():
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
		d.remove(c, key)
	case !there && w.wantsRow(c, h, key):
		d.add(c, key)
	case !there && c.refers != nil && holds(c.want, h, key):
		to, ok := w.resolve(c, key)
		w.note(s, h, c, false, !ok && !w.isTrouble(c, key))
		if ok && !holds(c.facts, row, to) {
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
	if to.own == nil || to.own.byUUID {
		return holds(c.want, h, element) && holds(to.facts, element)
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
	if c.role == roleKeys && !slices.Contains(c.keys, key) {
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
	if has && !same {
		d.remove(c, key)
	}
	if want != nil && !same {
		d.add(c, want...)
	}
}
