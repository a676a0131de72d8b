package relations

import (
	"sync"
	"sync/atomic"
)

// Values are counted: a row, a term or a list that holds one retains it. A value that nothing
// holds is not forgotten at once, because a reader, a sink that lags or an undo list may still
// look at it: it waits in the list of the dying until every Hold of that time is closed.

type dyingEntry struct {
	kind  Kind
	value Value
	epoch uint64
}

type dyingList struct {
	mu    sync.Mutex
	epoch uint64
	holds []*held // in the order of their epochs; the first is open
	queue []dyingEntry
	head  int
	again map[dyingEntry]uint64 // value (epoch 0) that died once more while it waited
}

func (d *dyingList) init() {
	d.again = map[dyingEntry]uint64{}
}

// held is the holds that were taken in one epoch.
type held struct {
	epoch uint64
	open  int
}

// Hold keeps every value alive that is alive now. It must be closed.
type Hold struct {
	list *dyingList
	held *held
	once sync.Once
}

// Hold takes a hold of the present moment.
func (s *Store) Hold() *Hold {
	d := &s.dying
	d.mu.Lock()
	defer d.mu.Unlock()
	if n := len(d.holds); n == 0 || d.holds[n-1].epoch != d.epoch {
		d.holds = append(d.holds, &held{epoch: d.epoch})
	}
	last := d.holds[len(d.holds)-1]
	last.open++
	return &Hold{list: d, held: last}
}

// Close lets go; closing twice does nothing.
func (h *Hold) Close() {
	h.once.Do(func() {
		d := h.list
		d.mu.Lock()
		defer d.mu.Unlock()
		h.held.open--
		for len(d.holds) > 0 && d.holds[0].open == 0 {
			d.holds[0] = nil
			d.holds = d.holds[1:]
		}
	})
}

// counter finds who counts the holders of a value; nil if the value is not pooled.
func (s *Store) counter(k Kind, v Value) (*shard, uint32) {
	var p *wordPool
	id := uint32(v)
	switch k {
	case String:
		if !IsTerm(v) {
			return &s.text.shards[id&(shardCount-1)].shard, id >> shardBits
		}
		id &= 1<<termClassBits - 1
		p = s.terms[v>>termClassBits&maxTermArgs]
	case Number:
		if v&inlineBit != 0 {
			return nil, 0
		}
		p = s.numbers
	case Float:
		p = s.floats
	case UUID:
		p = s.uuids
	case MAC:
		p = s.macs
	case IP:
		p = s.ips
	case List, Map, Struct:
		return &s.seqs.shards[id&(shardCount-1)].shard, id >> shardBits
	default:
		return nil, 0
	}
	return &p.shards[id&(shardCount-1)], id >> shardBits
}

// Retain adds a holder of a value.
func (s *Store) Retain(k Kind, v Value) {
	if sh, id := s.counter(k, v); sh != nil {
		sh.retain(id)
	}
}

// Release takes a holder of a value away.
func (s *Store) Release(k Kind, v Value) {
	sh, id := s.counter(k, v)
	if sh == nil {
		return
	}
	if sh.release(id) {
		s.enqueue(sh, id, v)
	}
}

// enqueue makes a value wait that nothing holds. Its kind is its shard's, so that a value has
// one name here however it was released.
func (s *Store) enqueue(sh *shard, id uint32, v Value) {
	d := &s.dying
	d.mu.Lock()
	defer d.mu.Unlock()
	if atomic.OrUint32(sh.refs.one(id), queuedBit)&queuedBit != 0 {
		d.again[dyingEntry{kind: sh.kind, value: v}] = d.epoch
		return
	}
	d.queue = append(d.queue, dyingEntry{sh.kind, v, d.epoch})
}

// Advance begins a new epoch and forgets the values that died before every open hold. It is
// called between transactions, when no value is in flight between a function and a row.
func (s *Store) Advance() {
	s.SweepFresh()
	d := &s.dying
	d.mu.Lock()
	d.epoch++
	oldest := d.epoch
	if len(d.holds) > 0 {
		oldest = d.holds[0].epoch
	}
	d.mu.Unlock()
	for d.head < len(d.queue) && d.queue[d.head].epoch < oldest {
		e := d.queue[d.head]
		d.head++
		s.bury(e, oldest)
	}
	if d.head == len(d.queue) {
		d.queue, d.head = d.queue[:0], 0
		if cap(d.queue) > 1<<16 {
			d.queue = nil
		}
	} else if d.head > 1<<12 && d.head > len(d.queue)/2 {
		d.queue = append([]dyingEntry(nil), d.queue[d.head:]...)
		d.head = 0
	}
}

// bury forgets a value whose time has come, if still nothing holds it.
func (s *Store) bury(e dyingEntry, oldest uint64) {
	d := &s.dying
	key := dyingEntry{kind: e.kind, value: e.value}
	if at, ok := d.again[key]; ok {
		delete(d.again, key)
		if at >= oldest {
			d.queue = append(d.queue, dyingEntry{e.kind, e.value, at})
			return
		}
	}
	sh, id := s.counter(e.kind, e.value)
	refs := sh.refs.one(id)
	*refs &^= queuedBit
	if *refs == 0 {
		s.remove(e.kind, e.value)
	}
}

func (s *Store) remove(k Kind, v Value) {
	id := uint32(v)
	switch k {
	case String:
		if !IsTerm(v) {
			s.text.remove(id)
			return
		}
		f, args := s.termParts(v)
		for i, t := range s.format(f).Types {
			s.Release(t.Kind, Value(args[i]))
		}
		s.terms[v>>termClassBits&maxTermArgs].remove(id & (1<<termClassBits - 1))
	case Number:
		s.numbers.remove(id)
	case Float:
		s.floats.remove(id)
	case UUID:
		s.uuids.remove(id)
	case MAC:
		s.macs.remove(id)
	case IP:
		s.ips.remove(id)
	case List, Map, Struct:
		s.eachElement(v, s.Release)
		s.seqs.remove(id)
	}
}

// Len returns how many values the store keeps, those that wait to be forgotten included. Names and
// inline numbers are not counted: they take no room that could be had again.
func (s *Store) Len() int {
	n := 0
	for i := range shardCount {
		n += s.text.shards[i].len() + s.seqs.shards[i].len()
	}
	words := append([]*wordPool{s.numbers, s.floats, s.macs, s.uuids, s.ips}, s.terms[:]...)
	for _, p := range words {
		for i := range p.shards {
			n += p.shards[i].len()
		}
	}
	return n
}

func (sh *shard) len() int { return int(sh.n) - len(sh.free) }
