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
//
// A daemon that stands by needs no mode of its own: what the active one has written is held, and
// wins over what this one would have given.
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
	rangeLog []rangeChange
	largest  int64 // the size of the largest block ever asked for
	// afterMax: the free number to give is the one after the largest in use.
	afterMax bool
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

// grantChange remembers what a claim had before a change, for undo.
type grantChange struct {
	claim   claim
	old     *grant
	starved bool
}

// rangeChange remembers what a pool held before a change.
type rangeChange struct {
	pool   value
	lo, hi int64
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
	a.giveBack(e)
	for _, c := range a.sorted(e) {
		a.giveFree(e, c)
	}
	clear(a.dirty)
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
		x := a.pool(p)
		a.rangeLog = append(a.rangeLog, rangeChange{p, x.lo, x.hi})
		x.setRange(lo, hi)
		for _, owner := range x.owners {
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

// record remembers what a claim has, for undo.
func (a *allocator) record(c claim) {
	a.log = append(a.log, grantChange{c, a.grants[c], a.starved[c]})
}

// finish forgets pools that are not there any more.
func (a *allocator) finish(*Engine) {
	for _, r := range a.rangeLog {
		if p := a.pools[r.pool]; p != nil && p.lo > p.hi && len(p.owners) == 0 {
			delete(a.pools, r.pool)
		}
	}
	a.log, a.rangeLog = a.log[:0], a.rangeLog[:0]
}

// undo puts grants and ranges back, the latest change first.
func (a *allocator) undo(e *Engine) {
	for _, l := range slices.Backward(a.log) {
		if g := a.grants[l.claim]; g != nil {
			a.pool(l.claim.pool).release(g.first, g.size)
			delete(a.grants, l.claim)
		}
		if l.old != nil {
			a.grants[l.claim] = l.old
			a.pool(l.claim.pool).use(l.old.first, l.old.size, l.claim.owner)
		}
		delete(a.starved, l.claim)
		if l.starved {
			a.starved[l.claim] = true
		}
	}
	for _, r := range slices.Backward(a.rangeLog) {
		a.pool(r.pool).setRange(r.lo, r.hi)
	}
	a.finish(e)
}
