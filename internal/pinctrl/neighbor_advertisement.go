package pinctrl

import (
	"encoding/binary"
	"errors"
)

// The types of ICMPv6 messages for neighbour discovery (RFC 4861).
const (
	neighborSolicitation  = 135
	neighborAdvertisement = 136
)

// Flags of a neighbour advertisement (RFC 4861, section 4.4).
const (
	advertisesRouter = 1 << 31
	isSolicited      = 1 << 30
	overrides        = 1 << 29
)

// neighborMessageLen is the length of a solicitation or advertisement without options.
const neighborMessageLen = 24

// The options with the Ethernet addresses of who asks and of what is asked for.
const (
	optionSourceLink = 1
	optionTargetLink = 2
)

var errNoSolicitation = errors.New("nd_na is for packets of neighbour discovery")

// advertise answers a neighbour solicitation as if the address that is asked for had the
// destination's Ethernet address; the flow's actions then say which one it really has. As with
// ovn-controller, it goes to the sender and is solicited, whoever that is.
func advertise(flags uint32) handler {
	return replies(func(f *frame) ([]byte, error) {
		if !f.isNeighborDiscovery() {
			return nil, errNoSolicitation
		}
		asker, _ := f.addresses()
		wanted := f.transport[8:neighborMessageLen]
		const payload = neighborMessageLen + 8
		b := ends{f, true}.beginFrame(etherIPv6, ipv6Len+payload)
		b = appendIPv6(b, ipHeader{protocol: protocolICMPv6, hops: 255}, wanted, asker, payload)
		at := len(b)
		b = put32(append(b, neighborAdvertisement, 0, 0, 0), flags)
		b = append(append(b, wanted...), optionTargetLink, 1)
		b = append(b, f.target...)
		total := pseudoHeader(b, etherIPv6, protocolICMPv6, payload)
		binary.BigEndian.PutUint16(b[at+2:], checksum(total, b[at:]))
		return b, nil
	})
}

// isNeighborDiscovery says whether the packet asks for a neighbour or tells of one.
func (f *frame) isNeighborDiscovery() bool {
	return f.etherType == etherIPv6 && f.protocol == protocolICMPv6 &&
		len(f.transport) >= neighborMessageLen && f.transport[1] == 0 &&
		(f.transport[0] == neighborSolicitation || f.transport[0] == neighborAdvertisement)
}
