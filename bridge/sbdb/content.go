package sbdb

import (
	"woven/bridge/ovsdb"
	"woven/relations"
)

// content tells a set of datapaths from every other one, and names the only member of a set of
// one.
type content struct {
	sum   digest
	count int32
	only  relations.Value // all members' handles combined by xor
}

func (c *content) toggle(dp relations.Value, row ovsdb.UUID, inserted bool) {
	c.sum.xor(digestOfRow(row))
	c.only ^= dp
	if inserted {
		c.count++
	} else {
		c.count--
	}
}

// set is a set of datapaths that some combination has now.
type set struct {
	content
	target       uint32   // what stands for it, or none
	taken        uint32   // the target that another set took over, while moves are settled
	combinations []uint32 // those that have it
	used         bool     // not a free record
	aside        bool     // its row was refused
}

// target is what a flow's row may refer to: a datapath, or a group of datapaths.
type target struct {
	row     ovsdb.UUID
	isGroup bool
	present bool     // the group's row is in the database
	planned bool     // the group's row is in the transaction in flight
	sum     digest   // what the group's row contains, but for dangling references
	set     uint32   // the set that it stands for, or is to stand for, or none
	queued  bool     // the row's contents are to be looked at
	toggled []member // what changed since the row was right, if that is known
	unseen  bool     // a resync has not told of the row yet
	flows   int32    // rows of flows that refer to it
	// dangling are references of the group's row to datapaths that do not exist.
	dangling []ovsdb.UUID
}

// reference is a datapath that a group's row names.
type reference struct {
	target   uint32
	datapath ovsdb.UUID
}

// member is a datapath's row that came into a set or left it.
type member struct {
	row     ovsdb.UUID
	entered bool
}

// deltaMost is how many changes of a set are remembered before the set is written as a whole.
const deltaMost = 512

// sets are the sets of datapaths and the rows that stand for them.
type sets struct {
	list  []set
	free  []uint32
	bySum map[digest]uint32

	targets []target
	spare   []uint32
	byRow   map[ovsdb.UUID]uint32
	groups  map[digest]uint32 // a group's row that contains this
	queue   []uint32          // groups whose contents are to be looked at
}

func newSets() sets {
	return sets{bySum: map[digest]uint32{}, byRow: map[ovsdb.UUID]uint32{},
		groups: map[digest]uint32{}}
}

// setOf returns the set with some content.
func (s *sets) setOf(c content) uint32 {
	if id, ok := s.bySum[c.sum]; ok {
		return id
	}
	var id uint32
	if n := len(s.free); n > 0 {
		id = s.free[n-1]
		s.free = s.free[:n-1]
	} else {
		id = uint32(len(s.list))
		s.list = append(s.list, set{})
	}
	s.list[id] = set{content: c, target: none, taken: none, used: true}
	s.bySum[c.sum] = id
	return id
}

// targetOf returns what stands for a row.
func (s *sets) targetOf(row ovsdb.UUID, isGroup bool) uint32 {
	if id, ok := s.byRow[row]; ok {
		return id
	}
	var id uint32
	if n := len(s.spare); n > 0 {
		id = s.spare[n-1]
		s.spare = s.spare[:n-1]
	} else {
		id = uint32(len(s.targets))
		s.targets = append(s.targets, target{})
	}
	s.targets[id] = target{row: row, isGroup: isGroup, set: none}
	s.byRow[row] = id
	return id
}

// tidy forgets a target that nobody uses.
func (s *sets) tidy(id uint32) {
	t := &s.targets[id]
	if t.flows > 0 || t.present || t.planned || t.set != none || t.queued {
		return
	}
	delete(s.byRow, t.row)
	*t = target{set: none}
	s.spare = append(s.spare, id)
}
