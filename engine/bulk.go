package engine

import "sync"

// bulkRows is how many changed rows make it worth to share a plan among the processors. It is a
// variable for the tests, which have few rows.
var bulkRows = 4096

// bulkSlice is how many rows a worker takes at a time: many enough that handing over its
// results costs nothing, few enough that all finish together.
func bulkSlice() int { return max(1, bulkRows/4) }

// bulkResult is what a worker derived from a slice of rows.
type bulkResult struct {
	rows []value
	n    int
	sign int32
}

// driveBulk runs a plan over many rows: workers find the head rows, and the caller's goroutine
// counts them, because a relation has one writer. Rules inside a recursive component are left
// out: their workers would read what the caller writes.
func (e *Engine) driveBulk(r *relation, u *use) uint64 {
	type slice struct {
		ids  []uint32
		sign int32
	}
	slices := make(chan slice)
	results := make(chan *bulkResult, 2*e.workers)
	spare := sync.Pool{New: func() any { return &bulkResult{} }}
	e.store.SetParallel(true)
	var wg sync.WaitGroup
	for w := range e.workers {
		f := e.frame(u.plan, w)
		wg.Go(func() {
			for s := range slices {
				out := spare.Get().(*bulkResult)
				out.rows, out.n, out.sign = out.rows[:0], 0, s.sign
				f.emit = func(f *frame) bool {
					out.rows = append(out.rows, f.out...)
					out.n++
					return true
				}
				for _, id := range s.ids {
					f.run(r.row(id))
				}
				results <- out
			}
			f.emit = e.emitOut
		})
	}
	go func() {
		feed := func(ids []uint32, sign int32) {
			for len(ids) > 0 {
				n := min(bulkSlice(), len(ids))
				slices <- slice{ids[:n], sign}
				ids = ids[n:]
			}
		}
		feed(r.died, -1)
		feed(r.born, 1)
		close(slices)
		wg.Wait()
		close(results)
	}()
	found := uint64(0)
	head := u.plan.rule.head
	w := head.width
	for out := range results {
		for i := range out.n {
			head.add(e.store, out.rows[i*w:(i+1)*w], out.sign, u.plan.rule.inner)
		}
		found += uint64(out.n)
		spare.Put(out)
	}
	e.store.SetParallel(false)
	if found > 0 {
		e.mark(head.order)
	}
	return found
}
