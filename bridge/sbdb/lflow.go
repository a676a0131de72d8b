package sbdb

import (
	"errors"
	"fmt"
	"slices"

	"woven/bridge/ovsdb"
	"woven/bridge/tables"
	"woven/engine"
	"woven/relations"
)

// The tables that are written here, and that of the datapaths they refer to.
const (
	flowTable     = "Logical_Flow"
	groupTable    = "Logical_DP_Group"
	datapathTable = "Datapath_Binding"
)

// stage is a stage of the logical pipeline.
type stage struct {
	ingress bool
	table   int64
	name    string
}

// Flows makes Logical_Flow and Logical_DP_Group hold what lflow and scope_member say. It is used
// by whoever has the engine.
type Flows struct {
	engine                    *engine.Engine
	store                     *relations.Store
	writer                    *tables.Writer
	lflow, scopeMember, stage *engine.Relation
	members                   *engine.Lookup // of scope_member, by scope
	memberOf                  *engine.Lookup // of scope_member, by datapath
	datapathRows              *engine.Relation

	stages map[relations.Value]stage
	flows  flows
	// again counts further facts that give a flow the same scope: they differ in port or hint, or
	// spell the same text with other parts. By flow and scope.
	again  map[uint64]uint32
	scopes scopes
	sets   sets
	empty  []uint32 // sets that may have lost their last combination

	queued    []uint32            // flows to look at
	deletions []uint32            // flows whose rows are to be deleted
	strays    map[ovsdb.UUID]bool // rows that say what another row says, or that somebody changed
	sent      flight
	broken    bool // the last batch broke off: what is known of the rows is not consistent
	resync    bool // the batch at hand tells of all rows
	searched  bool // the facts of all flows have been looked for in this plan
	// unchecked are references of the batch that is being taken in.
	unchecked []reference
	buffer    []byte
}

// New makes the writer of flows for a program, which declares lflow, scope_member and stage.
func New(e *engine.Engine) (*Flows, error) {
	p := &Flows{engine: e, store: e.Store(), flows: newFlows(), again: map[uint64]uint32{},
		scopes: newScopes(), sets: newSets(), strays: map[ovsdb.UUID]bool{}}
	for _, r := range []struct {
		name  string
		width int
		to    **engine.Relation
	}{{"lflow", lflowColumns, &p.lflow}, {"scope_member", 2, &p.scopeMember}, {"stage", 4, &p.stage}} {
		found, ok := e.Relation(r.name)
		if !ok || len(found.Types()) != r.width || !found.Info().Output {
			return nil, fmt.Errorf("the program declares no relation %s with %d columns and output()",
				r.name, r.width)
		}
		*r.to = found
	}
	p.members, p.memberOf = p.scopeMember.Lookup(0), p.scopeMember.Lookup(1)
	if p.datapathRows, _ = e.Relation("sb." + datapathTable); p.datapathRows == nil {
		return nil, errors.New("the program declares no relation sb." + datapathTable)
	}
	return p, nil
}

// Requests is what to ask the session for.
func (p *Flows) Requests() []ovsdb.TableRequest {
	return []ovsdb.TableRequest{{Table: flowTable, Columns: flowColumns},
		{Table: groupTable, Columns: []string{"datapaths"}}}
}

// Handlers take the rows of Requests.
func (p *Flows) Handlers() []tables.RowHandler { return []tables.RowHandler{flowRows{p}, groupRows{p}} }

// Attach takes the writer in whose transactions the flows are written, and what the program
// wants already.
func (p *Flows) Attach(w *tables.Writer) {
	p.writer = w
	p.load()
}

// load takes in all facts.
func (p *Flows) load() {
	p.stages = map[relations.Value]stage{}
	p.engine.Each(p.stage, func(row []relations.Value) bool {
		p.stages[row[0]] = stage{ingress: p.store.TextOf(row[1]) == "ingress",
			table: p.store.Int(row[2]), name: p.store.TextOf(row[3])}
		return true
	})
	p.engine.Each(p.lflow, func(row []relations.Value) bool {
		p.insert(row)
		return true
	})
}

// reload starts anew from all facts: the stages have changed, and with them what a flow is.
func (p *Flows) reload() {
	p.flows.each(func(id uint32, x *flow) {
		if x.scopes != none {
			p.enlist(id, none)
		}
		x.fact = none
	})
	clear(p.again)
	p.load()
}

// Absorb takes in what a commit changed.
func (p *Flows) Absorb(changes *engine.Changes) {
	p.checkReferences()
	var lflow *engine.RelationChange
	for i := range changes.Relations {
		c := &changes.Relations[i]
		switch c.Relation {
		case p.stage:
			defer p.reload()
		case p.lflow:
			lflow = c
		case p.scopeMember:
			for i := range c.Deleted.Len() {
				p.changeMember(c.Deleted.At(i)[0], c.Deleted.At(i)[1], false)
			}
			for i := range c.Inserted.Len() {
				p.changeMember(c.Inserted.At(i)[0], c.Inserted.At(i)[1], true)
			}
		}
	}
	if lflow == nil {
		return
	}
	for i := range lflow.Inserted.Len() {
		p.insert(lflow.Inserted.At(i))
	}
	for i := range lflow.Deleted.Len() {
		p.remove(lflow.Deleted.At(i))
	}
}

func againKey(flow, scope uint32) uint64 { return uint64(flow)<<32 | uint64(scope) }

// insert takes in a fact of lflow.
func (p *Flows) insert(row []relations.Value) {
	identity, ok := p.identify(row)
	if !ok {
		return
	}
	id := p.flows.find(identity, true)
	x := p.flows.at(id)
	p.revive(id)
	if place, ok := p.lflow.Place(row...); ok && p.isBetter(row, x.fact) {
		x.fact = place
	}
	s := p.scopes.scopeOf(row[lflowScope])
	var ids []uint32
	if x.scopes != none {
		ids = p.scopes.combinations[x.scopes].scopes
	}
	at, found := slices.BinarySearch(ids, s)
	if found {
		p.again[againKey(id, s)]++
		return
	}
	p.enlist(id, p.combine(slices.Insert(slices.Clone(ids), at, s)))
}

// remove takes in that a fact of lflow is gone.
func (p *Flows) remove(row []relations.Value) {
	identity, ok := p.identify(row)
	if !ok {
		return
	}
	id := p.flows.find(identity, false)
	if id == none {
		return
	}
	x := p.flows.at(id)
	p.revive(id)
	if x.fact != none && !p.lflow.Live(x.fact) {
		x.fact = none
	}
	s, ok := p.scopes.byValue[row[lflowScope]]
	if !ok || x.scopes == none {
		return
	}
	if n := p.again[againKey(id, s)]; n > 1 {
		p.again[againKey(id, s)] = n - 1
		return
	} else if n == 1 {
		delete(p.again, againKey(id, s))
		return
	}
	ids := p.scopes.combinations[x.scopes].scopes
	at, found := slices.BinarySearch(ids, s)
	switch {
	case !found:
	case len(ids) == 1:
		p.enlist(id, none)
	default:
		p.enlist(id, p.combine(slices.Delete(slices.Clone(ids), at, at+1)))
	}
}

// isBetter reports whether a fact's port and hint count rather than those of another fact.
func (p *Flows) isBetter(row []relations.Value, than uint32) bool {
	if than == none || !p.lflow.Live(than) {
		return true
	}
	other := p.lflow.At(than)
	if c := p.store.Compare(relations.T(relations.String), row[lflowPort], other[lflowPort]); c != 0 {
		return c < 0
	}
	return p.store.Compare(relations.T(relations.UUID), row[lflowHint], other[lflowHint]) < 0
}

// findFacts finds a fact for each flow that lost the one that it had. That is rare: another fact
// says the same flow, and the flow's row has to be inserted although nothing of it is new.
func (p *Flows) findFacts() {
	if p.searched {
		return
	}
	p.searched = true
	p.engine.Each(p.lflow, func(row []relations.Value) bool {
		identity, ok := p.identify(row)
		if !ok {
			return true
		}
		if x := p.flows.at(p.flows.find(identity, true)); p.isBetter(row, x.fact) {
			x.fact, _ = p.lflow.Place(row...)
		}
		return true
	})
}

// queue notes that a flow has to be looked at.
func (p *Flows) queue(id uint32) {
	if x := p.flows.at(id); x.flags&flowQueued == 0 {
		x.flags |= flowQueued
		p.queued = append(p.queued, id)
	}
}

// revive looks again at a flow that was set aside.
func (p *Flows) revive(id uint32) {
	if x := p.flows.at(id); x.flags&flowAside != 0 {
		x.flags &^= flowAside
		p.writer.Solved(id)
		p.queue(id)
	}
}
