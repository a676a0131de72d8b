package relations

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
	m := uint32(len(sh.table.s) - 1)
	i := slotOf(h, m)
	for ; sh.table.s[i] != 0; i = (i + 1) & m {
		e := sh.table.s[i]
		if uint32(e>>32) == h && equalWords(vec.at(uint32(e)-1), words) {
			return (uint32(e)-1)<<shardBits | si, false
		}
	}
	local := sh.newID()
	vec.ensure(local)
	copy(vec.at(local), words)
	sh.table.insert(i, h, local)
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

// find returns the id of words if they are interned.
func (p *wordPool) find(words []uint32, locked bool) (uint32, bool) {
	h := hashWords(words)
	si := h & (shardCount - 1)
	sh, vec := &p.shards[si], &p.words[si]
	if locked {
		sh.mu.Lock()
		defer sh.mu.Unlock()
	}
	m := uint32(len(sh.table.s) - 1)
	for i := slotOf(h, m); sh.table.s[i] != 0; i = (i + 1) & m {
		e := sh.table.s[i]
		if uint32(e>>32) == h && equalWords(vec.at(uint32(e)-1), words) {
			return (uint32(e)-1)<<shardBits | si, true
		}
	}
	return 0, false
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
	m := uint32(len(sh.table.s) - 1)
	i := slotOf(h, m)
	for uint32(sh.table.s[i]) != local+1 {
		i = (i + 1) & m
	}
	sh.table.remove(i)
	sh.free = append(sh.free, local)
}
