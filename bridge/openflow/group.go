package openflow

import "strconv"

// GroupType says which buckets of a group a packet goes to.
type GroupType uint8

// The types of groups: all buckets, one of them, the only one, the first that is alive.
const (
	GroupAll GroupType = iota
	GroupSelect
	GroupIndirect
	GroupFastFailover
)

var groupTypeNames = [...]string{"all", "select", "indirect", "ff"}

// String is the type's word in ovs-ofctl(8), or its number.
func (t GroupType) String() string {
	if int(t) < len(groupTypeNames) {
		return groupTypeNames[t]
	}
	return strconv.Itoa(int(t))
}

// Group is an entry of the group table.
type Group struct {
	ID   uint32 // 0 to 0xffffff00
	Type GroupType
	// SelectionMethod is how a GroupSelect chooses, "" for the switch's own way, "hash" or
	// "dp_hash"; at most 15 bytes. SelectionParam is its parameter.
	SelectionMethod string
	SelectionParam  uint64
	// SelectionFields are the fields that "hash" uses, and which of their bits.
	SelectionFields []MatchField
	Buckets         []Bucket
}

// Bucket is one of the treatments of a group.
type Bucket struct {
	ID uint32
	// Weight is the share of a bucket in a GroupSelect; others have 0.
	Weight uint16
	// WatchPort and WatchGroup are what has to be alive in a GroupFastFailover, PortAny and
	// GroupAny for nothing.
	WatchPort  Port
	WatchGroup uint32
	Actions    []Action
}

// GroupAny stands for no group.
const GroupAny = 0xffffffff

// Append appends the group as dump-groups writes it, without the blank at the beginning.
func (g *Group) Append(b []byte) []byte {
	b = appendNumber(b, "group_id=", uint64(g.ID))
	b = append(append(b, ",type="...), g.Type.String()...)
	if g.SelectionMethod != "" {
		b = append(append(b, ",selection_method="...), g.SelectionMethod...)
	}
	b = appendOption(b, ",selection_method_param=", g.SelectionParam)
	b = g.appendFields(b)
	for i := range g.Buckets {
		b = g.Buckets[i].append(append(b, ','), g.Type)
	}
	return b
}

func (g *Group) appendFields(b []byte) []byte {
	switch len(g.SelectionFields) {
	case 0:
		return b
	case 1:
		return g.appendField(append(b, ",fields="...), 0)
	}
	b = append(b, ",fields("...)
	for i := range g.SelectionFields {
		if i > 0 {
			b = append(b, ',')
		}
		b = g.appendField(b, i)
	}
	return append(b, ')')
}

func (g *Group) appendField(b []byte, i int) []byte {
	e := &g.SelectionFields[i]
	b = append(b, fields[e.Field].name...)
	if e.Mask == e.Field.Mask() {
		return b
	}
	return e.Field.appendValue(append(b, '='), e.Mask, e.Field.Mask())
}

func (u *Bucket) append(b []byte, t GroupType) []byte {
	b = append(appendNumber(b, "bucket=bucket_id:", uint64(u.ID)), ',')
	if u.Weight != defaultWeight(t) {
		b = append(appendNumber(b, "weight:", uint64(u.Weight)), ',')
	}
	if u.WatchPort != PortAny {
		b = append(u.WatchPort.Append(append(b, "watch_port:"...)), ',')
	}
	if u.WatchGroup != GroupAny {
		b = append(appendNumber(b, "watch_group:", uint64(u.WatchGroup)), ',')
	}
	return AppendActionText(append(b, "actions="...), u.Actions)
}

// defaultWeight is the weight that a bucket has that says none.
func defaultWeight(t GroupType) uint16 {
	if t == GroupSelect {
		return 1
	}
	return 0
}

// String is the group as Append writes it.
func (g *Group) String() string { return string(g.Append(nil)) }
