package naive

import (
	"fmt"
	"slices"

	"woven/engine/syntax"
)

// prepare puts the body of a clause into an order in which it can be evaluated: again and
// again the first literal whose inputs are bound, conditions before relations.
func (e *Evaluator) prepare(c *syntax.Clause) (*rule, error) {
	r := &rule{Clause: c}
	bound := map[string]bool{}
	for left := slices.Clone(c.Body); len(left) > 0; {
		next := slices.IndexFunc(left, func(l syntax.Literal) bool {
			return isCondition(l) && e.ready(l, bound)
		})
		if next < 0 {
			next = slices.IndexFunc(left, func(l syntax.Literal) bool { return e.ready(l, bound) })
		}
		if next < 0 {
			return nil, fmt.Errorf("%s: a variable of %s is never bound", c.Pos, c.Head.Pred)
		}
		for _, t := range syntax.Terms(left[next]) {
			addVars(t, bound)
		}
		r.body = append(r.body, left[next])
		left = slices.Delete(left, next, next+1)
	}
	for name := range bound {
		r.vars = append(r.vars, name)
	}
	slices.Sort(r.vars)
	return r, e.checkHead(r, bound)
}

func (e *Evaluator) checkHead(r *rule, bound map[string]bool) error {
	visible := bound
	if r.Transform != nil {
		if r.Transform.Grouped {
			visible = map[string]bool{}
			for _, key := range r.Transform.GroupBy {
				visible[key.Name] = true
			}
		}
		for _, let := range r.Transform.Lets {
			visible[let.Var.Name] = true
		}
	}
	for _, t := range r.Head.Args {
		if !computable(t, visible) {
			return fmt.Errorf("%s: the head's argument %s is not bound", r.Pos, t)
		}
	}
	return nil
}

func isCondition(l syntax.Literal) bool {
	m, ok := l.(*syntax.Match)
	return !ok || m.Negated || m.Atom.Pred[0] == ':'
}

// ready reports whether a literal can be evaluated once the given variables are bound.
func (e *Evaluator) ready(l syntax.Literal, bound map[string]bool) bool {
	switch l := l.(type) {
	case *syntax.Compare:
		left, right := computable(l.L, bound), computable(l.R, bound)
		return left && right ||
			l.Op == "=" && (left && isVar(l.R) || right && isVar(l.L))
	case *syntax.Match:
		inputs, own := 0, map[string]bool{}
		if p := e.reg.Predicates[l.Atom.Pred]; p != nil {
			inputs = len(p.In)
		}
		for i, t := range l.Atom.Args {
			switch t := t.(type) {
			case *syntax.Var:
				if (i < inputs || l.Negated && t.Name != "_") && !bound[t.Name] {
					return false
				}
				own[t.Name] = true
			case *syntax.Call:
				for name := range bound {
					own[name] = true
				}
				if !computable(t, own) {
					return false
				}
			}
		}
		return true
	}
	return false
}

func isVar(t syntax.Term) bool {
	v, ok := t.(*syntax.Var)
	return ok && v.Name != "_"
}

// computable reports whether a term has a value once the given variables are bound.
func computable(t syntax.Term, bound map[string]bool) bool {
	used := map[string]bool{}
	addVars(t, used)
	if v, ok := t.(*syntax.Var); ok && v.Name == "_" {
		return false
	}
	for name := range used {
		if !bound[name] {
			return false
		}
	}
	return true
}

func addVars(t syntax.Term, vars map[string]bool) {
	syntax.EachVar(t, func(v *syntax.Var) { vars[v.Name] = true })
}
