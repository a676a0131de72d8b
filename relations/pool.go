package relations

import (
	"sync"
	"sync/atomic"

	"woven/relations/hashtable"
)

const (
	shardBits  = 6
	shardCount = 1 << shardBits
	// queuedBit marks a value that waits in the list of the dying; the lower bits count who
	// holds it.
	queuedBit = 1 << 31
)

// shard is one independent part of a pool: its table, its ids' holders, its free ids.
type shard struct {
	mu    sync.Mutex
	table hashtable.Table
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
	sh.table = hashtable.New(0)
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
