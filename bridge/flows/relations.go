package flows

import (
	"fmt"

	"woven/engine"
	"woven/relations"
)

// program is the relations through which the rules and the switch speak. All are declared in
// rules/controller/openflow.mg.
type program struct {
	flow, group, meter, ctFlush, tunnelOption, learnedTable,
	remote, ready, wait *engine.Relation
	groupHeld, tunnelField *engine.Relation
	probe                  *engine.Relation // nil if the program has none
}

// findRelations looks for the relations in the engine's program.
func findRelations(e *engine.Engine) (*program, error) {
	p := &program{}
	for _, r := range []struct {
		to    **engine.Relation
		name  string
		width int
		base  bool
	}{
		{&p.flow, "flow", 5, false}, {&p.group, "group", 2, false}, {&p.meter, "meter", 2, false},
		{&p.ctFlush, "ct_flush", 2, false}, {&p.tunnelOption, "tunnel_option", 3, false},
		{&p.learnedTable, "learned_table", 1, false}, {&p.remote, "switch_remote", 1, false},
		{&p.ready, "switch_ready", 0, false}, {&p.wait, "wait_before_clear", 1, false},
		{&p.groupHeld, "group_held", 2, true}, {&p.tunnelField, "tunnel_field", 4, true},
	} {
		found, ok := e.Relation(r.name)
		if !ok || len(found.Types()) != r.width {
			return nil, fmt.Errorf("the program declares no relation %s with %d columns", r.name, r.width)
		}
		if !r.base && !found.Info().Output {
			return nil, fmt.Errorf("the relation %s is not declared output()", r.name)
		}
		*r.to = found
	}
	p.probe, _ = e.Relation("probe")
	return p, nil
}

// load takes in everything that the program says already.
func (s *Sink) load() {
	for _, r := range []*engine.Relation{s.program.flow, s.program.group, s.program.meter,
		s.program.ctFlush, s.program.tunnelOption, s.program.learnedTable, s.program.remote,
		s.program.ready, s.program.wait, s.program.probe} {
		if r == nil {
			continue
		}
		s.engine.Each(r, func(row []relations.Value) bool {
			s.take(r, row, true)
			return true
		})
	}
	s.settle()
}

// Absorb takes in what a commit changed, before the changes are released.
func (s *Sink) Absorb(changes *engine.Changes) {
	for i := range changes.Relations {
		c := &changes.Relations[i]
		for i := range c.Deleted.Len() {
			s.take(c.Relation, c.Deleted.At(i), false)
		}
		for i := range c.Inserted.Len() {
			s.take(c.Relation, c.Inserted.At(i), true)
		}
	}
	s.settle()
	s.told.committed()
}

// take takes in one fact that came or went.
func (s *Sink) take(r *engine.Relation, row []relations.Value, came bool) {
	p := s.program
	switch r {
	case p.flow:
		if came {
			s.addFlow(row)
		} else {
			s.removeFlow(row)
		}
	case p.group:
		s.groups.take(s.store, row, came)
	case p.meter:
		s.meters.take(s.store, row, came)
	case p.ctFlush:
		s.takeFlush(row, came)
	case p.tunnelOption:
		s.tunnel.take(s.store, row, came)
	case p.learnedTable:
		s.takeLearned(row, came)
	case p.remote:
		s.remotes.take(s.store, row, came)
	case p.ready:
		s.gate.isReady = came
	case p.wait:
		s.gate.take(s.store, row, came)
	case p.probe:
		s.remotes.takeProbe(s.store, row, came)
	}
}

// settle draws the conclusions when all facts of a commit are known.
func (s *Sink) settle() {
	s.settleFlows()
	s.settleEntries(s.groups)
	s.settleEntries(s.meters)
	s.settleRemote()
}
