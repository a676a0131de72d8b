package sbdb

import (
	"encoding/binary"
	"slices"

	"woven/bridge/ovsdb"
	"woven/relations"
)

// scope is a set of datapaths that flows are for. Its members are facts; here is only who uses
// it.
type scope struct {
	handle       relations.Value
	combinations []uint32 // those that it is part of
}

// combination is the scopes of a flow. Most are one scope; all flows of the same scopes share
// one, so that a change of a scope's members is worked out once.
type combination struct {
	scopes []uint32 // sorted
	// counts says in how many of several scopes a datapath is; nil for one scope.
	counts map[relations.Value]uint32
	sum    content
	set    uint32 // the set of datapaths, as settled last; or none
	first  uint32 // of its flows
	flows  uint32 // how many
	moved  bool   // it is in the list of those to settle
	// toggled are the datapath rows that came or went since it was settled.
	toggled []member
}

// datapath is what a datapath's handle stands for now.
type datapath struct {
	row   ovsdb.UUID
	there bool // it has a row, or one is on its way
}

// scopes are the scopes and combinations that flows use.
type scopes struct {
	list    []scope
	free    []uint32
	byValue map[relations.Value]uint32

	combinations []combination
	spare        []uint32
	byScopes     map[string]uint32
	moved        []uint32

	datapaths map[relations.Value]datapath
}

func newScopes() scopes {
	return scopes{byValue: map[relations.Value]uint32{}, byScopes: map[string]uint32{},
		datapaths: map[relations.Value]datapath{}}
}

// scopeOf returns the number of a scope, which lasts for as long as a flow uses it.
func (s *scopes) scopeOf(handle relations.Value) uint32 {
	id, ok := s.byValue[handle]
	if ok {
		return id
	}
	if n := len(s.free); n > 0 {
		id = s.free[n-1]
		s.free = s.free[:n-1]
	} else {
		id = uint32(len(s.list))
		s.list = append(s.list, scope{})
	}
	s.list[id] = scope{handle: handle}
	s.byValue[handle] = id
	return id
}

func keyOfScopes(ids []uint32) string {
	b := make([]byte, 0, 4*len(ids))
	for _, id := range ids {
		b = binary.BigEndian.AppendUint32(b, id)
	}
	return string(b)
}

// combine returns the combination of some sorted scopes, with the members that they have now.
func (p *Flows) combine(ids []uint32) uint32 {
	key := keyOfScopes(ids)
	if id, ok := p.scopes.byScopes[key]; ok {
		return id
	}
	c := combination{scopes: ids, set: none, first: none}
	if len(ids) > 1 {
		c.counts = map[relations.Value]uint32{}
	}
	var id uint32
	if n := len(p.scopes.spare); n > 0 {
		id = p.scopes.spare[n-1]
		p.scopes.spare = p.scopes.spare[:n-1]
		p.scopes.combinations[id] = c
	} else {
		id = uint32(len(p.scopes.combinations))
		p.scopes.combinations = append(p.scopes.combinations, c)
	}
	p.scopes.byScopes[key] = id
	for _, s := range ids {
		sc := &p.scopes.list[s]
		sc.combinations = append(sc.combinations, id)
		p.members.Each(func(fact []relations.Value) bool {
			p.countMember(id, fact[1], true)
			return true
		}, sc.handle)
	}
	p.move(id)
	return id
}

// abandon forgets a combination without flows.
func (p *Flows) abandon(id uint32) {
	c := &p.scopes.combinations[id]
	delete(p.scopes.byScopes, keyOfScopes(c.scopes))
	for _, s := range c.scopes {
		sc := &p.scopes.list[s]
		at := slices.Index(sc.combinations, id)
		sc.combinations = slices.Delete(sc.combinations, at, at+1)
		if len(sc.combinations) == 0 {
			delete(p.scopes.byValue, sc.handle)
			*sc = scope{}
			p.scopes.free = append(p.scopes.free, s)
		}
	}
	if c.set != none {
		p.empty = append(p.empty, c.set)
		p.leaveSet(id)
	}
	*c = combination{set: none, first: none}
	p.scopes.spare = append(p.scopes.spare, id)
}

// move notes that a combination has to be settled.
func (p *Flows) move(id uint32) {
	if c := &p.scopes.combinations[id]; !c.moved {
		c.moved = true
		p.scopes.moved = append(p.scopes.moved, id)
	}
}

// changeMember takes one changed fact of scope_member.
func (p *Flows) changeMember(handle, dp relations.Value, inserted bool) {
	if id, ok := p.scopes.byValue[handle]; ok {
		for _, c := range p.scopes.list[id].combinations {
			p.countMember(c, dp, inserted)
		}
	}
	if !inserted && !p.isMember(dp) {
		delete(p.scopes.datapaths, dp)
	}
}

// isMember reports whether a datapath is in any scope.
func (p *Flows) isMember(dp relations.Value) (found bool) {
	p.memberOf.Each(func([]relations.Value) bool {
		found = true
		return false
	}, dp)
	return found
}

// countMember adds a datapath to one of a combination's scopes, or takes it out.
func (p *Flows) countMember(id uint32, dp relations.Value, inserted bool) {
	c := &p.scopes.combinations[id]
	if c.counts != nil {
		before := c.counts[dp]
		if inserted {
			c.counts[dp] = before + 1
		} else if c.counts[dp] = before - 1; before == 1 {
			delete(c.counts, dp)
		}
		if inserted && before > 0 || !inserted && before > 1 {
			return
		}
	}
	if d := p.datapath(dp); d.there {
		p.toggle(id, dp, d.row, inserted)
	}
}

// toggle changes the union of a combination's scopes by one datapath.
func (p *Flows) toggle(id uint32, dp relations.Value, row ovsdb.UUID, inserted bool) {
	c := &p.scopes.combinations[id]
	c.sum.toggle(dp, row, inserted)
	if len(c.toggled) < deltaMost {
		c.toggled = append(c.toggled, member{row, inserted})
	}
	p.move(id)
}

// datapath returns what a datapath's handle stands for.
func (p *Flows) datapath(dp relations.Value) datapath {
	d, known := p.scopes.datapaths[dp]
	if !known && p.writer != nil {
		if row, ok := p.writer.Locate(datapathTable, dp); ok {
			d = datapath{row: p.store.UUIDOf(row), there: true}
		}
		p.scopes.datapaths[dp] = d
	}
	return d
}

// Moved implements [tables.Extension].
func (p *Flows) Moved(table string, dp relations.Value) {
	before, known := p.scopes.datapaths[dp]
	if table != datapathTable || !known {
		return
	}
	delete(p.scopes.datapaths, dp)
	after := p.datapath(dp)
	if before == after {
		return
	}
	seen := map[uint32]bool{} // a combination may have the datapath through several of its scopes
	p.memberOf.Each(func(fact []relations.Value) bool {
		id, ok := p.scopes.byValue[fact[0]]
		if !ok {
			return true
		}
		for _, c := range p.scopes.list[id].combinations {
			if seen[c] {
				continue
			}
			seen[c] = true
			if before.there {
				p.toggle(c, dp, before.row, false)
			}
			if after.there {
				p.toggle(c, dp, after.row, true)
			}
		}
		return true
	}, dp)
}

// enlist moves a flow to another combination, or to none.
func (p *Flows) enlist(id, to uint32) {
	x := p.flows.at(id)
	if from := x.scopes; from != none {
		c := &p.scopes.combinations[from]
		if x.previous == none {
			c.first = x.next
		} else {
			p.flows.at(x.previous).next = x.next
		}
		if x.next != none {
			p.flows.at(x.next).previous = x.previous
		}
		if c.flows--; c.flows == 0 {
			p.move(from) // to be abandoned, unless a flow comes before
		}
	}
	x.scopes, x.next, x.previous = to, none, none
	if to != none {
		c := &p.scopes.combinations[to]
		x.next = c.first
		if c.first != none {
			p.flows.at(c.first).previous = id
		}
		c.first = id
		c.flows++
	}
	p.queue(id)
}
