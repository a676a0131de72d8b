package tables

import "woven/relations"

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
			if w.leaves(c, value) {
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
