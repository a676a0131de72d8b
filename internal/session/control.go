package session

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"

	"woven/bridge/ovsdb"
	"woven/bridge/tables"
	"woven/engine"
)

// State says whether a session writes.
type State string

// The states, as ovn-northd(8) calls them.
const (
	Standby State = "standby" // another process writes, or a database is not reachable
	Active  State = "active"
	Paused  State = "paused" // a user wants it so
)

// State is the present state.
func (s *Session) State() State {
	if state, ok := s.state.Load().(State); ok {
		return state
	}
	return Standby
}

// SetPaused stops all writing and gives the locks back, or asks for them again. When it returns
// without an error, nothing is written any more, apart from what was on its way.
func (s *Session) SetPaused(ctx context.Context, paused bool) error {
	return s.Do(ctx, func(*engine.Engine) {
		s.paused = paused
		for _, d := range s.parts {
			lock := d.lockName
			if paused {
				lock = ""
			}
			if session := d.session.Load(); session != nil {
				_ = session.SetLock(lock) // its name was accepted before
			}
		}
		s.decide()
	})
}

// announce tells of a new state.
func (s *Session) announce() {
	state := Standby
	switch {
	case s.paused:
		state = Paused
	case s.active:
		state = Active
	}
	if state != s.State() {
		s.state.Store(state)
		if s.config.Changed != nil {
			s.config.Changed(state)
		}
	}
}

// Connection is the session of a database, for its status and its settings; nil before Run.
func (s *Session) Connection(prefix string) *ovsdb.Session {
	for _, d := range s.parts {
		if d.Prefix == prefix {
			return d.session.Load()
		}
	}
	return nil
}

// Problems lists what cannot be used or written, sorted.
func (s *Session) Problems(ctx context.Context) (problems []tables.Problem, err error) {
	err = s.Do(ctx, func(e *engine.Engine) {
		problems = s.answers.list()
		for _, d := range s.parts {
			problems = append(problems, d.writer.Problems()...)
		}
		for _, sink := range s.config.Sinks {
			problems = append(problems, sink.Problems()...)
		}
		problems = slices.AppendSeq(problems, maps.Values(s.monitors.problems))
	})
	slices.SortFunc(problems, func(a, b tables.Problem) int {
		return slices.Compare([]string{a.Table, fmt.Sprintf("%x", a.Row), a.Column, a.Reason},
			[]string{b.Table, fmt.Sprintf("%x", b.Row), b.Column, b.Reason})
	})
	return problems, err
}

// Do runs a function while nothing else uses the engine, and waits for its end.
func (s *Session) Do(ctx context.Context, f func(*engine.Engine)) error {
	done := make(chan struct{})
	s.turn.post(func() {
		f(s.engine)
		close(done)
	})
	select {
	case <-done:
		return nil
	case <-ctx.Done():
		return errors.New("the session does not answer")
	}
}
