package enginetest

import (
	"slices"

	"woven/engine/syntax"
)

// mutate returns a program that differs a little from the generator's, which it replaces: a
// rule less, a rule more, another constant, another relation.
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
		switch g.intn(4) {
		case 0:
			g.dropRule(r)
		case 1:
			g.addRule(r)
		case 2:
			g.changeConstant(r)
		case 3:
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

// changeConstant puts another constant in the place of one in the body of a rule.
func (g *generator) changeConstant(r *Relation) {
	for i, c := range r.Rules {
		for j, l := range c.Body {
			m, ok := l.(*syntax.Match)
			if !ok {
				continue
			}
			for k, t := range m.Atom.Args {
				if old, ok := t.(*syntax.Const); ok {
					clause, atom := *c, *m.Atom
					atom.Args = slices.Clone(atom.Args)
					atom.Args[k] = g.otherConstant(old)
					clause.Body = slices.Clone(c.Body)
					clause.Body[j] = &syntax.Match{Negated: m.Negated, Atom: &atom}
					r.Rules[i] = &clause
					return
				}
			}
		}
	}
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
