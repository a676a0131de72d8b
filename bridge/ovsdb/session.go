package ovsdb

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"slices"
	"sync"
	"time"
)

// Session is a connection to a database that outlives the connections it consists of. All methods
// are safe for concurrent use.
type Session struct {
	cancel     context.CancelFunc
	done       chan struct{}
	mail       mailbox
	conditions *conditions

	mutex  sync.Mutex
	status Status
}

// Start checks the configuration and starts a session, which lasts until the context ends or Close
// is called. That no server can be reached is no error: the session keeps trying.
func Start(ctx context.Context, config Config) (*Session, error) {
	remotes, err := ParseRemotes(config.Remotes)
	if err != nil {
		return nil, err
	}
	if err := config.check(); err != nil {
		return nil, err
	}
	conditions, err := newConditions(config.Tables)
	if err != nil {
		return nil, err
	}
	config.setDefaults()
	s := &Session{done: make(chan struct{}), conditions: conditions}
	s.mail.wake = make(chan struct{}, 1)
	ctx, s.cancel = context.WithCancel(ctx)
	l := &loop{
		session:  s,
		config:   &config,
		log:      config.Logger.With("module", "ovsdb", "database", config.Database),
		remotes:  newRemoteList(remotes),
		pending:  map[int64]func(envelope) error{},
		inFlight: map[int64]func(Result){},

		complained: map[string]bool{},
		data: monitor{
			database:   config.Database,
			requests:   config.Tables,
			sink:       config.Sink,
			conditions: conditions,
		},
		probe: probe{interval: max(config.ProbeInterval, 0), timer: time.NewTimer(time.Hour)},
	}
	l.probe.timer.Stop()
	l.server.init()
	go func() {
		defer close(s.done)
		l.run(ctx)
	}()
	return s, nil
}

// check refuses what cannot work with any server.
func (c *Config) check() error {
	if c.Sink == nil {
		return errors.New("a session needs a sink")
	}
	if err := checkIdentifier("database", c.Database); err != nil {
		return err
	}
	for i, request := range c.Tables {
		if err := checkIdentifier("table", request.Table); err != nil {
			return err
		}
		for j, column := range request.Columns {
			if err := checkIdentifier("column", column); err != nil {
				return fmt.Errorf("table %s: %w", request.Table, err)
			}
			if slices.Contains(c.Tables[i].Columns[:j], column) {
				return fmt.Errorf("table %s: column %s is requested twice", request.Table, column)
			}
		}
	}
	if c.Lock != "" {
		return checkIdentifier("lock", c.Lock)
	}
	return nil
}

// setDefaults fills in what was left out.
func (c *Config) setDefaults() {
	if c.ProbeInterval == 0 {
		c.ProbeInterval = DefaultProbeInterval
	}
	if c.Backoff.Minimum <= 0 {
		c.Backoff.Minimum = DefaultBackoffMinimum
	}
	if c.Backoff.Maximum <= 0 {
		c.Backoff.Maximum = max(DefaultBackoffMaximum, c.Backoff.Minimum)
	}
	if c.Logger == nil {
		c.Logger = slog.Default()
	}
}

// Close ends the session and returns when nothing of it runs any more. Transactions without an
// answer end with the outcome Unknown first. It must not be called from a callback.
func (s *Session) Close() {
	s.cancel()
	<-s.done
}

// Status describes the session as of its last change.
func (s *Session) Status() Status {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	return s.status
}

// Transact sends a transaction; done is called exactly once with what became of it: on the
// session's goroutine, after the sink has seen its effect, or on the caller's if the session is
// closed already. Several transactions may be in flight, and happen in order.
func (s *Session) Transact(transaction *Transaction, done func(Result)) {
	if !s.mail.put(func(l *loop) { l.transact(transaction, done) }) {
		done(Result{Outcome: NotSent, Err: errors.New("the database session is closed")})
	}
}

// Commit sends a transaction and waits for what becomes of it; when the context ends first, the
// outcome is Unknown. It must not be called from a callback.
func (s *Session) Commit(ctx context.Context, transaction *Transaction) Result {
	answer := make(chan Result, 1)
	s.Transact(transaction, func(result Result) { answer <- result })
	select {
	case result := <-answer:
		return result
	case <-ctx.Done():
		return Result{Outcome: Unknown, Err: fmt.Errorf("no answer yet: %w", ctx.Err())}
	}
}

// SetConditions replaces the monitor conditions of the tables that are keys of the map; a table
// that Config.Tables lacks is an error. It returns the number by which Events.Conditions and
// Status.ConditionsAcked tell that they are in force; without any change, that of the last change.
// The configured conditions have the number 1.
func (s *Session) SetConditions(conditions map[string][]Condition) (sequence uint64, err error) {
	sequence, err = s.conditions.set(conditions)
	if err == nil {
		s.mail.put(func(l *loop) { l.syncConditions() })
	}
	return sequence, err
}

// SetLock asks for a lock instead of the one before, which is released; empty asks for none.
// A lock is asked for again after each reconnection. A name that is no identifier is an error.
func (s *Session) SetLock(name string) error {
	if name != "" {
		if err := checkIdentifier("lock", name); err != nil {
			return err
		}
	}
	s.mail.put(func(l *loop) { l.setLock(name) })
	return nil
}

// SetRemotes replaces the list of servers. A connection to a server that is still listed stays.
func (s *Session) SetRemotes(remotes string) error {
	parsed, err := ParseRemotes(remotes)
	if err != nil {
		return err
	}
	s.mail.put(func(l *loop) {
		if !slices.ContainsFunc(parsed, func(r Remote) bool { return slices.Contains(l.remotes.all, r) }) {
			l.leastIndex = 0 // another cluster, perhaps
		}
		l.remotes = newRemoteList(parsed)
		if l.connection == nil || !slices.Contains(parsed, l.remote) {
			l.giveUp(errors.New("the list of remotes changed"))
		}
	})
	return nil
}

// SetProbeInterval replaces Config.ProbeInterval; zero or less turns probing off.
func (s *Session) SetProbeInterval(interval time.Duration) {
	s.mail.put(func(l *loop) { l.setProbeInterval(interval) })
}

// Reconnect drops the connection and takes the next remote, as when the server had closed it.
func (s *Session) Reconnect() {
	s.mail.put(func(l *loop) { l.giveUp(errors.New("a reconnection was asked for")) })
}

// ResetClusterState forgets how recent the data was that the session has seen, so that a cluster
// that was restored from a backup is accepted.
func (s *Session) ResetClusterState() {
	s.mail.put(func(l *loop) { l.leastIndex = 0 })
}
