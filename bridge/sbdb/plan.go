package sbdb

import (
	"woven/bridge/ovsdb"
	"woven/bridge/tables"
)

// flight is what the transaction in flight does.
type flight struct {
	flows   []uint32
	strays  []ovsdb.UUID
	changed []uint32 // groups whose contents it writes
	planned []uint32 // groups that it inserts
}

// Items of operations, as Refuse is told of them: a number and one of these in the low bits.
const (
	itemFlow = iota + 1
	itemGroup
	itemStray
	itemBits = 2
)

// Waiting implements [tables.Extension].
func (p *Flows) Waiting() int {
	return len(p.queued) + len(p.deletions) + len(p.sets.queue) + len(p.strays)
}

// Plan implements [tables.Extension]: contents of groups, then flows that come or change, then
// those that go.
func (p *Flows) Plan(b *tables.Batch) (more bool) {
	if p.broken {
		return false
	}
	p.settleMoves()
	p.searched = false
	for !b.Full() {
		if !p.planNext(b) {
			p.queued, p.sets.queue = nil, nil
			return false
		}
	}
	return p.Waiting() > 0
}

// planNext plans one thing, if there is any.
func (p *Flows) planNext(b *tables.Batch) bool {
	switch {
	case len(p.sets.queue) > 0:
		id := p.sets.queue[0]
		p.sets.queue = p.sets.queue[1:]
		p.planGroup(b, id)
	case len(p.queued) > 0:
		id := p.queued[0]
		p.queued = p.queued[1:]
		p.planFlow(b, id)
	case len(p.deletions) > 0:
		id := p.deletions[len(p.deletions)-1]
		p.deletions = p.deletions[:len(p.deletions)-1]
		p.planDeletion(b, id)
	default:
		for row := range p.strays {
			delete(p.strays, row)
			p.sent.strays = append(p.sent.strays, row)
			b.Operation(itemStray, row).Delete(flowTable, rowIs(row))
			return true
		}
		return false
	}
	return true
}

func rowIs(row ovsdb.UUID) []ovsdb.Condition { return []ovsdb.Condition{ovsdb.RowIs(row)} }

// planGroup writes what a group should contain.
func (p *Flows) planGroup(b *tables.Batch, id uint32) {
	t := &p.sets.targets[id]
	t.queued = false
	if t.set == none || !t.present {
		p.sets.tidy(id)
		return
	}
	s := &p.sets.list[t.set]
	toggled := t.toggled
	t.toggled = nil
	if t.sum == s.sum || s.aside {
		return
	}
	op := b.Operation(id<<itemBits|itemGroup, t.row)
	p.sent.changed = append(p.sent.changed, id)
	come, gone, known := net(toggled, t.sum, s.sum)
	if !known {
		op.Update(groupTable, rowIs(t.row), []ovsdb.Cell{{Column: "datapaths",
			Value: ovsdb.Set(p.rowsOf(t.set)...)}})
		return
	}
	var mutations []ovsdb.Mutation
	if len(gone) > 0 {
		mutations = append(mutations, ovsdb.Mutation{Column: "datapaths",
			Mutator: ovsdb.MutateDelete, Value: ovsdb.Set(gone...)})
	}
	if len(come) > 0 {
		mutations = append(mutations, ovsdb.Mutation{Column: "datapaths",
			Mutator: ovsdb.MutateInsert, Value: ovsdb.Set(come...)})
	}
	op.Mutate(groupTable, rowIs(t.row), mutations)
}

// net is what the toggled members amount to; known is false if that does not lead from one set
// to the other.
func net(toggled []member, from, to digest) (come, gone []ovsdb.Value, known bool) {
	change := map[ovsdb.UUID]int{}
	for _, m := range toggled {
		from.xor(digestOfRow(m.row))
		if m.entered {
			change[m.row]++
		} else {
			change[m.row]--
		}
	}
	for row, n := range change {
		if n > 0 {
			come = append(come, ovsdb.Reference(row))
		} else if n < 0 {
			gone = append(gone, ovsdb.Reference(row))
		}
	}
	return come, gone, from == to
}

// planFlow inserts a flow's row, or makes it refer to the right datapaths.
func (p *Flows) planFlow(b *tables.Batch, id uint32) {
	x := p.flows.at(id)
	x.flags &^= flowQueued
	to := none
	if x.scopes != none {
		to = p.scopes.combinations[x.scopes].set
	}
	switch {
	case to == none && x.row.IsZero():
		if x.scopes == none {
			p.flows.drop(id)
		}
		return
	case to == none:
		x.flags |= flowQueued
		p.deletions = append(p.deletions, id)
		return
	case x.flags&flowAside != 0 || p.sets.list[to].aside:
		return
	}
	if x.row.IsZero() && x.fact == none {
		p.findFacts()
	}
	if is := p.sets.list[to].target; is == none || is != x.target || x.row.IsZero() {
		p.writeFlow(b, id, p.target(b, to))
	}
}

// target returns what stands for a set, and inserts a group if nothing does.
func (p *Flows) target(b *tables.Batch, id uint32) *target {
	s := &p.sets.list[id]
	if s.target == none {
		row := ovsdb.UUID(tables.NewUUID())
		g := p.sets.targetOf(row, true)
		t := &p.sets.targets[g]
		t.planned, t.set = true, id
		s.target = g
		p.sent.planned = append(p.sent.planned, g)
		b.Operation(g<<itemBits|itemGroup, row).Insert(ovsdb.Insertion{Table: groupTable, UUID: row,
			Row: []ovsdb.Cell{{Column: "datapaths", Value: ovsdb.Set(p.rowsOf(id)...)}}})
	}
	return &p.sets.targets[s.target]
}

func (p *Flows) writeFlow(b *tables.Batch, id uint32, to *target) {
	x := p.flows.at(id)
	p.sent.flows = append(p.sent.flows, id)
	reference, nothing := ovsdb.Reference(to.row), ovsdb.Set()
	cells := []ovsdb.Cell{{Column: "logical_datapath", Value: reference},
		{Column: "logical_dp_group", Value: nothing}}
	if to.isGroup {
		cells[0].Value, cells[1].Value = nothing, reference
	}
	op := b.Operation(id<<itemBits|itemFlow, x.row)
	if !x.row.IsZero() {
		op.Update(flowTable, rowIs(x.row), cells)
		return
	}
	op.Insert(ovsdb.Insertion{Table: flowTable, Row: p.describe(p.lflow.At(x.fact), cells)})
}

// planDeletion deletes a flow's row, unless the flow is wanted again.
func (p *Flows) planDeletion(b *tables.Batch, id uint32) {
	x := p.flows.at(id)
	if x.scopes != none && p.scopes.combinations[x.scopes].set != none {
		p.queued = append(p.queued, id)
		return
	}
	x.flags &^= flowQueued
	if x.row.IsZero() {
		p.queue(id)
		return
	}
	if x.flags&flowAside == 0 {
		p.sent.flows = append(p.sent.flows, id)
		b.Operation(id<<itemBits|itemFlow, x.row).Delete(flowTable, rowIs(x.row))
	}
}

// Finish implements [tables.Extension].
func (p *Flows) Finish(ok bool) {
	sent := p.sent
	p.sent = flight{}
	for _, g := range sent.planned {
		t := &p.sets.targets[g]
		t.planned = false
		if !t.present {
			p.orphan(g)
		}
	}
	if ok {
		return
	}
	for _, id := range sent.flows {
		if p.flows.at(id).flags&flowUsed != 0 {
			p.queue(id)
		}
	}
	for _, row := range sent.strays {
		p.strays[row] = true
	}
	for _, g := range sent.changed {
		if t := &p.sets.targets[g]; t.present && t.set != none {
			p.queueTarget(g)
		}
	}
}

// Refuse implements [tables.Extension].
func (p *Flows) Refuse(item uint32, reason string) {
	id := item >> itemBits
	problem := tables.Problem{Table: flowTable, Reason: "the database refuses it: " + reason}
	switch item & (1<<itemBits - 1) {
	case itemFlow:
		x := p.flows.at(id)
		x.flags |= flowAside
		if x.fact != none {
			fact := p.lflow.At(x.fact)
			problem.Row = p.store.UUIDOf(fact[lflowHint])
			problem.Reason += ": " + p.store.TextOf(fact[lflowMatch])
		}
		p.writer.Unsolved(id, problem)
	case itemGroup:
		if t := &p.sets.targets[id]; t.set != none {
			p.sets.list[t.set].aside = true
		}
		problem.Table = groupTable
		p.writer.Unsolved(none-id, problem)
	case itemStray:
		p.strays = map[ovsdb.UUID]bool{}
	}
}
