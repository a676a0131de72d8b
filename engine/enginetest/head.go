package enginetest

import (
	"slices"

	"woven/engine/function"
	"woven/engine/syntax"
	"woven/relations"
)

// plainRule makes a rule without aggregates for a new relation, and says what its columns are.
func (b *body) plainRule(pred string) (*syntax.Clause, []relations.Type) {
	b.grow(nil)
	c := &syntax.Clause{Head: &syntax.Atom{Pred: pred}, Body: b.literals}
	var types []relations.Type
	for range pick(b.generator, []int{1, 2, 2, 2, 3, 3, 4}) {
		t := b.someType()
		a := b.headTerm(t)
		if a == nil {
			continue
		}
		c.Head.Args = append(c.Head.Args, a)
		types = append(types, t)
	}
	b.computeInTransform(c)
	return c, types
}

// headTerm returns a head's argument: mostly a variable.
func (b *body) headTerm(t relations.Type) syntax.Term {
	if len(b.bound(t)) > 0 && !b.chance(20) {
		return b.headVar(t)
	}
	return b.term(t, 2)
}

// headVar returns a variable, mostly one that the head has not got yet.
func (b *body) headVar(t relations.Type) syntax.Term {
	vars := b.bound(t)
	unused := slices.DeleteFunc(slices.Clone(vars), func(v variable) bool {
		return slices.Contains(b.inHead, v.name)
	})
	if len(unused) > 0 && !b.chance(10) {
		vars = unused
	}
	name := pick(b.generator, vars).name
	b.inHead = append(b.inHead, name)
	return &syntax.Var{Name: name}
}

// computeInTransform moves a computed argument of the head into a let, sometimes.
func (b *body) computeInTransform(c *syntax.Clause) {
	for i, a := range c.Head.Args {
		if call, ok := a.(*syntax.Call); ok && len(c.Body) > 0 && b.chance(60) {
			v := &syntax.Var{Name: "Computed"}
			c.Head.Args[i] = v
			c.Transform = &syntax.Transform{Lets: []syntax.Let{{Var: v, Fn: call}}}
			return
		}
	}
}

// fittingRule makes a rule for a relation whose columns are given, or returns nil if the draw
// has no terms for them. With a member of the relation's own group the rule recurs through it.
func (g *generator) fittingRule(r *Relation, lower []*Relation, member *Relation) *syntax.Clause {
	readable := lower
	if member != nil {
		members := slices.DeleteFunc(slices.Clone(g.program.Relations), func(o *Relation) bool {
			return o.Group != r.Group
		})
		readable = append(slices.Clone(lower), members...)
	}
	b := g.newBody(readable, lower)
	b.grow(member)
	if member != nil {
		b.vars = slices.DeleteFunc(b.vars, func(v variable) bool { return v.made })
	}
	c := &syntax.Clause{Head: &syntax.Atom{Pred: r.Name}, Body: b.literals}
	for _, t := range r.Types {
		a := b.headTerm(t)
		if member != nil {
			a = b.plainTerm(t)
		}
		if a == nil {
			return nil
		}
		c.Head.Args = append(c.Head.Args, a)
	}
	return c
}

// plainTerm returns a variable or a constant.
func (b *body) plainTerm(t relations.Type) syntax.Term {
	if len(b.bound(t)) > 0 && !b.chance(10) {
		return b.headVar(t)
	}
	return b.constant(t)
}

// aggregateRule makes an aggregate rule for a new relation, often over another aggregate, and
// says what its columns are.
func (b *body) aggregateRule(pred string) (*syntax.Clause, []relations.Type) {
	var first *Relation
	for _, r := range b.readable {
		if r.aggregates() && b.chance(40) {
			first = r
		}
	}
	b.grow(first)
	c := b.aggregate(pred)
	var types []relations.Type
	for _, v := range b.vars {
		c.Head.Args = append(c.Head.Args, &syntax.Var{Name: v.name})
		types = append(types, v.t)
	}
	return c, types
}

// aggregateFor makes an aggregate rule for given columns, or returns nil.
func (b *body) aggregateFor(pred string, types []relations.Type) *syntax.Clause {
	b.grow(nil)
	c := b.aggregate(pred)
	for _, t := range types {
		a := b.headTerm(t)
		if a == nil {
			return nil
		}
		c.Head.Args = append(c.Head.Args, a)
	}
	return c
}

// aggregate adds a grouped transform; afterwards only its keys and lets are bound.
func (b *body) aggregate(pred string) *syntax.Clause {
	c := &syntax.Clause{Head: &syntax.Atom{Pred: pred}, Body: b.literals,
		Transform: &syntax.Transform{Grouped: true}}
	rows := b.vars
	var keys []variable
	for range pick(b.generator, []int{0, 1, 1, 1, 2}) {
		if len(rows) == 0 {
			break
		}
		key := pick(b.generator, rows)
		if !slices.ContainsFunc(keys, key.same) {
			keys = append(keys, key)
			c.Transform.GroupBy = append(c.Transform.GroupBy, &syntax.Var{Name: key.name})
		}
	}
	after := slices.Clone(keys)
	for range 1 + b.intn(2) {
		b.vars = rows
		call, t := b.reduce()
		b.vars = after
		c.Transform.Lets = append(c.Transform.Lets, syntax.Let{Var: b.bind(t, true), Fn: call})
		after = b.vars
	}
	if t := pick(b.generator, []relations.Type{numberType, stringType}); b.chance(25) {
		if call, ok := b.call(t, 1).(*syntax.Call); ok {
			let := syntax.Let{Var: b.bind(t, true), Fn: call}
			c.Transform.Lets = append(c.Transform.Lets, let)
		}
	}
	return c
}

// reduce makes a call of a reducer, and says what it results in.
func (b *body) reduce() (*syntax.Call, relations.Type) {
	var all []*function.Reducer
	for _, name := range b.reg.Names() {
		if r := b.reg.Reducers[name]; r != nil {
			all = append(all, r)
		}
	}
	for {
		r := pick(b.generator, all)
		call := &syntax.Call{Fn: r.Name}
		vars := typeVars{}
		for _, param := range r.Params {
			a := b.term(b.concrete(param, vars), 0)
			if a == nil {
				break
			}
			call.Args = append(call.Args, a)
		}
		if len(call.Args) == len(r.Params) {
			return call, b.concrete(r.Result, vars)
		}
	}
}
