package flows

import (
	"fmt"

	"woven/bridge/openflow"
)

// planEntry sends what makes the switch have a group or a meter as it is wanted, if it has not. What
// is to be deleted goes when no flow refers to it any more.
func (s *Sink) planEntry(e *entry) {
	e.isQueued = false
	switch {
	case e.isUsable() && s.putEntry(e):
	case !e.isHeld && !e.isUnsure:
		e.list.tidy(e)
	case !e.isLeaving:
		e.isLeaving = true
		e.list.deletions = append(e.list.deletions, e)
	}
}

// putEntry sends an entry that differs from what the switch has. It is false if that is impossible,
// and the entry set aside.
func (s *Sink) putEntry(e *entry) bool {
	var messages []openflow.Message
	var wanted digest
	var err error
	if e.list == s.groups {
		messages, wanted, err = s.groupMessages(e)
	} else {
		messages, wanted, err = s.meterMessages(e)
	}
	if err != nil {
		s.setAside(e, err.Error())
		return false
	}
	if e.isHeld && e.held == wanted {
		return true
	}
	e.isAgain = e.isWritten
	for _, m := range messages {
		var xid uint32
		if e.list == s.groups {
			xid, err = s.bundled(m)
		} else {
			s.inFlight()
			xid, err = s.link.Send(m)
		}
		if err != nil {
			s.setAside(e, err.Error())
			return false
		}
		s.noteEntry(xid, e, false)
	}
	s.counts.entriesPut.Add(1)
	e.held, e.isHeld, e.isUnsure = wanted, true, false
	return true
}

// meterMessages is the message that makes the switch have a meter.
func (s *Sink) meterMessages(e *entry) ([]openflow.Message, digest, error) {
	m, err := openflow.ParseMeter(e.texts[0])
	if err != nil {
		return nil, digest{}, err
	}
	m.ID = e.id
	command := openflow.MeterAdd
	if e.isHeld {
		command = openflow.MeterModify
	}
	s.scratch = m.Append(s.scratch[:0])
	return []openflow.Message{openflow.MeterMod{Command: command, Meter: m}}, digestOf(s.scratch), nil
}

// groupAddOrModify is Open vSwitch's own command (ovs-ofctl(8), mod-group --may-create).
const groupAddOrModify openflow.GroupCommand = 0x8000

// groupMessages are the messages that make the switch have a group: more than one if the group is too
// large for a message.
func (s *Sink) groupMessages(e *entry) ([]openflow.Message, digest, error) {
	g, err := openflow.ParseGroup(e.texts[0])
	if err != nil {
		return nil, digest{}, err
	}
	if len(g.Buckets) > bucketsMax {
		return nil, digest{}, fmt.Errorf("the group has %d buckets, more than %d: Open vSwitch could "+
			"not tell its statistics", len(g.Buckets), bucketsMax)
	}
	g.ID = e.id
	s.scratch = g.Append(s.scratch[:0])
	wanted := digestOf(s.scratch)
	command := openflow.GroupAdd
	if e.isUnsure {
		command = groupAddOrModify
	} else if e.isHeld {
		command = openflow.GroupModify
	}
	m := openflow.GroupMod{Command: command, Group: g, Bucket: openflow.BucketAll, Tunnel: s.tunnel.fields}
	var messages []openflow.Message
	rest := g.Buckets
	for {
		n, err := s.fitting(m, rest)
		if err != nil {
			return nil, wanted, err
		}
		part := *m.Group
		part.Buckets = rest[:n]
		m.Group = &part
		messages = append(messages, m)
		if rest = rest[n:]; len(rest) == 0 {
			return messages, wanted, nil
		}
		m.Command, m.Bucket = openflow.GroupInsertBucket, openflow.BucketLast
		m.Group = &openflow.Group{ID: g.ID, Type: g.Type}
	}
}

// fitting is how many of the buckets fit into a message, about.
func (s *Sink) fitting(m openflow.GroupMod, buckets []openflow.Bucket) (int, error) {
	for n := len(buckets); ; n = (n + 1) / 2 {
		part := *m.Group
		part.Buckets = buckets[:n]
		m.Group = &part
		var err error
		s.scratch, err = openflow.BundleAdd{Message: m}.Append(s.scratch[:0], 0)
		if err == nil || n <= 1 {
			return n, err
		}
	}
}

// deleteNext deletes the oldest entry that is to be deleted, unless it is wanted again.
func (s *Sink) deleteNext(l *entries) {
	e := l.deletions[0]
	l.deletions = l.deletions[1:]
	e.isLeaving = false
	if e.isUsable() || !e.isHeld && !e.isUnsure {
		l.tidy(e)
		return
	}
	var xid uint32
	var err error
	if e.list == s.groups {
		xid, err = s.bundled(openflow.GroupMod{Command: openflow.GroupDelete,
			Group: &openflow.Group{ID: e.id}, Bucket: openflow.BucketAll})
	} else {
		s.inFlight()
		xid, err = s.link.Send(openflow.MeterMod{Command: openflow.MeterDelete,
			Meter: &openflow.Meter{ID: e.id}})
	}
	if err == nil { // the number alone is never too large
		e.isAgain = e.isWritten
		s.noteEntry(xid, e, true)
		s.counts.entriesDeleted.Add(1)
	}
	e.isHeld, e.isUnsure = false, false
}
