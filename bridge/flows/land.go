package flows

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"time"

	"woven/bridge/openflow"
)

// land takes in what became of the flight, when the switch has passed its barrier.
func (s *Sink) land() {
	f := s.flight
	s.flight = nil
	s.counts.flightNs.Add(uint64(time.Since(f.begun)))
	for _, failure := range f.failures {
		if f.sent[failure.at].item == itemClear {
			s.link.Drop(fmt.Errorf("the switch cannot be cleared: %w", failure.err))
			return
		}
	}
	if f.refused != nil {
		s.counts.bundlesRefused.Add(1)
		s.undo(f)
		if len(f.failures) == 0 && f.isAlone() {
			f.failures = append(f.failures, failure{len(f.sent) - 1, f.refused})
		}
	} else if f.isOpen {
		s.clear = false
	}
	// Of a flow and what it refers to the latter is looked at first.
	slices.SortStableFunc(f.failures, func(a, b failure) int {
		return cmp.Compare(f.sent[b.at].item, f.sent[a.at].item)
	})
	for _, failure := range f.failures {
		s.refuse(f, failure)
	}
	s.search.learn(f)
	s.touchDown(f)
	for _, key := range f.flushes {
		s.flushes.done(key)
	}
	if f.refused == nil && f.isComplete && len(f.failures) == 0 {
		s.acked = f.upTo
	}
}

// undo takes back what a bundle that was not committed would have changed. Meters, and what else was
// sent outside of it, stay.
func (s *Sink) undo(f *flight) {
	for i := len(f.sent) - 1; i >= 0; i-- {
		switch m := &f.sent[i]; m.item {
		case itemFlow:
			x := s.flows.at(m.index)
			x.flags &^= flowHeld | flowUnsure
			if m.before != none {
				before := &f.flowsBefore[m.before]
				x.held, x.heldCookie = before.held, before.cookie
				x.flags |= before.flags
			}
		case itemEntry:
			if e := &f.entriesBefore[m.index]; e.list == s.groups {
				e.entry.held, e.entry.isHeld, e.entry.isUnsure = e.held, e.isHeld, e.isUnsure
			}
		}
	}
}

// refuse sets aside what the switch refused, unless it has changed since.
func (s *Sink) refuse(f *flight, failed failure) {
	m := &f.sent[failed.at]
	switch m.item {
	case itemFlow:
		s.refuseFlow(f, m, failed.err)
	case itemEntry:
		s.refuseEntry(f, m, failed.err)
	case itemFlush:
		key := f.flushes[m.index]
		s.problems.add(problemKey{flush: key}, flushProblem(key, reasonOf(failed.err)))
	}
}

func (s *Sink) refuseFlow(f *flight, m *sent, err *openflow.Error) {
	x := s.flows.at(m.index)
	if m.isGone {
		// There is no such flow: a switch that had it could tell its match.
		s.log.Warn("the switch refused to delete a flow", "table", x.table, "priority", x.priority,
			"error", err)
		x.flags &^= flowHeld | flowUnsure
		return
	}
	if f.refused == nil {
		x.flags &^= flowHeld
		if m.before != none || x.flags&flowAgain != 0 {
			x.flags |= flowUnsure
		}
	}
	switch {
	case x.flags&(flowQueued|flowWanted) != flowWanted: // it has changed
	case x.flags&flowAgain != 0 || s.refersToUncertain(m.index):
		s.queueFlow(m.index) // what was refused may be what it was before
	default:
		s.setFlowAside(m.index, reasonOf(err))
	}
}

// refersToUncertain reports whether a flow refers to a group or a meter that has changed since, or
// was refused itself.
func (s *Sink) refersToUncertain(id uint32) bool {
	return slices.ContainsFunc(s.references[id], func(r reference) bool {
		e := r.list.byID[r.id]
		return e.isQueued || e.isAside
	})
}

func (s *Sink) refuseEntry(f *flight, m *sent, err *openflow.Error) {
	before := &f.entriesBefore[m.index]
	e := before.entry
	if m.isGone {
		s.log.Warn("the switch refused to delete a "+e.list.kind, "number", e.id, "error", err)
		e.isHeld, e.isUnsure = false, false
		return
	}
	again := e.isAgain // what was refused may be what it was before
	switch {
	case e.list == s.groups && f.refused == nil, e.list == s.meters && again:
		e.isHeld, e.isUnsure = false, true
	case e.list == s.groups: // it is as it was before
	case errors.Is(err, openflow.ErrMeterExists):
		again, e.isHeld, e.held = true, true, digest{}
	case errors.Is(err, errUnknownMeter):
		again, e.isHeld = true, false
	default:
		e.isHeld, e.held = before.isHeld, before.held
	}
	switch {
	case e.isQueued || len(e.texts) == 0: // it has changed
	case again:
		s.queueEntry(e)
	default:
		s.setAside(e, reasonOf(err))
	}
}

// touchDown notes that nothing of the flight is on its way any more, and has what is not in the
// switch looked at again.
func (s *Sink) touchDown(f *flight) {
	for i := range f.sent {
		m := &f.sent[i]
		if m.item != itemFlow {
			continue
		}
		x := s.flows.at(m.index)
		x.flags &^= flowWritten | flowAgain
		if x.flags&flowUsed == 0 {
			continue // it was there twice, and is forgotten
		}
		if f.refused != nil || x.flags&(flowUnsure|flowWanted) == flowUnsure {
			s.queueFlow(m.index)
		}
		s.tidyFlow(m.index, x)
	}
	for i := range f.entriesBefore {
		e := f.entriesBefore[i].entry
		e.isWritten, e.isAgain = false, false
		if f.refused != nil || e.isUnsure {
			s.queueEntry(e)
		}
		e.list.tidy(e)
	}
}

// isAlone reports whether the bundle is about one thing, which is the last that was sent.
func (f *flight) isAlone() bool {
	last := len(f.sent) - 1
	for i := range f.sent {
		m, n := &f.sent[i], &f.sent[max(last, 0)]
		same := m.item == n.item && m.index == n.index
		if m.item == itemEntry && n.item == itemEntry {
			same = f.entriesBefore[m.index].entry == f.entriesBefore[n.index].entry
		}
		if !same {
			return false
		}
	}
	return last >= 0
}
