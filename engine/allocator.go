package engine

import "slices"

// allocator keeps numbers that must stay the same while others come and go: tunnel keys,
// zones, addresses from a pool. It is declared as
//
//	Decl key(Pool, Owner, Number) descr [allocator("owner", "range", "wanted", "held")] bound […].
//
// over four relations: owner(Pool, Owner) or owner(Pool, Owner, Size) says who needs a number,
// or the first of up to 65536 numbers in a row; range(Pool, Lowest, Highest) says from where;
// wanted(Pool, Owner, Number) is a request by the user; held(Pool, Owner, Number) is what the
// database remembers.
//
// A request wins over what is held, that over the number that the owner has got already, and
// that over the lowest free number. Among equals the least owner wins; of several ranges or
// numbers that an owner states the least counts, of several sizes the largest. An owner that gets
// nothing has no row: rules report it. With "after_max" as a fifth argument the free number is
// not the lowest but the one after the largest in use, as long as there is one.
type allocator struct {
	head    *relation
	inputs  [4]*relation
	byOwner [4]*index // of each input: (Pool, Owner); of the ranges: (Pool)
	// byNumber finds who wants or holds a number: (Pool, Number).
	byNumber [4]*index
	ofPool   *index // of the owners: (Pool)
	pools    map[value]*pool
	grants   map[claim]*grant
	dirty    map[claim]bool
	starved  map[claim]bool // owners that got nothing
	ranges   map[value]bool // pools whose range changed
	log      []grantChange
	largest  int64 // the size of the largest block ever asked for
	// afterMax: the free number to give is the one after the largest in use.
	afterMax bool
	// adopting: numbers that are wanted or held are taken over, but none are given out.
	adopting bool
}

const (
	ownerInput = iota
	rangeInput
	wantedInput
	heldInput
)

// claim is an owner in a pool.
type claim struct{ pool, owner value }

// grant is the numbers that an owner has.
type grant struct {
	first, size int64
	rank        rank
}

// rank says why an owner has its number; a lower one wins.
type rank uint8

const (
	rankWanted rank = iota
	rankHeld
	rankGiven
)

type grantChange struct {
	claim claim
	old   *grant
}

func newAllocator(head *relation) *allocator {
	return &allocator{head: head, pools: map[value]*pool{}, grants: map[claim]*grant{},
		dirty: map[claim]bool{}, starved: map[claim]bool{}, ranges: map[value]bool{}}
}

// connect makes the indexes on an input.
func (a *allocator) connect(in int, r *relation) {
	if a.inputs[in] != nil {
		return
	}
	a.inputs[in] = r
	columns := []int{0, 1}
	if in == rangeInput {
		columns = []int{0}
	}
	a.byOwner[in] = r.indexOn(columns)
	if in == ownerInput {
		a.ofPool = r.indexOn([]int{0})
	}
	if in == wantedInput || in == heldInput {
		a.byNumber[in] = r.indexOn([]int{0, 2})
	}
}

func (a *allocator) note(in int, r *relation) {
	for _, ids := range [2][]uint32{r.died, r.born} {
		for _, id := range ids {
			a.noteRow(in, r.row(id))
		}
	}
}

func (a *allocator) load(e *Engine, kept map[*relation]bool) {
	if kept[a.head] {
		return
	}
	for p := range a.pools {
		a.ranges[p] = true
	}
	for c, g := range a.grants {
		a.dirty[c] = true
		a.emit(e, c, g.first, 1)
	}
	for in, r := range a.inputs {
		r.eachLive(func(id uint32) { a.noteRow(in, r.row(id)) })
	}
	a.turn(e)
}

func (a *allocator) noteRow(in int, row []value) {
	if in == rangeInput {
		a.ranges[row[0]] = true
		return
	}
	a.dirty[claim{row[0], row[1]}] = true
}

// turn settles the claims that something happened to, best reason first. Whoever loses a number
// to a better reason, or may now get the one it wanted, is settled with them.
func (a *allocator) turn(e *Engine) {
	a.resize(e)
	for settled := -1; settled != len(a.dirty); {
		claims := a.sorted(e)
		settled = len(claims)
		for _, c := range claims {
			a.review(e, c)
		}
		for _, c := range claims {
			a.claim(e, c, wantedInput, rankWanted)
		}
		for _, c := range claims {
			a.claim(e, c, heldInput, rankHeld)
		}
	}
	if !a.adopting {
		for _, c := range a.sorted(e) {
			a.giveFree(e, c)
		}
		clear(a.dirty)
	}
	e.mark(a.head.order)
}

// sorted returns the dirty claims in the order of pools and owners.
func (a *allocator) sorted(e *Engine) []claim {
	claims := make([]claim, 0, len(a.dirty))
	for c := range a.dirty {
		claims = append(claims, c)
	}
	a.sort(e, claims)
	return claims
}

func (a *allocator) sort(e *Engine, claims []claim) {
	t := a.head.types
	slices.SortFunc(claims, func(x, y claim) int {
		if c := e.store.Compare(t[0], x.pool, y.pool); c != 0 {
			return c
		}
		return e.store.Compare(t[1], x.owner, y.owner)
	})
}

// resize takes over changed ranges; the whole pool is reviewed.
func (a *allocator) resize(e *Engine) {
	for p := range a.ranges {
		lo, hi, found := int64(1), int64(0), false
		a.each(rangeInput, []value{p}, func(row []value) {
			l, h := e.store.Int(row[1]), e.store.Int(row[2])
			if !found || l < lo || l == lo && h < hi {
				lo, hi, found = l, h, true
			}
		})
		a.pool(p).setRange(lo, hi)
		for _, owner := range a.pool(p).owners {
			a.dirty[claim{p, owner}] = true
		}
		r := a.inputs[ownerInput]
		for id := a.ofPool.first(r, []value{p}); id != none; id = a.ofPool.next(id) {
			if *r.flags(id)&flagLive != 0 {
				a.dirty[claim{p, r.row(id)[1]}] = true
			}
		}
	}
	clear(a.ranges)
}

func (a *allocator) pool(p value) *pool {
	x := a.pools[p]
	if x == nil {
		x = newPool()
		a.pools[p] = x
	}
	return x
}

// each visits the visible rows of an input that have the key.
func (a *allocator) each(in int, key []value, f func(row []value)) {
	r, x := a.inputs[in], a.byOwner[in]
	for id := x.first(r, key); id != none; id = x.next(id) {
		if *r.flags(id)&flagLive != 0 {
			f(r.row(id))
		}
	}
}

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
	delete(a.starved, c)
	if size == 0 || a.grants[c] != nil {
		return
	}
	p := a.pool(c.pool)
	from := p.lo
	if n, ok := p.max(); ok && a.afterMax {
		from = n + 1
	}
	n, ok := p.lowest(from, size)
	if !ok {
		n, ok = p.lowest(p.lo, size)
	}
	if !ok {
		a.starved[c] = true
		return
	}
	a.give(e, c, n, size, rankGiven)
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

// record remembers a claim's grant for undo.
func (a *allocator) record(c claim) { a.log = append(a.log, grantChange{c, a.grants[c]}) }

func (a *allocator) emit(e *Engine, c claim, n int64, sign int32) {
	a.head.add(e.store, []value{c.pool, c.owner, e.store.Number(n)}, sign, false)
}

func (a *allocator) finish(*Engine) { a.log = a.log[:0] }

// undo puts the grants back, the latest change first. The numbers of claims that a standby
// leaves open stay to be settled.
func (a *allocator) undo(e *Engine) {
	for i := len(a.log) - 1; i >= 0; i-- {
		c := a.log[i].claim
		if g := a.grants[c]; g != nil {
			a.pool(c.pool).release(g.first, g.size)
			delete(a.grants, c)
		}
		if old := a.log[i].old; old != nil {
			a.grants[c] = old
			a.pool(c.pool).use(old.first, old.size, c.owner)
		}
	}
	a.log = a.log[:0]
}
