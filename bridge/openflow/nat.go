package openflow

import (
	"net/netip"
	"strconv"
)

// NAT says how the connection tracker translates the addresses of a connection. The zero value
// translates as was committed earlier.
type NAT struct {
	// Source translates the source of new connections, Destination the destination; not both.
	Source, Destination bool
	// Min and Max are the range of addresses, both of IPv4 or both of IPv6. Neither is valid for
	// any address, for which what follows does not count; Max is not valid for one address.
	Min, Max netip.Addr
	// PortMin and PortMax are the range of ports, 0 for any; PortMax is 0 for one port.
	PortMin, PortMax uint16
	// Persistent keeps the choice of address, Hash and Random say how a port is chosen.
	Persistent, Hash, Random bool
}

// append appends the argument of a ct action.
func (n *NAT) append(b []byte) []byte {
	switch {
	case n.Source:
		b = append(b, "nat(src"...)
	case n.Destination:
		b = append(b, "nat(dst"...)
	default:
		return append(b, "nat"...)
	}
	if !n.hasRange() {
		return append(b, ')')
	}
	b = n.appendRange(append(b, '='))
	if n.Persistent {
		b = append(b, ",persistent"...)
	}
	if n.Hash {
		b = append(b, ",hash"...)
	}
	if n.Random {
		b = append(b, ",random"...)
	}
	return append(b, ')')
}

// hasRange says whether there is a range of addresses. Open vSwitch takes the address 0 for none.
func (n *NAT) hasRange() bool { return n.Min.IsValid() && !n.Min.IsUnspecified() }

// appendRange appends addresses and ports. IPv6 addresses stand in brackets before ports.
func (n *NAT) appendRange(b []byte) []byte {
	bracket := n.Min.Is6() && n.PortMin != 0
	b = appendAddress(b, n.Min, bracket)
	if n.Max.IsValid() {
		b = appendAddress(append(b, '-'), n.Max, bracket)
	}
	if n.PortMin != 0 {
		b = strconv.AppendUint(append(b, ':'), uint64(n.PortMin), 10)
		if n.PortMax != 0 {
			b = strconv.AppendUint(append(b, '-'), uint64(n.PortMax), 10)
		}
	}
	return b
}

func appendAddress(b []byte, a netip.Addr, bracket bool) []byte {
	if a.Is4() {
		return a.AppendTo(b)
	}
	bytes := a.As16()
	v, _ := bigU128(bytes[:])
	if bracket {
		return append(appendIPv6(append(b, '['), v), ']')
	}
	return appendIPv6(b, v)
}
