package openflow

import "encoding/binary"

// The flags of a ct action.
const (
	ctCommit = 1 << iota
	ctForce
)

func (a CT) appendWire(b []byte, tunnel *TunnelMap) []byte {
	start := len(b)
	var flags uint16
	if a.Commit {
		flags |= ctCommit
	}
	if a.Force {
		flags |= ctForce
	}
	b = put16(extension(b, nxCT), flags)
	if a.ZoneSource.Field != 0 {
		b = put16(a.ZoneSource.appendHeader(b), a.ZoneSource.position())
	} else {
		b = put16(put32(b, 0), a.Zone)
	}
	b = put16(append(b, a.Table, 0, 0, 0), a.ALG)
	if a.NAT != nil {
		b = a.NAT.appendWire(b)
	}
	return finish(AppendActions(b, a.Exec, tunnel), start)
}

func (a CTClear) appendWire(b []byte, _ *TunnelMap) []byte {
	return finish(extension(b, nxCTClear), len(b))
}

// The flags of a nat action.
const (
	natSource = 1 << iota
	natDestination
	natPersistent
	natHash
	natRandom
)

// The parts of the range of a nat action.
const (
	natIPv4Min = 1 << iota
	natIPv4Max
	natIPv6Min
	natIPv6Max
	natPortMin
	natPortMax
)

func (n *NAT) appendWire(b []byte) []byte {
	start := len(b)
	b = put0(extension(b, nxNAT), 2)
	var flags, present uint16
	for i, set := range [...]bool{n.Source, n.Destination, n.Persistent, n.Hash, n.Random} {
		if set && (i < 2 || n.hasRange()) {
			flags |= 1 << i
		}
	}
	at := len(b)
	b = put16(put16(b, flags), 0)
	if n.hasRange() {
		b, present = n.appendRangeWire(b)
	}
	binary.BigEndian.PutUint16(b[at+2:], present)
	return finish(b, start)
}

// appendRangeWire appends the parts of the range, and returns which ones there are.
func (n *NAT) appendRangeWire(b []byte) (after []byte, present uint16) {
	present = natIPv4Min
	if n.Min.Is6() {
		present = natIPv6Min
	}
	b = append(b, n.Min.AsSlice()...)
	if n.Max.IsValid() {
		// The bit of the end follows that of the beginning.
		present |= present << 1
		b = append(b, n.Max.AsSlice()...)
	}
	if n.PortMin != 0 {
		present |= natPortMin
		b = put16(b, n.PortMin)
	}
	if n.PortMin != 0 && n.PortMax != 0 {
		present |= natPortMax
		b = put16(b, n.PortMax)
	}
	return b, present
}
