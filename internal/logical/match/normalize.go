package match

import (
	"errors"

	"woven/bridge/openflow"
	"woven/internal/logical/symbol"
)

// expander turns a formula into conjunctions over fields, and those into rows.
//
// It does so as the reference does, because two formulas that mean the same need not become the same
// flows: what is asked of one field in all parts of a conjunction is worked out to alternatives;
// then a disjunction over several fields, or over one that needs flows of its own for each value, is
// multiplied out, until what is left is alternatives for single fields.
type expander struct {
	forge   forge
	main    reading // of the match
	implied reading // of what the actions imply
	unknown unknownPorts
	singles []equality
	clauses []clause   // a stack
	pending []*formula // a stack of disjunctions over several fields
	work    int        // what is left of maxWork
	err     error      // the first
	rows    []Row
	parts   int // conjunctive matches so far
	// conjunctions is how many there were so far, lossy whether equal flows can have come from
	// different comparisons.
	conjunctions int
	lossy        bool
	base         openflow.Match
	scratch      openflow.Match
	text         []byte
}

// clause is what a conjunction asks of one field.
type clause struct {
	field *symbol.Symbol
	alternatives
}

// maxWork is how many comparisons and flows may be made of a match, intermediate ones included. A
// product of many disjunctions, which grows without bounds, would take hours; sets of many thousand
// elements stay far below.
const maxWork = 1_000_000

// conjunctionWork is how many comparisons take as long as one more conjunction.
const conjunctionWork = 8

var errTooLarge = errors.New("the match makes too many flows: && between many alternatives multiplies " +
	"them, give each its own flow or use sets of addresses or ports")

// spend takes n off the work that may be done and says whether there was as much left.
func (e *expander) spend(n int) bool {
	if e.work -= n; e.work < 0 && e.err == nil {
		e.err = errTooLarge
	}
	return e.err == nil
}

func (e *expander) fail(why string) {
	if e.err == nil {
		e.err = errors.New(why)
	}
}

// normalize makes rows of a formula.
func (e *expander) normalize(x *formula) {
	switch x.form {
	case formFalse:
	case formTrue:
		e.emit(nil)
	case formAny:
		for _, part := range x.parts {
			e.conjunction(0, 0, part)
		}
	default:
		e.conjunction(0, 0, x)
	}
}

// conjunction makes rows of what is on the stacks from the given places on and of a further formula.
// It leaves the stacks as they were.
func (e *expander) conjunction(clauses, pending int, x *formula) {
	if !e.spend(conjunctionWork) {
		return
	}
	// What the caller has on the stacks is for its other alternatives too.
	clauseEnd, pendingEnd := len(e.clauses), len(e.pending)
	e.clauses = append(e.clauses, e.clauses[clauses:clauseEnd]...)
	e.pending = append(e.pending, e.pending[pending:pendingEnd]...)
	if e.add(clauseEnd, x) {
		e.distribute(clauseEnd, pendingEnd)
	}
	e.clauses, e.pending = e.clauses[:clauseEnd], e.pending[:pendingEnd]
}

// add asks for a formula besides what is on the stack of clauses from start on. It returns false if
// both together are impossible.
func (e *expander) add(start int, x *formula) bool {
	switch {
	case x.form == formTrue:
		return true
	case x.only != nil:
		return e.ask(start, x.only, e.crush(x))
	case x.form == formAny:
		e.pending = append(e.pending, x)
		return true
	}
	for _, part := range x.parts {
		if !e.add(start, part) {
			return false
		}
	}
	return true
}

// ask asks for alternatives of a field, besides what is asked of it already. Clauses are in the order
// of their fields' names.
func (e *expander) ask(start int, field *symbol.Symbol, a alternatives) bool {
	i := len(e.clauses)
	for i > start && e.clauses[i-1].field.Name > field.Name {
		i--
	}
	if i > start && e.clauses[i-1].field == field {
		c := &e.clauses[i-1]
		c.alternatives = e.intersect(c.alternatives, a)
		return e.err == nil && len(c.equal) > 0
	}
	if len(a.equal) == 0 && a.set == nil {
		return false
	}
	e.clauses = append(e.clauses, clause{})
	copy(e.clauses[i+1:], e.clauses[i:])
	e.clauses[i] = clause{field, a}
	return e.err == nil
}

// distribute multiplies out the first disjunction that has to be, or makes rows if there is none.
func (e *expander) distribute(clauses, pending int) {
	for i := clauses; i < len(e.clauses); i++ {
		c := e.clauses[i]
		if c.several() && c.field.MustCrossproduct {
			for _, value := range c.equal {
				e.clauses[i].alternatives = alternatives{equal: e.one(value)}
				e.conjunction(clauses, pending, alwaysTrue)
			}
			return
		}
	}
	if len(e.pending) == pending {
		e.emit(e.clauses[clauses:])
		return
	}
	least := pending
	for i := pending + 1; i < len(e.pending); i++ {
		if len(e.pending[i].parts) < len(e.pending[least].parts) {
			least = i
		}
	}
	x := e.pending[least]
	e.pending = append(e.pending[:least], e.pending[least+1:]...)
	for _, part := range x.parts {
		e.conjunction(clauses, pending, part)
	}
}
