package engine

import "math/bits"

// pool is the numbers from lo to hi, and who has which. Finding the lowest free one starts
// where the last search ended, because nothing below that is free.
type pool struct {
	lo, hi int64
	owners map[int64]value
	words  []uint64 // bit i-lo: number i is taken
	low    int64    // no number below it is free
}

// setRange changes what the pool holds; numbers that are taken stay so.
func (p *pool) setRange(lo, hi int64) {
	p.lo, p.hi, p.low = lo, hi, lo
	p.words = nil
	for n := range p.owners {
		p.mark(n, true)
	}
}

// mark notes a number as taken or free. The bitmap grows as far as numbers were ever taken.
func (p *pool) mark(n int64, taken bool) {
	if n < p.lo || n > p.hi {
		return
	}
	i := n - p.lo
	for int64(len(p.words)) <= i/64 {
		p.words = append(p.words, 0)
	}
	if taken {
		p.words[i/64] |= 1 << (i % 64)
		return
	}
	p.words[i/64] &^= 1 << (i % 64)
	p.low = min(p.low, n)
}

// fits reports whether size numbers from n on are all in the pool.
func (p *pool) fits(n, size int64) bool {
	return size > 0 && n >= p.lo && size <= p.hi-p.lo+1 && n <= p.hi-size+1
}

func (p *pool) use(n, size int64, owner value) {
	for i := n; i < n+size; i++ {
		p.owners[i] = owner
		p.mark(i, true)
	}
}

func (p *pool) release(n, size int64) {
	for i := n; i < n+size; i++ {
		delete(p.owners, i)
		p.mark(i, false)
	}
}

// max returns the largest number in use, or lo-1.
func (p *pool) max() int64 {
	for len(p.words) > 0 && p.words[len(p.words)-1] == 0 {
		p.words = p.words[:len(p.words)-1]
	}
	if len(p.words) == 0 {
		return p.lo - 1
	}
	return p.lo + int64(len(p.words)*64-1-bits.LeadingZeros64(p.words[len(p.words)-1]))
}

// free returns the lowest number from on that begins a run of size free ones.
func (p *pool) free(from, size int64) (int64, bool) {
	p.low = p.nextFree(p.low)
	for n := p.nextFree(max(from, p.low)); p.fits(n, size); {
		run := int64(1)
		for run < size && !p.taken(n+run) {
			run++
		}
		if run == size {
			return n, true
		}
		n = p.nextFree(n + run)
	}
	return 0, false
}

func (p *pool) taken(n int64) bool {
	i := n - p.lo
	return i/64 < int64(len(p.words)) && p.words[i/64]>>(i%64)&1 != 0
}

// nextFree returns the first free number from n on, perhaps beyond the pool.
func (p *pool) nextFree(n int64) int64 {
	for i := max(n, p.lo) - p.lo; ; i = i&^63 + 64 {
		if i/64 >= int64(len(p.words)) {
			return p.lo + i
		}
		if free := ^p.words[i/64] >> (i % 64); free != 0 {
			return p.lo + i + int64(bits.TrailingZeros64(free))
		}
	}
}
