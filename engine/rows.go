package engine

import "woven/relations"

type value = relations.Value

// none is the id of no row.
const none = ^uint32(0)

const (
	rowChunkBits = 9
	rowChunk     = 1 << rowChunkBits
	firstRows    = 8
)

// rows is a growing array of fixed-width records without Go pointers in them. Only the first
// chunk is ever copied, while it is small.
type rows struct {
	width  int
	chunks [][]value
}

func (r *rows) at(id uint32) []value {
	o := int(id&(rowChunk-1)) * r.width
	return r.chunks[id>>rowChunkBits][o : o+r.width : o+r.width]
}

// ensure makes record id addressable.
func (r *rows) ensure(id uint32) {
	c := int(id >> rowChunkBits)
	if c == len(r.chunks) {
		n := rowChunk
		if c == 0 {
			n = firstRows
		}
		r.chunks = append(r.chunks, make([]value, n*r.width))
	}
	if c == 0 {
		if have := len(r.chunks[0]) / r.width; int(id) >= have {
			bigger := make([]value, min(have*2, rowChunk)*r.width)
			copy(bigger, r.chunks[0])
			r.chunks[0] = bigger
		}
	}
}
