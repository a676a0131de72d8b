package check

import (
	"woven/engine/syntax"
	"woven/relations"
)

// checkGrowth looks for rules of a recursive component whose head gets a value that a function
// or flattening predicate made from the component's own values: each round could make a new
// one, without end. Names are safe, because programs hold finitely many, and so is a value
// that a relation has to contain as well.
func (c *checker) checkGrowth(cl *Clause, recursive map[*Relation]bool) {
	head := c.relations[cl.Head.Pred]
	if head == nil || !recursive[head] || c.faulty[cl] || c.allows(cl, "bounded") {
		return
	}
	g := c.growthOf(cl, head)
	for _, t := range cl.Head.Args {
		if !g.made(t) || cl.Types[t].Kind == relations.Name {
			continue
		}
		c.errorAt(t.Position(), cl, "growing-recursion", t.String()+" is a new value in each round "+
			"of the recursion through "+head.Name, "let a relation hold the values that are possible; "+
			"or say # woven:bounded why above the clause if it comes to an end")
	}
}

// growth sorts the variables of a clause.
type growth struct {
	held    map[string]bool // a relation contains the value
	carried map[string]bool // the value comes from the component, or is made from one that does
}

func (c *checker) growthOf(cl *Clause, head *Relation) *growth {
	g := &growth{held: map[string]bool{}, carried: map[string]bool{}}
	for _, m := range matches(cl.Clause) {
		if m.Negated || isPredicate(m.Atom) {
			continue
		}
		within := false
		if r := c.relations[m.Atom.Pred]; r != nil {
			_, within = c.path(r, head)
		}
		for _, t := range m.Atom.Args {
			for _, v := range variable(t) {
				g.held[v.Name] = true
				g.carried[v.Name] = g.carried[v.Name] || within
			}
		}
	}
	for progress := true; progress; {
		progress = false
		carry := func(from []*syntax.Var, to []*syntax.Var) {
			for _, v := range to {
				if g.anyCarried(from) && !g.carried[v.Name] {
					g.carried[v.Name], progress = true, true
				}
			}
		}
		for _, l := range cl.Body {
			switch l := l.(type) {
			case *syntax.Compare:
				if l.Op == "=" {
					carry(varsOf(l.L), variable(l.R))
					carry(varsOf(l.R), variable(l.L))
					progress = g.holdSame(l) || progress
				}
			case *syntax.Match:
				if p := c.registry.Predicates[l.Atom.Pred]; isPredicate(l.Atom) && p != nil && !l.Negated {
					n := min(len(p.In), len(l.Atom.Args))
					carry(varsOf(l.Atom.Args[:n]...), varsOf(l.Atom.Args[n:]...))
				}
			}
		}
		if cl.Transform != nil {
			for _, let := range cl.Transform.Lets {
				carry(varsOf(let.Fn), []*syntax.Var{let.Var})
			}
		}
	}
	return g
}

// holdSame makes two variables that are equal both held if one is.
func (g *growth) holdSame(cmp *syntax.Compare) (progress bool) {
	l, r := variable(cmp.L), variable(cmp.R)
	if l == nil || r == nil || g.held[l[0].Name] == g.held[r[0].Name] {
		return false
	}
	g.held[l[0].Name], g.held[r[0].Name] = true, true
	return true
}

func (g *growth) anyCarried(vars []*syntax.Var) bool {
	for _, v := range vars {
		if g.carried[v.Name] {
			return true
		}
	}
	return false
}

// made reports whether a term of the head is a value that a function made from the
// component's.
func (g *growth) made(t syntax.Term) bool {
	if v, ok := t.(*syntax.Var); ok {
		return g.carried[v.Name] && !g.held[v.Name]
	}
	return g.anyCarried(varsOf(t))
}
