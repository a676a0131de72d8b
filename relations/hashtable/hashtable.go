// Package hashtable is the open-addressing table of ids that pools, relations and indexes are
// made of. It knows hashes and ids only: what an id's key is, and whether two keys are equal,
// is the caller's to know.
package hashtable

// None is no id.
const None = ^uint32(0)

const firstSlots = 8

// Table maps hashes to ids; several ids may have one hash. Entries are hash<<32 | id+1. The
// size is any number, not a power of two: the place of a hash is its share of the table, for
// which its upper bits count most. Tables that split keys among them use the lower bits.
type Table struct {
	slots []uint64
	used  int
}

// New returns an empty table with room for n ids.
func New(n int) Table { return Table{slots: make([]uint64, max(firstSlots, n*5/4+1))} }

// Len returns the number of ids.
func (t *Table) Len() int { return t.used }

// Start returns the slot where the search for a hash begins.
func (t *Table) Start(h uint32) uint32 { return uint32(uint64(h) * uint64(len(t.slots)) >> 32) }

// Touch reads the slot where the search for a hash begins. Who has many hashes to look up touches
// some of them before the first: the processor waits for the memory of all at once.
func (t *Table) Touch(h uint32) uint64 { return t.slots[t.Start(h)] }

// Seek walks the entries with this hash from a slot on: it returns the slot and id of the next
// one, or the empty slot where the walk ends and None.
func (t *Table) Seek(h, slot uint32) (uint32, uint32) {
	for {
		if int(slot) >= len(t.slots) {
			slot = 0
		}
		e := t.slots[slot]
		if e == 0 {
			return slot, None
		}
		if uint32(e>>32) == h {
			return slot, uint32(e) - 1
		}
		slot++
	}
}

// Insert fills the empty slot that Seek found. Slots found before are void afterwards.
func (t *Table) Insert(slot, h, id uint32) {
	t.Set(slot, h, id)
	if t.used++; t.used*5 >= len(t.slots)*4 {
		t.grow()
	}
}

// Set changes the id in a slot.
func (t *Table) Set(slot, h, id uint32) { t.slots[slot] = uint64(h)<<32 | uint64(id+1) }

func (t *Table) grow() {
	old := t.slots
	t.slots = make([]uint64, len(old)+len(old)/2)
	for _, e := range old {
		if e != 0 {
			t.place(e)
		}
	}
}

func (t *Table) place(e uint64) {
	i := t.Start(uint32(e >> 32))
	for t.slots[i] != 0 {
		if i++; int(i) == len(t.slots) {
			i = 0
		}
	}
	t.slots[i] = e
}

// Add puts an id in without looking for an equal one.
func (t *Table) Add(h, id uint32) {
	t.place(uint64(h)<<32 | uint64(id+1))
	if t.used++; t.used*5 >= len(t.slots)*4 {
		t.grow()
	}
}

// Each visits every entry.
func (t *Table) Each(f func(h, id uint32)) {
	for _, e := range t.slots {
		if e != 0 {
			f(uint32(e>>32), uint32(e)-1)
		}
	}
}

// Find returns the slot of an id that is in the table.
func (t *Table) Find(h, id uint32) uint32 {
	for slot := t.Start(h); ; slot++ {
		s, x := t.Seek(h, slot)
		if x == id {
			return s
		}
		slot = s
	}
}

// Remove empties a slot and closes the gap behind it, so that no tombstones are needed.
func (t *Table) Remove(slot uint32) {
	t.used--
	for {
		t.slots[slot] = 0
		j := slot
		for {
			if j++; int(j) == len(t.slots) {
				j = 0
			}
			e := t.slots[j]
			if e == 0 {
				return
			}
			// The entry may move into the gap if its search begins at or before the gap.
			k := t.Start(uint32(e >> 32))
			if (slot <= j && slot < k && k <= j) || (slot > j && (slot < k || k <= j)) {
				continue
			}
			t.slots[slot] = e
			slot = j
			break
		}
	}
}
