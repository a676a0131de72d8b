package function

import (
	"encoding/binary"
	"math/bits"
	"net/netip"

	"woven/relations"
)

func addIPDerived(r *Registry) {
	r.AddFunc(
		&Func{Name: "fn:ip:plus", Params: types(ip, number), Result: ip,
			Doc: "The address that many further on, or back for a negative number, with the same prefix " +
				"length; it wraps around at the end of its family.",
			Eval: func(s *relations.Store, args []relations.Value) relations.Value {
				p := s.IPOf(args[0])
				return s.IP(netip.PrefixFrom(addTo(p.Addr(), s.Int(args[1])), p.Bits()))
			}},
		&Func{Name: "fn:ip:with_prefix_len", Params: types(ip, number), Result: ip,
			Doc: "The address with another prefix length, which is brought into 0 to 32 or 128.",
			Eval: func(s *relations.Store, args []relations.Value) relations.Value {
				a := s.IPOf(args[0]).Addr()
				return s.IP(netip.PrefixFrom(a, int(min(max(s.Int(args[1]), 0), int64(a.BitLen())))))
			}},
		&Func{Name: "fn:ip:from_number", Params: types(number), Result: ip,
			Doc: "The IPv4 address of the number's low 32 bits.",
			Eval: func(s *relations.Store, args []relations.Value) relations.Value {
				return s.IP(host(ip4Addr(uint32(s.Int(args[0])))))
			}},
		&Func{Name: "fn:ip:eui64", Params: types(ip, mac), Result: ip,
			Doc: "The IPv6 address with the first 64 bits of the address and an interface id made of the " +
				"Ethernet address (RFC 4291, appendix A).",
			Eval: func(s *relations.Store, args []relations.Value) relations.Value {
				return s.IP(host(eui64(s.IPOf(args[0]).Addr().As16(), s.MACOf(args[1]))))
			}},
		ipMap("fn:ip:solicited_node", "The multicast address at which a neighbour asks for the IPv6 address "+
			"(RFC 4291, 2.7.1): ff02::1:ff00:0 with its last 24 bits.",
			func(p netip.Prefix) netip.Prefix {
				a := p.Addr().As16()
				return host(netip.AddrFrom16([16]byte{0: 0xff, 1: 0x02, 11: 1, 12: 0xff,
					13: a[13], 14: a[14], 15: a[15]}))
			}),
		&Func{Name: "fn:ip:multicast_mac", Params: types(ip), Result: mac,
			Doc: "The Ethernet address to which packets for a multicast address go: 33:33 and the last 32 " +
				"bits for IPv6 (RFC 2464), 01:00:5e and the last 23 bits for IPv4 (RFC 1112).",
			Eval: func(s *relations.Store, args []relations.Value) relations.Value {
				a := s.IPOf(args[0]).Addr()
				b := a.As16()
				low := uint64(binary.BigEndian.Uint32(b[12:]))
				if a.Is4() {
					return s.MAC(0x01005e000000 | low&0x7fffff)
				}
				return s.MAC(0x333300000000 | low)
			}},
	)
	addIPNumbers(r)
}

// addIPNumbers registers what takes addresses apart into numbers.
func addIPNumbers(r *Registry) {
	r.AddPredicate(&Predicate{Name: ":ip4_number", In: columns(column("Ip", ip)),
		Out: columns(column("N", number)),
		Doc: "The 32 bits of an IPv4 address as a number; nothing for IPv6.",
		Eval: func(s *relations.Store, in []relations.Value, emit func([]relations.Value)) {
			if a := s.IPOf(in[0]).Addr(); a.Is4() {
				b := a.As4()
				emit([]relations.Value{s.Number(int64(binary.BigEndian.Uint32(b[:])))})
			}
		}}, &Predicate{Name: ":ip6_words", In: columns(column("Ip", ip)),
		Out: columns(column("First", number), column("Second", number), column("Third", number),
			column("Fourth", number)),
		Doc: "The 128 bits of an IPv6 address as four numbers of 32 bits; nothing for IPv4.",
		Eval: func(s *relations.Store, in []relations.Value, emit func([]relations.Value)) {
			a := s.IPOf(in[0]).Addr()
			if a.Is4() {
				return
			}
			b := a.As16()
			row := make([]relations.Value, 4)
			for i := range row {
				row[i] = s.Number(int64(binary.BigEndian.Uint32(b[4*i:])))
			}
			emit(row)
		}})
}

func addTo(a netip.Addr, n int64) netip.Addr {
	b := a.As16()
	if a.Is4() {
		return ip4Addr(binary.BigEndian.Uint32(b[12:]) + uint32(n))
	}
	hi, lo := binary.BigEndian.Uint64(b[:8]), binary.BigEndian.Uint64(b[8:])
	lo, carry := bits.Add64(lo, uint64(n), 0)
	hi, _ = bits.Add64(hi, uint64(n>>63), carry)
	binary.BigEndian.PutUint64(b[:8], hi)
	binary.BigEndian.PutUint64(b[8:], lo)
	return netip.AddrFrom16(b)
}
