package relations

// A value is born without a holder; most get one when the row they were made for is stored.
// The sweep looks once at every new value and queues those that got none.

// SweepFresh lets the memory of the notes about new values go during a bulk load. It is called
// when every value made so far is in a row or not needed.
func (s *Store) SweepFresh() { s.sweepFresh() }

func (s *Store) sweepFresh() {
	for i := range s.text.shards {
		s.sweepShard(&s.text.shards[i].shard, uint32(i), String, 0)
		s.sweepShard(&s.seqs.shards[i].shard, uint32(i), List, 0)
	}
	s.sweepPool(s.numbers, Number, 0)
	s.sweepPool(s.floats, Float, 0)
	s.sweepPool(s.macs, MAC, 0)
	s.sweepPool(s.uuids, UUID, 0)
	s.sweepPool(s.ips, IP, 0)
	for n, p := range s.terms {
		s.sweepPool(p, String, termBit|Value(n)<<termClassBits)
	}
}

func (s *Store) sweepPool(p *wordPool, k Kind, tag Value) {
	for i := range p.shards {
		s.sweepShard(&p.shards[i], uint32(i), k, tag)
	}
}

func (s *Store) sweepShard(sh *shard, index uint32, k Kind, tag Value) {
	if len(sh.fresh) == 0 {
		return
	}
	for _, id := range sh.fresh {
		if *sh.refs.one(id) == 0 {
			s.enqueue(sh, id, k, tag|Value(id<<shardBits|index), false)
		}
	}
	sh.fresh = sh.fresh[:0]
	if cap(sh.fresh) > 1<<12 {
		sh.fresh = nil
	}
}
