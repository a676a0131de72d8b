package sbdb

import (
	"slices"

	"woven/bridge/ovsdb"
	"woven/relations"
)

// settleMoves gives the combinations whose members changed their new sets, and the sets the rows
// that stand for them. When everybody who had a set moves on to the same new one, the row of the
// old one goes along, and no flow has to be written.
func (p *Flows) settleMoves() {
	type move struct{ combination, from uint32 }
	var moves []move
	moved := p.scopes.moved
	p.scopes.moved = nil
	for _, id := range moved {
		c := &p.scopes.combinations[id]
		c.moved = false
		if c.flows == 0 {
			p.abandon(id)
			continue
		}
		from, to := c.set, uint32(none)
		if c.sum.count > 0 {
			to = p.sets.setOf(c.sum)
		}
		if from == to {
			c.toggled = nil
			continue
		}
		p.leaveSet(id)
		if c.set = to; to != none {
			s := &p.sets.list[to]
			s.combinations = append(s.combinations, id)
		}
		moves = append(moves, move{id, from})
	}
	for _, m := range moves {
		p.settleMove(m.combination, m.from)
	}
	for _, m := range moves {
		if m.from != none {
			p.sets.list[m.from].taken = none
			p.releaseSet(m.from)
		}
	}
	for _, id := range p.empty {
		p.releaseSet(id)
	}
	p.empty = nil
}

// settleMove finds the row for a combination's new set.
func (p *Flows) settleMove(id, from uint32) {
	c := &p.scopes.combinations[id]
	was, is := none, none
	if from != none {
		was = p.sets.list[from].target
	}
	if c.set != none {
		if p.sets.list[c.set].target == none {
			p.assign(c.set, from, c.toggled)
		}
		is = p.sets.list[c.set].target
	}
	c.toggled = nil
	// A row that went along was taken from the old set, so that was is none by now only if
	// somebody else of the same move took it; then the flows refer to the right row already.
	if is == none || is != was && !(was == none && from != none && p.sets.list[from].taken == is) {
		p.queueFlows(id)
	}
}

// assign finds a row for a set that has none: its only datapath, a group in the database that
// contains the same, or the row of the set from which everybody moved here.
func (p *Flows) assign(to, from uint32, toggled []member) {
	s := &p.sets.list[to]
	target := none
	if s.count == 1 {
		target = p.sets.targetOf(p.datapath(s.only).row, false)
	} else if g, ok := p.sets.groups[s.sum]; ok && p.sets.targets[g].set == none {
		target = g
	} else if from != none && len(p.sets.list[from].combinations) == 0 {
		before := &p.sets.list[from]
		if g := before.target; g != none && p.sets.targets[g].isGroup {
			target = g
			before.target, before.taken = none, g
			t := &p.sets.targets[g]
			if t.toggled = append(t.toggled, toggled...); len(toggled) == deltaMost {
				t.toggled = nil // then the sum does not fit, and the row is written as a whole
			}
			p.queueTarget(g)
		}
	}
	if target != none {
		s.target = target
		p.sets.targets[target].set = to
	}
}

// leaveSet takes a combination out of its set.
func (p *Flows) leaveSet(id uint32) {
	c := &p.scopes.combinations[id]
	if c.set == none {
		return
	}
	s := &p.sets.list[c.set]
	at := slices.Index(s.combinations, id)
	s.combinations = slices.Delete(s.combinations, at, at+1)
	c.set = none
}

// releaseSet forgets a set that no combination has.
func (p *Flows) releaseSet(id uint32) {
	if len(p.sets.list[id].combinations) > 0 || !p.sets.list[id].used {
		return
	}
	s := &p.sets.list[id]
	if s.target != none {
		t := &p.sets.targets[s.target]
		t.set, t.toggled = none, nil
		p.sets.tidy(s.target)
	}
	delete(p.sets.bySum, s.sum)
	*s = set{target: none, taken: none}
	p.sets.free = append(p.sets.free, id)
}

// rowsOf lists the datapaths of a set.
func (p *Flows) rowsOf(id uint32) (rows []ovsdb.Value) {
	c := &p.scopes.combinations[p.sets.list[id].combinations[0]]
	seen := map[relations.Value]bool{}
	for _, s := range c.scopes {
		p.members.Each(func(fact []relations.Value) bool {
			if d := p.datapath(fact[1]); d.there && !seen[fact[1]] {
				seen[fact[1]] = true
				rows = append(rows, ovsdb.Reference(d.row))
			}
			return true
		}, p.scopes.list[s].handle)
	}
	return rows
}
