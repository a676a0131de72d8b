package engine

import (
	"math/bits"
	"slices"
)

// pool is the numbers from lo to hi, and who has which. What is taken is kept in pages, so that
// a number far out costs no more than a near one; pages that are all free do not exist.
type pool struct {
	lo, hi int64
	owners map[int64]value
	pages  []*page // in the order of their numbers
	low    int64   // no number of the pool below it is free
}

// page says which of its numbers are taken: from at on, one bit each.
type page struct {
	at    int64
	taken int
	words [pageNumbers / 64]uint64
}

const (
	pageNumbers = 4096
	// largestBlock is how many numbers in a row an owner may have. More is taken for a mistake,
	// and the owner gets none.
	largestBlock = 1 << 16
)

func newPool() *pool { return &pool{lo: 1, hi: 0, owners: map[int64]value{}} }

// setRange changes what the pool holds; numbers that are taken stay so.
func (p *pool) setRange(lo, hi int64) { p.lo, p.hi, p.low = lo, hi, lo }

// find returns where the page of a number is or belongs.
func (p *pool) find(n int64) (int, bool) {
	return slices.BinarySearchFunc(p.pages, n&^(pageNumbers-1), func(g *page, at int64) int {
		switch {
		case g.at < at:
			return -1
		case g.at > at:
			return 1
		}
		return 0
	})
}

func (p *pool) take(n int64, owner value) {
	i, ok := p.find(n)
	if !ok {
		p.pages = slices.Insert(p.pages, i, &page{at: n &^ (pageNumbers - 1)})
	}
	g := p.pages[i]
	g.words[(n-g.at)/64] |= 1 << ((n - g.at) % 64)
	g.taken++
	p.owners[n] = owner
}

func (p *pool) free(n int64) {
	i, _ := p.find(n)
	g := p.pages[i]
	g.words[(n-g.at)/64] &^= 1 << ((n - g.at) % 64)
	if g.taken--; g.taken == 0 {
		p.pages = slices.Delete(p.pages, i, i+1)
	}
	delete(p.owners, n)
	if n >= p.lo {
		p.low = min(p.low, n)
	}
}

// fits reports whether size numbers from n on are all in the pool.
func (p *pool) fits(n, size int64) bool {
	return size > 0 && size <= largestBlock && n >= p.lo && n <= p.hi && size-1 <= p.hi-n
}

// isFree reports whether nobody has one of size numbers from n on.
func (p *pool) isFree(n, size int64) bool {
	for i := n; i < n+size; i++ {
		if _, taken := p.owners[i]; taken {
			return false
		}
	}
	return true
}

func (p *pool) use(n, size int64, owner value) {
	for i := range size {
		p.take(n+i, owner)
	}
}

func (p *pool) release(n, size int64) {
	for i := range size {
		p.free(n + i)
	}
}

// max returns the largest number in use; ok is false if none is.
func (p *pool) max() (n int64, ok bool) {
	if len(p.pages) == 0 {
		return 0, false
	}
	g := p.pages[len(p.pages)-1]
	for w := len(g.words) - 1; ; w-- {
		if g.words[w] != 0 {
			return g.at + int64(w*64+63-bits.LeadingZeros64(g.words[w])), true
		}
	}
}

// lowest returns the lowest number from on that begins a run of size free ones.
func (p *pool) lowest(from, size int64) (int64, bool) {
	p.low = p.nextFree(p.low)
	for n := p.nextFree(max(from, p.low)); p.fits(n, size); {
		run := int64(1)
		for run < size && p.nextFree(n+run) == n+run {
			run++
		}
		if run == size {
			return n, true
		}
		n = p.nextFree(n + run)
	}
	return 0, false
}

// nextFree returns the first free number from n on, perhaps beyond the pool.
func (p *pool) nextFree(n int64) int64 {
	for i, ok := p.find(n); ok; i++ {
		if i == len(p.pages) || p.pages[i].at > n {
			return n
		}
		g := p.pages[i]
		if g.taken == pageNumbers {
			n = g.at + pageNumbers
			continue
		}
		for w := (n - g.at) / 64; w < int64(len(g.words)); w++ {
			if free := ^g.words[w] >> ((n - g.at) % 64); free != 0 {
				return n + int64(bits.TrailingZeros64(free))
			}
			n = g.at + (w+1)*64
		}
	}
	return n
}
