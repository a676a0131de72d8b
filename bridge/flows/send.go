package flows

import (
	"woven/bridge/openflow"
)

// turnItems is how many flows, groups and so on are looked at in one turn.
const turnItems = 4000

// lookAt is after how many of them it is asked again whether there is room.
const lookAt = 16

// send sends what has to change, until there is no room or the switch has to answer.
func (s *Sink) send() {
	for n := 1; s.flight == nil || !s.flight.isSent; n++ {
		if n%lookAt == 0 && s.link.Full() {
			break // there will be room
		}
		if n > turnItems {
			s.wake()
			break
		}
		if s.search.isFull(s.flight) || !s.sendNext() {
			s.finish()
			break
		}
	}
	s.link.Flush()
}

// sendNext looks at one thing that may have to change, if there is any. What others need comes
// first, and what others may need goes last.
func (s *Sink) sendNext() bool {
	if key, ok := s.flushes.next(); ok {
		s.sendFlush(key)
		return true
	}
	for _, l := range []*entries{s.meters, s.groups} {
		if len(l.puts) > 0 {
			e := l.puts[0]
			l.puts = l.puts[1:]
			s.planEntry(e)
			return true
		}
	}
	if n := len(s.queued); n > 0 {
		id := s.queued[0]
		s.queued = s.queued[1:]
		s.planFlow(id)
		return true
	}
	if len(s.groups.deletions) > 0 {
		s.deleteNext(s.groups)
		return true
	}
	return false
}

// isDone reports whether nothing is left to be sent.
func (s *Sink) isDone() bool {
	return len(s.queued)+len(s.meters.puts)+len(s.groups.puts)+len(s.groups.deletions)+
		len(s.meters.deletions) == 0 && s.tunnel.isSettled()
}

// finish ends the flight, if there is one, with a barrier.
func (s *Sink) finish() {
	if s.clear {
		s.openBundle()
	}
	f := s.flight
	switch {
	case f != nil && f.isOpen:
		f.done = s.control(openflow.BundleCommit)
	case !s.search.isFull(f):
		// The switch deletes the flows of a meter together with it. So meters go when it is known
		// that the bundle in which their flows went was committed.
		for len(s.meters.deletions) > 0 {
			s.deleteNext(s.meters)
		}
	}
	done := s.isDone()
	if f = s.flight; f == nil {
		if done {
			s.acked = s.upTo
		}
		return
	}
	f.isSent, f.isComplete, f.upTo = true, done, s.upTo
	link := s.link
	link.Barrier(func(*openflow.Error) { s.post(link, s.land) })
}

// sendFlush has the switch forget the connections of a zone.
func (s *Sink) sendFlush(key flushKey) {
	if key.zone>>16 != 0 {
		s.problems.add(problemKey{flush: key}, flushProblem(key, "a zone is between 0 and 65535"))
		s.flushes.done(key)
		return
	}
	f := s.inFlight()
	// The message is never too large.
	xid, _ := s.link.Send(openflow.CTFlushZone{Zone: uint16(key.zone)})
	f.sent = append(f.sent, sent{xid: xid, item: itemFlush, index: uint32(len(f.flushes))})
	f.flushes = append(f.flushes, key)
	s.counts.flushes.Add(1)
}
