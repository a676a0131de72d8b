package sbdb

import (
	"slices"

	"woven/bridge/ovsdb"
)

// The columns of Logical_Flow that are read, in the order of flowColumns.
const (
	columnPipeline = iota
	columnTable
	columnPriority
	columnMatch
	columnActions
	columnMeter
	columnDatapath
	columnGroup
)

var flowColumns = []string{"pipeline", "table_id", "priority", "match", "actions",
	"controller_meter", "logical_datapath", "logical_dp_group"}

// flowRows takes the rows of Logical_Flow.
type flowRows struct{ p *Flows }

// Begin implements [tables.RowHandler].
func (h flowRows) Begin(kind ovsdb.BatchKind) {
	h.p.resync = kind == ovsdb.BatchResync
	if !h.p.resync {
		return
	}
	clear(h.p.strays)
	h.p.flows.each(func(_ uint32, x *flow) {
		if !x.row.IsZero() {
			x.flags |= flowUnseen
		}
	})
}

// End implements [tables.RowHandler].
func (h flowRows) End(ok bool) {
	h.p.broken = !ok
	if !ok || !h.p.resync {
		return
	}
	h.p.flows.each(func(id uint32, x *flow) {
		if x.flags&flowUnseen != 0 {
			h.p.lostRow(id)
		}
	})
}

// Row implements [tables.RowHandler].
func (h flowRows) Row(_ *ovsdb.MonitoredTable, row ovsdb.UUID, change ovsdb.Change,
	values []ovsdb.ColumnValue) {
	switch change {
	case ovsdb.ChangeDelete:
		delete(h.p.strays, row)
		if id := h.p.flows.ofRow(row); id != none {
			h.p.lostRow(id)
		}
	case ovsdb.ChangeModify:
		h.modify(row, values)
	default:
		h.insert(row, values)
	}
}

// lostRow notes that a flow's row is gone.
func (p *Flows) lostRow(id uint32) {
	x := p.flows.at(id)
	x.flags &^= flowUnseen
	p.flows.setRow(id, ovsdb.UUID{})
	p.setTarget(id, none)
	p.revive(id)
	p.queue(id)
}

// setTarget notes what a flow's row refers to.
func (p *Flows) setTarget(id, to uint32) {
	x := p.flows.at(id)
	from := x.target
	x.target = to
	if to != none {
		p.sets.targets[to].flows++
	}
	if from != none {
		p.sets.targets[from].flows--
		p.sets.tidy(from)
	}
}

// insert takes a row as a whole.
func (h flowRows) insert(row ovsdb.UUID, values []ovsdb.ColumnValue) {
	var columns [flowColumnCount]ovsdb.Datum
	for i := range values {
		columns[values[i].Index] = values[i].Datum
	}
	p := h.p
	text := func(c int) []byte {
		if columns[c].Len() == 0 {
			return nil
		}
		return columns[c].Keys[0].Text()
	}
	number := func(c int) int64 {
		if columns[c].Len() == 0 {
			return 0
		}
		return columns[c].Keys[0].Integer()
	}
	b := appendHead(p.buffer[:0], string(text(columnPipeline)) == "ingress", number(columnTable),
		number(columnPriority))
	b = append(append(b, text(columnMatch)...), 0)
	b = append(append(b, text(columnActions)...), 0)
	b = append(b, text(columnMeter)...)
	p.buffer = b
	id := p.flows.find(digestOf(b), true)
	x := p.flows.at(id)
	if !x.row.IsZero() && x.row != row && x.flags&flowUnseen == 0 {
		p.strays[row] = true // another row says the same
		return
	}
	x.flags &^= flowUnseen
	p.flows.setRow(id, row)
	p.setTarget(id, p.targetOfRow(referenceIn(columns[columnDatapath]),
		referenceIn(columns[columnGroup])))
	p.queue(id)
}

const flowColumnCount = columnGroup + 1

// referenceIn is what an optional reference refers to; zero if it is absent.
func referenceIn(datum ovsdb.Datum) ovsdb.UUID {
	if datum.Len() == 0 {
		return ovsdb.UUID{}
	}
	return datum.Keys[0].UUID()
}

// targetOfRow is what a row's two columns refer to: none if that is nothing, or both.
func (p *Flows) targetOfRow(datapath, group ovsdb.UUID) uint32 {
	switch {
	case group.IsZero() && !datapath.IsZero():
		return p.sets.targetOf(datapath, false)
	case datapath.IsZero() && !group.IsZero():
		return p.sets.targetOf(group, true)
	}
	return none
}

// modify takes the columns of a row that changed. Nobody should change what a flow says; a row
// that does say something else is not ours any more.
func (h flowRows) modify(row ovsdb.UUID, values []ovsdb.ColumnValue) {
	p := h.p
	id := p.flows.ofRow(row)
	if id == none {
		return
	}
	x := p.flows.at(id)
	var datapath, group ovsdb.UUID
	if x.target != none {
		if t := &p.sets.targets[x.target]; t.isGroup {
			group = t.row
		} else {
			datapath = t.row
		}
	}
	for i := range values {
		switch values[i].Index {
		case columnDatapath:
			datapath = referenceIn(values[i].Datum)
		case columnGroup:
			group = referenceIn(values[i].Datum)
		default:
			p.lostRow(id)
			p.strays[row] = true
			return
		}
	}
	p.setTarget(id, p.targetOfRow(datapath, group))
	p.revive(id)
	p.queue(id)
}

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
