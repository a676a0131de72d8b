package flows

import (
	"encoding/binary"
	"fmt"

	"woven/bridge/openflow"
)

// actionsMax is how many bytes the actions of a flow may have: what Open vSwitch tells of a flow has
// to fit into a message, too, and has more than what it is told.
const actionsMax = 64_000

// planFlow sends what makes the switch have a flow as it is wanted, if it has not.
func (s *Sink) planFlow(id uint32) {
	x := s.flows.at(id)
	if x.flags&flowQueued == 0 {
		return // it has been looked at, or is another one's number
	}
	x.flags &^= flowQueued
	if x.flags&(flowWanted|flowAside) == flowWanted && s.putFlow(id, x) {
		return
	}
	s.deleteFlow(id, x)
}

// putFlow sends a flow that differs from what the switch has. It is false if that is impossible,
// and the flow set aside.
func (s *Sink) putFlow(id uint32, x *record) bool {
	actions, err := openflow.ParseActions(s.store.TextOf(x.actions))
	if err != nil {
		s.setFlowAside(id, "the actions cannot be read: "+err.Error())
		return false
	}
	s.found = appendReferences(s, s.found[:0], actions)
	s.setReferences(id, s.found)
	for _, r := range s.found {
		if !r.list.byID[r.id].isUsable() {
			s.setFlowAside(id, fmt.Sprintf("it refers to the %s %d, which is not wanted, or set aside",
				r.list.kind, r.id))
			return false
		}
	}
	s.scratch = openflow.AppendActions(s.scratch[:0], actions, s.tunnel.fields)
	if len(s.scratch) > actionsMax {
		s.setFlowAside(id, fmt.Sprintf("the actions have %d bytes, more than %d: let several flows do "+
			"what it does", len(s.scratch), actionsMax))
		return false
	}
	wanted := digestOf(s.scratch)
	isHeld := x.flags&flowHeld != 0
	if isHeld && x.held == wanted && x.heldCookie == x.cookie {
		return true
	}
	match, err := openflow.ParseMatch(s.store.TextOf(x.match))
	if err != nil {
		s.setFlowAside(id, "the match cannot be read: "+err.Error())
		return false
	}
	m := openflow.FlowMod{Flow: &openflow.Flow{Table: x.table, Priority: x.priority,
		Cookie: uint64(x.cookie), Match: match, Actions: actions}, Tunnel: s.tunnel.fields}
	// A modification does nothing if the flow is not there, and leaves the cookie as it is.
	count := &s.counts.flowsAdded
	if isHeld {
		count = &s.counts.flowsModified
	}
	if isHeld && x.heldCookie == x.cookie && x.flags&flowWritten == 0 {
		m.Command = openflow.FlowModifyStrict
	}
	xid, err := s.bundled(m)
	if err != nil {
		s.setFlowAside(id, err.Error())
		return false
	}
	count.Add(1)
	s.noteFlow(xid, id, false)
	x.held, x.heldCookie = wanted, x.cookie
	x.flags = x.flags&^flowUnsure | flowHeld
	return true
}

// deleteFlow deletes a flow that is not wanted, or set aside, if the switch has it.
func (s *Sink) deleteFlow(id uint32, x *record) {
	if x.flags&(flowHeld|flowUnsure) == 0 {
		s.tidyFlow(id, x)
		return
	}
	match, known := s.leaving[id]
	if !known {
		// It is wanted, so its match could be read.
		parsed, _ := openflow.ParseMatch(s.store.TextOf(x.match))
		match = openflow.AppendMatch(nil, parsed, s.tunnel.fields)
	}
	xid, err := s.bundled(strictDeletion{x.table, x.priority, match})
	if err == nil { // a match alone is never too large
		s.counts.flowsDeleted.Add(1)
		s.noteFlow(xid, id, true)
	}
	x.flags &^= flowHeld | flowUnsure
}

// tidyFlow forgets a flow that nobody needs.
func (s *Sink) tidyFlow(id uint32, x *record) {
	if x.flags&^flowAside == flowUsed {
		s.flows.drop(id)
		delete(s.leaving, id)
	}
}

// setFlowAside takes a flow out of what is sent.
func (s *Sink) setFlowAside(id uint32, reason string) {
	x := s.flows.at(id)
	x.flags |= flowAside
	p := s.describeFlow(id)
	p.Reason = reason
	s.problems.add(problemKey{flow: id}, p)
	s.queueFlow(id)
}

// appendReferences appends the groups and meters that actions name.
func appendReferences(s *Sink, to []reference, actions []openflow.Action) []reference {
	for _, a := range actions {
		switch a := a.(type) {
		case openflow.OutputGroup:
			to = append(to, reference{s.groups, a.ID})
		case openflow.ApplyMeter:
			to = append(to, reference{s.meters, a.ID})
		case openflow.Clone:
			to = appendReferences(s, to, a.Actions)
		}
	}
	return to
}

// strictDeletion deletes the flow with a match that is encoded already.
type strictDeletion struct {
	table    uint8
	priority uint16
	match    []byte
}

// Append implements [openflow.Message].
func (d strictDeletion) Append(b []byte, xid uint32) ([]byte, error) {
	start := len(b)
	b, err := openflow.FlowMod{Command: openflow.FlowDeleteStrict,
		Flow: &openflow.Flow{Table: d.table, Priority: d.priority}}.Append(b, xid)
	if err != nil {
		return b, err
	}
	const emptyMatch = 8 // bytes at the end
	b = append(b[:len(b)-emptyMatch], d.match...)
	binary.BigEndian.PutUint16(b[start+2:], uint16(len(b)-start))
	return b, nil
}
