package function

import (
	"fmt"
	"net/netip"

	"woven/relations"
)

// An /ip value is an address with a prefix length; a host has the full length.

func addIP(r *Registry) {
	r.AddFunc(&Func{Name: "fn:ip", Params: types(text), Result: ip, Compile: compileIP,
		Doc: `The address of a constant text such as "10.0.0.1", "10.0.0.0/8" or "fe80::/10".`})
	addIPReader(r, ":ip4", "an IPv4 address without mask", readIP4)
	addIPReader(r, ":ip6", "an IPv6 address without mask", readIP6)
	addIPReader(r, ":ip", "an IPv4 or IPv6 address, with or without a mask that is a prefix", readCIDR)
	r.AddPredicate(
		&Predicate{Name: ":ip4_masked", In: columns(column("Text", text)),
			Out: columns(column("Ip", ip), column("Mask", ip)),
			Doc: "The IPv4 address and the mask that the whole text spells, such as 10.0.0.1/255.0.0.255 " +
				"or 10.0.0.1/8, both as addresses; the mask has all bits if there is none. Nothing if it " +
				"spells none.",
			Eval: func(s *relations.Store, in []relations.Value, emit func([]relations.Value)) {
				var buf scratch
				if a, m, ok := readIP4Masked(buf.text(s, in[0])); ok {
					emit([]relations.Value{s.IP(host(ip4Addr(a))), s.IP(host(ip4Addr(m)))})
				}
			}},
		whyNot(":ip4_masked_error", "Why :ip4_masked yields nothing for the text.",
			func(b []byte) string {
				if _, _, ok := readIP4Masked(b); ok {
					return ""
				}
				return "an IPv4 address, perhaps with a mask such as /255.255.0.0 or /16, is expected"
			}))
}

// addIPReader adds a predicate that reads an address, and its twin.
func addIPReader(r *Registry, name, what string, read func([]byte) (netip.Prefix, bool)) {
	r.AddPredicate(
		&Predicate{Name: name, In: columns(column("Text", text)), Out: columns(column("Ip", ip)),
			Doc: "The address, if the whole text is " + what + ", as OVS reads it; nothing if it is not.",
			Eval: func(s *relations.Store, in []relations.Value, emit func([]relations.Value)) {
				var buf scratch
				if p, ok := read(buf.text(s, in[0])); ok {
					emit([]relations.Value{s.IP(p)})
				}
			}},
		whyNot(name+"_error", "Why "+name+" yields nothing for the text.", func(b []byte) string {
			if _, ok := read(b); ok {
				return ""
			}
			return what + " is expected"
		}))
}

func readIP4(b []byte) (netip.Prefix, bool) {
	c := scanner{text: b}
	a, ok := c.ip4()
	return host(ip4Addr(a)), ok && c.end()
}

func readIP6(b []byte) (netip.Prefix, bool) {
	c := scanner{text: b}
	a, ok := c.ip6()
	if !ok || !c.end() {
		return netip.Prefix{}, false
	}
	return host(a), true
}

func readCIDR(b []byte) (netip.Prefix, bool) {
	c := scanner{text: b}
	p, ok, _ := c.ip4CIDR()
	if !ok || !c.end() {
		c.at = 0
		p, ok = c.ip6CIDR()
	}
	return p, ok && c.end()
}

func readIP4Masked(b []byte) (addr, mask uint32, ok bool) {
	c := scanner{text: b}
	addr, mask, ok, _ = c.ip4Masked()
	return addr, mask, ok && c.end()
}

func host(a netip.Addr) netip.Prefix { return netip.PrefixFrom(a, a.BitLen()) }

func compileIP(s *relations.Store, args []Arg) (Eval, error) {
	if len(args) != 1 || !args[0].Const {
		return nil, fmt.Errorf("its argument must be a text constant; :ip reads texts that rows bring")
	}
	t := s.TextOf(args[0].Value)
	p, err := netip.ParsePrefix(t)
	if a, err2 := netip.ParseAddr(t); err2 == nil && a.Zone() == "" {
		p, err = host(a), nil
	}
	if err != nil {
		return nil, fmt.Errorf("%q is no IPv4 or IPv6 address, with or without a prefix length", t)
	}
	return func(s *relations.Store, _ []relations.Value) relations.Value { return s.IP(p) }, nil
}
