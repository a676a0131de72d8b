package flows

import (
	"woven/relations"
	"woven/relations/hashtable"
)

// record is a flow that is wanted, or that the switch has, or both. There may be a million of them,
// so it is small and holds no pointers.
type record struct {
	identity digest // of table, priority and match
	// held is the digest of the actions that the switch has.
	held digest
	// match, actions and cookie are those of the fact, if flowWanted is set.
	match, actions relations.Value
	cookie         uint32
	heldCookie     uint32
	priority       uint16
	table          uint8
	flags          flowFlags
}

type flowFlags uint16

const (
	flowUsed    flowFlags = 1 << iota // it is not a free record
	flowWanted                        // a fact says it
	flowHeld                          // the switch has it, with the actions and the cookie as noted
	flowUnsure                        // the switch may have something in its place
	flowQueued                        // it is in the list of what is to be looked at
	flowAside                         // it is not sent although it is wanted
	flowWritten                       // it is part of the flight
	flowAgain                         // it is part of the flight more than once
	flowRivals                        // several facts say it
)

const none = hashtable.None

const (
	recordChunkBits = 12
	recordChunk     = 1 << recordChunkBits
)

// records are all flows, found by their identity.
type records struct {
	chunks     [][]record
	top        uint32
	free       []uint32
	byIdentity hashtable.Table
}

func newRecords() records { return records{byIdentity: hashtable.New(0)} }

func (r *records) at(id uint32) *record {
	return &r.chunks[id>>recordChunkBits][id&(recordChunk-1)]
}

// find returns the flow with this identity, or none. The slot is where it belongs.
func (r *records) find(identity digest) (id, slot uint32) {
	h := identity.short()
	for slot = r.byIdentity.Start(h); ; slot++ {
		slot, id = r.byIdentity.Seek(h, slot)
		if id == none || r.at(id).identity == identity {
			return id, slot
		}
	}
}

// make returns the flow with this identity, which may be new.
func (r *records) make(identity digest, table uint8, priority uint16) uint32 {
	id, slot := r.find(identity)
	if id != none {
		return id
	}
	id = r.alloc()
	*r.at(id) = record{identity: identity, table: table, priority: priority, flags: flowUsed}
	r.byIdentity.Insert(slot, identity.short(), id)
	return id
}

func (r *records) alloc() uint32 {
	if n := len(r.free); n > 0 {
		id := r.free[n-1]
		r.free = r.free[:n-1]
		return id
	}
	id := r.top
	r.top++
	if int(id>>recordChunkBits) == len(r.chunks) {
		r.chunks = append(r.chunks, make([]record, recordChunk))
	}
	return id
}

// drop forgets a flow.
func (r *records) drop(id uint32) {
	r.byIdentity.Remove(r.byIdentity.Find(r.at(id).identity.short(), id))
	*r.at(id) = record{}
	r.free = append(r.free, id)
}

// each visits every flow.
func (r *records) each(visit func(id uint32, x *record)) {
	for id := range r.top {
		if x := r.at(id); x.flags&flowUsed != 0 {
			visit(id, x)
		}
	}
}
