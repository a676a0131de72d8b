package check

import (
	"woven/engine/syntax"
)

// checkVariables warns of named variables that a clause mentions once: they compare nothing
// and hand nothing on, which is what _ is for, so one of them is likely misspelt.
//
// In an aggregating rule the rows of a group are the distinct values of all named variables,
// so a name in place of _ makes more rows. Where a reducer's result depends on how many rows
// there are, that is a use; where all look at the set of their arguments, such as a maximum, it
// is not.
func (c *checker) checkVariables(cl *Clause, b *binding) {
	mentions := map[string]int{}
	cl.Walk(func(t syntax.Term) {
		if v, ok := t.(*syntax.Var); ok {
			mentions[v.Name]++
		}
	})
	widens := c.countsRows(cl)
	for _, l := range cl.Body {
		for _, v := range varsOf(syntax.Terms(l)...) {
			if mentions[v.Name] == 1 && b.bound[v.Name] && !b.blamed[v.Name] && !widens {
				c.warnAt(v.Pos, cl, "unused", v.Name+" is mentioned once", "write _ if any value will do")
			}
		}
	}
	if cl.Transform == nil {
		return
	}
	for _, let := range cl.Transform.Lets {
		if mentions[let.Var.Name] == 1 {
			c.warnAt(let.Var.Pos, cl, "unused", let.Var.Name+" is computed and not used",
				"use it in the head, or leave the let out")
		}
	}
}

// countsRows reports whether a result depends on how many rows a group has.
func (c *checker) countsRows(cl *Clause) bool {
	if !cl.Aggregate {
		return false
	}
	for _, let := range cl.Transform.Lets {
		r := c.registry.Reducers[let.Fn.Fn]
		if r != nil && !r.OfSet {
			return true
		}
	}
	return false
}
