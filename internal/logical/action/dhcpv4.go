package action

import (
	mathbits "math/bits"
	"slices"
	"strconv"
	"strings"

	"woven/internal/logical/lex"
)

// FIELD = put_dhcp_opts(offerip=10.0.0.2, …); has the controller answer a DHCP request.

var dhcpv4 = answer{opcode: opPutDHCPv4, encode: (*encoder).dhcpv4}

// known is an option with what the table DHCP_Options or DHCPv6_Options says of its name.
type known struct {
	*option
	code uint16
	kind string // the type of its values
}

// knownOptions looks up the options that are written. A trial knows none.
func (e *encoder) knownOptions(kind string, o *putOptions) (list []known) {
	for i := range o.options {
		written := &o.options[i]
		value, ok := e.lookup(kind, written.name)
		if e.trial() {
			continue
		}
		number, valueType, _ := strings.Cut(value, " ")
		code, err := strconv.ParseUint(number, 10, 16)
		if !ok || err != nil {
			e.fail(written.at, "there is no option of this name")
			return nil
		}
		list = append(list, known{written, uint16(code), valueType})
	}
	return list
}

// The codes of options that the controller wants before the others, in this order. The first is the
// offered address, which is no option of the answer; two are OVN's own, for network boots.
const (
	dhcpOfferIP      = 0
	dhcpBootfile     = 67
	dhcpBootfileAlt  = 254
	dhcpNextServer   = 253
	dhcpLongestValue = 255
)

func (e *encoder) dhcpv4(o *putOptions, b []byte) []byte {
	list := e.knownOptions("dhcp_option", o)
	if e.trial() {
		return b
	}
	offer := find(list, dhcpOfferIP)
	if offer == nil {
		e.fail(o.at, "the offered address is missing: write offerip=10.0.0.2")
		return b
	}
	if e.numeric(offer.option) {
		b = append(b, bigEndian(e.first(offer.option), 4)...)
	}
	special := []*known{offer}
	for _, code := range []uint16{dhcpBootfile, dhcpBootfileAlt, dhcpNextServer} {
		if k := find(list, code); k != nil {
			special = append(special, k)
			b = e.dhcpv4Option(b, known{k.option, code, bootTypes[code]})
		}
	}
	for i := range list {
		if !slices.Contains(special, &list[i]) {
			b = e.dhcpv4Option(b, list[i])
		}
	}
	return b
}

// bootTypes are what options for network boots are, whatever the table says.
var bootTypes = map[uint16]string{dhcpBootfile: "str", dhcpBootfileAlt: "str", dhcpNextServer: "uint32"}

// find is the first option with a code, or nil.
func find(list []known, code uint16) *known {
	for i := range list {
		if list[i].code == code {
			return &list[i]
		}
	}
	return nil
}

// dhcpv4Option appends an option with its code and its length.
func (e *encoder) dhcpv4Option(b []byte, k known) []byte {
	value := e.dhcpv4Value(k)
	if len(value) > dhcpLongestValue {
		e.fail(k.at, "this option has %d bytes, more than %d are not possible", len(value),
			dhcpLongestValue)
	}
	return append(append(b, byte(k.code), byte(len(value))), value...)
}

// dhcpv4Value is the value of an option. Of numbers that are too large, the lowest bytes count.
// Types that are not known have no value.
func (e *encoder) dhcpv4Value(k known) []byte {
	switch k.kind {
	case "str":
		return []byte(e.quoted(k.option))
	case "domains":
		return e.domains(k.option, e.quoted(k.option))
	case "host_id":
		if k.texts {
			return []byte(e.first(k.option).Text)
		}
		return bigEndian(e.first(k.option), 4)
	}
	if !e.numeric(k.option) {
		return nil
	}
	switch k.kind {
	case "bool", "uint8":
		return bigEndian(e.first(k.option), 1)
	case "uint16":
		return bigEndian(e.first(k.option), 2)
	case "uint32":
		return bigEndian(e.first(k.option), 4)
	case "ipv4":
		return e.addresses(k.option, 4)
	case "static_routes":
		return e.staticRoutes(k.option)
	}
	return nil
}

// addresses are all of an option's addresses, of size bytes each.
func (e *encoder) addresses(o *option, size int) (b []byte) {
	for _, p := range o.places {
		b = append(b, bigEndian(e.token(p), size)...)
	}
	return b
}

// staticRoutes are pairs of a network and a router (RFC 3442): the length of the network's prefix,
// the bytes of it that matter, and the router. A network without a router is left out.
func (e *encoder) staticRoutes(o *option) (b []byte) {
	for i := 0; i+1 < len(o.places); i += 2 {
		network := e.token(o.places[i])
		prefix := 32
		if network.Kind == lex.Masked {
			prefix = 32 - mathbits.TrailingZeros32(uint32(network.Mask.Lo))
		}
		b = append(b, byte(prefix))
		b = append(b, bigEndian(network, 4)[:(prefix+7)/8]...)
		b = append(b, bigEndian(e.token(o.places[i+1]), 4)...)
	}
	return b
}

// longestDomain is how long the name of a domain can be, in bytes.
const longestDomain = 255

// domains are names of domains, separated by commas, as RFC 3397 has them in one option: a name
// that ends like one before it points there (RFC 1035, 4.1.4).
func (e *encoder) domains(o *option, text string) (b []byte) {
	known := map[string]int{} // where a name begins that the value holds already
	for domain := range strings.FieldsFuncSeq(text, isComma) {
		if len(domain) > longestDomain {
			e.fail(o.places[0], "the domain %.20q… has more than %d bytes", domain, longestDomain)
			return nil
		}
		labels := strings.FieldsFunc(domain, isDot)
		b = appendDomain(b, labels, known)
	}
	return b
}

func isComma(r rune) bool { return r == ',' }
func isDot(r rune) bool   { return r == '.' }

func appendDomain(b []byte, labels []string, known map[string]int) []byte {
	for i, label := range labels {
		suffix := strings.Join(labels[i:], ".")
		if at, ok := known[suffix]; ok {
			return append(b, 0xc0|byte(at>>8), byte(at))
		}
		known[suffix] = len(b)
		b = append(append(b, byte(len(label))), label...)
	}
	return append(b, 0)
}
