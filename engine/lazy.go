package engine

import (
	"woven/engine/check"
	"woven/engine/syntax"
	"woven/relations"
)

// A formatted text stays a term in a column that no rule compares. Which columns those are is
// decided here, once a program: a column is lazy unless some rule joins on it, tests it,
// computes with it, or groups by it. Handing it on to another head, or into a longer text, is
// no reason to write it out.

// lazyColumns tells for every relation which columns may hold terms. plain() in a declaration
// is for relations whose rows are compared by whoever takes their changes.
func lazyColumns(p *check.Program, enabled bool) map[*check.Relation][]bool {
	lazy := map[*check.Relation][]bool{}
	for _, r := range p.Relations {
		cols := make([]bool, len(r.Columns))
		_, published := r.Annotation("published")
		_, plain := r.Annotation("plain")
		for i, c := range r.Columns {
			cols[i] = enabled && !r.Base && !published && !plain && c.Type.Kind == relations.String
		}
		lazy[r] = cols
	}
	for _, r := range p.Relations {
		for _, in := range operatorInputs(p, r) {
			clear(lazy[in])
		}
		if _, ok := operatorKind(r); ok {
			clear(lazy[r])
		}
		for _, c := range r.Clauses {
			keepPlain(p, c, lazy)
		}
	}
	return lazy
}

// keepPlain clears the columns that a clause compares.
func keepPlain(p *check.Program, c *check.Clause, lazy map[*check.Relation][]bool) {
	plain := plainVars(c)
	for _, b := range c.Body {
		m, ok := b.(*syntax.Match)
		if !ok || m.Atom.Pred[0] == ':' {
			continue
		}
		cols := lazy[p.Relations[m.Atom.Pred]]
		for i, t := range m.Atom.Args {
			v, isVar := t.(*syntax.Var)
			if !isVar || v.Name != "_" && plain[v.Name] {
				cols[i] = false
			}
		}
	}
}

// plainVars returns the variables of a clause whose text is looked at: all but those that
// appear once, as a column or as what a call defines, and else only in the head or in formats.
func plainVars(c *check.Clause) map[string]bool {
	weight := map[string]int{}
	count := func(n int) func(*syntax.Var) {
		return func(v *syntax.Var) { weight[v.Name] += n }
	}
	for _, b := range c.Body {
		switch b := b.(type) {
		case *syntax.Match:
			for _, t := range b.Atom.Args {
				if v, ok := t.(*syntax.Var); ok && b.Atom.Pred[0] != ':' {
					weight[v.Name]++
					continue
				}
				termVars(t, count(2))
			}
		case *syntax.Compare:
			weighCompare(b, weight, count)
		}
	}
	if c.Transform != nil {
		for _, let := range c.Transform.Lets {
			weight[let.Var.Name]++
			weighCall(let.Fn, count(2))
		}
	}
	for _, t := range c.Head.Args {
		if call, ok := t.(*syntax.Call); ok {
			weighCall(call, count(2))
		}
	}
	plain := map[string]bool{}
	for name, w := range weight {
		plain[name] = w > 1 || c.Aggregate
	}
	return plain
}

func weighCompare(b *syntax.Compare, weight map[string]int, count func(int) func(*syntax.Var)) {
	left, leftVar := b.L.(*syntax.Var)
	right, rightVar := b.R.(*syntax.Var)
	leftCall, _ := b.L.(*syntax.Call)
	rightCall, _ := b.R.(*syntax.Call)
	switch {
	case b.Op == "=" && leftVar && rightCall != nil:
		weight[left.Name]++
		weighCall(rightCall, count(2))
	case b.Op == "=" && rightVar && leftCall != nil:
		weight[right.Name]++
		weighCall(leftCall, count(2))
	default:
		termVars(b.L, count(2))
		termVars(b.R, count(2))
	}
}

// weighCall counts the variables that a call looks at; a format looks at none.
func weighCall(call *syntax.Call, count func(*syntax.Var)) {
	if call.Fn != formatFunction {
		termVars(call, count)
		return
	}
	for _, a := range call.Args {
		if nested, ok := a.(*syntax.Call); ok {
			weighCall(nested, count)
		}
	}
}
