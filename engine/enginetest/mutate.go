package enginetest

import (
	"slices"

	"woven/engine/syntax"
	"woven/relations"
)

// mutate returns a program that differs a little from the generator's, which it replaces: a
// rule less, a rule more, another constant, another reducer, another order of a head's arguments,
// another relation.
func (g *generator) mutate() *Program {
	g.program = g.program.clone()
	for range 1 + g.intn(3) {
		var derived []*Relation
		for _, r := range g.program.Relations {
			if !r.Base && r.Operator == nil {
				derived = append(derived, r)
			}
		}
		if len(derived) == 0 { // all are operators'
			g.addRelation()
			continue
		}
		r := pick(g, derived)
		switch g.intn(6) {
		case 0:
			g.dropRule(r)
		case 1:
			g.addRule(r)
		case 2:
			g.changeConstant(r)
		case 3:
			g.changeReducer(r)
		case 4:
			g.swapHead(r)
		case 5:
			if len(g.program.Relations) < 12 {
				g.addRelation()
			}
		}
	}
	return g.program
}

func (g *generator) dropRule(r *Relation) {
	if len(r.Rules) > 0 {
		i := g.intn(len(r.Rules))
		r.Rules = slices.Delete(r.Rules, i, i+1)
		r.Declared = true // the rules that are left may not show its types
	}
}

// changeConstant puts another constant in the place of one of a rule's.
func (g *generator) changeConstant(r *Relation) {
	for i, c := range r.Rules {
		clause := *c
		head, changed := g.changeArgument(c.Head)
		clause.Head, clause.Body = head, slices.Clone(c.Body)
		for j, l := range c.Body {
			if m, ok := l.(*syntax.Match); ok && !changed {
				var atom *syntax.Atom
				atom, changed = g.changeArgument(m.Atom)
				clause.Body[j] = &syntax.Match{Negated: m.Negated, Atom: atom}
			}
		}
		if changed {
			r.Rules[i] = &clause
			return
		}
	}
}

// changeArgument returns the atom with another constant, if it has one.
func (g *generator) changeArgument(a *syntax.Atom) (*syntax.Atom, bool) {
	for i, t := range a.Args {
		if old, ok := t.(*syntax.Const); ok {
			atom := *a
			atom.Args = slices.Clone(a.Args)
			atom.Args[i] = g.otherConstant(old)
			return &atom, true
		}
	}
	return a, false
}

// changeReducer puts another reducer in the place of one with the same arguments and result, so
// that the rule's body stays as it is.
func (g *generator) changeReducer(r *Relation) {
	for i, c := range r.Rules {
		if c.Transform == nil || !c.Transform.Grouped {
			continue
		}
		clause, transform := *c, *c.Transform
		transform.Lets = slices.Clone(transform.Lets)
		for j, let := range transform.Lets {
			if other := g.alike(let.Fn.Fn); other != "" {
				let.Fn = &syntax.Call{Fn: other, Args: let.Fn.Args}
				transform.Lets[j] = let
				clause.Transform = &transform
				r.Rules[i] = &clause
				return
			}
		}
	}
}

// swapHead exchanges two arguments of one type in the head of a rule.
func (g *generator) swapHead(r *Relation) {
	if len(r.Rules) == 0 {
		return
	}
	rule := g.intn(len(r.Rules))
	for i, t := range r.Types {
		for j := range i {
			if r.Types[j].Equal(t) {
				clause := *r.Rules[rule]
				head := *clause.Head
				head.Args = slices.Clone(head.Args)
				head.Args[i], head.Args[j] = head.Args[j], head.Args[i]
				clause.Head = &head
				r.Rules[rule] = &clause
				return
			}
		}
	}
}

// alike draws another reducer of the same signature; none is "".
func (g *generator) alike(name string) string {
	r := g.reg.Reducers[name]
	if r == nil {
		return ""
	}
	var all []string
	for _, other := range g.reg.Names() {
		o := g.reg.Reducers[other]
		if o != nil && other != name && o.Result.Equal(r.Result) &&
			slices.EqualFunc(o.Params, r.Params, relations.Type.Equal) {
			all = append(all, other)
		}
	}
	if len(all) == 0 {
		return ""
	}
	return pick(g, all)
}

func (g *generator) otherConstant(old *syntax.Const) syntax.Term {
	switch old.Kind {
	case syntax.NumberConst:
		return g.constant(numberType)
	case syntax.StringConst:
		return g.constant(stringType)
	case syntax.FloatConst:
		return g.constant(floatType)
	}
	return g.constant(nameType)
}
