package engine

// table is an open-addressing hash table of row ids. It is split into parts that grow one at a
// time, so that no single insertion pays for moving the whole table.
type table struct {
	parts []tablePart
	shift uint // the part of a hash is hash >> shift
}

type tablePart struct {
	slots []uint64 // hash<<32 | row id + 1; 0 is empty
	used  int
}

const (
	// splitAt is the number of entries at which a table gets its parts: small tables, of which
	// there are hundreds, stay in one piece.
	splitAt    = 4096
	partBits   = 8
	firstSlots = 8
)

func newTable() table {
	return table{parts: []tablePart{{slots: make([]uint64, firstSlots)}}, shift: 32}
}

func (t *table) part(h uint32) *tablePart { return &t.parts[h>>t.shift] }

// seek walks the entries with this hash from slot i on: it returns the slot and row id of the
// next one, or the empty slot where the walk ends and none.
func (p *tablePart) seek(h, i uint32) (slot, id uint32) {
	m := uint32(len(p.slots) - 1)
	for i &= m; ; i = (i + 1) & m {
		e := p.slots[i]
		if e == 0 {
			return i, none
		}
		if uint32(e>>32) == h {
			return i, uint32(e) - 1
		}
	}
}

// put fills the empty slot i that seek found.
func (t *table) put(p *tablePart, i, h, id uint32) {
	p.slots[i] = uint64(h)<<32 | uint64(id+1)
	p.used++
	if p.used*4 < len(p.slots)*3 {
		return
	}
	if len(t.parts) == 1 && p.used >= splitAt {
		t.split()
		return
	}
	p.resize(len(p.slots) * 2)
}

func (p *tablePart) resize(n int) {
	old := p.slots
	p.slots = make([]uint64, n)
	for _, e := range old {
		if e != 0 {
			p.place(e)
		}
	}
}

func (p *tablePart) place(e uint64) {
	m := uint32(len(p.slots) - 1)
	i := uint32(e>>32) & m
	for p.slots[i] != 0 {
		i = (i + 1) & m
	}
	p.slots[i] = e
}

func (t *table) split() {
	old := t.parts[0].slots
	t.parts = make([]tablePart, 1<<partBits)
	t.shift = 32 - partBits
	for i := range t.parts {
		t.parts[i].slots = make([]uint64, splitAt*4>>partBits)
	}
	for _, e := range old {
		if e == 0 {
			continue
		}
		p := t.part(uint32(e >> 32))
		p.used++
		if p.used*4 >= len(p.slots)*3 {
			p.resize(len(p.slots) * 2)
		}
		p.place(e)
	}
}

// remove empties slot i and closes the gap behind it, so that no tombstones are needed.
func (p *tablePart) remove(i uint32) {
	m := uint32(len(p.slots) - 1)
	p.used--
	for {
		p.slots[i] = 0
		j := i
		for {
			j = (j + 1) & m
			e := p.slots[j]
			if e == 0 {
				return
			}
			k := uint32(e>>32) & m
			if (i <= j && i < k && k <= j) || (i > j && (i < k || k <= j)) {
				continue
			}
			p.slots[i] = e
			i = j
			break
		}
	}
}
