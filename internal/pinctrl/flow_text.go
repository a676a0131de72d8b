package pinctrl

import (
	"encoding/binary"
	"fmt"
	"net/netip"
	"strings"
)

// noHeader stands for a header of IP or ARP that is not understood.
var noHeader = make([]byte, ipv6Len)

// appendText appends the packet as a flow's match in the form that ovs-ofctl(8) dumps, with all
// fields of the packet.
func (f *frame) appendText(b []byte) []byte {
	if kind := f.kind(); kind != "" {
		b = append(append(b, kind...), ',')
	}
	if f.isTagged {
		b = fmt.Appendf(b, "dl_vlan=%d,dl_vlan_pcp=%d,vlan_tci1=0x0000", f.tag&0xfff, f.tag>>13)
	} else {
		b = append(b, "vlan_tci=0x0000"...)
	}
	b = fmt.Appendf(b, ",dl_src=%s,dl_dst=%s", mac(f.source), mac(f.target))
	switch f.etherType {
	case etherIPv4, etherIPv6:
		return f.appendIPText(b)
	case etherARP, etherRARP:
		return f.appendARPText(b)
	}
	return fmt.Appendf(b, ",dl_type=0x%04x", f.etherType)
}

// kind is the word for the protocol, as matches begin with it.
func (f *frame) kind() string {
	var suffix, other string
	switch f.etherType {
	case etherARP:
		return "arp"
	case etherRARP:
		return "rarp"
	case etherIPv4:
		other = "ip"
	case etherIPv6:
		suffix, other = "6", "ipv6"
	default:
		return ""
	}
	switch f.protocol {
	case f.icmp():
		return "icmp" + suffix
	case protocolTCP:
		return "tcp" + suffix
	case protocolUDP:
		return "udp" + suffix
	case protocolSCTP:
		return "sctp" + suffix
	}
	return other
}

// icmp is the protocol with the errors of the packet's version of IP.
func (f *frame) icmp() byte {
	if f.etherType == etherIPv6 {
		return protocolICMPv6
	}
	return protocolICMP
}

func (f *frame) appendIPText(b []byte) []byte {
	header := frame{etherType: f.etherType, network: f.network}
	if f.network == nil {
		header.network = noHeader
	}
	source, target := header.addresses()
	hops := header.network[8]
	if f.etherType == etherIPv4 {
		b = fmt.Appendf(b, ",nw_src=%s,nw_dst=%s", address(source), address(target))
	} else {
		hops = header.network[7]
		b = fmt.Appendf(b, ",ipv6_src=%s,ipv6_dst=%s,ipv6_label=0x%05x", address(source),
			address(target), header.label())
	}
	if strings.HasPrefix(f.kind(), "ip") {
		b = fmt.Appendf(b, ",nw_proto=%d", f.protocol)
	}
	class := header.trafficClass()
	b = fmt.Appendf(b, ",nw_tos=%d,nw_ecn=%d,nw_ttl=%d", class&0xfc, class&3, hops)
	switch {
	case f.later:
		return append(b, ",nw_frag=later"...)
	case f.fragmented:
		b = append(b, ",nw_frag=first"...)
	default:
		b = append(b, ",nw_frag=no"...)
	}
	return f.appendTransportText(b)
}

// appendTransportText appends the fields of the protocol above IP, which are zeros if its header is
// not all there.
func (f *frame) appendTransportText(b []byte) []byte {
	header := f.transport
	if !f.hasTransport() {
		header = noHeader
	}
	switch f.protocol {
	case protocolTCP, protocolUDP, protocolSCTP:
		b = fmt.Appendf(b, ",tp_src=%d,tp_dst=%d", binary.BigEndian.Uint16(header),
			binary.BigEndian.Uint16(header[2:]))
		if f.protocol == protocolTCP {
			b = append(append(b, ",tcp_flags="...),
				tcpFlags(binary.BigEndian.Uint16(header[12:])&0xfff)...)
		}
	case f.icmp():
		b = fmt.Appendf(b, ",icmp_type=%d,icmp_code=%d", header[0], header[1])
		if f.isNeighborDiscovery() {
			b = f.appendNeighborText(b)
		}
	case protocolIGMP:
		b = fmt.Appendf(b, ",tp_src=%d,tp_dst=%d", header[0], header[1])
	}
	return b
}

// appendNeighborText appends what neighbour discovery asks for or tells.
func (f *frame) appendNeighborText(b []byte) []byte {
	links := map[byte][]byte{}
	options := f.transport[neighborMessageLen:]
	for len(options) >= 8 {
		size := 8 * int(options[1])
		if size == 0 || size > len(options) {
			break
		}
		if size == 8 {
			links[options[0]] = options[2:8]
		}
		options = options[size:]
	}
	link := func(option byte) string {
		if a := links[option]; a != nil {
			return mac(a)
		}
		return mac(noHeader[:6])
	}
	return fmt.Appendf(b, ",nd_target=%s,nd_sll=%s,nd_tll=%s", address(f.transport[8:24]),
		link(optionSourceLink), link(optionTargetLink))
}

// appendARPText appends the fields of ARP for IPv4 over Ethernet.
func (f *frame) appendARPText(b []byte) []byte {
	header := f.network
	const ethernetAndIPv4 = "\x00\x01\x08\x00\x06\x04"
	if len(header) < arpLen || string(header[:6]) != ethernetAndIPv4 {
		header = noHeader
	}
	operation := header[7]
	if header[6] != 0 {
		operation = 0
	}
	return fmt.Appendf(b, ",arp_spa=%s,arp_tpa=%s,arp_op=%d,arp_sha=%s,arp_tha=%s",
		address(header[14:18]), address(header[24:28]), operation, mac(header[8:14]),
		mac(header[18:24]))
}

// tcpFlagNames are the names of the flags from the lowest bit on; the other bits have none.
var tcpFlagNames = []string{"fin", "syn", "rst", "psh", "ack", "urg", "ece", "cwr", "ns"}

func tcpFlags(flags uint16) string {
	if flags == 0 {
		return "0"
	}
	var names []string
	for i := range 12 {
		switch flag := uint16(1) << i; {
		case flags&flag == 0:
		case i < len(tcpFlagNames):
			names = append(names, tcpFlagNames[i])
		default:
			names = append(names, fmt.Sprintf("[%x]", flag))
		}
	}
	return strings.Join(names, "|")
}

// mac spells an Ethernet address.
func mac(b []byte) string {
	return fmt.Sprintf("%02x:%02x:%02x:%02x:%02x:%02x", b[0], b[1], b[2], b[3], b[4], b[5])
}

// address spells an address of IP.
func address(b []byte) string {
	a, _ := netip.AddrFromSlice(b)
	return a.String()
}
