package flows

import "hash/maphash"

// digest stands for the bytes that it was made of. It is random for each process, so that nobody
// can make two flows that look equal.
type digest [2]uint64

var seeds = [2]maphash.Seed{maphash.MakeSeed(), maphash.MakeSeed()}

func digestOf(b []byte) digest {
	return digest{maphash.Bytes(seeds[0], b), maphash.Bytes(seeds[1], b)}
}

// short is the part of a digest that hash tables use.
func (d digest) short() uint32 { return uint32(d[0] >> 32) }
