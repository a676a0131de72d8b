package flows

import (
	"encoding/binary"
	"math"
	"slices"

	"woven/bridge/openflow"
	"woven/relations"
)

// The columns of the relation flow.
const (
	flowTable = iota
	flowPriority
	flowMatch
	flowActions
	flowCookie
)

// rival is what one of several facts with the same table, priority and match says.
type rival struct {
	match, actions relations.Value
	cookie         uint32
}

// unreadable identifies a fact of flow whose match cannot be read.
type unreadable [5]relations.Value

// identify returns the identity of a flow, and the scratch memory that it was made in.
func identify(b []byte, table uint8, priority uint16, match openflow.Match) (digest, []byte) {
	b = binary.BigEndian.AppendUint16(append(b[:0], table), priority)
	b = openflow.AppendMatch(b, match, nil)
	return digestOf(b), b
}

// addFlow takes in a fact of flow.
func (s *Sink) addFlow(row []relations.Value) {
	id := s.recordOf(row, true)
	if id == none {
		return
	}
	x := s.flows.at(id)
	now := rival{row[flowMatch], row[flowActions], uint32(s.store.Int(row[flowCookie]))}
	if x.flags&flowWanted != 0 {
		s.addRival(id, now)
		return
	}
	s.choose(id, now)
}

// removeFlow takes in that a fact of flow is gone.
func (s *Sink) removeFlow(row []relations.Value) {
	id := s.recordOf(row, false)
	if id == none {
		return
	}
	x := s.flows.at(id)
	if x.flags&flowRivals != 0 {
		s.removeRival(id, rival{row[flowMatch], row[flowActions], uint32(s.store.Int(row[flowCookie]))})
		return
	}
	x.flags &^= flowWanted
	s.vacated = append(s.vacated, vacated{id, row[flowMatch]})
	s.queueFlow(id)
}

// choose makes a fact the one that counts for its flow.
func (s *Sink) choose(id uint32, now rival) {
	x := s.flows.at(id)
	x.match, x.actions, x.cookie = now.match, now.actions, now.cookie
	x.flags |= flowWanted
	delete(s.leaving, id)
	s.reviveFlow(id)
	s.queueFlow(id)
}

// vacated is a flow that lost its fact in the commit at hand, and that fact's match.
type vacated struct {
	id    uint32
	match relations.Value
}

// settleFlows forgets the flows that are not wanted any more, or keeps their matches, by which the
// switch will be told to delete them.
func (s *Sink) settleFlows() {
	for _, v := range s.vacated {
		x := s.flows.at(v.id)
		if x.flags&(flowUsed|flowWanted) != flowUsed {
			continue
		}
		s.reviveFlow(v.id)
		s.setReferences(v.id, nil)
		if x.flags&(flowHeld|flowUnsure|flowWritten) == 0 {
			s.flows.drop(v.id)
			continue
		}
		if match, err := openflow.ParseMatch(s.store.TextOf(v.match)); err == nil {
			s.leaving[v.id] = openflow.AppendMatch(nil, match, s.tunnel.fields)
		}
	}
	s.vacated = s.vacated[:0]
}

// recordOf finds the flow that a fact says, or makes it if the fact came. A fact that says none is
// a problem.
func (s *Sink) recordOf(row []relations.Value, came bool) uint32 {
	table, priority := s.store.Int(row[flowTable]), s.store.Int(row[flowPriority])
	cookie := s.store.Int(row[flowCookie])
	reason := ""
	var match openflow.Match
	switch {
	case table < 0 || table > 254:
		reason = "the table is not between 0 and 254"
	case priority < 0 || priority > math.MaxUint16:
		reason = "the priority is not between 0 and 65535"
	case cookie < 0 || cookie > math.MaxUint32:
		reason = "the cookie is not between 0 and 4294967295"
	default:
		var err error
		if match, err = openflow.ParseMatch(s.store.TextOf(row[flowMatch])); err != nil {
			reason = "the match cannot be read: " + err.Error()
		}
	}
	if reason != "" {
		key := problemKey{unreadable: unreadable(row)}
		if !came {
			s.problems.solve(key)
			return none
		}
		if cookie>>32 != 0 {
			cookie = 0
		}
		p := s.describe(uint32(cookie), table, priority, row[flowMatch])
		p.Reason = reason
		s.problems.add(key, p)
		return none
	}
	var identity digest
	identity, s.scratch = identify(s.scratch, uint8(table), uint16(priority), match)
	if came {
		return s.flows.make(identity, uint8(table), uint16(priority))
	}
	id, _ := s.flows.find(identity)
	return id
}

// addRival takes in a further fact for a flow that is wanted already. The one with the least
// actions counts, so that the choice does not depend on the past.
func (s *Sink) addRival(id uint32, now rival) {
	x := s.flows.at(id)
	if x.flags&flowRivals == 0 {
		x.flags |= flowRivals
		s.rivals[id] = []rival{{x.match, x.actions, x.cookie}}
	}
	list := append(s.rivals[id], now)
	slices.SortFunc(list, s.compareRivals)
	s.rivals[id] = list
	s.settleRivals(id)
}

func (s *Sink) compareRivals(a, b rival) int {
	if c := s.store.Compare(relations.T(relations.String), a.actions, b.actions); c != 0 {
		return c
	}
	return int(int64(a.cookie) - int64(b.cookie))
}

// removeRival takes in that one of several facts for a flow is gone.
func (s *Sink) removeRival(id uint32, gone rival) {
	list := s.rivals[id]
	if at := slices.Index(list, gone); at >= 0 {
		list = slices.Delete(list, at, at+1)
	}
	s.rivals[id] = list
	s.settleRivals(id)
	if len(list) == 1 {
		delete(s.rivals, id)
		s.flows.at(id).flags &^= flowRivals
	}
}

// settleRivals makes the first of several facts count, and reports that they differ if they do.
func (s *Sink) settleRivals(id uint32) {
	x := s.flows.at(id)
	list := s.rivals[id]
	first, last := list[0], list[len(list)-1]
	if now := (rival{x.match, x.actions, x.cookie}); now != first {
		s.choose(id, first)
	}
	key := problemKey{flow: id, rivals: true}
	if s.compareRivals(first, last) == 0 {
		s.problems.solve(key)
		return
	}
	p := s.describeFlow(id)
	p.Reason = "several flows with this table, priority and match are wanted: the one with the " +
		"least actions is sent"
	s.problems.add(key, p)
}

// queueFlow notes that a flow has to be looked at. Before the switch's flows are known that is of no
// use: all are looked at then.
func (s *Sink) queueFlow(id uint32) {
	if x := s.flows.at(id); s.phase == phaseSteady && x.flags&flowQueued == 0 {
		x.flags |= flowQueued
		s.queued = append(s.queued, id)
	}
}

// reviveFlow gives a flow that was set aside another chance.
func (s *Sink) reviveFlow(id uint32) {
	if x := s.flows.at(id); x.flags&flowAside != 0 {
		x.flags &^= flowAside
		s.problems.solve(problemKey{flow: id})
		s.queueFlow(id)
	}
}
