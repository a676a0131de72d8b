package pinctrl

import (
	"context"
	"time"

	"woven/bridge/flows"
	"woven/bridge/openflow/conn"
	"woven/bridge/tables"
	"woven/engine"
	"woven/relations"
)

// remotes are the facts of switch_remote, of which the least counts, and of probe.
type remotes struct {
	texts    map[relations.Value]string
	present  string // the one that is connected to, empty for none
	interval time.Duration
	wrong    error // why there is no connection to the present one
}

// take takes in one fact that came or went.
func (s *Sink) take(r *engine.Relation, row []relations.Value, came bool) {
	switch {
	case r == s.program.remote && came:
		s.remotes.texts[row[0]] = s.store.TextOf(row[0])
	case r == s.program.remote:
		delete(s.remotes.texts, row[0])
	case r == s.program.written && came:
		s.written(row)
	case r == s.program.probe && s.store.TextOf(row[0]) == flows.Name:
		// Both connections are to the same switch.
		s.remotes.interval = 0
		if came {
			s.remotes.interval = time.Duration(s.store.Int(row[1])) * time.Millisecond
		}
	}
}

// settle connects to where the switch is now.
func (s *Sink) settle() {
	least := ""
	for _, text := range s.remotes.texts {
		if least == "" || text < least {
			least = text
		}
	}
	s.mutex.Lock()
	defer s.mutex.Unlock()
	if s.ended {
		return
	}
	if least == s.remotes.present {
		if s.session != nil {
			s.session.SetProbeInterval(s.remotes.interval)
		}
		return
	}
	if s.session != nil {
		s.closing.Go(s.session.Close) // the turn waits for nothing
		s.session = nil
	}
	s.remotes.present, s.remotes.wrong = least, nil
	if least == "" {
		return
	}
	// Run ends the session.
	s.session, s.remotes.wrong = conn.Start(context.Background(), conn.Config{Remote: least,
		ProbeInterval: s.remotes.interval, Backoff: s.config.Backoff, Logger: s.config.Logger,
		Events: conn.Events{Connected: s.connected, Failed: s.refused, Message: s.received}})
}

// Problems lists what is wrong with where the switch is said to be.
func (s *Sink) Problems() []tables.Problem {
	if s.remotes.wrong == nil {
		return nil
	}
	return []tables.Problem{{Table: "switch_remote", Column: s.remotes.present,
		Reason: s.remotes.wrong.Error()}}
}
