package sbdb

import (
	"encoding/binary"

	"woven/bridge/ovsdb"
	"woven/relations"
	"woven/relations/hashtable"
)

// flow is a flow that is wanted, or is in the database, or both. There are as many as the
// database has rows, so it is small and holds no pointers.
type flow struct {
	identity digest
	row      ovsdb.UUID // zero while the database has no row for it
	fact     uint32     // the place of the lflow fact whose port and hint count, or none
	scopes   uint32     // the combination that it is wanted for, or none
	target   uint32     // what its row's datapaths are, or none
	next     uint32     // of the flows of its combination
	previous uint32
	flags    flowFlags
}

type flowFlags uint8

const (
	flowQueued flowFlags = 1 << iota // it is in a list of what is to be looked at
	flowUnseen                       // a resync has not told of its row yet
	flowAside                        // refused by the database
	flowUsed                         // not a free record
)

const none = hashtable.None

const (
	flowChunkBits = 12
	flowChunk     = 1 << flowChunkBits
)

// flows are the records of all flows, found by what they say and by their row.
type flows struct {
	chunks     [][]flow
	top        uint32
	free       []uint32
	byIdentity hashtable.Table
	byRow      hashtable.Table
}

func newFlows() flows {
	return flows{byIdentity: hashtable.New(0), byRow: hashtable.New(0)}
}

func (f *flows) at(id uint32) *flow { return &f.chunks[id>>flowChunkBits][id&(flowChunk-1)] }

// find returns the flow that says this, and makes it if asked to.
func (f *flows) find(identity digest, create bool) uint32 {
	h := identity.short()
	slot := f.byIdentity.Start(h)
	for {
		var id uint32
		slot, id = f.byIdentity.Seek(h, slot)
		if id == none {
			break
		}
		if f.at(id).identity == identity {
			return id
		}
		slot++
	}
	if !create {
		return none
	}
	id := f.alloc()
	*f.at(id) = flow{identity: identity, fact: none, scopes: none, target: none, next: none,
		previous: none, flags: flowUsed}
	f.byIdentity.Insert(slot, h, id)
	return id
}

func (f *flows) alloc() uint32 {
	if n := len(f.free); n > 0 {
		id := f.free[n-1]
		f.free = f.free[:n-1]
		return id
	}
	id := f.top
	f.top++
	if int(id>>flowChunkBits) == len(f.chunks) {
		f.chunks = append(f.chunks, make([]flow, flowChunk))
	}
	return id
}

// drop forgets a flow that has no row.
func (f *flows) drop(id uint32) {
	h := f.at(id).identity.short()
	f.byIdentity.Remove(f.byIdentity.Find(h, id))
	*f.at(id) = flow{}
	f.free = append(f.free, id)
}

// ofRow returns the flow with this row, or none.
func (f *flows) ofRow(row ovsdb.UUID) uint32 {
	h := shortOf(row)
	for slot := f.byRow.Start(h); ; slot++ {
		var id uint32
		slot, id = f.byRow.Seek(h, slot)
		if id == none || f.at(id).row == row {
			return id
		}
	}
}

// setRow gives a flow a row, or takes it away if the row is zero.
func (f *flows) setRow(id uint32, row ovsdb.UUID) {
	x := f.at(id)
	if !x.row.IsZero() {
		h := shortOf(x.row)
		f.byRow.Remove(f.byRow.Find(h, id))
	}
	x.row = row
	if !row.IsZero() {
		f.byRow.Add(shortOf(row), id)
	}
}

// each visits every flow.
func (f *flows) each(visit func(id uint32, x *flow)) {
	for id := range f.top {
		if x := f.at(id); x.flags&flowUsed != 0 {
			visit(id, x)
		}
	}
}

// The columns of lflow.
const (
	lflowScope = iota
	lflowStage
	lflowPriority
	lflowMatch
	lflowActions
	lflowMeter
	lflowPort
	lflowHint
	lflowColumns
)

// appendHead begins the text that identifies a flow: its place in the pipeline.
func appendHead(b []byte, ingress bool, table, priority int64) []byte {
	if ingress {
		b = append(b, 'i')
	} else {
		b = append(b, 'e')
	}
	b = binary.BigEndian.AppendUint64(b, uint64(table))
	return binary.BigEndian.AppendUint64(b, uint64(priority))
}

// identify returns the digest of a fact; ok is false if its stage is unknown. No text in the
// database contains the NUL that separates them here.
func (p *Flows) identify(row []relations.Value) (d digest, ok bool) {
	stage, ok := p.stages[row[lflowStage]]
	if !ok {
		return d, false
	}
	b := appendHead(p.buffer[:0], stage.ingress, stage.table, p.store.Int(row[lflowPriority]))
	b = append(p.store.AppendString(b, row[lflowMatch]), 0)
	b = append(p.store.AppendString(b, row[lflowActions]), 0)
	b = p.store.AppendString(b, row[lflowMeter])
	p.buffer = b
	return digestOf(b), true
}
