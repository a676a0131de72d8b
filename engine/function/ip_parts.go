package function

import (
	"net/netip"

	"woven/relations"
)

func addIPParts(r *Registry) {
	ipTest := func(name, doc string, f func(p netip.Prefix) bool) *Func {
		return &Func{Name: name, Params: types(ip), Result: boolean, Doc: doc,
			Eval: func(s *relations.Store, args []relations.Value) relations.Value {
				return relations.Bool(f(s.IPOf(args[0])))
			}}
	}
	r.AddFunc(
		ipTest("fn:ip:is4", "Whether it is an IPv4 address.",
			func(p netip.Prefix) bool { return p.Addr().Is4() }),
		ipTest("fn:ip:is6", "Whether it is an IPv6 address, mapped IPv4 addresses included.",
			func(p netip.Prefix) bool { return p.Addr().Is6() }),
		ipTest("fn:ip:is_host", "Whether the prefix has the full length.", netip.Prefix.IsSingleIP),
		ipTest("fn:ip:is_multicast", "Whether the address is in 224.0.0.0/4 or ff00::/8.",
			func(p netip.Prefix) bool { a := p.Addr(); return !a.Is4In6() && a.IsMulticast() }),
		ipTest("fn:ip:is_link_local", "Whether the address is in 169.254.0.0/16 or fe80::/10.",
			func(p netip.Prefix) bool { a := p.Addr(); return !a.Is4In6() && a.IsLinkLocalUnicast() }),
		ipTest("fn:ip:is_loopback", "Whether the address is in 127.0.0.0/8 or is ::1.",
			func(p netip.Prefix) bool { a := p.Addr(); return !a.Is4In6() && a.IsLoopback() }),
		ipTest("fn:ip:is_unspecified", "Whether the address is 0.0.0.0 or ::.",
			func(p netip.Prefix) bool { return p.Addr().IsUnspecified() }),
		ipMap("fn:ip:host", "The address without its prefix length.",
			func(p netip.Prefix) netip.Prefix { return host(p.Addr()) }),
		ipMap("fn:ip:network", "The address with all bits behind the prefix 0, with its prefix length.",
			netip.Prefix.Masked),
		ipMap("fn:ip:broadcast", "The last address of the network, without prefix length.",
			func(p netip.Prefix) netip.Prefix { return host(lastAddr(p)) }),
		ipMap("fn:ip:mask", "The prefix length as a mask, an address: 255.255.255.0 for /24.", maskOf),
		&Func{Name: "fn:ip:prefix_len", Params: types(ip), Result: number,
			Doc: "The prefix length in bits; 32 or 128 for a host.",
			Eval: func(s *relations.Store, args []relations.Value) relations.Value {
				return s.Number(int64(s.IPOf(args[0]).Bits()))
			}},
		&Func{Name: "fn:ip:contains", Params: types(ip, ip), Result: boolean,
			Doc: "Whether the second address with its whole network lies in the network of the first; " +
				"never so for addresses of two families.",
			Eval: func(s *relations.Store, args []relations.Value) relations.Value {
				net, p := s.IPOf(args[0]), s.IPOf(args[1])
				return relations.Bool(net.Bits() <= p.Bits() && net.Contains(p.Addr()))
			}},
	)
}

func ipMap(name, doc string, f func(p netip.Prefix) netip.Prefix) *Func {
	return &Func{Name: name, Params: types(ip), Result: ip, Doc: doc,
		Eval: func(s *relations.Store, args []relations.Value) relations.Value {
			return s.IP(f(s.IPOf(args[0])))
		}}
}

// lastAddr sets every bit behind the prefix.
func lastAddr(p netip.Prefix) netip.Addr {
	b := p.Addr().AsSlice()
	for i := p.Bits(); i < len(b)*8; i++ {
		b[i/8] |= 0x80 >> (i % 8)
	}
	a, _ := netip.AddrFromSlice(b)
	return a
}

func maskOf(p netip.Prefix) netip.Prefix {
	b := make([]byte, p.Addr().BitLen()/8)
	for i := range p.Bits() {
		b[i/8] |= 0x80 >> (i % 8)
	}
	a, _ := netip.AddrFromSlice(b)
	return host(a)
}
