package match

import "woven/bridge/openflow"

// Row is an OpenFlow match that is part of what a match means, or one for each element of a set.
type Row struct {
	// Part is 0 for a match that needs no other, and otherwise the number, from 1, of the
	// conjunctive match (ovs-fields(7), "Conjunctive Match Fields") that the row belongs to.
	Part int
	// Clause is 0 for the match on the conjunction's id, which stands for all of it, and for others
	// the number of its dimension, from 1. Clauses is how many dimensions the part has.
	Clause, Clauses int
	// Kind and Set name the set of which each element makes a match; "" for a match alone.
	Kind, Set string
	// Pattern is the match, to be completed by Text.
	Pattern string
}

// emit makes the rows of a conjunction.
func (e *expander) emit(clauses []clause) {
	several := 0
	e.conjunctions++
	e.base = e.base[:0]
	for i := range clauses {
		c := &clauses[i]
		if c.several() {
			several++
		} else if !e.require(&e.base, c.field, c.equal[0]) {
			return
		}
	}
	switch several {
	case 0:
		e.row(Row{}, e.base, 0)
	case 1:
		for i := range clauses {
			if clauses[i].several() {
				e.dimension(Row{}, &clauses[i])
			}
		}
	default:
		e.conjunctive(clauses, several)
	}
}

// conjunctive makes the rows of a conjunctive match. As in the reference, one that cannot match for
// want of known ports keeps the dimensions before the one that is missing.
func (e *expander) conjunctive(clauses []clause, several int) {
	e.parts++
	row := Row{Part: e.parts, Clauses: several}
	for i := range clauses {
		if c := &clauses[i]; c.several() {
			row.Clause++
			if !e.dimension(row, c) {
				return
			}
		}
	}
	row.Clause = 0
	e.row(row, e.base, 0)
}

// dimension makes one row for each alternative. It returns false if there is none.
func (e *expander) dimension(row Row, c *clause) bool {
	if c.set != nil {
		row.Kind, row.Set = c.set.kind, c.set.name
		e.row(row, e.base, c.field.Field)
		return true
	}
	before := len(e.rows)
	for _, x := range c.equal {
		if !e.spend(1) {
			return true
		}
		e.scratch = append(e.scratch[:0], e.base...)
		if e.require(&e.scratch, c.field, x) {
			e.row(row, e.scratch, 0)
		}
	}
	return len(e.rows) > before
}

// row adds a row for a match, and for each value of the field element unless that is 0.
func (e *expander) row(row Row, m openflow.Match, element openflow.Field) {
	e.text = appendPattern(e.text[:0], m, row.Part > 0 && row.Clause == 0, element)
	row.Pattern = string(e.text)
	e.rows = append(e.rows, row)
}
