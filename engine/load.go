package engine

// load makes a graph the running one. Relations in kept have their rows already; every other
// relation is derived afresh, in order, from relations that are complete.
func (e *Engine) load(g *graph, kept map[*relation]bool) {
	e.graph = g
	e.pending = make([]uint64, len(g.order)/64+1)
	for _, n := range g.order {
		n.load(e, kept)
	}
	clear(e.pending)
	e.finish()
}

// deriveAll runs the rules that derive a relation over everything there is.
func (e *Engine) deriveAll(r *relation) {
	e.sign = 1
	for _, rule := range r.rules {
		if rule.inner {
			continue // its component drives it, row by row
		}
		f := newFrame(newPlan(rule, loadDriver), e.store)
		f.emit = e.emitOut
		f.run(nil)
		rule.stats.Out += f.found
	}
}

// load makes the relation's rows visible; whoever depends on them is loaded later.
func (r *relation) load(e *Engine, kept map[*relation]bool) {
	if kept[r] {
		for _, a := range r.groups {
			a.restate(e, kept)
		}
		return
	}
	e.deriveAll(r)
	r.settle()
	e.graph.changed = append(e.graph.changed, r)
	for _, a := range r.groups {
		a.take(e, r)
	}
}

func (c *component) load(e *Engine, kept map[*relation]bool) {
	if kept[c.relations[0]] {
		return
	}
	for _, r := range c.relations {
		e.deriveAll(r)
	}
	c.insert(e)
	for _, r := range c.relations {
		if len(r.touched) > 0 {
			r.settleComponent()
			e.graph.changed = append(e.graph.changed, r)
		}
	}
}
