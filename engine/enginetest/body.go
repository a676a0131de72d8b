package enginetest

import (
	"fmt"
	"slices"

	"woven/engine/syntax"
	"woven/relations"
)

// variable is a bound variable of a rule in the making.
type variable struct {
	name string
	t    relations.Type
	made bool // its value was computed: recursion must not hand it to its head
}

func (v variable) same(w variable) bool { return v.name == w.name }

// body makes the body of one rule, and the head on top of it.
type body struct {
	*generator
	readable []*Relation // what positive atoms may name
	lower    []*Relation // what negated atoms may name
	literals []syntax.Literal
	vars     []variable
	inHead   []string // variables that the head has
	names    int
}

func (g *generator) newBody(readable, lower []*Relation) *body {
	return &body{generator: g, readable: readable, lower: lower}
}

// grow adds one to four atoms, the first one of a given relation unless it is nil, and then
// other conditions.
func (b *body) grow(first *Relation) {
	if first == nil {
		first = b.source()
	}
	b.atom(first)
	for range pick(b.generator, []int{0, 0, 1, 1, 1, 2, 3}) {
		if b.chance(20) {
			b.atom(first) // a self-join
		} else {
			b.atom(b.source())
		}
	}
	if b.chance(25) {
		b.assign()
	}
	if b.chance(15) {
		b.flatten()
	}
	if b.chance(25) {
		b.compare()
	}
	for range pick(b.generator, []int{0, 0, 0, 1, 1, 2}) {
		b.negate()
	}
	b.shuffle()
}

// source picks a relation to read; derived ones more often.
func (b *body) source() *Relation {
	r := pick(b.generator, b.readable)
	if r.Base && b.chance(40) {
		r = pick(b.generator, b.readable)
	}
	return r
}

// shuffle mixes the order of the conditions, which has no meaning.
func (b *body) shuffle() {
	for i := len(b.literals) - 1; i > 0; i-- {
		if b.chance(40) {
			j := b.intn(i + 1)
			b.literals[i], b.literals[j] = b.literals[j], b.literals[i]
		}
	}
}

// bound returns the bound variables of a type.
func (b *body) bound(t relations.Type) []variable { return bound(b.vars, t) }

func bound(vars []variable, t relations.Type) []variable {
	var out []variable
	for _, v := range vars {
		if v.t.Equal(t) {
			out = append(out, v)
		}
	}
	return out
}

// bind returns a new variable, which the caller's literal binds.
func (b *body) bind(t relations.Type, made bool) *syntax.Var {
	b.names++
	v := variable{name: fmt.Sprintf("V%d", b.names), t: t, made: made}
	b.vars = append(b.vars, v)
	return &syntax.Var{Name: v.name}
}

func blank() syntax.Term { return &syntax.Var{Name: "_"} }

// atom adds a positive atom that shares a variable with the rest where its types allow.
func (b *body) atom(r *Relation) {
	before := len(b.vars)
	shared := before == 0
	a := &syntax.Atom{Pred: r.Name}
	for i, t := range r.Types {
		old := bound(b.vars[:before], t)
		kind := b.intn(100)
		if !shared && i == len(r.Types)-1 && len(old) > 0 {
			kind = 99
		}
		switch {
		case kind >= 55 && len(old) > 0:
			shared = true
			a.Args = append(a.Args, &syntax.Var{Name: pick(b.generator, old).name})
		case kind < 8:
			a.Args = append(a.Args, blank())
		case kind < 13:
			a.Args = append(a.Args, b.constantOr(t, blank()))
		case kind < 16 && before > 0:
			a.Args = append(a.Args, b.known(t, b.vars[:before], blank()))
		case kind < 20 && len(b.bound(t)) > 0: // maybe a variable of this very atom
			a.Args = append(a.Args, &syntax.Var{Name: pick(b.generator, b.bound(t)).name})
		default:
			a.Args = append(a.Args, b.bind(t, false))
		}
	}
	b.literals = append(b.literals, &syntax.Match{Atom: a})
}

// known returns a term over the given variables only.
func (b *body) known(t relations.Type, vars []variable,
	otherwise syntax.Term) syntax.Term {
	all := b.vars
	b.vars = vars
	defer func() { b.vars = all }()
	if term := b.term(t, 1); term != nil {
		return term
	}
	return otherwise
}

func (b *body) constantOr(t relations.Type, otherwise syntax.Term) syntax.Term {
	if c := b.constant(t); c != nil {
		return c
	}
	return otherwise
}

// assign adds X = term.
func (b *body) assign() {
	t := pick(b.generator, []relations.Type{numberType, stringType, stringType})
	if term := b.call(t, 2); term != nil {
		sides := []syntax.Term{b.bind(t, true), term}
		if b.chance(30) {
			slices.Reverse(sides)
		}
		b.literals = append(b.literals, &syntax.Compare{Op: "=", L: sides[0], R: sides[1]})
	}
}

// compare adds a comparison of a variable with a term of its type.
func (b *body) compare() {
	if len(b.vars) == 0 {
		return
	}
	v := pick(b.generator, b.vars)
	ops := []string{"!=", "!=", "="}
	if v.t.Kind == relations.Number || v.t.Kind == relations.Float {
		ops = append(ops, "<", "<=", ">", ">=")
	}
	right := b.term(v.t, 1)
	if other, ok := right.(*syntax.Var); ok && other.Name == v.name {
		right = b.constant(v.t)
	}
	if right != nil {
		b.literals = append(b.literals, &syntax.Compare{Op: pick(b.generator, ops),
			L: &syntax.Var{Name: v.name}, R: right})
	}
}

// negate adds a negated atom of a lower relation.
func (b *body) negate() {
	a := &syntax.Atom{Pred: pick(b.generator, b.lower).Name}
	for _, t := range b.program.relation(a.Pred).Types {
		switch vars := b.bound(t); {
		case len(vars) > 0 && b.chance(65):
			a.Args = append(a.Args, &syntax.Var{Name: pick(b.generator, vars).name})
		case b.chance(30):
			a.Args = append(a.Args, b.constantOr(t, blank()))
		case b.chance(10):
			a.Args = append(a.Args, b.known(t, b.vars, blank()))
		default:
			a.Args = append(a.Args, blank())
		}
	}
	b.literals = append(b.literals, &syntax.Match{Negated: true, Atom: a})
}
