package pinctrl

import "encoding/binary"

// ends are the addresses of a packet that is made: those of the packet that it is made for, in the
// same direction or back.
type ends struct {
	of   *frame
	back bool
}

// beginFrame begins a frame with a type of the network layer, in the VLAN of the packet that it is
// made for.
func (e ends) beginFrame(etherType uint16, capacity int) []byte {
	source, target := e.of.source, e.of.target
	if e.back {
		source, target = target, source
	}
	b := make([]byte, 0, etherLen+vlanLen+capacity)
	b = append(append(b, target...), source...)
	if e.of.isTagged {
		b = put16(put16(b, etherVLAN), e.of.tag)
	}
	return put16(b, etherType)
}

// ipHeader is what differs between headers of IP. Their traffic class and flow label are 0.
type ipHeader struct{ protocol, hops byte }

// beginIP begins a frame with a header of IP of the packet's own version; payload is how many bytes
// will follow.
func (e ends) beginIP(h ipHeader, payload int) (b []byte) {
	source, target := e.of.addresses()
	if e.back {
		source, target = target, source
	}
	if e.of.etherType == etherIPv6 {
		b = e.beginFrame(etherIPv6, ipv6Len+payload)
		return appendIPv6(b, h, source, target, payload)
	}
	b = e.beginFrame(etherIPv4, ipv4Len+payload)
	at := len(b)
	const noFragments = 0x4000
	b = put16(append(b, 0x45, 0), uint16(ipv4Len+payload))
	b = append(put16(put16(b, 0), noFragments), h.hops, h.protocol, 0, 0)
	b = append(append(b, source...), target...)
	binary.BigEndian.PutUint16(b[at+10:], checksum(0, b[at:]))
	return b
}

// appendIPv6 appends a header of IPv6.
func appendIPv6(b []byte, h ipHeader, source, target []byte, payload int) []byte {
	b = put32(b, 6<<28)
	b = append(put16(b, uint16(payload)), h.protocol, h.hops)
	return append(append(b, source...), target...)
}

// pseudoHeader is the sum of what checksums of TCP and ICMPv6 cover of IP, which is in the packet
// before the last payload bytes.
func pseudoHeader(packet []byte, etherType uint16, protocol byte, payload int) uint32 {
	size := 8
	if etherType == etherIPv6 {
		size = 32
	}
	end := len(packet) - payload
	return sum(uint32(protocol)+uint32(payload), packet[end-size:end])
}

// sum adds words of 16 bits to a sum.
func sum(total uint32, b []byte) uint32 {
	for len(b) >= 2 {
		total += uint32(b[0])<<8 | uint32(b[1])
		b = b[2:]
	}
	if len(b) == 1 {
		total += uint32(b[0]) << 8
	}
	return total
}

// checksum is the checksum of the internet (RFC 1071) over bytes, of which the sum of some is known.
func checksum(total uint32, b []byte) uint16 {
	total = sum(total, b)
	for total>>16 != 0 {
		total = total&0xffff + total>>16
	}
	return ^uint16(total)
}

func put16(b []byte, v uint16) []byte { return binary.BigEndian.AppendUint16(b, v) }

func put32(b []byte, v uint32) []byte { return binary.BigEndian.AppendUint32(b, v) }
