package match

import (
	"strconv"

	"woven/internal/logical/lex"
	"woven/internal/logical/symbol"
)

// operation says what a node is.
type operation uint8

const (
	opAll      operation = iota // all parts hold
	opAny                       // at least one part holds
	opCompare                   // a comparison
	opResident                  // whether a port is bound here
	opTrue                      // whether something holds does not depend on packets
)

// noSlot is the slot of a field that stands alone.
const noSlot = -1

// node is a part of an expression as it is written, with negations brought down to the leaves.
// Nodes are shared between goroutines and never change.
type node struct {
	op operation
	// parts are those of opAll and opAny, which are never opAll and opAny again, respectively.
	parts []*node
	// slot is where the constant of opCompare and opResident stands. A comparison with no constant,
	// a field alone, has noSlot and compares with 0.
	slot int32
	// relation is that of opCompare, the field being on the left.
	relation lex.Kind
	field    field
	item     int32 // where the node is written
	// negated says that the node stands below an odd number of negations.
	negated bool
	// value is that of opTrue, and whether opResident asks for residence or absence.
	value bool
}

// field is what is compared: some bits of a symbol.
type field struct {
	symbol       *symbol.Symbol
	offset, bits int
}

// template is an expression but for its constants, or what is wrong with it.
type template struct {
	root *node
	err  *templateError
}

// builder makes nodes of what the grammar has read.
type builder struct {
	items []item
	slots []slot
	err   *templateError // the first
}

// build makes a template of a text that has been taken apart.
func build(r *reading) *template {
	tree, err := parse(r)
	if err != nil {
		return &template{err: err}
	}
	b := builder{items: r.items, slots: r.slots}
	root := b.expression(tree, false)
	return &template{root, b.err}
}

func (b *builder) fail(item int, why string) *node {
	if b.err == nil {
		b.err = &templateError{item, why}
	}
	return &node{op: opTrue}
}

// join makes one node of several, in the place of those that do the same.
func join(op operation, parts []*node) *node {
	n := &node{op: op}
	for _, part := range parts {
		if part.op == op {
			n.parts = append(n.parts, part.parts...)
		} else {
			n.parts = append(n.parts, part)
		}
	}
	return n
}

// expression makes the nodes of an expression that stands below an odd number of negations or not.
func (b *builder) expression(e *expressionSyntax, negated bool) *node {
	first := b.unary(e.First, negated)
	op, rest := opAll, e.And
	if len(e.Or) > 0 {
		op, rest = opAny, e.Or
	}
	if len(rest) == 0 {
		return first
	}
	if negated {
		op = opAll + opAny - op
	}
	parts := []*node{first}
	for _, u := range rest {
		parts = append(parts, b.unary(u, negated))
	}
	return join(op, parts)
}

func (b *builder) unary(u *unarySyntax, negated bool) *node {
	at := u.Pos.Offset
	if u.Not {
		negated, at = !negated, at+1
	}
	switch {
	case u.Group != nil:
		return b.expression(u.Group, negated)
	case u.Call != nil:
		return b.call(u.Call, at, negated)
	case u.FieldFirst != nil:
		return b.fieldFirst(u, at, negated)
	}
	return b.constantFirst(u, at, negated)
}

func (b *builder) call(c *callSyntax, at int, negated bool) *node {
	if c.Name != "is_chassis_resident" {
		return b.fail(at, "there is no such function, only is_chassis_resident(\"port\")")
	}
	return &node{op: opResident, slot: slotNumber(c.Argument), item: int32(at), value: !negated}
}

// slotNumber reads what itemLexer wrote.
func slotNumber(text string) int32 {
	n, _ := strconv.Atoi(text)
	return int32(n)
}

// needParentheses is what is wrong with the negation of a comparison.
const needParentheses = "! in front of a comparison needs parentheses: write !(field == 1)"

func (b *builder) fieldFirst(u *unarySyntax, at int, negated bool) *node {
	f := u.FieldFirst
	field, ok := b.field(&f.Field)
	switch {
	case !ok:
		return b.fail(at, "") // field has said why
	case f.Relation == "" && field.symbol.IsPort():
		return b.fail(at, field.symbol.Name+` has to be compared with a port: write `+
			field.symbol.Name+` == "name"`)
	case f.Relation == "" && field.bits > 1 && !negated:
		return b.fail(at, "this field has more than one bit: write != 0 if any of them may be set")
	case f.Relation == "":
		return b.compare(field, lex.NotEqual, noSlot, at, negated)
	case u.Not:
		return b.fail(at-1, needParentheses)
	}
	return b.compare(field, relation(f.Relation), slotNumber(f.Constant), at, negated)
}

func (b *builder) constantFirst(u *unarySyntax, at int, negated bool) *node {
	c := u.ConstantFirst
	if c.Relation == "" {
		if k := b.items[at].kind; k != zero && k != one {
			return b.fail(at, "a comparison operator and a field have to follow the constant; alone, "+
				"only 0 and 1 are expressions")
		}
		return &node{op: opTrue, value: (b.items[at].kind == one) != negated}
	}
	field, ok := b.field(c.Field)
	first, second := relation(c.Relation), relation(c.Second)
	switch {
	case !ok:
		return b.fail(at, "") // field has said why
	case u.Not:
		return b.fail(at-1, needParentheses)
	case c.Second == "":
		return b.compare(field, turned(first), slotNumber(c.Constant), c.Field.Pos.Offset, negated)
	case !sameDirection(first, second):
		return b.fail(at, "a range is written 1 < field < 5 or 5 > field > 1, with <= and >= if the "+
			"ends belong to it")
	}
	op := opAll
	if negated {
		op = opAny
	}
	return join(op, []*node{
		b.compare(field, turned(first), slotNumber(c.Constant), c.Field.Pos.Offset, negated),
		b.compare(field, second, slotNumber(c.Other), c.Field.Pos.Offset, negated)})
}
