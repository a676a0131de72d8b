package engine

import (
	"fmt"
	"slices"

	"woven/engine/check"
	"woven/engine/syntax"
)

// operator is a relation whose rows are not derived by rules but kept by an algorithm of the
// engine's, from the rows of other relations: numbers from a pool, connected components.
//
// It has two places in the order of work: its own, where it looks at what changed in its
// inputs, and right after it that of its relation, which passes the result on.
type operator interface {
	node
	stateful
	// note is told of an input's changes at the input's turn.
	note(in int, r *relation)
	// reasons returns the rows of the inputs that a row of the operator's rests on.
	reasons(row []value) []member
}

// operatorInput connects a relation with an operator that reads it.
type operatorInput struct {
	operator operator
	input    int // which of the operator's inputs the relation is
	position int // of the operator
}

// operatorInputs returns the relations that an operator's annotation names.
func operatorInputs(p *check.Program, r *check.Relation) []*check.Relation {
	kind, ok := operatorKind(r)
	if !ok {
		return nil
	}
	a, _ := r.Annotation(kind)
	var in []*check.Relation
	for _, name := range annotationStrings(a) {
		if x := p.Relations[name]; x != nil {
			in = append(in, x)
		}
	}
	return in
}

func operatorKind(r *check.Relation) (string, bool) {
	for _, kind := range []string{"allocator", "components"} {
		if _, ok := r.Annotation(kind); ok {
			return kind, true
		}
	}
	return "", false
}

// placeOperator makes the operator of a relation that has one.
func (c *compiler) placeOperator(info *check.Relation) error {
	kind, ok := operatorKind(info)
	if !ok {
		return nil
	}
	annotation, _ := info.Annotation(kind)
	in := operatorInputs(c.graph.program, info)
	head := c.relation(info.Name)
	if want := map[string]int{"allocator": 4, "components": 1}[kind]; len(in) != want {
		return fmt.Errorf("%s: %s() names %d relations, found %d", info.Decl.Pos, kind, want, len(in))
	}
	var op operator
	if kind == "allocator" {
		a := newAllocator(head)
		for i, x := range in {
			a.connect(i, c.relation(x.Name))
		}
		a.afterMax = slices.Contains(annotationStrings(annotation), "after_max")
		op = a
	} else {
		op = newConnected(head, c.relation(in[0].Name))
	}
	position := c.position(op)
	for i, x := range in {
		r := c.relation(x.Name)
		r.operators = append(r.operators, &operatorInput{op, i, position})
	}
	c.graph.stateful = append(c.graph.stateful, op)
	c.graph.operators[head] = op
	return nil
}

func annotationStrings(a syntax.Annotation) []string {
	var out []string
	for _, t := range a.Args {
		if c, ok := t.(*syntax.Const); ok && c.Kind == syntax.StringConst {
			out = append(out, c.Str)
		}
	}
	return out
}
