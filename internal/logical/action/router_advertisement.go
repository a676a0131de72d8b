package action

import (
	"bytes"
	"encoding/binary"
	"net/netip"
	"strings"

	"woven/internal/logical/lex"
)

// FIELD = put_nd_ra_opts(addr_mode="slaac", slla=…, prefix=…, mtu=1450); has the controller answer a
// router solicitation. It gets the whole message: RFC 4861, 4.2, with the options of 4.6, RFC 4191
// (preference, routes) and RFC 8106 (DNS).

var advertisement = answer{opcode: opPutRA, encode: (*encoder).advertisement}

// The flags of the message, in its sixth byte.
const (
	raManaged    = 0x80 // addresses are assigned by DHCPv6
	raOther      = 0x40 // other configuration is known to DHCPv6
	raFlags      = 5
	raHighRouter = 0x08
	raLowRouter  = 0x18
)

// raForever is a time that does not end, in seconds.
const raForever = 0xffffffff

var raModes = map[string]byte{"slaac": 0, "dhcpv6_stateful": raManaged, "dhcpv6_stateless": raOther}

var raPreferences = map[string]byte{"HIGH": raHighRouter, "MEDIUM": 0, "LOW": raLowRouter}

// raOption appends an option to a message; it may look at what the message has so far.
type raOption func(e *encoder, o *option, message []byte) []byte

var raOptions = map[string]raOption{
	"addr_mode":         raFlag(raModes, "slaac, dhcpv6_stateful or dhcpv6_stateless"),
	"router_preference": raFlag(raPreferences, "HIGH, MEDIUM or LOW"),
	"slla":              (*encoder).raLinkAddress,
	"mtu":               (*encoder).raMTU,
	"prefix":            (*encoder).raPrefix,
	"rdnss":             (*encoder).raResolver,
	"dnssl":             (*encoder).raSearchList,
	"route_info":        (*encoder).raRoutes,
}

func (e *encoder) advertisement(o *putOptions, b []byte) []byte {
	// A router advertisement: code 0, no checksum yet, hop limit 255, no flags, a lifetime that is as
	// long as possible, no times for reachability.
	message := []byte{134, 0, 0, 0, 255, 0, 0xff, 0xff, 0, 0, 0, 0, 0, 0, 0, 0}
	given := map[string]bool{}
	for i := range o.options {
		option := &o.options[i]
		add := raOptions[option.name]
		if add == nil {
			e.fail(option.at, "there is no option of this name")
			return b
		}
		if len(option.places) != 1 {
			e.fail(option.places[1], "%s has one value only", option.name)
			return b
		}
		given[option.name] = true
		message = add(e, option, message)
	}
	switch {
	case !given["slla"]:
		e.fail(o.at, "the router's Ethernet address is missing: write slla=00:00:00:00:00:01")
	case message[raFlags]&raManaged == 0 && !given["prefix"]:
		e.fail(o.at, "without addresses from DHCPv6 (addr_mode) a prefix is needed: write prefix=fd00::/64")
	}
	return append(b, message...)
}

// raFlag is an option that sets flags according to a word in quotes.
func raFlag(flags map[string]byte, words string) raOption {
	return func(e *encoder, o *option, message []byte) []byte {
		flag, ok := flags[e.quoted(o)]
		if !ok {
			e.fail(o.places[0], "%s has to be written here", words)
		}
		message[raFlags] |= flag
		return message
	}
}

// raNumber checks the form of an option that is a number or an address.
func (e *encoder) raNumber(o *option, kind lex.Kind, format lex.Format, what string) *lex.Token {
	t := e.first(o)
	if t.Kind != kind || t.Format != format {
		e.fail(o.places[0], "%s has to be written here", what)
	}
	return t
}

func (e *encoder) raLinkAddress(o *option, message []byte) []byte {
	t := e.raNumber(o, lex.Integer, lex.Ethernet, "an Ethernet address")
	return append(append(message, 1, 1), bigEndian(t, 6)...)
}

func (e *encoder) raMTU(o *option, message []byte) []byte {
	t := e.raNumber(o, lex.Integer, lex.Decimal, "a decimal number")
	return append(append(message, 5, 1, 0, 0), bigEndian(t, 4)...)
}

// raPrefix says which addresses are on the link, and whether hosts choose addresses from it.
func (e *encoder) raPrefix(o *option, message []byte) []byte {
	t := e.raNumber(o, lex.Masked, lex.IPv6, "an IPv6 prefix, such as fd00::/64,")
	const onLink, autonomous = 0x80, 0x40
	flags := byte(onLink)
	if message[raFlags]&raManaged == 0 {
		flags |= autonomous
	}
	message = append(message, 3, 4, byte(prefixLength(t)), flags)
	message = binary.BigEndian.AppendUint32(message, raForever)
	message = binary.BigEndian.AppendUint32(message, raForever)
	message = append(message, 0, 0, 0, 0)
	return append(message, bigEndian(t, 16)...)
}

// prefixLength is how many bits a mask has before the first one that is 0.
func prefixLength(t *lex.Token) int {
	n := 0
	for m := t.Mask; m.Len() == 128; m = m.Shl(1) {
		n++
	}
	return n
}

func (e *encoder) raResolver(o *option, message []byte) []byte {
	t := e.first(o)
	if o.texts || t.Format != lex.IPv6 {
		e.fail(o.places[0], "an IPv6 address has to be written here")
	}
	message = binary.BigEndian.AppendUint32(append(message, 25, 3, 0, 0), raForever)
	return append(message, bigEndian(t, 16)...)
}

// longestSearchList is how long the list of domains can be, in bytes.
const longestSearchList = 255

// raSearchList are domains with commas between them. As in the reference, a list that is too long
// is left out.
func (e *encoder) raSearchList(o *option, message []byte) []byte {
	var names []byte
	size := 8
	for domain := range strings.FieldsFuncSeq(e.quoted(o), isComma) {
		if size += len(domain) + 2; size > longestSearchList {
			return message
		}
		for label := range strings.FieldsFuncSeq(domain, isDot) {
			names = append(append(names, byte(len(label))), label...)
		}
		names = append(names, 0)
	}
	units := (size + 7) / 8
	names = append(names, bytes.Repeat([]byte{0}, 8*units-8-len(names))...)
	message = binary.BigEndian.AppendUint32(append(message, 31, byte(units), 0, 0), raForever)
	return append(message, names...)
}

// raRoutes are PREFERENCE-PREFIX with commas between them. As in the reference, what follows one
// that cannot be read is left out.
func (e *encoder) raRoutes(o *option, message []byte) []byte {
	for route := range strings.FieldsFuncSeq(e.quoted(o), isComma) {
		preference, prefixes, _ := strings.Cut(route, "-")
		for text := range strings.FieldsFuncSeq(prefixes, func(r rune) bool { return r == '-' }) {
			prefix, ok := readPrefix(text)
			if !ok {
				return message
			}
			units := (prefix.Bits() + 63) / 64
			message = append(message, 24, byte(1+units), byte(prefix.Bits()), raPreferences[preference])
			message = binary.BigEndian.AppendUint32(message, raForever)
			message = append(message, prefix.Addr().AsSlice()[:8*units]...)
		}
	}
	return message
}

// readPrefix reads an IPv6 prefix, or an address as a prefix of 128 bits.
func readPrefix(text string) (netip.Prefix, bool) {
	p, err := netip.ParsePrefix(text)
	if err != nil {
		a, err := netip.ParseAddr(text)
		if err != nil {
			return p, false
		}
		p = netip.PrefixFrom(a, a.BitLen())
	}
	return p.Masked(), p.Addr().Is6() && p.Addr().Zone() == ""
}
