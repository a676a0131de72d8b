package sbdb

import (
	"slices"

	"woven/bridge/ovsdb"
)

// groupRows takes the rows of Logical_DP_Group.
type groupRows struct{ p *Flows }

// Begin implements [tables.RowHandler].
func (h groupRows) Begin(kind ovsdb.BatchKind) {
	h.p.unchecked = nil
	if kind == ovsdb.BatchResync {
		for i := range h.p.sets.targets {
			h.p.sets.targets[i].unseen = h.p.sets.targets[i].present
		}
	}
}

// End implements [tables.RowHandler].
func (h groupRows) End(ok bool) {
	if !ok || !h.p.resync {
		return
	}
	for i := range h.p.sets.targets {
		if h.p.sets.targets[i].unseen {
			h.p.lostGroup(uint32(i))
		}
	}
}

// Row implements [tables.RowHandler].
func (h groupRows) Row(_ *ovsdb.MonitoredTable, row ovsdb.UUID, change ovsdb.Change,
	values []ovsdb.ColumnValue) {
	s := &h.p.sets
	id, known := s.byRow[row]
	if change == ovsdb.ChangeDelete {
		if known {
			h.p.lostGroup(id)
		}
		return
	}
	id = s.targetOf(row, true)
	t := &s.targets[id]
	sum := t.sum
	if change != ovsdb.ChangeModify {
		sum = digest{}
		t.dangling = nil
	}
	for i := range values {
		for j := range values[i].Datum.Keys {
			datapath := values[i].Datum.Keys[j].UUID()
			if at := slices.Index(t.dangling, datapath); at >= 0 {
				t.dangling = slices.Delete(t.dangling, at, at+1)
				continue
			}
			sum.xor(digestOfRow(datapath))
			if change != ovsdb.ChangeModify {
				h.p.unchecked = append(h.p.unchecked, reference{id, datapath})
			}
		}
	}
	h.p.setSum(id, sum, true)
	t.unseen = false
	if t.set != none && t.sum != s.list[t.set].sum {
		h.p.queueTarget(id)
	}
}

// checkReferences takes references to datapaths that do not exist as absent. A server at times keeps
// such weak references when two rows of a set are deleted in one transaction.
func (p *Flows) checkReferences() {
	for _, r := range p.unchecked {
		if !p.engine.Holds(p.datapathRows, p.store.UUID(r.datapath)) {
			t := &p.sets.targets[r.target]
			t.dangling = append(t.dangling, r.datapath)
			sum := t.sum
			sum.xor(digestOfRow(r.datapath))
			p.setSum(r.target, sum, true)
			if t.set != none && t.sum != p.sets.list[t.set].sum {
				p.queueTarget(r.target)
			}
		}
	}
	p.unchecked = nil
}

// setSum notes what a group's row contains, or that it is gone.
func (p *Flows) setSum(id uint32, sum digest, present bool) {
	s := &p.sets
	t := &s.targets[id]
	if t.present && s.groups[t.sum] == id {
		delete(s.groups, t.sum)
	}
	t.sum, t.present = sum, present
	if present {
		s.groups[sum] = id
	}
}

// lostGroup notes that a group's row is gone.
func (p *Flows) lostGroup(id uint32) {
	t := &p.sets.targets[id]
	t.unseen = false
	p.setSum(id, digest{}, false)
	p.orphan(id)
}

// orphan takes a target away from its set, whose flows need another.
func (p *Flows) orphan(id uint32) {
	t := &p.sets.targets[id]
	if t.set != none {
		set := &p.sets.list[t.set]
		set.target = none
		for _, c := range set.combinations {
			p.queueFlows(c)
		}
		t.set = none
	}
	t.toggled = nil
	p.sets.tidy(id)
}

// queueFlows looks again at all flows of a combination.
func (p *Flows) queueFlows(combination uint32) {
	for id := p.scopes.combinations[combination].first; id != none; id = p.flows.at(id).next {
		p.queue(id)
	}
}

func (p *Flows) queueTarget(id uint32) {
	if t := &p.sets.targets[id]; !t.queued {
		t.queued = true
		p.sets.queue = append(p.sets.queue, id)
	}
}
