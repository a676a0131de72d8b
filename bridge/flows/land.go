package flows

import (
	"errors"
	"fmt"
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
	switch {
	case m.isGone:
		// There is no such flow: a switch that had it could tell its match.
		s.log.Warn("the switch refused to delete a flow", "table", x.table, "priority", x.priority,
			"error", err)
		x.flags &^= flowHeld | flowUnsure
		return
	case f.refused == nil && m.before == none && x.flags&flowAgain == 0:
		x.flags &^= flowHeld
	case f.refused == nil:
		x.flags = x.flags&^flowHeld | flowUnsure
	}
	if x.flags&(flowQueued|flowWanted) == flowWanted {
		s.setFlowAside(m.index, reasonOf(err))
	}
}

func (s *Sink) refuseEntry(f *flight, m *sent, err *openflow.Error) {
	before := &f.entriesBefore[m.index]
	e := before.entry
	switch {
	case m.isGone:
		s.log.Warn("the switch refused to delete a "+e.list.kind, "number", e.id, "error", err)
		e.isHeld, e.isUnsure = false, false
		return
	case errors.Is(err, openflow.ErrMeterExists):
		e.isHeld, e.held = true, digest{}
		s.queueEntry(e)
		return
	case e.list == s.meters:
		e.isHeld, e.held = before.isHeld, before.held
	case f.refused == nil:
		e.isHeld, e.isUnsure = false, true
	}
	if !e.isQueued && len(e.texts) > 0 {
		s.setAside(e, reasonOf(err))
	}
}

// reasonOf is what a problem says of a refusal.
func reasonOf(err *openflow.Error) string {
	return "the switch refuses it: " + err.Error() + "; it is tried again when it changes, or when " +
		"the switch is connected to again"
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
		e.isWritten = false
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
