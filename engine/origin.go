package engine

import (
	"fmt"
	"slices"

	"woven/engine/syntax"
	"woven/relations"
)

// Origin is the rule that a fact comes from.
type Origin struct {
	Rule string
	Pos  syntax.Pos
}

// String spells the origin as file:line and the rule's name.
func (o Origin) String() string { return fmt.Sprintf("%s:%d %s", o.Pos.File, o.Pos.Line, o.Rule) }

// Origin finds the rule that brought the values of some columns of a fact together: a rule that
// only passes all of them on from another fact is not it, but what derived that fact. It looks at
// one derivation, without its proof, so it is cheap; ok is false for base facts, for what operators
// and aggregates make, and for what does not hold. It is called between transactions.
func (e *Engine) Origin(r *Relation, row []relations.Value, columns ...int) (o Origin, ok bool) {
	if !r.r.has(row) {
		return o, false
	}
	return e.origin(r.r, r.r.lookup(row), columns)
}

func (e *Engine) origin(r *relation, id uint32, columns []int) (Origin, bool) {
	for _, rule := range r.rules {
		f, found := e.derivation(rule, r.row(id))
		if !found {
			continue
		}
		own := Origin{rule.name, rule.place}
		// Inside a recursive component a fact may be passed on in a circle.
		if from, passed := rule.passesOn(columns); from >= 0 && r.component == nil {
			lit := &rule.literals[from]
			step := slices.IndexFunc(f.plan.steps, func(s step) bool { return s.lit == lit })
			if o, ok := e.origin(lit.rel, f.trace[step], passed); ok {
				return o, true
			}
		}
		return own, true
	}
	return Origin{}, false
}

// derivation looks for an assignment by which a rule derives a row. The frame that looks is the
// rule's own, made once.
func (e *Engine) derivation(rule *rule, row []value) (f *frame, found bool) {
	if rule.prove == nil {
		p := newPlan(rule, headDriver)
		rule.prove = newFrame(p, e.store)
		rule.prove.trace = make([]uint32, len(p.steps))
	}
	f = rule.prove
	f.emit = func(f *frame) bool {
		found = equalRow(f.out, row)
		return !found
	}
	f.run(row)
	return f, found
}

// passesOn returns the literal whose fact holds everything that the rule puts into some columns
// of its head, and the columns there; or -1.
func (r *rule) passesOn(columns []int) (literal int, there []int) {
	for i := range r.literals {
		lit := &r.literals[i]
		if lit.kind != atomLiteral || lit.negated {
			continue
		}
		there = there[:0]
		for _, c := range columns {
			if at := slices.Index(lit.args, r.headRegs[c]); at >= 0 {
				there = append(there, at)
			}
		}
		if len(there) == len(columns) {
			return i, there
		}
	}
	return -1, nil
}
