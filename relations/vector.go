package relations

import "sync/atomic"

// vectorChunk is how many elements are allocated at once: small, because every pool has
// shardCount vectors, and never copied, because readers hold on to them.
const (
	vectorBits  = 8
	vectorChunk = 1 << vectorBits
)

// vector is a growing array of elements of width words each. Elements never move, so one
// writer may append while readers look at elements whose index they got from that writer.
type vector[T any] struct {
	width int
	dir   atomic.Pointer[[][]T]
}

func (v *vector[T]) at(i uint32) []T {
	o := int(i&(vectorChunk-1)) * v.width
	return (*v.dir.Load())[i>>vectorBits][o : o+v.width : o+v.width]
}

func (v *vector[T]) one(i uint32) *T {
	return &(*v.dir.Load())[i>>vectorBits][i&(vectorChunk-1)]
}

// ensure makes element i addressable.
func (v *vector[T]) ensure(i uint32) {
	var d [][]T
	if p := v.dir.Load(); p != nil {
		d = *p
	}
	if int(i>>vectorBits) < len(d) {
		return
	}
	// Appending may write behind the published length, where no reader looks; when it moves
	// the directory, readers keep the old one, whose chunks are the same.
	grown := append(d, make([]T, vectorChunk*v.width))
	v.dir.Store(&grown)
}
