package engine

import "slices"

// What rules do not derive row by row: the rows of groups and of operators.

// fillGroup describes how an aggregating rule made a row.
func (w *prover) fillGroup(p *Proof, in *instance) error {
	rule := in.group.finisher.rule
	p.Kind, p.Rule, p.Pos = Aggregated, rule.name, rule.place
	key := in.group.ids.row(in.key)
	source := in.group.source
	for id := range source.top {
		if *source.flags(id)&flagLive == 0 || !in.group.has(source.row(id), key) {
			continue
		}
		if len(p.From) == proofGroupRows {
			p.More++
			continue
		}
		sub, err := w.prove(source, id)
		if err != nil {
			return err
		}
		p.From = append(p.From, sub)
	}
	return nil
}

// has reports whether a source row belongs to the group with the key.
func (a *aggregation) has(row, key []value) bool {
	for i, c := range a.keys {
		if row[c] != key[i] {
			return false
		}
	}
	return true
}

// fillOperated describes why an operator made a row.
func (w *prover) fillOperated(p *Proof, r *relation, id uint32) error {
	for _, m := range w.e.graph.operators[r].reasons(r.row(id)) {
		sub, err := w.prove(m.rel, m.id)
		if err != nil {
			return err
		}
		p.From = append(p.From, sub)
	}
	return nil
}

// reasons are the owner, the pool's range, and who stated the number.
func (a *allocator) reasons(row []value) (out []member) {
	for in, r := range a.inputs {
		key := row[:len(a.byOwner[in].columns)]
		for id := a.byOwner[in].first(r, key); id != none; id = a.byOwner[in].next(id) {
			states := in == wantedInput || in == heldInput
			if *r.flags(id)&flagLive != 0 && !(states && r.row(id)[2] != row[2]) {
				out = append(out, member{r, id})
			}
		}
	}
	return out
}

// reasons are the edges of a shortest way from the node to its representative; for that itself
// any edge it has.
func (c *connected) reasons(row []value) (out []member) {
	node, goal := row[0], row[1]
	came := map[value]member{}
	from := map[value]value{}
	for todo := []value{node}; len(todo) > 0 && came[goal].rel == nil; todo = todo[1:] {
		c.neighbours(todo[0], func(other value, edge uint32) {
			if came[other].rel == nil {
				came[other], from[other] = member{c.edge, edge}, todo[0]
				todo = append(todo, other)
			}
		})
	}
	for at := goal; len(out) == 0 || at != node; at = from[at] {
		out = append(out, came[at])
	}
	if node == goal { // there and back
		return out[:1]
	}
	slices.Reverse(out)
	return out
}
