package check

import "woven/engine/syntax"

// checkTransform checks that lets and the head use what is there at their point: behind a
// fn:group_by that is the keys and the lets before, for a reducer the rows of the group, and
// without one all that the body binds.
func (c *checker) checkTransform(cl *Clause, b *binding) {
	visible := map[string]bool{}
	if !cl.Aggregate {
		for name := range b.bound {
			visible[name] = true
		}
	}
	if cl.Transform != nil {
		for _, k := range cl.Transform.GroupBy {
			c.requireBound(cl, b, k)
			visible[k.Name] = true
		}
		for _, let := range cl.Transform.Lets {
			c.checkLet(cl, b, let, visible)
		}
	}
	for _, v := range varsOf(cl.Head.Args...) {
		c.requireVisible(cl, b, v, visible)
	}
}

func (c *checker) checkLet(cl *Clause, b *binding, let syntax.Let, visible map[string]bool) {
	if cl.Aggregate && c.registry.Reducers[let.Fn.Fn] != nil {
		for _, v := range varsOf(let.Fn.Args...) {
			if visible[v.Name] && !b.bound[v.Name] {
				b.blamed[v.Name] = true
				c.errorAt(v.Pos, cl, "not-in-rows", v.Name+" is computed from the group and not a "+
					"part of its rows", "aggregate the result in a rule of its own")
				continue
			}
			c.requireBound(cl, b, v)
		}
	} else {
		for _, v := range varsOf(let.Fn.Args...) {
			c.requireVisible(cl, b, v, visible)
		}
	}
	if b.bound[let.Var.Name] || visible[let.Var.Name] {
		c.errorAt(let.Var.Pos, cl, "rebound", let.Var.Name+" has a value already",
			"give the result a name of its own")
	}
	visible[let.Var.Name] = true
}

func (c *checker) requireVisible(cl *Clause, b *binding, v *syntax.Var, visible map[string]bool) {
	switch {
	case visible[v.Name]:
	case cl.Aggregate && b.bound[v.Name] && !b.blamed[v.Name]:
		b.blamed[v.Name] = true
		c.errorAt(v.Pos, cl, "not-grouped", v.Name+" may have several values in a group",
			"add it to fn:group_by, or reduce it in a let: let N = fn:max("+v.Name+")")
	case !b.bound[v.Name]:
		c.requireBound(cl, b, v)
	}
}
