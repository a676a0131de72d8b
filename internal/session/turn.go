package session

import (
	"sync"

	"woven/bridge/ovsdb"
	"woven/bridge/tables"
	"woven/engine"
)

// turn is who may use the engine: a source for the length of a batch, or the session's loop.
// Events for the loop are kept in the order in which they happened.
type turn struct {
	mutex   sync.Mutex
	free    *sync.Cond
	busy    bool
	waiting int // sources whose earlier batch has to be committed first

	engine  *engine.Engine
	txn     *engine.Txn
	told    []*tables.Source        // whose batches the open transaction holds, in order
	broken  map[*tables.Source]bool // whose last batch broke off after parts of it were kept
	closed  bool                    // nothing is committed any more, and nobody has to wait for it
	isOpen  bool                    // every database has delivered its first copy
	events  []func()
	wake    chan struct{}
	batches map[*tables.Source]ovsdb.BatchKind
}

func newTurn(e *engine.Engine) *turn {
	t := &turn{engine: e, wake: make(chan struct{}, 1), broken: map[*tables.Source]bool{},
		batches: map[*tables.Source]ovsdb.BatchKind{}}
	t.free = sync.NewCond(&t.mutex)
	return t
}

// Enter implements [tables.Turn]. Before all first copies are there, several sources may share
// a transaction, so that the program sees them together.
func (t *turn) Enter(source *tables.Source) *engine.Txn {
	t.mutex.Lock()
	defer t.mutex.Unlock()
	for t.busy || !t.closed && t.mustCommit(source) {
		if !t.busy {
			t.waiting++
			t.signal()
			t.free.Wait()
			t.waiting--
			continue
		}
		t.free.Wait()
	}
	t.busy = true
	if t.txn == nil {
		t.txn, _ = t.engine.Begin() // only we begin, and only when none is open
	}
	return t.txn
}

// mustCommit reports whether what was told before has to be committed before a new batch.
func (t *turn) mustCommit(source *tables.Source) bool {
	if t.isOpen {
		return len(t.told) > 0
	}
	for _, s := range t.told {
		if s == source {
			return true
		}
	}
	return false
}

// Leave implements [tables.Turn].
func (t *turn) Leave(source *tables.Source, batch ovsdb.Batch) {
	t.mutex.Lock()
	defer t.mutex.Unlock()
	t.told = append(t.told, source)
	t.batches[source] = batch.Kind
	delete(t.broken, source)
	t.release()
	t.signal()
}

// Discard implements [tables.Turn].
func (t *turn) Discard(source *tables.Source) {
	t.mutex.Lock()
	defer t.mutex.Unlock()
	if len(t.told) == 0 {
		t.txn.Rollback()
		t.txn = nil
	} else {
		t.told = append(t.told, source)
		t.broken[source] = true
	}
	t.release()
	t.signal()
}

// post queues a function for the loop, after everything that happened before.
func (t *turn) post(f func()) {
	t.mutex.Lock()
	defer t.mutex.Unlock()
	t.events = append(t.events, f)
	t.signal()
}

// take waits until the engine is free and keeps it for the loop.
func (t *turn) take() {
	t.mutex.Lock()
	defer t.mutex.Unlock()
	for t.busy {
		t.free.Wait()
	}
	t.busy = true
}

// give hands the engine back.
func (t *turn) give() {
	t.mutex.Lock()
	defer t.mutex.Unlock()
	t.release()
}

func (t *turn) release() {
	t.busy = false
	t.free.Broadcast()
}

func (t *turn) signal() {
	select {
	case t.wake <- struct{}{}:
	default:
	}
}

func (t *turn) takeEvents() []func() {
	t.mutex.Lock()
	defer t.mutex.Unlock()
	events := t.events
	t.events = nil
	return events
}

// toldSources returns whose batches the open transaction holds, and whether one of them waits
// for its commit.
func (t *turn) toldSources() (told []*tables.Source, waiting bool) {
	t.mutex.Lock()
	defer t.mutex.Unlock()
	return t.told, t.waiting > 0
}

// takeTxn hands the open transaction over to be committed.
func (t *turn) takeTxn() *engine.Txn {
	t.mutex.Lock()
	defer t.mutex.Unlock()
	txn := t.txn
	t.txn, t.told = nil, nil
	return txn
}

// openTxn returns the transaction that waits for the first copies of all databases, if any.
func (t *turn) openTxn() *engine.Txn {
	t.mutex.Lock()
	defer t.mutex.Unlock()
	return t.txn
}

// close lets sources that wait for a commit go on, so that their sessions can end.
func (t *turn) close() {
	t.mutex.Lock()
	defer t.mutex.Unlock()
	t.closed = true
	t.free.Broadcast()
}

// open ends the time in which sources share a transaction.
func (t *turn) open() {
	t.mutex.Lock()
	defer t.mutex.Unlock()
	t.isOpen = true
}
