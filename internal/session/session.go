package session

import (
	"context"
	"fmt"
	"log/slog"
	"math/rand/v2"
	"slices"
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
	paused  bool
	active  bool // we write
	state   atomic.Value
}

// database is a database of a running session.
type database struct {
	Database
	tables  *tables.Database
	source  *tables.Source
	writer  *tables.Writer
	part    Part
	session atomic.Pointer[ovsdb.Session] // nil before Run
	hasCopy bool                          // it has delivered its first copy
	lock    ovsdb.LockState
	// lockName is the lock that writing needs; empty for none.
	lockName string
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
	for _, d := range config.Databases {
		if err := s.add(d); err != nil {
			return nil, fmt.Errorf("database %s: %w", d.Prefix, err)
		}
	}
	s.answers = newAnswers(s)
	return s, nil
}

func (s *Session) add(config Database) error {
	d := &database{Database: config, lockName: config.OVSDB.Lock}
	var err error
	if d.tables, err = tables.New(s.engine, s.config.Program, config.Prefix); err != nil {
		return err
	}
	d.OVSDB.Database = d.tables.Name
	d.OVSDB.Tables = d.tables.Requests()
	var handlers []tables.RowHandler
	wc := tables.WriterConfig{Session: d, Post: s.turn.post, Lock: config.OVSDB.Lock,
		Most: config.Most, Chunk: config.Chunk, Report: func(p tables.Problem) {
			s.log.Warn("cannot write as wanted", "database", d.tables.Name, "table", p.Table,
				"row", ovsdb.UUID(p.Row).String(), "column", p.Column, "reason", p.Reason)
		}}
	if config.Part != nil {
		if d.part, err = config.Part(s.engine, d.tables); err != nil {
			return err
		}
		d.OVSDB.Tables = append(d.OVSDB.Tables, d.part.Requests()...)
		handlers = d.part.Handlers()
		wc.Extension = d.part
	}
	d.source = d.tables.NewSource(s.turn, handlers...)
	d.writer = d.tables.NewWriter(wc)
	if d.part != nil {
		d.part.Attach(d.writer)
	}
	d.OVSDB.Sink = d.source
	d.OVSDB.Events = ovsdb.Events{
		State: func(ovsdb.State) { s.turn.post(d.writer.Retry) },
		Lock: func(state ovsdb.LockState) {
			s.turn.post(func() {
				d.lock = state
				d.writer.Retry()
			})
		},
	}
	if s.paused {
		d.OVSDB.Lock = ""
	}
	s.parts = append(s.parts, d)
	return nil
}

// Transact implements [tables.Transactor].
func (d *database) Transact(t *ovsdb.Transaction, done func(ovsdb.Result)) {
	d.session.Load().Transact(t, done)
}

// Run works until the context ends.
func (s *Session) Run(ctx context.Context) error {
	defer func() {
		s.turn.close()
		for _, d := range s.parts {
			if session := d.session.Load(); session != nil {
				session.Close()
			}
		}
	}()
	s.turn.take() // no source may begin before all sessions are known
	for _, d := range s.parts {
		session, err := ovsdb.Start(ctx, d.OVSDB)
		if err != nil {
			s.turn.give()
			return fmt.Errorf("database %s: %w", d.Prefix, err)
		}
		d.session.Store(session)
	}
	s.turn.give()
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
		for _, d := range s.parts {
			d.writer.Write(s.engine.Batch())
		}
		more, err := s.answers.give()
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

func (s *Session) allCopied() bool {
	for _, d := range s.parts {
		if !d.hasCopy {
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
	s.answers.absorb(changes)
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
