package relations

import "woven/relations/hashtable"

// wordPool interns tuples of a fixed number of 32-bit words: uuids, wide integers, addresses,
// formatted terms. An id is the local id in its shard, then the shard.
type wordPool struct {
	width  int
	shards [shardCount]shard
	words  [shardCount]vector[uint32]
}

func newWordPool(sweep *freshShards, width int, k Kind, tag Value) *wordPool {
	p := &wordPool{width: width}
	for i := range p.shards {
		p.shards[i].init(sweep, k, tag|Value(i))
		p.words[i].width = width
	}
	return p
}

func hashWords(w []uint32) uint32 {
	h := uint64(len(w))
	i := 0
	for ; i+1 < len(w); i += 2 {
		h = mix(h, uint64(w[i])|uint64(w[i+1])<<32)
	}
	if i < len(w) {
		h = mix(h, uint64(w[i]))
	}
	return uint32(h ^ h>>32)
}

// intern returns the id of words and whether it is new.
func (p *wordPool) intern(words []uint32, locked bool) (id uint32, isNew bool) {
	h := hashWords(words)
	si := h & (shardCount - 1)
	sh, vec := &p.shards[si], &p.words[si]
	if locked {
		sh.mu.Lock()
		defer sh.mu.Unlock()
	}
	slot, local := p.seek(sh, vec, h, words)
	if local != hashtable.None {
		return local<<shardBits | si, false
	}
	local = sh.newID()
	vec.ensure(local)
	copy(vec.at(local), words)
	sh.table.Insert(slot, h, local)
	return local<<shardBits | si, true
}

func equalWords(a, b []uint32) bool {
	for i := range b {
		if a[i] != b[i] {
			return false
		}
	}
	return true
}

// seek returns the local id of words with its slot, or the slot where they belong.
func (p *wordPool) seek(sh *shard, vec *vector[uint32], h uint32, words []uint32) (slot, id uint32) {
	for i := sh.table.Start(h); ; i = slot + 1 {
		slot, id = sh.table.Seek(h, i)
		if id == hashtable.None || equalWords(vec.at(id), words) {
			return slot, id
		}
	}
}

// at returns the words of an id; the caller must not change them.
func (p *wordPool) at(id uint32) []uint32 {
	return p.words[id&(shardCount-1)].at(id >> shardBits)
}

// remove forgets a value that nothing holds.
func (p *wordPool) remove(id uint32) {
	si, local := id&(shardCount-1), id>>shardBits
	sh := &p.shards[si]
	h := hashWords(p.words[si].at(local))
	sh.table.Remove(sh.table.Find(h, local))
	sh.free = append(sh.free, local)
}
