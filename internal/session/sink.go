package session

import (
	"context"
	"errors"

	"woven/bridge/tables"
	"woven/engine"
)

// Sink takes what a program derives to somewhere that is no database, such as a switch. All calls
// but Run come in the session's turn, so none may wait.
type Sink interface {
	// Name is what rules call it in ask and acked.
	Name() string
	// Attach is called once, before anything else.
	Attach(*engine.Engine, Host) error
	// Run works until the context ends.
	Run(context.Context)
	// Absorb takes in what a commit changed, before the changes are released.
	Absorb(*engine.Changes)
	// Write sends what is due. upTo is the engine's batch that was absorbed last.
	Write(upTo uint64)
	// Acked is the engine's batch up to which the sink holds everything that was derived, except
	// for what is listed as a problem.
	Acked() uint64
	// Problems lists what the sink cannot take as it is wanted.
	Problems() []tables.Problem
}

// Host is what a session is for its sinks. Its functions may be called by any goroutine.
type Host interface {
	// Tell runs a function that puts in base facts, soon, in a transaction that is then committed.
	Tell(func(*engine.Txn) error)
	// Post runs a function in the session's turn, soon.
	Post(func())
}

// host is what sinks see of a session.
type host struct{ s *Session }

// Tell implements [Host].
func (h host) Tell(f func(*engine.Txn) error) {
	h.s.turn.post(func() {
		if err := h.s.tell(f); err != nil {
			h.s.fail(err)
		}
	})
}

// Post implements [Host].
func (h host) Post(f func()) { h.s.turn.post(f) }

// Tell runs a function that puts in base facts of the daemon's own, and returns when they are
// committed.
func (s *Session) Tell(ctx context.Context, f func(*engine.Engine, *engine.Txn) error) error {
	result := make(chan error, 1)
	s.turn.post(func() {
		result <- s.tell(func(txn *engine.Txn) error { return f(s.engine, txn) })
	})
	select {
	case err := <-result:
		return err
	case <-ctx.Done():
		return errors.New("the session does not answer")
	}
}

// tell puts in base facts in a transaction of their own, or in the one that waits for the first
// copies of all databases. What the function refuses is not put in.
func (s *Session) tell(f func(*engine.Txn) error) error {
	if txn := s.turn.openTxn(); txn != nil {
		return f(txn)
	}
	txn, err := s.engine.Begin()
	if err != nil {
		return err
	}
	if err := f(txn); err != nil {
		txn.Rollback()
		return err
	}
	return s.commit(txn, nil)
}

// fail ends the session with an error.
func (s *Session) fail(err error) {
	if s.failure == nil {
		s.failure = err
	}
}
