package ovsdb

import (
	"context"
	"time"
)

// Session is a connection to a database that outlives the connections it consists of. All methods
// are safe for concurrent use.
type Session struct{}

// Start checks the configuration and starts a session, which lasts until the context ends or Close
// is called. That no server can be reached is no error: the session keeps trying.
func Start(ctx context.Context, config Config) (*Session, error) { panic("skeleton") }

// Close ends the session and returns when nothing of it runs any more. Transactions without an
// answer end with the outcome Unknown first. It must not be called from a callback.
func (s *Session) Close() { panic("skeleton") }

// Status describes the session as of its last change.
func (s *Session) Status() Status { panic("skeleton") }

// Transact sends a transaction; done is called exactly once with what became of it: on the
// session's goroutine, after the sink has seen its effect, or on the caller's if the session is
// closed already. Several transactions may be in flight, and happen in order.
func (s *Session) Transact(transaction *Transaction, done func(Result)) { panic("skeleton") }

// Commit sends a transaction and waits for what becomes of it; when the context ends first, the
// outcome is Unknown. It must not be called from a callback.
func (s *Session) Commit(ctx context.Context, transaction *Transaction) Result { panic("skeleton") }

// SetConditions replaces the monitor conditions of the tables that are keys of the map; a table
// that Config.Tables lacks is an error. It returns the number by which Events.Conditions and
// Status.ConditionsAcked tell that they are in force; without any change, that of the last change.
func (s *Session) SetConditions(conditions map[string][]Condition) (sequence uint64, err error) {
	panic("skeleton")
}

// SetLock asks for a lock instead of the one before, which is released; empty asks for none.
// A lock is asked for again after each reconnection.
func (s *Session) SetLock(name string) { panic("skeleton") }

// SetRemotes replaces the list of servers. A connection to a server that is still listed stays.
func (s *Session) SetRemotes(remotes string) error { panic("skeleton") }

// SetProbeInterval replaces Config.ProbeInterval; zero or less turns probing off.
func (s *Session) SetProbeInterval(interval time.Duration) { panic("skeleton") }

// Reconnect drops the connection and takes the next remote, as when the server had closed it.
func (s *Session) Reconnect() { panic("skeleton") }

// ResetClusterState forgets how recent the data was that the session has seen, so that a cluster
// that was restored from a backup is accepted.
func (s *Session) ResetClusterState() { panic("skeleton") }
