package action

import "encoding/binary"

// FIELD = put_dhcpv6_opts(ia_addr=fd00::2, …); has the controller answer a DHCPv6 request.

var dhcpv6 = answer{opcode: opPutDHCPv6, encode: (*encoder).dhcpv6}

func (e *encoder) dhcpv6(o *putOptions, b []byte) []byte {
	for _, k := range e.knownOptions("dhcpv6_option", o) {
		value := e.dhcpv6Value(k)
		b = binary.BigEndian.AppendUint16(b, k.code)
		b = binary.BigEndian.AppendUint16(b, uint16(len(value)))
		b = append(b, value...)
	}
	return b
}

// dhcpv6Value is the value of an option. Types that are not known have no value.
func (e *encoder) dhcpv6Value(k known) []byte {
	if k.kind == "str" {
		return []byte(e.quoted(k.option))
	}
	if !e.numeric(k.option) {
		return nil
	}
	switch k.kind {
	case "ipv6":
		return e.addresses(k.option, 16)
	case "mac":
		return bigEndian(e.first(k.option), 6)
	}
	return nil
}
