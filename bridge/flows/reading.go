package flows

import (
	"errors"
	"math"
	"strings"

	"woven/bridge/openflow"
	"woven/bridge/openflow/conn"
	"woven/relations"
)

// reading is what the switch has said so far of what it has.
type reading struct {
	waits   int // answers that are not complete
	groups  heldGroups
	meters  []openflow.Meter
	unclear error // why what it has is not known
}

// heldFlow is a flow of the switch.
type heldFlow struct {
	identity, actions digest
	cookie            uint32
	priority          uint16
	table             uint8
	isOdd             bool   // no flow of ours is like that
	match             []byte // encoded
}

// ask asks for what the rules have to know of the switch before they can say what it should have.
func (s *Sink) ask() {
	s.phase = phaseAsking
	link := s.link
	readGroups(link, func(held heldGroups, err error) {
		s.post(link, func() {
			if err != nil {
				s.log.Warn("the switch's groups cannot be read", "error", err)
			}
			s.phase = phaseWaiting
			s.sayGroups(held.groups)
		})
	})
}

// sayGroups tells the rules which groups the switch has.
func (s *Sink) sayGroups(groups []openflow.Group) {
	s.say(s.program.groupHeld, func() map[fact]bool {
		facts := map[fact]bool{}
		for i := range groups {
			_, text, _ := strings.Cut(groups[i].String(), ",")
			facts[fact{s.store.String(text), s.store.Number(int64(groups[i].ID))}] = true
		}
		return facts
	})
}

// collect sends a request whose answer has several parts. The functions are called by the link's
// session, done once.
func collect(link *conn.Link, m openflow.Message, take func(body []byte) error, done func(error)) {
	var failure error
	err := link.Request(m, func(message []byte, last bool, refused *openflow.Error) {
		switch {
		case failure != nil:
		case refused != nil:
			failure = refused
		default:
			part, err := openflow.DecodeMultipart(message)
			if err == nil {
				err = take(part.Body)
			}
			failure = err
		}
		if last {
			done(failure)
		}
	})
	if err != nil {
		done(err) // which a request of a few bytes is not
	}
}

// read asks for everything that the switch has.
func (s *Sink) read() {
	s.phase = phaseReading
	r := &reading{waits: 3}
	s.reading = r
	link, fields := s.link, s.tunnel.fields
	collect(link, openflow.FlowsRequest{Table: openflow.AllTables}, func(body []byte) error {
		flows, err := openflow.DecodeFlows(body)
		held := make([]heldFlow, len(flows))
		var scratch []byte
		for i := range flows {
			scratch = held[i].set(&flows[i], fields, scratch)
		}
		s.post(link, func() {
			for i := range held {
				s.takeHeld(&held[i])
			}
		})
		return err
	}, func(err error) { s.readDone(link, err) })
	readGroups(link, func(held heldGroups, err error) {
		r.groups = held
		s.readDone(link, err)
	})
	collect(link, openflow.MetersRequest{ID: openflow.AllMeters}, func(body []byte) error {
		meters, err := openflow.DecodeMeters(body)
		r.meters = append(r.meters, meters...)
		return err
	}, func(err error) {
		if refused := (*openflow.Error)(nil); errors.As(err, &refused) {
			err = nil // a switch without meters
		}
		s.readDone(link, err)
	})
}

// set makes a flow of the switch comparable.
func (h *heldFlow) set(f *openflow.InstalledFlow, fields *openflow.TunnelMap, b []byte) []byte {
	h.table, h.priority, h.cookie = f.Flow.Table, f.Flow.Priority, uint32(f.Flow.Cookie)
	h.match = openflow.AppendMatch(nil, f.Flow.Match, fields)
	h.isOdd = f.Err != nil || f.Flow.Cookie > math.MaxUint32 || f.Flow.Flags != 0 ||
		f.Flow.IdleTimeout|f.Flow.HardTimeout|f.Flow.Importance != 0
	h.identity, b = identify(b, h.table, h.priority, f.Flow.Match)
	b = openflow.AppendActions(b[:0], f.Flow.Actions, fields)
	h.actions = digestOf(b)
	return b
}

// takeHeld takes in that the switch has a flow.
func (s *Sink) takeHeld(h *heldFlow) {
	id := s.flows.make(h.identity, h.table, h.priority)
	x := s.flows.at(id)
	x.held, x.heldCookie = h.actions, h.cookie
	if h.isOdd {
		x.flags |= flowUnsure
	} else {
		x.flags |= flowHeld
	}
	if x.flags&flowWanted == 0 {
		s.leaving[id] = h.match
	}
}

// readDone takes in that one of the answers is complete.
func (s *Sink) readDone(link *conn.Link, err error) {
	s.post(link, func() {
		r := s.reading
		r.unclear = errors.Join(r.unclear, err)
		if r.waits--; r.waits == 0 {
			s.reading = nil
			s.compare(r)
		}
	})
}

// compare has everything that is wanted or there looked at.
func (s *Sink) compare(r *reading) {
	if s.clear = r.unclear != nil; s.clear {
		s.log.Warn("what the switch has cannot be read: all of it is replaced", "error", r.unclear)
		s.forget()
		r.groups = heldGroups{}
	}
	s.phase = phaseSteady
	for i := range r.groups.groups {
		g := &r.groups.groups[i]
		s.groups.takeHeld(g.ID, g.Append(nil))
	}
	for _, id := range r.groups.large {
		s.groups.find(id).isUnsure = true
	}
	for i := range r.meters {
		s.meters.takeHeld(r.meters[i].ID, r.meters[i].Append(nil))
	}
	for _, l := range []*entries{s.groups, s.meters} {
		for _, e := range l.byID {
			s.queueEntry(e)
		}
	}
	s.flows.each(func(id uint32, x *record) {
		if x.flags&flowWanted == 0 && s.learned[x.table] {
			delete(s.leaving, id)
			s.flows.drop(id)
			return
		}
		s.queueFlow(id)
	})
}

// takeHeld takes in that the switch has an entry.
func (l *entries) takeHeld(id uint32, text []byte) {
	e := l.find(id)
	e.isHeld, e.held = true, digestOf(text)
}

// takeLearned takes in a fact of learned_table.
func (s *Sink) takeLearned(row []relations.Value, came bool) {
	if table := s.store.Int(row[0]); table>>8 == 0 {
		s.learned[uint8(table)] = came
	}
}
