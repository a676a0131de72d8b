package trace

import "math/bits"

// number is up to 128 bits, as wide as the widest field.
type number struct{ hi, lo uint64 }

func small(n uint64) number { return number{lo: n} }

// ones is a number with its lowest n bits set.
func ones(n int) number {
	switch {
	case n <= 0:
		return number{}
	case n < 64:
		return number{lo: 1<<n - 1}
	case n < 128:
		return number{hi: 1<<(n-64) - 1, lo: ^uint64(0)}
	}
	return number{^uint64(0), ^uint64(0)}
}

func (a number) and(b number) number { return number{a.hi & b.hi, a.lo & b.lo} }
func (a number) or(b number) number  { return number{a.hi | b.hi, a.lo | b.lo} }
func (a number) not() number         { return number{^a.hi, ^a.lo} }

func (a number) left(n int) number {
	if n >= 64 {
		return number{hi: a.lo << (n - 64)}
	}
	return number{a.hi<<n | a.lo>>(64-n), a.lo << n}
}

func (a number) right(n int) number {
	if n >= 64 {
		return number{lo: a.hi >> (n - 64)}
	}
	return number{a.hi >> n, a.lo>>n | a.hi<<(64-n)}
}

func (a number) less(b number) bool {
	return a.hi < b.hi || a.hi == b.hi && a.lo < b.lo
}

// width is how many bits the number needs.
func (a number) width() int {
	if a.hi != 0 {
		return 64 + bits.Len64(a.hi)
	}
	return bits.Len64(a.lo)
}

// bytes is the number as its lowest n bytes, in network order.
func (a number) bytes(n int) []byte {
	out := make([]byte, n)
	for i := n - 1; i >= 0; i-- {
		out[i] = byte(a.lo)
		a = a.right(8)
	}
	return out
}

// fromBytes is a number from bytes in network order.
func fromBytes(b []byte) (out number) {
	for _, x := range b {
		out = out.left(8).or(small(uint64(x)))
	}
	return out
}
