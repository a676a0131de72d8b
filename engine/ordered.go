package engine

import (
	"slices"

	"woven/relations"
)

// ordered is a multiset of tuples in the order of their types. It is a list of short sorted
// blocks: finding a tuple is two binary searches, and adding one moves at most a block.
type ordered struct {
	shape  *shape
	blocks []block
	size   int // distinct tuples
}

type block struct {
	tuples []value // one after the other
	counts []int64
}

const blockLimit = 256

func (o *ordered) width() int { return len(o.shape.types) }

func (o *ordered) compare(s *relations.Store, a, b []value) int {
	for i, t := range o.shape.types {
		if c := s.Compare(t, a[i], b[i]); c != 0 {
			return c
		}
	}
	return 0
}

func (b *block) tuple(i, w int) []value { return b.tuples[i*w : (i+1)*w : (i+1)*w] }

// search returns where the tuple is or belongs.
func (o *ordered) search(s *relations.Store, t []value) (bi, i int, found bool) {
	w := o.width()
	bi, found = slices.BinarySearchFunc(o.blocks, t, func(b block, t []value) int {
		return o.compare(s, b.tuple(0, w), t)
	})
	if found {
		return bi, 0, true
	}
	if bi--; bi < 0 {
		return 0, 0, false
	}
	b := &o.blocks[bi]
	lo, hi := 0, len(b.counts)
	for lo < hi {
		m := (lo + hi) / 2
		switch c := o.compare(s, b.tuple(m, w), t); {
		case c == 0:
			return bi, m, true
		case c < 0:
			lo = m + 1
		default:
			hi = m
		}
	}
	return bi, lo, false
}

// add changes how often the tuple is in the multiset; at zero it leaves.
func (o *ordered) add(s *relations.Store, t []value, n int64) {
	bi, i, found := o.search(s, t)
	w := o.width()
	if !found {
		if len(o.blocks) == 0 {
			o.blocks = append(o.blocks, block{})
		}
		b := &o.blocks[bi]
		b.tuples = slices.Insert(b.tuples, i*w, t...)
		b.counts = slices.Insert(b.counts, i, n)
		o.size++
		if len(b.counts) > blockLimit {
			o.split(bi)
		}
		return
	}
	b := &o.blocks[bi]
	if b.counts[i] += n; b.counts[i] != 0 && !(fault == faultUncounted && n < 0) {
		return
	}
	b.tuples = slices.Delete(b.tuples, i*w, (i+1)*w)
	b.counts = slices.Delete(b.counts, i, i+1)
	o.size--
	if len(b.counts) == 0 {
		o.blocks = slices.Delete(o.blocks, bi, bi+1)
	}
}

func (o *ordered) split(bi int) {
	w := o.width()
	b := o.blocks[bi]
	m := len(b.counts) / 2
	right := block{slices.Clone(b.tuples[m*w:]), slices.Clone(b.counts[m:])}
	o.blocks[bi] = block{b.tuples[:m*w], b.counts[:m]}
	o.blocks = slices.Insert(o.blocks, bi+1, right)
}

func (o *ordered) first() []value { return o.blocks[0].tuple(0, o.width()) }

func (o *ordered) last() []value {
	b := &o.blocks[len(o.blocks)-1]
	return b.tuple(len(b.counts)-1, o.width())
}

func (o *ordered) each(f func(t []value, n int64) bool) {
	w := o.width()
	for bi := range o.blocks {
		b := &o.blocks[bi]
		for i, n := range b.counts {
			if !f(b.tuple(i, w), n) {
				return
			}
		}
	}
}
