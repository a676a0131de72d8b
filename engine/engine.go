package engine

import (
	"math/bits"
	"runtime"
	"time"

	"woven/engine/check"
	"woven/relations"
)

// Engine keeps the conclusions of a program true while its base facts change. It is used by one
// goroutine at a time.
type Engine struct {
	store   *relations.Store
	graph   *graph
	opts    Options
	workers int

	pending []uint64 // a bit for each position of the order that has work
	sign    int32    // of the rows being emitted
	batch   uint64   // transactions so far
	began   time.Time
	txn     *Txn

	fetched uint64 // what addAll read ahead; nobody needs it
	// emitOut and emitInside are the methods emit and derived, bound once.
	emitOut, emitInside func(*frame) bool
}

// Options of an engine.
type Options struct {
	// Workers is how many goroutines share bulk work; 0 means one a processor.
	Workers int
	// LazyText keeps formatted texts that no rule compares as terms. Two rows of such a relation
	// may then spell the same text; whoever takes its changes has to merge them.
	LazyText bool
}

// New makes an engine for a checked program and derives what follows without base facts.
func New(p *check.Program, store *relations.Store, opts Options) (*Engine, error) {
	e := &Engine{store: store, opts: opts, workers: opts.Workers, began: time.Now()}
	if e.workers <= 0 {
		e.workers = runtime.GOMAXPROCS(0)
	}
	e.emitOut, e.emitInside = e.emit, e.derived
	g, err := compile(p, store, opts)
	if err != nil {
		return nil, err
	}
	e.load(g, nil)
	return e, nil
}

// Store returns the values' store.
func (e *Engine) Store() *relations.Store { return e.store }

// frame returns a worker's frame of a plan, whose rows go straight to the head.
func (e *Engine) frame(p *plan, worker int) *frame {
	for len(p.frames) <= worker {
		p.frames = append(p.frames, nil)
	}
	if p.frames[worker] == nil {
		f := newFrame(p, e.store)
		f.emit = e.emitOut
		p.frames[worker] = f
	}
	return p.frames[worker]
}

// emit adds or takes away one derivation of the head row.
func (e *Engine) emit(f *frame) bool {
	r := f.plan.rule
	r.head.add(e.store, f.out, e.sign, r.inner)
	e.derives(r, int64(e.sign))
	e.mark(r.head.order)
	return true
}

// mark notes that a position of the order has work.
func (e *Engine) mark(order int) { e.pending[order/64] |= 1 << (order % 64) }

// propagate works through the order until nothing is pending. Work only ever goes forward.
func (e *Engine) propagate() {
	for w := 0; w < len(e.pending); {
		if e.pending[w] == 0 {
			w++
			continue
		}
		bit := bits.TrailingZeros64(e.pending[w])
		e.pending[w] &^= 1 << bit
		e.graph.order[w*64+bit].turn(e)
	}
}

// node is something that has a turn: a relation, a recursive component, an operator.
type node interface {
	turn(e *Engine)
	// load derives everything anew when a program is loaded, unless its rows were kept.
	load(e *Engine, kept map[*relation]bool)
}

// turn makes a relation's changes visible and passes them on.
func (r *relation) turn(e *Engine) {
	r.settle()
	e.changed(r)
}

// changed passes a relation's visible changes to everything that depends on it.
func (e *Engine) changed(r *relation) {
	e.graph.changed = append(e.graph.changed, r)
	e.drive(r)
	for _, a := range r.groups {
		a.take(e, r)
	}
	for _, in := range r.operators {
		in.operator.note(in.input, r)
		e.mark(in.position)
	}
}

// finish keeps the changes of the running transaction.
func (e *Engine) finish() {
	for _, r := range e.graph.changed {
		r.finish(e.store)
	}
	e.graph.changed = e.graph.changed[:0]
	for _, s := range e.graph.stateful {
		s.finish(e)
	}
	e.graph.settleHeld(true)
	e.store.Advance()
	e.batch++
}

// stateful is what remembers more than rows: aggregations and operators.
type stateful interface {
	finish(e *Engine)
	undo(e *Engine)
}

// undo takes the changes of the running transaction back.
func (e *Engine) undo() {
	for _, s := range e.graph.stateful {
		s.undo(e)
	}
	for _, r := range e.graph.changed {
		r.undo(e.store)
	}
	e.graph.settleHeld(false)
	e.graph.changed = e.graph.changed[:0]
	e.store.Advance()
}
