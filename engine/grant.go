package engine

import "slices"

// size returns how many numbers the owner needs; 0 if it needs none.
func (a *allocator) size(e *Engine, c claim) int64 {
	size := int64(0)
	a.each(ownerInput, []value{c.pool, c.owner}, func(row []value) {
		n := int64(1)
		if len(row) > 2 {
			n = e.store.Int(row[2])
		}
		size = max(size, n)
	})
	a.largest = max(a.largest, min(size, largestBlock))
	return size
}

// number returns the least number that an input states for the claim.
func (a *allocator) number(e *Engine, in int, c claim) (int64, bool) {
	least, ok := int64(0), false
	a.each(in, []value{c.pool, c.owner}, func(row []value) {
		if n := e.store.Int(row[2]); !ok || n < least {
			least, ok = n, true
		}
	})
	return least, ok
}

// review takes a number away from a claim that has lost the reason for it.
func (a *allocator) review(e *Engine, c claim) {
	g := a.grants[c]
	if g == nil {
		return
	}
	if size := a.size(e, c); size != g.size || !a.pool(c.pool).fits(g.first, g.size) {
		a.take(e, c)
		return
	}
	if g.rank == rankWanted {
		if n, ok := a.number(e, wantedInput, c); !ok || n != g.first {
			a.setRank(e, c, rankGiven)
		}
	}
	if g.rank == rankHeld {
		if n, ok := a.number(e, heldInput, c); !ok || n != g.first {
			a.setRank(e, c, rankGiven)
		}
	}
}

// claim gives an owner the number that an input states for it, unless one with a better reason
// has it.
func (a *allocator) claim(e *Engine, c claim, in int, r rank) {
	g := a.grants[c]
	size := a.size(e, c)
	if size == 0 || g != nil && g.rank < r {
		return
	}
	n, ok := a.number(e, in, c)
	if !ok || !a.pool(c.pool).fits(n, size) {
		return
	}
	if g != nil && g.first == n {
		a.setRank(e, c, r)
		return
	}
	losers, ok := a.conflicts(e, c, n, size, r)
	if !ok {
		return
	}
	for _, l := range losers {
		a.take(e, l)
	}
	if g != nil {
		a.take(e, c)
	}
	a.give(e, c, n, size, r)
}

// giveFree gives the lowest free numbers to an owner that has none.
func (a *allocator) giveFree(e *Engine, c claim) {
	size := a.size(e, c)
	if size == 0 || a.grants[c] != nil {
		a.setStarved(c, false)
		return
	}
	n, ok := a.free(a.pool(c.pool), size)
	if !ok {
		a.setStarved(c, true)
		return
	}
	a.give(e, c, n, size, rankGiven)
	a.setStarved(c, false)
}

// giveBack lets owners that end with no better number keep the one that they had before the
// transaction: one that others only passed through, or that they gave up for one they then lost.
func (a *allocator) giveBack(e *Engine) {
	seen := map[claim]bool{}
	for _, l := range a.log {
		if seen[l.claim] {
			continue
		}
		seen[l.claim] = true
		g := l.old
		if g == nil || a.grants[l.claim] != nil || a.size(e, l.claim) != g.size {
			continue
		}
		if p := a.pool(l.claim.pool); p.fits(g.first, g.size) && p.isFree(g.first, g.size) {
			a.give(e, l.claim, g.first, g.size, rankGiven)
		}
	}
}

// free finds size numbers in a row that nobody has.
func (a *allocator) free(p *pool, size int64) (n int64, ok bool) {
	if last, any := p.max(); any && a.afterMax {
		if n, ok = p.lowest(last+1, size); ok {
			return n, true
		}
	}
	return p.lowest(p.lo, size)
}

func (a *allocator) setStarved(c claim, starved bool) {
	if a.starved[c] == starved {
		return
	}
	a.record(c)
	if starved {
		a.starved[c] = true
	} else {
		delete(a.starved, c)
	}
}

// conflicts returns who has one of the numbers; ok is false if one of them has a better reason.
func (a *allocator) conflicts(e *Engine, c claim, n, size int64, r rank) (out []claim, ok bool) {
	p := a.pool(c.pool)
	for i := n; i < n+size; i++ {
		o, taken := p.owners[i]
		if !taken || o == c.owner {
			continue
		}
		other := claim{c.pool, o}
		g := a.grants[other]
		if g.rank < r || g.rank == r && e.store.Compare(a.head.types[1], o, c.owner) < 0 {
			return nil, false
		}
		if !slices.Contains(out, other) {
			out = append(out, other)
		}
	}
	return out, true
}

// give hands numbers out.
func (a *allocator) give(e *Engine, c claim, n, size int64, r rank) {
	a.record(c)
	a.grants[c] = &grant{n, size, r}
	a.pool(c.pool).use(n, size, c.owner)
	a.emit(e, c, n, 1)
}

// take gets a claim's numbers back. The claim is settled anew, and so is everyone who has a
// reason for one of the numbers, or has none at all.
func (a *allocator) take(e *Engine, c claim) {
	g := a.grants[c]
	a.record(c)
	delete(a.grants, c)
	a.pool(c.pool).release(g.first, g.size)
	a.emit(e, c, g.first, -1)
	a.dirty[c] = true
	if fault == faultAsleep {
		return
	}
	a.wakeAround(e, c.pool, g)
	for s := range a.starved {
		if s.pool == c.pool {
			a.dirty[s] = true
		}
	}
}

// wakeAround settles those anew who have a reason for some of the granted numbers.
func (a *allocator) wakeAround(e *Engine, pool value, g *grant) {
	// Whoever states a number up to a block's length lower may have missed these.
	for n := g.first - a.largest + 1; n < g.first+g.size; n++ {
		a.wake(e, wantedInput, pool, n)
		a.wake(e, heldInput, pool, n)
	}
}

// wake settles those anew for whom an input states a number.
func (a *allocator) wake(e *Engine, in int, pool value, n int64) {
	r, x := a.inputs[in], a.byNumber[in]
	key := []value{pool, e.store.Number(n)}
	for id := x.first(r, key); id != none; id = x.next(id) {
		if *r.flags(id)&flagLive != 0 {
			a.dirty[claim{pool, r.row(id)[1]}] = true
		}
	}
}

// setRank notes a better or a worse reason for the same numbers; with a worse one, others may
// have a claim on them.
func (a *allocator) setRank(e *Engine, c claim, r rank) {
	g := a.grants[c]
	if g.rank == r {
		return
	}
	a.record(c)
	a.grants[c] = &grant{g.first, g.size, r}
	if r > g.rank {
		a.wakeAround(e, c.pool, g)
	}
}

func (a *allocator) emit(e *Engine, c claim, n int64, sign int32) {
	a.head.add(e.store, []value{c.pool, c.owner, e.store.Number(n)}, sign, false)
}
