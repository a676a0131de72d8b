package session

import (
	"context"
	"fmt"
	"log/slog"
	"math/rand/v2"
	"slices"
	"sync"
	"sync/atomic"
	"time"

	"woven/bridge/ovsdb"
	"woven/bridge/tables"
	"woven/engine"
	"woven/relations"
)

// Session is a running program with its databases.
type Session struct {
	config  Config
	log     *slog.Logger
	engine  *engine.Engine
	turn    *turn
	parts   []*database
	answers *answers
	// steering, monitors and timers answer what the rules say about connections and time.
	steering *steering
	monitors *monitors
	timers   *timers
	context  context.Context // of Run; nil before it
	failure  error           // what ends the session
	paused   bool
	active   bool // we write
	state    atomic.Value
}

// retryInterval is how long a transaction waits that the database could not take at the time,
// without anything else happening.
const retryInterval = time.Second

// New makes a session; Run starts it. That a database cannot be reached is no error.
func New(config Config) (*Session, error) {
	if config.Now == nil {
		config.Now = time.Now
	}
	if config.Random == nil {
		config.Random = func() int64 { return rand.Int64N(1<<62 + 1) }
	}
	if config.Logger == nil {
		config.Logger = slog.Default()
	}
	e, err := engine.New(config.Program, relations.NewStore(), engine.Options{LazyText: true})
	if err != nil {
		return nil, err
	}
	s := &Session{config: config, log: config.Logger, engine: e, turn: newTurn(e),
		paused: config.Paused}
	if err := s.tellGiven(config.Given); err != nil {
		return nil, err
	}
	for _, d := range config.Databases {
		if err := s.add(d); err != nil {
			return nil, fmt.Errorf("database %s: %w", d.Prefix, err)
		}
	}
	for _, sink := range config.Sinks {
		if err := sink.Attach(s.engine, host{s}); err != nil {
			return nil, fmt.Errorf("%s: %w", sink.Name(), err)
		}
	}
	s.answers, s.timers = newAnswers(s), newTimers(s)
	s.steering, s.monitors = newSteering(s), newMonitors(s)
	s.steering.apply()
	return s, nil
}

// Run works until the context ends.
func (s *Session) Run(ctx context.Context) error {
	ctx, cancel := context.WithCancel(ctx)
	var sinks sync.WaitGroup
	defer func() {
		cancel()
		s.turn.close()
		s.timers.close()
		sinks.Wait()
		for _, d := range s.parts {
			if session := d.session.Load(); session != nil {
				session.Close()
			}
		}
	}()
	if err := s.begin(ctx); err != nil {
		return err
	}
	for _, sink := range s.config.Sinks {
		sinks.Go(func() { sink.Run(ctx) })
	}
	retry := time.NewTicker(retryInterval)
	defer retry.Stop()
	for {
		select {
		case <-ctx.Done():
			return nil
		case <-s.turn.wake:
		case <-retry.C:
			for _, d := range s.parts {
				s.turn.post(d.writer.Retry)
			}
		}
		s.turn.take()
		err := s.step()
		s.turn.give()
		if err != nil {
			return err
		}
	}
}

// begin starts the sessions with all databases whose place is known. No source may begin before
// that.
func (s *Session) begin(ctx context.Context) error {
	s.turn.take()
	defer s.turn.give()
	s.context = ctx
	for _, d := range s.parts {
		if !d.known() {
			continue
		}
		if err := s.connect(ctx, d); err != nil {
			return err
		}
	}
	return nil
}

// step does everything that there is to do now.
func (s *Session) step() error {
	if err := s.commitTold(); err != nil {
		return err
	}
	for _, f := range s.turn.takeEvents() {
		f()
	}
	s.decide()
	for {
		if err := s.answers.retract(); err != nil {
			return err
		}
		for _, d := range s.parts {
			d.writer.Write(s.engine.Batch())
		}
		if s.active {
			for _, sink := range s.config.Sinks {
				sink.Write(s.engine.Batch())
			}
		}
		more, err := s.answers.give()
		if err == nil {
			err = s.failure
		}
		if err != nil || !more {
			return err
		}
	}
}

// commitTold commits what the sources told. Before every database has delivered its first copy
// it waits for the rest, unless a source that has more to tell waits in turn.
func (s *Session) commitTold() error {
	told, waiting := s.turn.toldSources()
	if len(told) == 0 {
		return nil
	}
	for _, source := range told {
		for _, d := range s.parts {
			if d.source == source {
				d.hasCopy = !s.turn.broken[source]
			}
		}
	}
	if !s.turn.isOpen && !s.allCopied() && !waiting {
		return nil
	}
	for _, source := range told {
		if err := source.Err(); err != nil {
			return err
		}
	}
	return s.commit(s.turn.takeTxn(), told)
}

// allCopied reports whether every database has delivered its first copy. One that the rules did
// not say the place of is not waited for.
func (s *Session) allCopied() bool {
	for _, d := range s.parts {
		if !d.hasCopy && d.known() {
			return false
		}
	}
	return true
}

// commit ends a transaction and hands its changes to everybody.
func (s *Session) commit(txn *engine.Txn, told []*tables.Source) error {
	begin := time.Now()
	changes, err := txn.Commit()
	if err != nil {
		return err
	}
	defer changes.Release()
	if s.config.Committed != nil {
		prefix := ""
		for _, d := range s.parts {
			if slices.Contains(told, d.source) {
				prefix = d.Prefix
			}
		}
		s.config.Committed(s.engine, changes, prefix, time.Since(begin))
	}
	for _, d := range s.parts {
		if d.part != nil {
			d.part.Absorb(changes)
		}
		var source *tables.Source
		for _, t := range told {
			if t == d.source {
				source = t
			}
		}
		d.writer.Absorb(changes, source)
	}
	for _, sink := range s.config.Sinks {
		sink.Absorb(changes)
	}
	s.answers.absorb(changes)
	s.timers.absorb(changes)
	s.monitors.absorb(changes)
	s.steering.absorb(changes)
	return nil
}

// decide finds out whether we write.
func (s *Session) decide() {
	if !s.turn.isOpen && s.allCopied() {
		s.turn.open()
		s.answers.open()
	}
	active := s.turn.isOpen && !s.paused
	for _, d := range s.parts {
		if d.lockName != "" && d.lock != ovsdb.LockHeld {
			active = false
		}
	}
	s.active = active
	for _, d := range s.parts {
		d.writer.Activate(active)
	}
	s.announce()
}
