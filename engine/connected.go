package engine

// connected keeps the connected components of an undirected graph, declared as
//
//	Decl group(Node, Representative) descr [components("edge")] bound […].
//
// Every node of an edge belongs to the component of its least node. A change costs as much as
// the components that it touches: rules would need the transitive closure, which is the square.
type connected struct {
	head  *relation
	edge  *relation
	ends  [2]*index // of edge
	nodes *index    // of head, by node
	group *index    // of head, by representative
	seeds []value   // ends of changed edges
}

func newConnected(head, edge *relation) *connected {
	return &connected{head: head, edge: edge,
		ends:  [2]*index{edge.indexOn([]int{0}), edge.indexOn([]int{1})},
		nodes: head.indexOn([]int{0}), group: head.indexOn([]int{1})}
}

func (c *connected) note(_ int, r *relation) {
	for _, ids := range [2][]uint32{r.died, r.born} {
		for _, id := range ids {
			c.seeds = append(c.seeds, r.row(id)[:2]...)
		}
	}
}

func (c *connected) load(e *Engine, kept map[*relation]bool) {
	if kept[c.head] {
		return
	}
	c.edge.eachLive(func(id uint32) { c.seeds = append(c.seeds, c.edge.row(id)[:2]...) })
	c.turn(e)
}

func (c *connected) finish(*Engine) {}
func (c *connected) undo(*Engine)   { c.seeds = c.seeds[:0] }

// turn finds the components of every node that was in a touched component.
func (c *connected) turn(e *Engine) {
	touched := map[value]bool{}
	old := map[value]value{}
	for _, n := range c.seeds {
		touched[n] = true
		rep, ok := c.representative(n)
		if !ok || touched[rep] && old[rep] == rep {
			continue
		}
		for id := c.group.first(c.head, []value{rep}); id != none; id = c.group.next(id) {
			m := c.head.row(id)[0]
			touched[m], old[m] = true, rep
		}
	}
	c.seeds = c.seeds[:0]
	done := map[value]bool{}
	for n := range touched {
		if done[n] {
			continue
		}
		members := c.reach(n)
		rep := n
		for _, m := range members {
			done[m] = true
			if e.store.Compare(c.head.types[0], m, rep) < 0 {
				rep = m
			}
		}
		if len(members) > 0 {
			done[n] = true
		}
		for _, m := range members {
			c.move(e, m, old, rep)
		}
	}
	for n, rep := range old {
		if !done[n] {
			c.head.add(e.store, []value{n, rep}, -1, false)
		}
	}
	e.mark(c.head.order)
}

// representative returns the node's component as it was before the transaction.
func (c *connected) representative(n value) (value, bool) {
	id := c.nodes.first(c.head, []value{n})
	if id == none {
		return 0, false
	}
	return c.head.row(id)[1], true
}

// move gives a node its new representative.
func (c *connected) move(e *Engine, n value, old map[value]value, rep value) {
	was, had := old[n]
	if had && was == rep {
		return
	}
	if had {
		c.head.add(e.store, []value{n, was}, -1, false)
	}
	c.head.add(e.store, []value{n, rep}, 1, false)
}

// reach returns every node that edges connect with n, itself included; none if n has no edge.
func (c *connected) reach(n value) []value {
	seen := map[value]bool{}
	var out []value
	visit := func(m value, _ uint32) {
		if !seen[m] {
			seen[m] = true
			out = append(out, m)
		}
	}
	c.neighbours(n, visit)
	if len(out) > 0 {
		visit(n, none)
	}
	for i := 0; i < len(out); i++ {
		c.neighbours(out[i], visit)
	}
	return out
}

// neighbours visits the other ends of a node's edges, with the edges.
func (c *connected) neighbours(n value, visit func(m value, edge uint32)) {
	for side, x := range c.ends {
		for id := x.first(c.edge, []value{n}); id != none; id = x.next(id) {
			if *c.edge.flags(id)&flagLive != 0 {
				visit(c.edge.row(id)[1-side], id)
			}
		}
	}
}
