package openflow

import (
	"encoding/binary"
	"strings"
)

// GroupCommand says what a GroupMod does.
type GroupCommand uint16

// The commands for groups.
const (
	GroupAdd          GroupCommand = 0
	GroupModify       GroupCommand = 1
	GroupDelete       GroupCommand = 2
	GroupInsertBucket GroupCommand = 3
	GroupRemoveBucket GroupCommand = 5
)

// AllGroups as the ID of a GroupMod that deletes is all groups.
const AllGroups = 0xfffffffc

// The places of buckets that are inserted or removed, beside the ids of buckets.
const (
	BucketFirst uint32 = 0xfffffffd
	BucketLast  uint32 = 0xfffffffe
	BucketAll   uint32 = 0xffffffff
)

// GroupMod adds, changes or deletes a group.
type GroupMod struct {
	Command GroupCommand
	Group   *Group
	// Bucket is where GroupInsertBucket inserts and what GroupRemoveBucket removes; others have
	// BucketAll.
	Bucket uint32
	// Tunnel says how long tun_metadata fields are, nil if no action sets one.
	Tunnel *TunnelMap
}

// DeleteAllGroups is the GroupMod that deletes all groups, and the flows that use them.
func DeleteAllGroups() GroupMod {
	return GroupMod{Command: GroupDelete, Group: &Group{ID: AllGroups}, Bucket: BucketAll}
}

// Append appends the message.
func (m GroupMod) Append(b []byte, xid uint32) ([]byte, error) {
	start, g := len(b), m.Group
	b = put16(begin(b, TypeGroupMod, xid), uint16(m.Command))
	b = put32(append(b, byte(g.Type), 0), g.ID)
	at := len(b)
	b = put32(append(b, 0, 0, 0, 0), m.Bucket)
	begun := len(b)
	for i := range g.Buckets {
		b = g.Buckets[i].appendWire(b, g.Type, m.Tunnel)
	}
	binary.BigEndian.PutUint16(b[at:], uint16(len(b)-begun))
	b = g.appendProperties(b)
	return complete(b, start, "group mod")
}

// The properties of buckets and groups.
const (
	bucketWeight     = 0
	bucketWatchPort  = 1
	bucketWatchGroup = 2

	propertyExperimenter = 0xffff
)

// netronome is the experimenter of the property that says how a select group chooses.
const netronome = 0x0000154d

func (u *Bucket) appendWire(b []byte, t GroupType, tunnel *TunnelMap) []byte {
	start := len(b)
	b = put32(append(b, 0, 0, 0, 0), u.ID)
	b = AppendActions(b, u.Actions, tunnel)
	binary.BigEndian.PutUint16(b[start+2:], uint16(len(b)-start-8))
	if t == GroupSelect || u.Weight != 0 {
		b = append(put16(append(b, 0, bucketWeight, 0, 8), u.Weight), 0, 0)
	}
	if u.WatchPort != PortAny {
		b = put32(append(b, 0, bucketWatchPort, 0, 8), uint32(u.WatchPort))
	}
	if u.WatchGroup != GroupAny {
		b = put32(append(b, 0, bucketWatchGroup, 0, 8), u.WatchGroup)
	}
	binary.BigEndian.PutUint16(b[start:], uint16(len(b)-start))
	return b
}

func (g *Group) appendProperties(b []byte) []byte {
	if g.SelectionMethod == "" {
		return b
	}
	start := len(b)
	b = put32(put16(put16(b, propertyExperimenter), 0), netronome)
	b = put32(put32(b, 1), 0)
	b = append(b, g.SelectionMethod...)
	b = put64(put0(b, selectionMethodMax+1-len(g.SelectionMethod)), g.SelectionParam)
	for i := range g.SelectionFields {
		b = g.SelectionFields[i].appendSelection(b)
	}
	binary.BigEndian.PutUint16(b[start+2:], uint16(len(b)-start))
	return pad8(b, start)
}

// appendSelection appends a field that a hash is made from; its mask stands as its value.
func (e *MatchField) appendSelection(b []byte) []byte {
	whole := MatchField{Field: e.Field, Value: e.Mask, Mask: e.Field.Mask()}
	return whole.appendField(b, nil)
}

// name reads a name of a fixed size that is padded with zero bytes.
func (r *reader) name(size int) string {
	b := r.take(size)
	s, rest, _ := strings.Cut(string(b), "\x00")
	if strings.Trim(rest, "\x00") != "" {
		r.fail("a name has bytes behind its end")
	}
	return s
}
