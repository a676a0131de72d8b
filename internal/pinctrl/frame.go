package pinctrl

import (
	"encoding/binary"
	"errors"
)

// errShort says that a packet ends before something that it has to have.
var errShort = errors.New("the packet is too short")

// Types of Ethernet frames.
const (
	etherARP     = 0x0806
	etherRARP    = 0x8035
	etherIPv4    = 0x0800
	etherIPv6    = 0x86dd
	etherVLAN    = 0x8100
	etherService = 0x88a8 // the outer one of two tags
	etherLeast   = 0x0600 // what is less is a length (IEEE 802.3)
	etherNone    = 0x05ff // stands for frames with a length in OpenFlow
)

// Protocols above IP.
const (
	protocolHopByHop    = 0
	protocolICMP        = 1
	protocolIGMP        = 2
	protocolTCP         = 6
	protocolUDP         = 17
	protocolRouting     = 43
	protocolFragment    = 44
	protocolAuth        = 51
	protocolICMPv6      = 58
	protocolDestination = 60
	protocolSCTP        = 132
)

// Lengths of headers in bytes.
const (
	etherLen = 14
	vlanLen  = 4
	ipv4Len  = 20
	ipv6Len  = 40
	arpLen   = 28
)

// frame is an Ethernet frame and where its parts are. All slices are parts of one.
type frame struct {
	source, target []byte // Ethernet addresses
	isTagged       bool
	tag            uint16 // of the VLAN, with its priority
	etherType      uint16
	// network begins with the header of IP or ARP and has no padding behind the packet.
	network  []byte
	protocol byte // above IP
	// later says that this is a fragment, but not the first; fragmented that it is one at all.
	fragmented, later bool
	// transport begins with the header above IP. It is nil if there is none.
	transport []byte
}

// parseFrame finds the parts of a frame. What is malformed above Ethernet is left out of the
// result, as the switch does it.
func parseFrame(b []byte) (frame, error) {
	if len(b) < etherLen {
		return frame{}, errShort
	}
	f := frame{target: b[:6], source: b[6:12], etherType: binary.BigEndian.Uint16(b[12:])}
	b = b[etherLen:]
	if f.etherType == etherVLAN || f.etherType == etherService {
		if len(b) < vlanLen {
			return frame{}, errShort
		}
		f.isTagged, f.tag = true, binary.BigEndian.Uint16(b)
		f.etherType, b = binary.BigEndian.Uint16(b[2:]), b[vlanLen:]
	}
	if f.etherType < etherLeast {
		f.etherType = etherNone
	}
	switch f.etherType {
	case etherIPv4:
		f.parseIPv4(b)
	case etherIPv6:
		f.parseIPv6(b)
	default:
		f.network = b
	}
	return f, nil
}

func (f *frame) parseIPv4(b []byte) {
	if len(b) < ipv4Len || b[0]>>4 != 4 {
		return
	}
	header, total := 4*int(b[0]&15), int(binary.BigEndian.Uint16(b[2:]))
	if header < ipv4Len || total < header || total > len(b) {
		return
	}
	f.network, f.protocol = b[:total], b[9]
	fragment := binary.BigEndian.Uint16(b[6:])
	f.later = fragment&0x1fff != 0
	f.fragmented = f.later || fragment&0x2000 != 0
	if !f.later {
		f.transport = b[header:total]
	}
}

func (f *frame) parseIPv6(b []byte) {
	if len(b) < ipv6Len || b[0]>>4 != 6 {
		return
	}
	total := ipv6Len + int(binary.BigEndian.Uint16(b[4:]))
	if total > len(b) {
		return
	}
	f.network, f.protocol = b[:total], b[6]
	f.transport = f.skipExtensions(b[ipv6Len:total])
}

// skipExtensions passes over the headers between IPv6 and what it carries, and notes which
// protocol that is. The result is nil if nothing of it is in this packet.
func (f *frame) skipExtensions(b []byte) []byte {
	for {
		var size int
		switch f.protocol {
		case protocolHopByHop, protocolRouting, protocolDestination:
			if len(b) < 8 {
				return nil
			}
			size = 8 + 8*int(b[1])
		case protocolAuth:
			if len(b) < 8 {
				return nil
			}
			size = 8 + 4*int(b[1])
		case protocolFragment:
			if len(b) < 8 {
				return nil
			}
			size = 8
			offset := binary.BigEndian.Uint16(b[2:])
			f.later = offset&0xfff8 != 0
			f.fragmented = f.later || offset&1 != 0
		default:
			return b
		}
		if size > len(b) {
			return nil
		}
		if f.later {
			return nil
		}
		f.protocol, b = b[0], b[size:]
	}
}

// isIP says whether the frame has a whole header of IP.
func (f *frame) isIP() bool {
	return f.network != nil && (f.etherType == etherIPv4 || f.etherType == etherIPv6)
}

// addresses are the source and the destination in the header of IP.
func (f *frame) addresses() (source, target []byte) {
	if f.etherType == etherIPv4 {
		return f.network[12:16], f.network[16:20]
	}
	return f.network[8:24], f.network[24:40]
}

// trafficClass is what IP says about how to treat the packet, with the ECN bits.
func (f *frame) trafficClass() byte {
	if f.etherType == etherIPv4 {
		return f.network[1]
	}
	return f.network[0]<<4 | f.network[1]>>4
}

// label is the flow label of IPv6.
func (f *frame) label() uint32 {
	return binary.BigEndian.Uint32(f.network) & 0xfffff
}

// minimal is how many bytes the header of a protocol has at least.
var minimal = map[byte]int{protocolTCP: 20, protocolUDP: 8, protocolSCTP: 12, protocolICMP: 8,
	protocolIGMP: 8, protocolICMPv6: 8}

// hasTransport says whether the whole header of the protocol above IP is in the packet.
func (f *frame) hasTransport() bool {
	if f.transport == nil || len(f.transport) < minimal[f.protocol] {
		return false
	}
	if f.protocol != protocolTCP {
		return true
	}
	size := 4 * int(f.transport[12]>>4)
	return size >= minimal[protocolTCP] && size <= len(f.transport)
}
