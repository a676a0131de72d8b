package openflow

import "fmt"

// The highest numbers of groups and of meters that flows can use.
const (
	groupMax = 0xffffff00
	meterMax = 0xffff0000
)

// problem says what is wrong with an action whose parts are well-formed, "" if nothing is. What was
// read from text and what was read from bytes has to meet the same.
func problem(a Action) string {
	switch a := a.(type) {
	case Output:
		if a.Port == PortAny || a.Port == PortUnset || !a.Port.valid() {
			return "packets cannot be sent to this port"
		}
	case OutputTruncated:
		if a.Port == 0 || !a.Port.valid() || a.MaxLen < outputLenMin {
			return fmt.Sprintf("output needs port=... and max_len=..., which is at least %d",
				outputLenMin)
		}
	case OutputField:
		if a.Source.Bits > 64 {
			return "a port needs no more than 64 bits"
		}
	case OutputGroup:
		if a.ID > groupMax {
			return fmt.Sprintf("groups are numbered to %#x", groupMax)
		}
	case ApplyMeter:
		if a.ID == 0 || a.ID > meterMax {
			return fmt.Sprintf("meters are numbered from 1 to %#x", meterMax)
		}
	case PushVLAN:
		if a.EtherType != 0x8100 && a.EtherType != 0x88a8 {
			return "a VLAN tag has the Ethernet type 0x8100 or 0x88a8"
		}
	case PushMPLS:
		if a.EtherType != etherMPLS && a.EtherType != etherMPLSM {
			return "an MPLS label has the Ethernet type 0x8847 or 0x8848"
		}
	case SetField:
		return a.problem()
	case Move:
		return unwritable(a.Destination)
	case Pop:
		return unwritable(a.Destination)
	case Resubmit:
		if a.Port == PortIn && a.Table == CurrentTable {
			return "resubmit needs a port or a table: write resubmit(,TABLE)"
		}
	case Conjunction:
		if a.Clause < 1 || a.Clause > a.Clauses || a.Clauses < 2 || a.Clauses > 64 {
			return "a conjunctive match has 2 to 64 clauses, numbered from 1"
		}
	case CheckPacketLarger:
		return notOneBit(a.Destination)
	case CT:
		switch bits := a.ZoneSource.Bits; {
		case a.Force && !a.Commit:
			return "force needs commit"
		case a.ZoneSource.Field != 0 && bits != 16:
			return fmt.Sprintf("a zone has 16 bits, not %d: write FIELD[0..15]", bits)
		}
	case Learn:
		return a.problem()
	case Bundle:
		if a.Destination.Field != 0 {
			return notNumber(a.Destination)
		}
	case Multipath:
		return notNumber(a.Destination)
	}
	return ""
}

// outputLenMin is the least that packets can be truncated to, in bytes: an Ethernet header.
const outputLenMin = 14

// unwritable says that actions cannot change a field, if so.
func unwritable(s Subfield) string {
	if s.Field.Writable() {
		return ""
	}
	return s.Field.Name() + " cannot be changed"
}

// notOneBit says that a subfield cannot hold whether something is so, if so.
func notOneBit(s Subfield) string {
	if s.Bits != 1 {
		return "the result is one bit: write FIELD[BIT]"
	}
	return unwritable(s)
}

// notNumber says that a subfield cannot hold the number of a port or link, if so.
func notNumber(s Subfield) string {
	if s.Bits > 64 {
		return "the number is stored in no more than 64 bits"
	}
	return unwritable(s)
}

func (a SetField) problem() string {
	switch limit := a.Field.settable(); {
	case !a.Field.Writable():
		return a.Field.Name() + " cannot be changed"
	case !a.Value.AndNot(limit).IsZero():
		return fmt.Sprintf("%s has %d bits, the number needs %d", a.Field, limit.Len(), a.Value.Len())
	case a.Mask.IsZero():
		return "the mask is empty, so that nothing is set"
	}
	return ""
}

func (a Learn) problem() string {
	if a.Table == NoTable {
		return "tables are numbered to 254"
	}
	if a.Result.Field != 0 {
		if why := notOneBit(a.Result); why != "" {
			return why
		}
	}
	for _, s := range a.Specs {
		whole := s.Kind == LearnMatch && s.Source.Field == 0 && s.Destination.isWhole()
		switch {
		case s.Kind == LearnLoad && !s.Destination.Field.Writable():
			return unwritable(s.Destination)
		case whole && s.Destination.Field.flags() != nil:
			// Open vSwitch's own text for this cannot be read.
			return "flags cannot be matched with a value here: take them from a field"
		case whole && s.Destination.Field == FieldIPFrag && s.Immediate.Lo == fragLater:
			return "a later fragment is a fragment"
		case whole && fields[s.Destination.Field].form == formPort &&
			!Port(s.Immediate.Lo).valid():
			return "no port has this number"
		}
	}
	return ""
}

// problem says what parts of a translation cannot be together.
func (n *NAT) problem() string {
	switch {
	case n.Source && n.Destination:
		return "src and dst cannot both be translated"
	case n.Hash && n.Random:
		return "hash and random exclude each other"
	case !n.hasRange() && (n.Persistent || n.Hash || n.Random || n.PortMin != 0 || n.Max.IsValid()):
		return "persistent, hash, random and ports need addresses: write src=... or dst=..."
	case n.hasRange() && !n.Source && !n.Destination:
		return "addresses are for src or dst"
	case n.Max.IsValid() && n.Min.Is4() != n.Max.Is4():
		return "a range is of IPv4 or of IPv6 addresses"
	case n.Max.IsValid() && n.Max.Less(n.Min), n.PortMax != 0 && n.PortMax < n.PortMin:
		return "the end of a range is not before its beginning"
	}
	return ""
}
