package engine

import "woven/relations/hashtable"

// table is a hash table of row ids in parts that grow one at a time, so that no single insertion
// pays for moving the whole table.
type table struct {
	parts []hashtable.Table
	mask  uint32 // the part of a hash is hash & mask
}

const (
	// splitAt is the number of entries at which a table gets its parts: small tables, of which
	// there are hundreds, stay in one piece.
	splitAt   = 4096
	partCount = 256
)

func newTable() table { return table{parts: []hashtable.Table{hashtable.New(0)}} }

func (t *table) part(h uint32) *hashtable.Table { return &t.parts[h&t.mask] }

// put fills the empty slot that a search found.
func (t *table) put(p *hashtable.Table, slot, h, id uint32) {
	p.Insert(slot, h, id)
	if len(t.parts) == 1 && p.Len() >= splitAt {
		t.split()
	}
}

func (t *table) split() {
	old := t.parts[0]
	t.parts = make([]hashtable.Table, partCount)
	t.mask = partCount - 1
	for i := range t.parts {
		t.parts[i] = hashtable.New(splitAt / partCount)
	}
	old.Each(func(h, id uint32) { t.part(h).Add(h, id) })
}
