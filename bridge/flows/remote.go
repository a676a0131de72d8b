package flows

import (
	"context"
	"time"

	"woven/bridge/openflow"
	"woven/bridge/openflow/conn"
	"woven/bridge/tables"
	"woven/relations"
)

// remotes are the facts of switch_remote, of which the least counts, and of probe.
type remotes struct {
	texts    map[relations.Value]string
	present  string // the one that is connected to, empty for none
	interval time.Duration
	isNew    bool // the interval has changed
	// changes counts what was connected to.
	changes int
}

// take takes in a fact of switch_remote.
func (r *remotes) take(store *relations.Store, row []relations.Value, came bool) {
	if came {
		r.texts[row[0]] = store.TextOf(row[0])
	} else {
		delete(r.texts, row[0])
	}
}

// takeProbe takes in a fact of probe, which may be about another connection.
func (r *remotes) takeProbe(store *relations.Store, row []relations.Value, came bool) {
	if store.TextOf(row[0]) != Name {
		return
	}
	r.interval, r.isNew = 0, true
	if came {
		r.interval = time.Duration(store.Int(row[1])) * time.Millisecond
	}
}

// settleRemote connects to where the switch is now.
func (s *Sink) settleRemote() {
	r := &s.remotes
	least := ""
	for _, text := range r.texts {
		if least == "" || text < least {
			least = text
		}
	}
	several := problemKey{other: "switch_remote"}
	if len(r.texts) < 2 {
		s.problems.solve(several)
	} else {
		s.problems.add(several, tables.Problem{Table: "switch_remote", Column: least,
			Reason: "several switches are named: the least name counts"})
	}
	s.mutex.Lock()
	defer s.mutex.Unlock()
	if s.ended {
		return
	}
	if r.isNew && s.session != nil {
		s.session.SetProbeInterval(r.interval)
	}
	r.isNew = false
	if least != r.present {
		r.present = least
		s.connect()
	}
}

// connect ends the connection that there is, and begins one with the present remote.
func (s *Sink) connect() {
	if s.session != nil {
		s.closing.Go(s.session.Close) // the turn waits for nothing
		s.session = nil
	}
	s.remotes.changes++ // what the session before still tells is of no interest
	s.disconnected()
	wrong := problemKey{other: "remote"}
	s.problems.solve(wrong)
	if s.remotes.present == "" {
		return
	}
	present := s.remotes.changes
	connected := func(link *conn.Link) {
		s.host.Post(func() {
			if s.remotes.changes == present {
				s.link = link
				s.counts.connections.Add(1)
				s.ask()
			}
		})
	}
	// Run ends the session.
	session, err := conn.Start(context.Background(), conn.Config{Remote: s.remotes.present,
		ProbeInterval: s.remotes.interval, Backoff: s.config.Backoff, Limit: s.config.Limit,
		Logger: s.config.Logger, Events: conn.Events{Connected: connected, Lost: s.onLost,
			Failed: s.onFailed, Room: func(*conn.Link) { s.wake() }}})
	if err != nil {
		s.problems.add(wrong, tables.Problem{Table: "switch_remote", Column: s.remotes.present,
			Reason: err.Error()})
		return
	}
	s.session = session
}

func (s *Sink) onLost(link *conn.Link, _ error) { s.post(link, s.disconnected) }

func (s *Sink) onFailed(link *conn.Link, xid uint32, err *openflow.Error) {
	s.post(link, func() { s.failed(xid, err) })
}

// disconnected forgets what was in the switch: it may have another one's flows when it is connected
// to again.
func (s *Sink) disconnected() {
	if s.link == nil {
		return
	}
	s.link, s.phase, s.flight, s.reading, s.search = nil, phaseOffline, nil, nil, search{}
	s.flushes.repeat()
	s.tunnel.disconnected()
	s.forget()
}

// forget takes the switch as empty, and gives what was set aside another chance.
func (s *Sink) forget() {
	s.queued = nil
	s.leaving = map[uint32][]byte{}
	s.flows.each(func(id uint32, x *record) {
		if x.flags&flowAside != 0 {
			s.problems.solve(problemKey{flow: id})
		}
		x.flags &= flowUsed | flowWanted | flowRivals
		if x.flags&flowWanted == 0 {
			s.flows.drop(id)
		}
	})
	for _, l := range []*entries{s.groups, s.meters} {
		l.puts, l.deletions = nil, nil
		for _, e := range l.byID {
			if e.isAside {
				s.problems.solve(problemKey{entry: e})
			}
			*e = entry{list: l, id: e.id, texts: e.texts, users: e.users}
			e.wasUsable = e.isUsable()
			l.tidy(e)
		}
	}
}

// Status says whether the switch is connected to, as ovn-controller's connection-status does. It may
// be called by any goroutine.
func (s *Sink) Status() string {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	if s.session != nil && s.session.Status().State == conn.StateConnected {
		return "connected"
	}
	return "not connected"
}
