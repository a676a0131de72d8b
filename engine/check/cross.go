package check

import (
	"fmt"

	"woven/engine/syntax"
)

// checkCross looks for bodies whose atoms fall into parts that nothing connects: each row of
// one part would meet each row of the other.
//
// Atoms are connected by a shared variable, by an equation, and by a flattening predicate. An
// atom does not multiply rows, and its variables connect nothing, if its relation is declared
// singleton(), or if all its arguments are constants, _, or variables that equal constants.
func (c *checker) checkCross(cl *Clause) {
	if c.options.AllowCross || c.allows(cl, "cross") {
		return
	}
	fixed := c.fixedVars(cl)
	parts := &partition{of: map[string]string{}}
	var atoms []*syntax.Atom
	for _, l := range cl.Body {
		switch l := l.(type) {
		case *syntax.Compare:
			if l.Op == "=" {
				parts.join(fixed, varsOf(l.L, l.R))
			}
		case *syntax.Match:
			if l.Negated {
				continue
			}
			parts.join(fixed, varsOf(l.Atom.Args...))
			if !isPredicate(l.Atom) && len(without(fixed, varsOf(l.Atom.Args...))) > 0 {
				atoms = append(atoms, l.Atom)
			}
		}
	}
	if len(atoms) == 0 {
		return
	}
	part := func(a *syntax.Atom) string {
		return parts.find(without(fixed, varsOf(a.Args...))[0].Name)
	}
	for _, a := range atoms[1:] {
		if part(a) != part(atoms[0]) {
			c.errorAt(a.Pos, cl, "cross-product", fmt.Sprintf("nothing connects %s with %s", a, atoms[0]),
				"share a variable; or say # woven:cross why above the clause, or singleton() in the "+
					"Decl of a relation with at most one row")
			return
		}
	}
}

// fixedVars returns the variables that can have one value only.
func (c *checker) fixedVars(cl *Clause) map[string]bool {
	fixed := map[string]bool{}
	for progress := true; progress; {
		progress = false
		fix := func(vars []*syntax.Var) {
			for _, v := range vars {
				progress = progress || !fixed[v.Name]
				fixed[v.Name] = true
			}
		}
		for _, l := range cl.Body {
			switch l := l.(type) {
			case *syntax.Compare:
				if l.Op != "=" {
					continue
				}
				if len(without(fixed, varsOf(l.L))) == 0 {
					fix(variable(l.R))
				}
				if len(without(fixed, varsOf(l.R))) == 0 {
					fix(variable(l.L))
				}
			case *syntax.Match:
				if r := c.relations[l.Atom.Pred]; r != nil && !l.Negated {
					if _, ok := r.Annotation("singleton"); ok {
						fix(varsOf(l.Atom.Args...))
					}
				}
			}
		}
	}
	return fixed
}

func variable(t syntax.Term) []*syntax.Var {
	if v, ok := t.(*syntax.Var); ok && v.Name != "_" {
		return []*syntax.Var{v}
	}
	return nil
}

func without(names map[string]bool, vars []*syntax.Var) []*syntax.Var {
	var out []*syntax.Var
	for _, v := range vars {
		if !names[v.Name] {
			out = append(out, v)
		}
	}
	return out
}

// partition keeps variables that are connected in one part.
type partition struct{ of map[string]string }

func (p *partition) find(name string) string {
	for {
		next, ok := p.of[name]
		if !ok || next == name {
			return name
		}
		name = next
	}
}

func (p *partition) join(fixed map[string]bool, vars []*syntax.Var) {
	vars = without(fixed, vars)
	for _, v := range vars {
		p.of[p.find(v.Name)] = p.find(vars[0].Name)
	}
}
