package session

import (
	"sync/atomic"

	"woven/bridge/ovsdb"
	"woven/bridge/tables"
)

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

// add learns what the program has to do with a database.
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
		Conditions: func(sequence uint64, err error) {
			s.turn.post(func() { s.monitors.inForce(d, sequence, err) })
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
