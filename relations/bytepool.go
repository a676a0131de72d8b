package relations

import (
	"math/bits"
	"sync/atomic"

	"woven/relations/hashtable"
)

const (
	bytesFirstChunk = 1 << 11
	bytesLastChunk  = 1 << 18
	smallestStep    = 8   // texts up to stepLimit take a multiple of it
	stepLimit       = 512 // longer ones take a power of two
)

// bytePool interns byte strings of any length, in chunks that hold no Go pointers. The room of
// a forgotten string is used again by one of its size class.
type bytePool struct {
	shards [shardCount]byteShard
}

type byteShard struct {
	shard
	// place is chunk<<44 | start/8<<29 | length; see pack.
	place  vector[uint64]
	chunks atomic.Pointer[[][]byte]
	used   int                 // bytes taken of the last chunk
	room   map[uint32][]uint64 // size class -> places given back
}

const maxText = 1<<29 - 1

func pack(chunk, start, length int) uint64 {
	return uint64(chunk)<<44 | uint64(start/smallestStep)<<29 | uint64(length)
}

func newBytePool(sweep *freshShards, k Kind) *bytePool {
	p := &bytePool{}
	for i := range p.shards {
		p.shards[i].init(sweep, k, Value(i))
		p.shards[i].place.width = 1
		p.shards[i].room = map[uint32][]uint64{}
	}
	return p
}

// sizeClass returns how many bytes a string of n bytes occupies. The empty string occupies
// some too, so that it never starts where a chunk ends.
func sizeClass(n int) int {
	n = max(n, 1)
	if n <= stepLimit {
		return (n + smallestStep - 1) &^ (smallestStep - 1)
	}
	return 1 << bits.Len(uint(n-1))
}

func (sh *byteShard) bytes(local uint32) []byte {
	p := *sh.place.one(local)
	start := int(p>>29&(1<<15-1)) * smallestStep
	end := start + int(p&maxText)
	return (*sh.chunks.Load())[p>>44][start:end:end]
}

// reserve finds room for n bytes and returns its place.
func (sh *byteShard) reserve(n int) uint64 {
	size := sizeClass(n)
	if free := sh.room[uint32(size)]; len(free) > 0 {
		p := free[len(free)-1]
		sh.room[uint32(size)] = free[:len(free)-1]
		return p&^uint64(maxText) | uint64(n)
	}
	var chunks [][]byte
	if p := sh.chunks.Load(); p != nil {
		chunks = *p
	}
	last := len(chunks) - 1
	if last < 0 || sh.used+size > len(chunks[last]) {
		want := bytesFirstChunk
		if last >= 0 {
			want = min(max(len(chunks[last])*2, bytesFirstChunk), bytesLastChunk)
		}
		grown := append(chunks, make([]byte, max(want, size)))
		sh.chunks.Store(&grown)
		last, sh.used = last+1, 0
	}
	place := pack(last, sh.used, n)
	sh.used += size
	return place
}

// intern returns the id of a string and whether it is new. It keeps no reference to b, so that
// callers need not allocate it.
func (p *bytePool) intern(b []byte, locked bool) (id uint32, isNew bool) {
	h := hashBytes(b)
	si := h & (shardCount - 1)
	sh := &p.shards[si]
	if locked {
		sh.mu.Lock()
		defer sh.mu.Unlock()
	}
	slot, local := sh.seek(h, b)
	if local != hashtable.None {
		return local<<shardBits | si, false
	}
	local = sh.newID()
	sh.place.ensure(local)
	*sh.place.one(local) = sh.reserve(len(b))
	copy(sh.bytes(local), b)
	sh.table.Insert(slot, h, local)
	return local<<shardBits | si, true
}

// seek returns the local id of a string with its slot, or the slot where it belongs.
func (sh *byteShard) seek(h uint32, b []byte) (slot, id uint32) {
	for i := sh.table.Start(h); ; i = slot + 1 {
		slot, id = sh.table.Seek(h, i)
		if id == hashtable.None || string(sh.bytes(id)) == string(b) {
			return slot, id
		}
	}
}

// at returns the bytes of an id; the caller must not change them.
func (p *bytePool) at(id uint32) []byte {
	return p.shards[id&(shardCount-1)].bytes(id >> shardBits)
}

func (p *bytePool) remove(id uint32) {
	si, local := id&(shardCount-1), id>>shardBits
	sh := &p.shards[si]
	b := sh.bytes(local)
	h := hashBytes(b)
	sh.table.Remove(sh.table.Find(h, local))
	sh.free = append(sh.free, local)
	size := uint32(sizeClass(len(b)))
	sh.room[size] = append(sh.room[size], *sh.place.one(local))
}
