package tables

import (
	"woven/bridge/ovsdb"
	"woven/engine"
	"woven/relations"
)

// Turn hands out the engine, which one goroutine uses at a time.
type Turn interface {
	// Enter waits until the engine is free and everything that this source told before is
	// committed, and returns the open transaction.
	Enter(*Source) *engine.Txn
	// Leave gives the engine back. The transaction is to be committed soon, and Settle called.
	Leave(*Source, ovsdb.Batch)
	// Discard gives the engine back after a batch that broke off: the transaction holds a part
	// of it, and has to be rolled back. If that is impossible, because it holds more than this
	// batch, nothing may be written until the next batch of this source is committed.
	Discard(*Source)
}

// RowHandler takes the rows of a table that does not become facts. It is called on the
// session's goroutine, while the source has the engine.
type RowHandler interface {
	// Begin starts a batch.
	Begin(ovsdb.BatchKind)
	// Row is one row of the batch, as in [ovsdb.Sink].
	Row(table *ovsdb.MonitoredTable, row ovsdb.UUID, change ovsdb.Change, values []ovsdb.ColumnValue)
	// End closes the batch; ok is false if it broke off.
	End(ok bool)
}

// Source turns what a session reads into base facts.
type Source struct {
	database *Database
	turn     Turn
	handlers []RowHandler // by table index beyond those of the database

	txn   *engine.Txn
	batch ovsdb.Batch
	// seenIn holds, for each table, the rows that a resync told of; nil in other batches.
	seenIn  []map[relations.Value]bool
	scratch []relations.Value
	touched []touch
	err     error
}

// touch is a row that a batch changed, as far as a writer wants to know.
type touch struct {
	table  *table
	row    relations.Value
	change ovsdb.Change
	parts  []part // of a modification
}

// part is a column of a row, or one element of it: of a set the element, of a map the key.
type part struct {
	column *column
	// key is meaningful if element is set. It is alive for as long as the engine's changes that
	// the part came with, or retained.
	key     relations.Value
	element bool
}

// NewSource makes the sink for a session whose tables are Requests, followed by one for each
// handler.
func (d *Database) NewSource(turn Turn, handlers ...RowHandler) *Source {
	return &Source{database: d, turn: turn, handlers: handlers}
}

// Begin starts a batch.
func (s *Source) Begin(batch ovsdb.Batch) {
	s.txn = s.turn.Enter(s)
	s.batch = batch
	s.seenIn = nil
	if batch.Kind == ovsdb.BatchResync {
		s.seenIn = make([]map[relations.Value]bool, len(s.database.tables))
		for i := range s.seenIn {
			s.seenIn[i] = map[relations.Value]bool{}
		}
	}
	for _, h := range s.handlers {
		h.Begin(batch.Kind)
	}
}

// Row takes one row.
func (s *Source) Row(table *ovsdb.MonitoredTable, row ovsdb.UUID, change ovsdb.Change,
	values []ovsdb.ColumnValue) {
	if own := len(s.database.tables); table.Index >= own {
		s.handlers[table.Index-own].Row(table, row, change, values)
		return
	}
	t := s.database.tables[table.Index]
	v := s.database.store.UUID(row)
	touched := touch{table: t, row: v, change: change}
	switch change {
	case ovsdb.ChangeDelete:
		s.removeRow(t, v)
	case ovsdb.ChangeModify:
		touched.parts = s.modifyRow(t, v, values)
	default:
		if s.seenIn != nil {
			s.seenIn[t.index][v] = true
		}
		s.setRow(t, table, v, values)
	}
	if t.own != nil || t.target {
		s.touched = append(s.touched, touched)
	}
}

// setRow makes a row exist with these values, and defaults for the rest.
func (s *Source) setRow(t *table, as *ovsdb.MonitoredTable, row relations.Value,
	values []ovsdb.ColumnValue) {
	known := s.txn.Holds(t.facts, row)
	s.insert(t.facts, row)
	given := values
	for _, c := range t.columns {
		var datum ovsdb.Datum
		if len(given) > 0 && given[0].Index == c.index {
			datum, given = given[0].Datum, given[1:]
		} else if i := columnAt(values, c.index); i >= 0 {
			datum = values[i].Datum
		} else if c.Min == 1 && c.Max == 1 && as.Columns[c.Name] != nil {
			datum.Keys = []ovsdb.Atom{{}}
		}
		s.set(c, row, datum, known)
	}
}

func columnAt(values []ovsdb.ColumnValue, index int) int {
	for i := range values {
		if values[i].Index == index {
			return i
		}
	}
	return -1
}

// modifyRow changes the columns that are listed.
func (s *Source) modifyRow(t *table, row relations.Value, values []ovsdb.ColumnValue) []part {
	if !s.txn.Holds(t.facts, row) {
		return nil // not a row that we were told of; the next resync will say what it is
	}
	var parts []part
	for i := range values {
		c := t.columns[values[i].Index]
		if !values[i].Diff {
			s.set(c, row, values[i].Datum, true)
			parts = append(parts, part{column: c})
			continue
		}
		parts = s.toggle(c, row, &values[i].Datum, parts)
	}
	return parts
}

// removeRow deletes a row's facts.
func (s *Source) removeRow(t *table, row relations.Value) {
	for _, c := range t.columns {
		c.byRow.Each(func(fact []relations.Value) bool {
			s.delete(c.facts, fact...)
			return true
		}, row)
	}
	s.delete(t.facts, row)
}

// End closes the batch. Rows that a resync did not tell of are gone.
func (s *Source) End() {
	for i, seen := range s.seenIn {
		t := s.database.tables[i]
		s.database.engine.Each(t.facts, func(fact []relations.Value) bool {
			if !seen[fact[0]] {
				s.removeRow(t, fact[0])
				s.touched = append(s.touched, touch{table: t, row: fact[0], change: ovsdb.ChangeDelete})
			}
			return true
		})
	}
	s.close(true)
	s.turn.Leave(s, s.batch)
}

// Abort closes a batch that broke off.
func (s *Source) Abort() {
	s.close(false)
	s.turn.Discard(s)
}

func (s *Source) close(ok bool) {
	for _, h := range s.handlers {
		h.End(ok)
	}
	s.txn, s.seenIn = nil, nil
	if !ok {
		s.touched = nil
	}
}

// insert and delete keep the first error, which a program that fits its database cannot cause.
func (s *Source) insert(r *engine.Relation, row ...relations.Value) {
	if err := s.txn.Insert(r, row...); err != nil && s.err == nil {
		s.err = err
	}
}

func (s *Source) delete(r *engine.Relation, row ...relations.Value) {
	if err := s.txn.Delete(r, row...); err != nil && s.err == nil {
		s.err = err
	}
}

// Err is the first fact that the engine refused, if any.
func (s *Source) Err() error { return s.err }
