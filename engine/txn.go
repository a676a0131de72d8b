package engine

import (
	"errors"
	"fmt"

	"woven/engine/check"
	"woven/relations"
)

// Relation is a relation of the running program.
type Relation struct {
	r *relation
}

// Relation finds a relation by its full name.
func (e *Engine) Relation(name string) (*Relation, bool) {
	r, ok := e.graph.relations[name]
	if !ok {
		return nil, false
	}
	return r.publicHandle(), true
}

func (r *relation) publicHandle() *Relation {
	if r.handle == nil {
		r.handle = &Relation{r}
	}
	return r.handle
}

// Name returns the relation's full name.
func (r *Relation) Name() string { return r.r.name }

// Types returns the types of the columns; the caller must not change them.
func (r *Relation) Types() []relations.Type { return r.r.types }

// Info returns what the checker knows of the relation: its columns' names and its declaration.
func (r *Relation) Info() *check.Relation { return r.r.info }

// Len returns how many rows the relation has.
func (r *Relation) Len() int { return r.r.live }

// Txn collects changes of base facts and then keeps, previews or drops them together. Values
// for its rows are interned between Begin and the end of the transaction.
type Txn struct {
	e *Engine
}

// ErrTxnOpen says that a transaction was begun before the one before it had ended.
var ErrTxnOpen = errors.New("engine: the transaction before is still open: commit, preview or " +
	"roll it back first")

// Begin opens a transaction. One is open at a time.
func (e *Engine) Begin() (*Txn, error) {
	if e.txn != nil {
		return nil, ErrTxnOpen
	}
	e.txn = &Txn{e: e}
	return e.txn, nil
}

// Insert makes a base fact true. If it is true already, nothing happens.
func (t *Txn) Insert(r *Relation, row ...relations.Value) error {
	if err := t.base(r, row); err != nil {
		return err
	}
	id := r.r.lookup(row)
	if id == none || r.r.count(id) == 0 {
		r.r.add(t.e.store, row, 1, false)
		t.e.mark(r.r.order)
	}
	return nil
}

// Delete makes a base fact untrue. If it is not true, nothing happens.
func (t *Txn) Delete(r *Relation, row ...relations.Value) error {
	if err := t.base(r, row); err != nil {
		return err
	}
	if id := r.r.lookup(row); id != none && r.r.count(id) > 0 {
		r.r.add(t.e.store, row, -1, false)
		t.e.mark(r.r.order)
	}
	return nil
}

func (t *Txn) base(r *Relation, row []relations.Value) error {
	switch {
	case t.e.txn != t:
		return errors.New("engine: the transaction has ended")
	case r.r.gone:
		return fmt.Errorf("engine: %s is not in the program any more", r.r.name)
	case !r.r.base:
		return fmt.Errorf("engine: %s is derived by rules, so no fact can be put into it; only "+
			"relations declared extensional() take facts", r.r.name)
	case len(row) != r.r.width:
		return fmt.Errorf("engine: %s has %d columns, the fact has %d", r.r.name, r.r.width,
			len(row))
	}
	return nil
}

// Holds reports whether a base fact is true with the changes made so far.
func (t *Txn) Holds(r *Relation, row ...relations.Value) bool {
	id := r.r.lookup(row)
	return id != none && r.r.count(id) > 0
}

// Commit derives what follows and returns the net changes of every output relation. They must
// be released.
func (t *Txn) Commit() (*Changes, error) {
	c, err := t.derive()
	if err != nil {
		return nil, err
	}
	t.e.finish()
	return c, nil
}

// Preview returns what Commit would and leaves everything as it was.
func (t *Txn) Preview() (*Changes, error) {
	c, err := t.derive()
	if err != nil {
		return nil, err
	}
	t.e.undo()
	return c, nil
}

// Rollback drops the changes.
func (t *Txn) Rollback() {
	e := t.e
	if e.txn != t {
		return
	}
	e.txn = nil
	for w := range e.pending {
		e.pending[w] = 0
	}
	for _, r := range e.graph.relations {
		if len(r.touched) > 0 {
			r.undo(e.store)
		}
	}
	e.store.Advance()
}

func (t *Txn) derive() (*Changes, error) {
	e := t.e
	if e.txn != t {
		return nil, errors.New("engine: the transaction has ended")
	}
	e.txn = nil
	e.propagate()
	return e.collect(), nil
}
