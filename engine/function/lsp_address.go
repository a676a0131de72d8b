package function

import (
	"bytes"
	"fmt"
	"net/netip"

	"woven/relations"
)

// The addresses of a logical switch port, as ovn-nb(5) describes them and ovn-northd reads them:
// an Ethernet address, then any number of IP addresses; from the first that cannot be read on,
// the text is ignored.

// readPortAddress reads one element of the columns addresses or port_security and visits its IP
// addresses. ignored is the part of the text, spaces apart, that means nothing to OVN.
func readPortAddress(b []byte, visit func(netip.Prefix)) (m uint64, ignored []byte, ok bool) {
	c := scanner{text: b}
	m, ok = c.mac()
	for ok && !c.end() {
		start := c.at
		p, read, refused := c.ip4CIDR()
		if refused {
			// The reference goes on behind an IPv4 address whose mask is bad, but only to an IPv6
			// address.
			ignored = b[start:c.at]
		}
		if !read {
			p, read = c.ip6CIDR()
		}
		if !read {
			ignored = b[start:]
			break
		}
		if visit != nil {
			visit(p)
		}
	}
	return m, bytes.TrimSpace(ignored), ok
}

// The kinds of elements of the column addresses.
const (
	addressKind = "/address"
	dynamicKind = "/dynamic"
	routerKind  = "/router"
	unknownKind = "/unknown"
	invalidKind = "/invalid"
)

func lspAddressKind(b []byte) string {
	switch {
	case string(b) == "unknown":
		return unknownKind
	case string(b) == "router":
		return routerKind
	case (&scanner{text: b}).dynamic():
		return dynamicKind
	}
	if _, ok := (&scanner{text: b}).mac(); ok {
		return addressKind
	}
	return invalidKind
}

const noMAC = "it does not begin with an Ethernet address (six hexadecimal bytes with colons " +
	"between them)"

func addLSPAddress(r *Registry) {
	r.AddFunc(&Func{Name: "fn:lsp_address:kind", Params: types(text), Result: name,
		Doc: "What an element of a switch port's addresses is: /address (an Ethernet address with any " +
			"number of IP addresses), /dynamic (in any of its forms, also with an Ethernet address), " +
			"/router, /unknown, or /invalid.",
		Eval: func(s *relations.Store, args []relations.Value) relations.Value {
			var buf scratch
			return s.Name(lspAddressKind(buf.text(s, args[0])))
		}})
	r.AddPredicate(
		portMAC(":lsp_address_mac", "The Ethernet address at the start of an element of a switch port's "+
			"addresses, whatever follows it; nothing for dynamic, router, unknown and for errors."),
		portIP(":lsp_address", "Each IP address of an element of a switch port's addresses, with the "+
			"Ethernet address; a mask is read and dropped. Nothing if it has none.",
			func(p netip.Prefix) netip.Prefix { return host(p.Addr()) }),
		whyNot(":lsp_address_error", "Why an element of a switch port's addresses means nothing.",
			func(b []byte) string {
				if lspAddressKind(b) != invalidKind {
					return ""
				}
				return noMAC + ` and is none of "unknown", "router" and "dynamic"`
			}),
		whyNot(":lsp_address_warning", "Which part of an element of a switch port's addresses is ignored.",
			func(b []byte) string {
				if lspAddressKind(b) != addressKind {
					return ""
				}
				return ignoredPart(b)
			}),
	)
}

// ignoredPart says what of a text that begins with an Ethernet address is ignored.
func ignoredPart(b []byte) string {
	_, ignored, ok := readPortAddress(b, nil)
	if !ok || len(ignored) == 0 {
		return ""
	}
	return fmt.Sprintf("%s is ignored: it does not begin with an IPv4 or IPv6 address, or has a "+
		"mask that is no prefix", relations.AppendQuoted(nil, ignored))
}

func portMAC(name, doc string) *Predicate {
	return &Predicate{Name: name, In: columns(column("Text", text)), Out: columns(column("Mac", mac)),
		Doc: doc,
		Eval: func(s *relations.Store, in []relations.Value, emit func([]relations.Value)) {
			var buf scratch
			c := scanner{text: buf.text(s, in[0])}
			if m, ok := c.mac(); ok {
				emit([]relations.Value{s.MAC(m)})
			}
		}}
}

func portIP(name, doc string, keep func(netip.Prefix) netip.Prefix) *Predicate {
	return &Predicate{Name: name, In: columns(column("Text", text)),
		Out: columns(column("Mac", mac), column("Ip", ip)), Doc: doc,
		Eval: func(s *relations.Store, in []relations.Value, emit func([]relations.Value)) {
			var buf scratch
			b := buf.text(s, in[0])
			c := scanner{text: b}
			m, ok := c.mac()
			if !ok {
				return
			}
			readPortAddress(b, func(p netip.Prefix) {
				emit([]relations.Value{s.MAC(m), s.IP(keep(p))})
			})
		}}
}
