package relations

import (
	"sync"
	"sync/atomic"
)

const (
	shardBits  = 6
	shardCount = 1 << shardBits
	// queuedBit marks a value that waits in the list of the dying; the lower bits count who
	// holds it.
	queuedBit = 1 << 31
)

// slots is an open-addressing table of hash<<32 | local id + 1.
type slots struct {
	s []uint64
	n int
}

func (t *slots) insert(i uint32, h, id uint32) {
	t.s[i] = uint64(h)<<32 | uint64(id+1)
	t.n++
	if t.n*4 < len(t.s)*3 {
		return
	}
	old := t.s
	t.s = make([]uint64, len(old)*2)
	m := uint32(len(t.s) - 1)
	for _, e := range old {
		if e != 0 {
			j := slotOf(uint32(e>>32), m)
			for t.s[j] != 0 {
				j = (j + 1) & m
			}
			t.s[j] = e
		}
	}
}

// slotOf drops the bits that chose the shard, which are equal for all entries of a table.
func slotOf(h, mask uint32) uint32 { return (h >> shardBits) & mask }

// remove empties slot i and closes the gap, so that no tombstones are needed.
func (t *slots) remove(i uint32) {
	m := uint32(len(t.s) - 1)
	t.n--
	for {
		t.s[i] = 0
		j := i
		for {
			j = (j + 1) & m
			e := t.s[j]
			if e == 0 {
				return
			}
			k := slotOf(uint32(e>>32), m)
			if (i <= j && i < k && k <= j) || (i > j && (i < k || k <= j)) {
				continue
			}
			t.s[i] = e
			i = j
			break
		}
	}
}

// shard is one independent part of a pool: its table, its ids' holders, its free ids.
type shard struct {
	mu    sync.Mutex
	table slots
	refs  vector[uint32]
	n     uint32   // ids ever given out
	free  []uint32 // ids given back
	fresh []uint32 // ids made since the last sweep, which perhaps nothing holds

	sweep     *freshShards // where the shard enters itself with its first fresh id
	nextFresh *shard
	kind      Kind  // what Release calls its values
	tag       Value // a value is its local id << shardBits | tag

	_ [8]byte // keeps two shards' locks off one cache line
}

func (sh *shard) init(sweep *freshShards, k Kind, tag Value) {
	sh.table.s = make([]uint64, 8)
	sh.refs.width = 1
	sh.sweep, sh.kind, sh.tag = sweep, k, tag
}

// newID takes an id for a new value and notes it as fresh.
func (sh *shard) newID() uint32 {
	var id uint32
	if k := len(sh.free); k > 0 {
		id = sh.free[k-1]
		sh.free = sh.free[:k-1]
	} else {
		id = sh.n
		sh.n++
		sh.refs.ensure(id)
	}
	*sh.refs.one(id) = 0
	if len(sh.fresh) == 0 {
		sh.sweep.push(sh)
	}
	sh.fresh = append(sh.fresh, id)
	return id
}

// retain adds a holder; workers of a bulk load share the counter.
func (sh *shard) retain(id uint32) { atomic.AddUint32(sh.refs.one(id), 1) }

// release takes a holder away and reports whether it was the last.
func (sh *shard) release(id uint32) bool {
	return atomic.AddUint32(sh.refs.one(id), ^uint32(0))&^queuedBit == 0
}
