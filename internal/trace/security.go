package trace

import (
	"net/netip"
	"strings"
)

// securityEntry is an element of Port_Binding.port_security: an Ethernet address, and the IP
// addresses that may be used with it; without any, all of them. ovn-nb(5), Logical_Switch_Port,
// column port_security.
type securityEntry struct {
	mac      number
	v4, v6   []netip.Prefix
	checksIP bool
}

// readSecurity reads the elements; what cannot be read allows nothing.
func readSecurity(list []string) []*securityEntry {
	var out []*securityEntry
	for _, text := range list {
		words := strings.Fields(text)
		if len(words) == 0 {
			continue
		}
		mac, width, ok := parseNumber(words[0])
		if !ok || width != 48 {
			continue
		}
		e := &securityEntry{mac: mac}
		for _, w := range words[1:] {
			prefix, err := netip.ParsePrefix(w)
			if err != nil {
				address, err := netip.ParseAddr(w)
				if err != nil {
					continue
				}
				prefix = netip.PrefixFrom(address, address.BitLen())
			}
			// A host in a subnet stands for that host; an address without host bits for its subnet.
			if prefix.Addr() != prefix.Masked().Addr() {
				prefix = netip.PrefixFrom(prefix.Addr(), prefix.Addr().BitLen())
			}
			e.checksIP = true
			if prefix.Addr().Is4() {
				e.v4 = append(e.v4, prefix)
			} else {
				e.v6 = append(e.v6, prefix)
			}
		}
		out = append(out, e)
	}
	return out
}

const (
	typeIP4 = 0x800
	typeIP6 = 0x86dd
	typeARP = 0x806
)

// sends reports whether the port may send the packet.
func (e *securityEntry) sends(p *packet) bool {
	if p.bits["eth.src"] != e.mac {
		return false
	}
	switch p.bits["eth.type"].lo {
	case typeIP4:
		isDHCP := p.bits["ip4.src"] == number{} && p.value("udp.dst") == small(67)
		return !e.checksIP || isDHCP || lists(e.v4, p.bits["ip4.src"], 4)
	case typeARP:
		return p.bits["arp.sha"] == e.mac && (!e.checksIP || lists(e.v4, p.bits["arp.spa"], 4))
	case typeIP6:
		isUnspecified := p.bits["ip6.src"] == number{}
		return !e.checksIP || isUnspecified || p.bits["ip6.src"] == linkLocal(e.mac) ||
			lists(e.v6, p.bits["ip6.src"], 16)
	}
	return true
}

// receives reports whether the port may get the packet.
func (e *securityEntry) receives(p *packet) bool {
	if p.bits["eth.dst"] != e.mac {
		return false
	}
	switch dst := p.bits["ip4.dst"]; p.bits["eth.type"].lo {
	case typeIP4:
		return !e.checksIP || dst.lo>>28 == 0xe || dst == ones(32) || lists(e.v4, dst, 4)
	case typeIP6:
		dst = p.bits["ip6.dst"]
		return !e.checksIP || dst.hi>>56 == 0xff || dst == linkLocal(e.mac) || lists(e.v6, dst, 16)
	}
	return true
}

func lists(prefixes []netip.Prefix, address number, length int) bool {
	a, ok := netip.AddrFromSlice(address.bytes(length))
	for _, p := range prefixes {
		if ok && p.Contains(a) {
			return true
		}
	}
	return false
}

// linkLocal is the IPv6 address that a host makes of its Ethernet address (RFC 4862).
func linkLocal(mac number) number {
	m := mac.lo
	return number{hi: 0xfe80 << 48, lo: (m>>24^0x020000)<<40 | 0xfffe<<24 | m&0xffffff}
}
