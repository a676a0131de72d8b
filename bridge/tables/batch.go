package tables

import "woven/bridge/ovsdb"

// Batch is a transaction that is being put together, and who asked for each operation.
type Batch struct {
	transaction ovsdb.Transaction
	owners      []owner // by operation, but for the assertion of the lock
	items       []item  // what was looked at, whether it took an operation or not
	asserted    int     // 1 if the first operation asserts the lock
	limit       int
	more        bool // something is left for another transaction
	disturbed   bool // others changed rows while it was in flight
}

// owner is who asked for an operation.
type owner struct {
	item      item
	row       ovsdb.UUID
	extension bool
	number    uint32 // of the extension's item
}

// own notes the owner of the next operation.
func (b *Batch) own(it item, row ovsdb.UUID) *ovsdb.Transaction {
	b.owners = append(b.owners, owner{item: it, row: row})
	return &b.transaction
}

// Operation returns the transaction, to which the caller appends exactly one operation for an
// item of the extension's.
func (b *Batch) Operation(number uint32, row ovsdb.UUID) *ovsdb.Transaction {
	b.owners = append(b.owners, owner{row: row, extension: true, number: number})
	return &b.transaction
}

// Stats count what a writer has sent.
type Stats struct {
	Transactions int
	Operations   int // without assertions of the lock
	Bytes        int // of the operations
}

// Stats returns what was sent so far.
func (w *Writer) Stats() Stats { return w.stats }

// Full reports whether the batch has as many operations as it should have.
func (b *Batch) Full() bool { return len(b.owners) >= b.limit }

// Write sends the next transaction, if there is anything to write and nothing in flight. upTo is
// the engine's batch that was absorbed last. After a transaction that the database could not take
// at the time, nothing is sent until Retry.
func (w *Writer) Write(upTo uint64) {
	w.upTo = max(w.upTo, upTo)
	if !w.active || w.blocked || w.inFlight != nil {
		return
	}
	b := w.build()
	if len(b.owners) == 0 {
		w.acked = w.upTo
		w.problems.settle()
		return
	}
	w.inFlight = b
	w.stats.Transactions++
	w.stats.Operations += len(b.owners)
	w.stats.Bytes += b.transaction.Size()
	w.config.Session.Transact(&b.transaction, func(result ovsdb.Result) {
		w.config.Post(func() { w.result(b, result) })
	})
}

// build puts a transaction together: rows in the order that their references ask for, then what
// the extension has, then deletions, then tables of one row, which hold counters such as nb_cfg.
func (w *Writer) build() *Batch {
	w.askReferrers()
	b := &Batch{limit: w.limit}
	if w.limit <= w.config.Most && w.waiting() > b.limit {
		b.limit = min(b.limit, w.config.Chunk)
	}
	if w.config.Lock != "" {
		b.transaction.Assert(w.config.Lock)
		b.asserted = 1
	}
	for _, s := range w.states {
		if s.own != nil && !s.isSingle() {
			w.planChanges(b, s)
		}
	}
	if w.config.Extension != nil && !b.more {
		b.more = w.config.Extension.Plan(b)
	}
	for _, t := range w.d.deletions {
		if !b.more {
			w.planStrays(b, w.states[t.index])
		}
	}
	for _, s := range w.states {
		if s.own != nil && s.isSingle() && !b.more {
			w.planChanges(b, s)
		}
	}
	return b
}

// waiting is about how many rows have to be looked at.
func (w *Writer) waiting() int {
	n := 0
	for _, s := range w.states {
		n += len(s.changes) + len(s.stray)
	}
	if w.config.Extension != nil {
		n += w.config.Extension.Waiting()
	}
	return n
}

// isSingle tells a table of one row.
func (t *table) isSingle() bool {
	return t.own != nil && !t.own.byUUID && !t.own.fresh && len(t.own.key) == 0
}
