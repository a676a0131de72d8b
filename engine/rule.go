package engine

import (
	"woven/engine/check"
	"woven/engine/function"
	"woven/engine/syntax"
	"woven/relations"
)

// rule is a clause made ready for planning: every variable, constant and intermediate result
// has a register, and every condition is a literal over registers.
type rule struct {
	clause *check.Clause
	name   string
	place  syntax.Pos
	head   *relation
	// headRegs holds where the head's values stand; canonical marks the text columns that must
	// be plain text although the register may hold a term.
	headRegs  []int
	canonical []bool
	literals  []literal
	regs      int
	consts    []constant
	vars      map[string]int // a named variable's register
	inputs    []int          // registers that are given to a unit plan
	results   []int          // of an aggregating rule: where the reducers' results stand
	regTypes  map[int]relations.Type
	inner     bool // an atom and the head are in one recursive component
	stats     RuleStats
	prove     *frame // looks for a derivation of a given row; see origin.go
	change    int64  // derivations gained in the running transaction, less those lost
	driven    bool   // in the graph's list of driven rules
}

// constant is a register whose value never changes.
type constant struct {
	reg   int
	value value
	kind  relations.Kind
}

type literalKind uint8

const (
	atomLiteral literalKind = iota // rel(args), perhaps negated
	evalLiteral                    // dst = eval(in)
	copyLiteral                    // dst = in[0], either way round
	testLiteral                    // in[0] op in[1]
	flatLiteral                    // predicate(in, out), perhaps negated
)

// wildcard is the register of an argument that may be anything.
const wildcard = -1

type literal struct {
	kind    literalKind
	negated bool
	rel     *relation
	args    []int // atom: registers; flat: the outputs
	in      []int
	dst     int
	eval    function.Eval
	test    func(s *relations.Store, a, b value) bool
	pred    *function.Predicate
	text    string // for showing plans and proofs
	pos     syntax.Pos
}

// lowering turns one clause into a rule.
type lowering struct {
	c     *compiler
	types map[syntax.Term]relations.Type
	rule  *rule
	plain map[string]bool // variables whose text is compared; see lazy.go
}

func (l *lowering) newReg() int {
	l.rule.regs++
	return l.rule.regs - 1
}

// regType returns the type of a register that stands for a term.
func (l *lowering) regType(r int) relations.Type { return l.rule.regTypes[r] }

func (l *lowering) setType(r int, t relations.Type) {
	if l.rule.regTypes == nil {
		l.rule.regTypes = map[int]relations.Type{}
	}
	l.rule.regTypes[r] = t
}

func (l *lowering) varReg(name string) int {
	r, ok := l.rule.vars[name]
	if !ok {
		r = l.newReg()
		l.rule.vars[name] = r
		l.setType(r, l.rule.clause.VarTypes[name])
	}
	return r
}

// pin keeps a value for as long as the program runs.
func (c *compiler) pin(k relations.Kind, v value) {
	c.store.Retain(k, v)
	c.graph.pinned = append(c.graph.pinned, constant{value: v, kind: k})
}

// constReg returns the register of a constant value.
func (l *lowering) constReg(k relations.Kind, v value) int {
	for _, c := range l.rule.consts {
		if c.value == v && c.kind == k {
			return c.reg
		}
	}
	r := l.newReg()
	l.c.pin(k, v)
	l.rule.consts = append(l.rule.consts, constant{r, v, k})
	return r
}

// term returns the register of a term; calls become eval literals.
func (l *lowering) term(t syntax.Term) (int, error) {
	reg, err := l.lower(t)
	if _, isVar := t.(*syntax.Var); !isVar {
		l.setType(reg, l.types[t])
	}
	return reg, err
}

func (l *lowering) lower(t syntax.Term) (int, error) {
	switch t := t.(type) {
	case *syntax.Var:
		if t.Name == "_" {
			return wildcard, nil
		}
		return l.varReg(t.Name), nil
	case *syntax.Const:
		typ := l.types[t]
		return l.constReg(typ.Kind, constValue(l.c.store, t, typ)), nil
	case *syntax.Call:
		dst := l.newReg()
		return dst, l.call(t, dst, true)
	}
	return wildcard, nil
}

// call adds the literal that computes a call into dst. The result is made plain text if it may
// be compared.
func (l *lowering) call(t *syntax.Call, dst int, plain bool) error {
	f := l.c.registry.Funcs[t.Fn]
	lit := literal{kind: evalLiteral, dst: dst, text: t.String(), pos: t.Pos}
	args := make([]function.Arg, len(t.Args))
	for i, a := range t.Args {
		args[i].Type = l.types[a]
		if c, ok := a.(*syntax.Const); ok {
			args[i].Const, args[i].Value = true, constValue(l.c.store, c, args[i].Type)
			l.c.pin(args[i].Type.Kind, args[i].Value)
		}
		r, err := l.argument(t, a)
		if err != nil {
			return err
		}
		lit.in = append(lit.in, r)
	}
	lit.eval = f.Eval
	if f.Compile != nil {
		var err error
		if lit.eval, err = f.Compile(l.c.store, args); err != nil {
			return err
		}
	}
	if plain && l.types[t].Kind == relations.String {
		lit.eval = canonicalEval(lit.eval)
	}
	l.rule.literals = append(l.rule.literals, lit)
	return nil
}

// argument lowers an argument of a call. What goes into a format may stay a term: a text made
// of texts is written out once, at the end.
func (l *lowering) argument(call *syntax.Call, a syntax.Term) (int, error) {
	if nested, ok := a.(*syntax.Call); ok && call.Fn == formatFunction {
		dst := l.newReg()
		return dst, l.call(nested, dst, !l.c.lazyText)
	}
	return l.term(a)
}

// formatFunction makes terms; its arguments are only written out, never compared.
const formatFunction = "fn:fmt"

func canonicalEval(f function.Eval) function.Eval {
	return func(s *relations.Store, args []value) value { return s.Canonical(f(s, args)) }
}

func constValue(s *relations.Store, c *syntax.Const, t relations.Type) value {
	switch c.Kind {
	case syntax.NumberConst:
		if t.Kind == relations.Float {
			return s.Float(float64(c.Num))
		}
		return s.Number(c.Num)
	case syntax.FloatConst:
		return s.Float(c.Float)
	case syntax.NameConst:
		return s.Name(c.Str)
	}
	return s.String(c.Str)
}

// body lowers the conditions.
func (l *lowering) body(body []syntax.Literal) error {
	for _, b := range body {
		var err error
		switch b := b.(type) {
		case *syntax.Match:
			err = l.match(b)
		case *syntax.Compare:
			err = l.compare(b)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

func (l *lowering) match(m *syntax.Match) error {
	regs := make([]int, len(m.Atom.Args))
	for i, a := range m.Atom.Args {
		r, err := l.term(a)
		if err != nil {
			return err
		}
		regs[i] = r
	}
	lit := literal{negated: m.Negated, text: m.Atom.String(), pos: m.Atom.Pos}
	if m.Atom.Pred[0] == ':' {
		lit.kind, lit.pred = flatLiteral, l.c.registry.Predicates[m.Atom.Pred]
		n := len(lit.pred.In)
		lit.in, lit.args = regs[:n], regs[n:]
	} else {
		lit.kind, lit.rel, lit.args = atomLiteral, l.c.relation(m.Atom.Pred), regs
	}
	l.rule.literals = append(l.rule.literals, lit)
	return nil
}

func (l *lowering) compare(c *syntax.Compare) error {
	if c.Op == "=" {
		if done, err := l.assign(c.L, c.R); done || err != nil {
			return err
		}
		if done, err := l.assign(c.R, c.L); done || err != nil {
			return err
		}
	}
	a, err := l.term(c.L)
	if err != nil {
		return err
	}
	b, err := l.term(c.R)
	if err != nil {
		return err
	}
	lit := literal{kind: testLiteral, in: []int{a, b}, pos: c.Pos,
		text: c.L.String() + " " + c.Op + " " + c.R.String()}
	if c.Op == "=" {
		lit.kind, lit.dst, lit.in = copyLiteral, a, []int{b}
	} else {
		lit.test = comparison(c.Op, l.types[c.L])
	}
	l.rule.literals = append(l.rule.literals, lit)
	return nil
}

// assign handles Var = call without an intermediate register.
func (l *lowering) assign(left, right syntax.Term) (bool, error) {
	v, ok := left.(*syntax.Var)
	call, isCall := right.(*syntax.Call)
	if !ok || !isCall || v.Name == "_" {
		return false, nil
	}
	return true, l.call(call, l.varReg(v.Name), !l.c.lazyText || l.plain[v.Name])
}

func comparison(op string, t relations.Type) func(*relations.Store, value, value) bool {
	switch op {
	case "!=":
		return func(_ *relations.Store, a, b value) bool { return a != b }
	case "<":
		return func(s *relations.Store, a, b value) bool { return s.Compare(t, a, b) < 0 }
	case "<=":
		return func(s *relations.Store, a, b value) bool { return s.Compare(t, a, b) <= 0 }
	case ">":
		return func(s *relations.Store, a, b value) bool { return s.Compare(t, a, b) > 0 }
	}
	return func(s *relations.Store, a, b value) bool { return s.Compare(t, a, b) >= 0 }
}
