package openflow

import (
	"encoding/binary"
	"net/netip"
)

// CTFlushZone forgets all connections of a zone.
type CTFlushZone struct{ Zone uint16 }

// Append appends the message.
func (m CTFlushZone) Append(b []byte, xid uint32) ([]byte, error) {
	start := len(b)
	return complete(put16(put0(beginExtension(b, TypeCTFlushZone, xid), 6), m.Zone), start,
		"ct flush zone")
}

// CTFlush forgets the connections that match. Open vSwitch has it since 3.1.
type CTFlush struct {
	// Zone is the zone, if HasZone.
	HasZone bool
	Zone    uint16
	// Protocol is the IP protocol, 0 for all.
	Protocol uint8
	// Original and Answer are the two directions of the connection.
	Original, Answer CTTuple
}

// CTTuple is one direction of a connection. Addresses that are not valid and ports that are 0
// match all.
type CTTuple struct {
	Source, Destination         netip.Addr
	SourcePort, DestinationPort uint16
	// The rest is for ICMP only, and always matched there.
	ICMPID             uint16
	ICMPType, ICMPCode uint8
}

// The properties of a CTFlush and of the tuples in it.
const (
	ctFlushOriginal = iota
	ctFlushAnswer
	ctFlushZone
)

const (
	tupleSource = iota
	tupleDestination
	tupleSourcePort
	tupleDestinationPort
	tupleICMPID
	tupleICMPType
	tupleICMPCode
)

// Append appends the message.
func (m CTFlush) Append(b []byte, xid uint32) ([]byte, error) {
	start := len(b)
	b = put0(append(beginExtension(b, TypeCTFlush, xid), m.Protocol), 7)
	icmp := m.Protocol == protoICMP || m.Protocol == protoICMPv6
	b = m.Original.appendWire(b, ctFlushOriginal, icmp)
	b = m.Answer.appendWire(b, ctFlushAnswer, icmp)
	if m.HasZone {
		b = append(put16(append(b, 0, ctFlushZone, 0, 8), m.Zone), 0, 0)
	}
	return complete(b, start, "ct flush")
}

// appendWire appends a property with a tuple, unless that matches all.
func (t *CTTuple) appendWire(b []byte, property byte, icmp bool) []byte {
	start := len(b)
	b = put0(append(b, 0, property), 6)
	empty := len(b)
	b = appendTupleAddress(b, tupleSource, t.Source)
	b = appendTupleAddress(b, tupleDestination, t.Destination)
	if icmp {
		b = appendTuple16(b, tupleICMPID, t.ICMPID)
		b = append(b, 0, tupleICMPType, 0, 5, t.ICMPType, 0, 0, 0)
		b = append(b, 0, tupleICMPCode, 0, 5, t.ICMPCode, 0, 0, 0)
	} else {
		if t.SourcePort != 0 {
			b = appendTuple16(b, tupleSourcePort, t.SourcePort)
		}
		if t.DestinationPort != 0 {
			b = appendTuple16(b, tupleDestinationPort, t.DestinationPort)
		}
	}
	if len(b) == empty {
		return b[:start]
	}
	binary.BigEndian.PutUint16(b[start+2:], uint16(len(b)-start))
	return b
}

// appendTupleAddress appends an address in the form of IPv6.
func appendTupleAddress(b []byte, kind byte, a netip.Addr) []byte {
	if !a.IsValid() {
		return b
	}
	bytes := a.As16()
	b = append(append(b, 0, kind, 0, 20), bytes[:]...)
	return put0(b, 4)
}

func appendTuple16(b []byte, kind byte, v uint16) []byte {
	return append(put16(append(b, 0, kind, 0, 8), v), 0, 0)
}
