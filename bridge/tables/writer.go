package tables

import (
	"woven/bridge/ovsdb"
	"woven/engine"
	"woven/relations"
)

// Transactor is the part of a session that a writer needs.
type Transactor interface {
	Transact(*ovsdb.Transaction, func(ovsdb.Result))
}

// Extension writes tables with a treatment of their own, in the writer's transactions.
type Extension interface {
	// Plan adds operations until the batch is full, and reports whether more are left.
	Plan(*Batch) (more bool)
	// Waiting is about how many operations Plan would add without a limit.
	Waiting() int
	// Finish is told what became of the transaction of the last Plan: it is in the database, or
	// (ok is false) everything that was planned has to be planned again.
	Finish(ok bool)
	// Refuse sets what an Item stands for aside, because the server refuses it, until it changes.
	Refuse(item uint32, reason string)
	// Moved tells that the handle of a row resolves to another row now, or that its row was
	// planned or is gone.
	Moved(table string, handle relations.Value)
}

// WriterConfig says how a writer writes.
type WriterConfig struct {
	Session Transactor
	// Post runs a function where the writer is used, after what the session's sink was told
	// before; it is called on the session's goroutine.
	Post func(func())
	// Lock is asserted in every transaction; empty for none.
	Lock string
	// Most is how many operations one transaction has, and Chunk how many each when there are
	// more than that. Zero means the defaults.
	Most, Chunk int
	// Report is told of every new problem.
	Report func(Problem)
	// Extension may be nil.
	Extension Extension
}

// Defaults of WriterConfig. A server takes many small transactions faster than few large ones.
const (
	DefaultMost  = 1000
	DefaultChunk = 200
)

// Writer makes a database hold what the relations want.* say. It is used by whoever has the
// engine. Nothing is written before Activate.
type Writer struct {
	d      *Database
	config WriterConfig
	states []*state // by table index
	takers map[*engine.Relation]taker

	rebinds []item // whose key or row may have changed
	active  bool
	blocked bool // until Retry

	inFlight *Batch
	limit    int    // operations of a transaction
	halving  bool   // the limit is small, because a culprit is searched for
	repeated bool   // the last transaction was refused, perhaps for what others wrote meanwhile
	upTo     uint64 // the engine's batch that was absorbed last
	acked    uint64 // everything derived up to this engine batch is in the database
	problems problems
	stats    Stats
}

// item is a handle of a table, or a row to delete.
type item struct {
	state *state
	value relations.Value
	stray bool
}

// state is what a writer remembers of a table.
type state struct {
	*table
	rowOf     map[relations.Value]relations.Value // by handle: its row
	handleOf  map[relations.Value]relations.Value // by row
	planned   map[relations.Value]relations.Value // by handle: a row on its way
	plannedBy map[relations.Value]relations.Value // the other way round
	changes   map[relations.Value]*change         // by handle: what to compare
	order     []relations.Value                   // of changes, oldest first; some may be gone
	stray     map[relations.Value]bool            // rows to delete
	contested map[relations.Value]bool            // handles whose key another handle has, too
	aside     map[relations.Value]refusal         // handles and stray rows that were refused
}

// NewWriter makes a writer and takes in what the program wants already.
func (d *Database) NewWriter(config WriterConfig) *Writer {
	if config.Most <= 0 {
		config.Most = DefaultMost
	}
	if config.Chunk <= 0 {
		config.Chunk = min(DefaultChunk, config.Most)
	}
	w := &Writer{d: d, config: config, limit: config.Most,
		takers:   map[*engine.Relation]taker{},
		problems: problems{report: config.Report, found: map[problemKey]Problem{}}}
	for _, t := range d.tables {
		s := &state{table: t, rowOf: map[relations.Value]relations.Value{},
			handleOf:  map[relations.Value]relations.Value{},
			planned:   map[relations.Value]relations.Value{},
			plannedBy: map[relations.Value]relations.Value{},
			changes:   map[relations.Value]*change{},
			stray:     map[relations.Value]bool{},
			contested: map[relations.Value]bool{},
			aside:     map[relations.Value]refusal{}}
		w.states = append(w.states, s)
		w.connect(s)
	}
	for r, t := range w.takers {
		d.engine.Each(r, func(row []relations.Value) bool {
			w.wants(t, row, true)
			return true
		})
	}
	w.settle()
	return w
}

// connect decides which relations of the program the writer looks at.
func (w *Writer) connect(s *state) {
	if s.drop != nil {
		w.takers[s.drop] = taker{state: s, drop: true}
	}
	if s.own == nil {
		return
	}
	w.takers[s.want] = taker{state: s}
	for _, c := range s.columns {
		if c.role != roleForeign {
			w.takers[c.want] = taker{state: s, column: c}
		}
		if c.drop != nil {
			w.takers[c.drop] = taker{state: s, column: c, drop: true}
		}
	}
}

// Absorb takes in what a commit changed: the program's wishes, and the rows that the source
// told of. It is called after every commit, before the changes are released.
func (w *Writer) Absorb(changes *engine.Changes, source *Source) {
	for _, c := range changes.Relations {
		t, ok := w.takers[c.Relation]
		if !ok {
			continue
		}
		for i := range c.Deleted.Len() {
			w.wants(t, c.Deleted.At(i), false)
		}
		for i := range c.Inserted.Len() {
			w.wants(t, c.Inserted.At(i), true)
		}
	}
	if source != nil {
		for i := range source.touched {
			w.touch(&source.touched[i])
		}
		switch {
		case len(source.touched) == 0:
		case w.inFlight == nil:
			w.retryOthers() // it is not what we wrote
		default:
			w.inFlight.disturbed = true // unless it is what we wrote, as the result will tell
		}
		source.touched = source.touched[:0]
	}
	w.settle()
}

// Activate lets the writer write, or stops it. What is in flight is not called back.
func (w *Writer) Activate(active bool) { w.active = active }

// Acked is the engine's batch up to which everything derived is in the database, except for
// what is listed as a problem.
func (w *Writer) Acked() uint64 { return w.acked }

// Problems lists what cannot be written, in no order.
func (w *Writer) Problems() []Problem { return w.problems.list() }

// least returns the smaller of two uuids.
func (w *Writer) least(a, b relations.Value) relations.Value {
	if w.d.store.Compare(relations.T(relations.UUID), a, b) <= 0 {
		return a
	}
	return b
}
