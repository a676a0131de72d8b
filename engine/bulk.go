package engine

import (
	"slices"
	"sync"

	"woven/relations"
)

// bulkRows is how many changed rows make it worth to share a plan among the processors. It is a
// variable for the tests, which have few rows.
var bulkRows = 4096

// bulkSlice is how many rows a worker takes at a time: many enough that handing over its
// results costs nothing, few enough that all finish together.
func bulkSlice() int { return max(1, bulkRows/4) }

// ahead is how many rows are looked at before the first of them is worked on, so that the
// processor fetches what all of them need at once instead of waiting for one after the other.
const ahead = 16

// addAll counts derivations.
func (e *Engine) addAll(head *relation, out *bulkResult, inner bool) {
	w := head.width
	var hashes [ahead]uint32
	for at := 0; at < out.n; at += ahead {
		n := min(ahead, out.n-at)
		for i := range n {
			row := out.rows[(at+i)*w : (at+i+1)*w]
			hashes[i] = relations.HashValues(row)
			e.fetched += head.set.part(hashes[i]).Touch(hashes[i])
		}
		for i := range n {
			row := out.rows[(at+i)*w : (at+i+1)*w]
			head.addHashed(e.store, row, hashes[i], out.sign, inner)
		}
	}
}

// approach fetches what putting rows into the indexes needs.
func (r *relation) approach(rows []touch) {
	for _, x := range r.indexes {
		for _, t := range rows {
			r.fetched += x.fetch(r.row(t.id), x.columns)
		}
	}
}

// fetch reads where the index has the key that the columns of a row make.
func (x *index) fetch(row []value, columns []int) uint64 {
	var buf [maxColumns]value
	for i, c := range columns {
		buf[i] = row[c]
	}
	h := relations.HashValues(buf[:len(columns)])
	return x.heads.part(h).Touch(h)
}

// firstKey returns the columns of the driver that make the key of the plan's first step; nil if
// they do not.
func (p *plan) firstKey() []int {
	if len(p.steps) == 0 || p.steps[0].kind != scanStep {
		return nil
	}
	var columns []int
	for _, r := range p.steps[0].key {
		i := slices.IndexFunc(p.bind, func(b bind) bool { return b.reg == r })
		if i < 0 {
			return nil
		}
		columns = append(columns, p.bind[i].column)
	}
	return columns
}

// runAll runs a plan for rows of the driver.
func (f *frame) runAll(r *relation, ids []uint32) {
	columns := f.plan.firstKey()
	for len(ids) > 0 {
		n := min(ahead, len(ids))
		if columns != nil {
			for _, id := range ids[:n] {
				f.fetched += f.plan.steps[0].index.fetch(r.row(id), columns)
			}
		}
		for _, id := range ids[:n] {
			f.run(r.row(id))
		}
		ids = ids[n:]
	}
}

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
	work := make(chan slice)
	results := make(chan *bulkResult, 2*e.workers)
	spare := sync.Pool{New: func() any { return &bulkResult{} }}
	e.store.SetParallel(true)
	var wg sync.WaitGroup
	for w := range e.workers {
		f := e.frame(u.plan, w)
		wg.Go(func() {
			for s := range work {
				out := spare.Get().(*bulkResult)
				out.rows, out.n, out.sign = out.rows[:0], 0, s.sign
				f.emit = func(f *frame) bool {
					out.rows = append(out.rows, f.out...)
					out.n++
					return true
				}
				f.runAll(r, s.ids)
				results <- out
			}
			f.emit = e.emitOut
		})
	}
	go func() {
		feed := func(ids []uint32, sign int32) {
			for len(ids) > 0 {
				n := min(bulkSlice(), len(ids))
				work <- slice{ids[:n], sign}
				ids = ids[n:]
			}
		}
		feed(r.died, -1)
		feed(r.born, 1)
		close(work)
		wg.Wait()
		close(results)
	}()
	found := uint64(0)
	head := u.plan.rule.head
	for out := range results {
		e.addAll(head, out, u.plan.rule.inner)
		e.derives(u.plan.rule, int64(out.n)*int64(out.sign))
		found += uint64(out.n)
		spare.Put(out)
	}
	e.store.SetParallel(false)
	if found > 0 {
		e.mark(head.order)
	}
	return found
}
