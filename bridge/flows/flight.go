package flows

import (
	"cmp"
	"slices"
	"time"

	"woven/bridge/openflow"
)

// flight is what was sent since the switch had everything, up to a barrier: at most one bundle, and
// what cannot be in one. It is undone here if the switch does not do it.
type flight struct {
	isOpen     bool   // there is a bundle
	open, done uint32 // the numbers (xid) of the messages that opened and committed it
	isSent     bool   // nothing more is added
	isComplete bool   // the switch has everything then that was derived up to upTo
	upTo       uint64
	begun      time.Time

	sent []sent // in the order of their numbers
	// flowsBefore and entriesBefore are what was known of flows and entries that are changed.
	flowsBefore   []flowBefore
	entriesBefore []entryBefore
	flushes       []flushKey
	failures      []failure
	refused       *openflow.Error // why the bundle was not committed
}

// item is what a message is about: flows come first.
type item uint8

const (
	itemFlow item = iota // index is that of the record
	itemEntry
	itemFlush
	itemClear
)

// sent is a message of a flight. There may be a million.
type sent struct {
	xid    uint32
	index  uint32
	before uint32 // of a flow: where in flowsBefore, or none if the switch did not have it
	item   item
	isGone bool // it is a deletion
}

// flowBefore is what the switch had in place of a flow.
type flowBefore struct {
	held   digest
	cookie uint32
	flags  flowFlags // flowHeld and flowUnsure
}

// entryBefore is what the switch had in place of an entry.
type entryBefore struct {
	*entry
	held             digest
	isHeld, isUnsure bool
}

// failure is a message that the switch refused.
type failure struct {
	at  int // in flight.sent
	err *openflow.Error
}

// bundleID is the number of our bundles: there is one at a time.
const bundleID = 1

const bundleFlags = openflow.BundleAtomic | openflow.BundleOrdered

// inFlight returns the present flight, which may begin now.
func (s *Sink) inFlight() *flight {
	if s.flight == nil {
		s.flight = &flight{begun: time.Now()}
	}
	return s.flight
}

// bundled sends a message in the bundle. The error says that it is too large.
func (s *Sink) bundled(m openflow.Message) (xid uint32, err error) {
	s.openBundle()
	return s.link.Send(openflow.BundleAdd{ID: bundleID, Flags: bundleFlags, Message: m})
}

// openBundle opens the flight's bundle if that was not done.
func (s *Sink) openBundle() {
	if f := s.inFlight(); !f.isOpen {
		f.isOpen = true
		f.open = s.control(openflow.BundleOpen)
		s.counts.bundles.Add(1)
		if s.clear {
			s.sendClear(f)
		}
	}
}

// control sends a message about the bundle, which is never too large.
func (s *Sink) control(r openflow.BundleRequest) uint32 {
	xid, _ := s.link.Send(openflow.BundleControl{ID: bundleID, Request: r, Flags: bundleFlags})
	return xid
}

// sendClear has the bundle begin with the deletion of everything.
func (s *Sink) sendClear(f *flight) {
	for _, m := range []openflow.Message{openflow.DeleteAllFlows(), openflow.DeleteAllGroups()} {
		xid, _ := s.link.Send(openflow.BundleAdd{ID: bundleID, Flags: bundleFlags, Message: m})
		f.sent = append(f.sent, sent{xid: xid, item: itemClear})
	}
}

// noteFlow notes that a message about a flow was sent. What the record says is as before.
func (s *Sink) noteFlow(xid, id uint32, isGone bool) {
	f, x := s.flight, s.flows.at(id)
	m := sent{xid: xid, index: id, before: none, isGone: isGone}
	if held := x.flags & (flowHeld | flowUnsure); held != 0 {
		m.before = uint32(len(f.flowsBefore))
		f.flowsBefore = append(f.flowsBefore, flowBefore{x.held, x.heldCookie, held})
	}
	if x.flags&flowWritten != 0 {
		x.flags |= flowAgain
	}
	x.flags |= flowWritten
	f.sent = append(f.sent, m)
}

// noteEntry notes that a message about an entry was sent. What the entry says is as before.
func (s *Sink) noteEntry(xid uint32, e *entry, isGone bool) {
	f := s.inFlight()
	f.sent = append(f.sent, sent{xid: xid, item: itemEntry, isGone: isGone,
		index: uint32(len(f.entriesBefore))})
	f.entriesBefore = append(f.entriesBefore, entryBefore{e, e.held, e.isHeld, e.isUnsure})
	e.isWritten = true
}

// failed takes in that the switch refused a message.
func (s *Sink) failed(xid uint32, err *openflow.Error) {
	s.counts.refused.Add(1)
	f := s.flight
	switch {
	case xid == s.tunnel.xid:
		s.tunnelFailed(err)
	case f == nil:
		s.log.Warn("the switch refused a message", "error", err)
	case f.isOpen && xid == f.open:
		// Something must be left of an earlier bundle.
		s.link.Drop(err)
	case f.isOpen && f.isSent && xid == f.done:
		f.refused = err
	default:
		at, found := slices.BinarySearchFunc(f.sent, xid, func(m sent, xid uint32) int {
			return cmp.Compare(m.xid, xid)
		})
		if !found {
			s.log.Warn("the switch refused a message", "error", err)
			return
		}
		f.failures = append(f.failures, failure{at, err})
	}
}
