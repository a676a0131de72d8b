package relations

import "sync/atomic"

// A value is born without a holder; most get one when the row they were made for is stored.
// The sweep looks once at every new value and queues those that got none.

// freshShards is a stack of the shards that have fresh values, so that a sweep after a small
// change looks at nothing else.
type freshShards struct {
	head atomic.Pointer[shard]
}

func (f *freshShards) push(sh *shard) {
	for {
		head := f.head.Load()
		sh.nextFresh = head
		if f.head.CompareAndSwap(head, sh) {
			return
		}
	}
}

// SweepFresh lets the memory of the notes about new values go during a bulk load. It is called
// when every value made so far is in a row or not needed.
func (s *Store) SweepFresh() {
	for sh := s.fresh.head.Swap(nil); sh != nil; {
		next := sh.nextFresh
		sh.nextFresh = nil
		s.sweepShard(sh)
		sh = next
	}
}

func (s *Store) sweepShard(sh *shard) {
	for _, id := range sh.fresh {
		if *sh.refs.one(id) == 0 {
			s.enqueue(sh, id, sh.tag|Value(id<<shardBits))
		}
	}
	sh.fresh = sh.fresh[:0]
	if cap(sh.fresh) > 1<<12 {
		sh.fresh = nil
	}
}
