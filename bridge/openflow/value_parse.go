package openflow

import (
	"net/netip"
	"strings"
)

// parseValue reads a value of the field as set_field and matches write it, with "/" and a mask if
// not all bits matter. Without a mask, the mask is Field.Mask(). Actions can set a part of any field
// that they can set, but matches not ask for a part of any.
func (f Field) parseValue(p piece, inMatch bool) (value, mask U128, err error) {
	info := &fields[f]
	switch info.form {
	case formCTState, formTCPFlags, formTunnelFlags:
		if v, m, ok, err := f.parseFlags(p); ok || err != nil {
			return v, m, err
		}
	case formFrag:
		for _, n := range fragNames {
			if n.name == p.text {
				return U64(n.value), U64(n.mask), nil
			}
		}
		return U128{}, U128{}, p.errorf("not a word for fragments: write no, yes, first, later " +
			"or not_later")
	}
	text, rest, masked := p.cutByte('/')
	switch {
	case !masked:
		value, err = f.parseOne(text)
		return value, f.Mask(), err
	case inMatch && info.access&maskable == 0:
		return value, mask, rest.errorf("%s has no mask", f)
	case info.form == formPort || info.form == formPort16:
		value, err = f.parseNumber(text)
	default:
		value, err = f.parseOne(text)
	}
	if err != nil {
		return value, mask, err
	}
	mask, err = f.parseMask(rest)
	return value.And(mask), mask, err
}

// parseFlags reads flags by their names. It is false for a number.
func (f Field) parseFlags(p piece) (value, mask U128, ok bool, err error) {
	if p.text == "" || p.text[0] >= '0' && p.text[0] <= '9' {
		return U128{}, U128{}, false, nil
	}
	value, mask, err = f.flags().parse(p.text)
	if err != nil {
		return value, mask, false, p.errorf("%s", err)
	}
	if mask.Lo == f.flags().all {
		mask = f.Mask()
	}
	return value, mask, true, nil
}

// parseOne reads a value without a mask.
func (f Field) parseOne(p piece) (v U128, err error) {
	info := &fields[f]
	switch info.form {
	case formEthernet:
		if strings.IndexByte(p.text, ':') >= 0 {
			return parseMAC(p)
		}
	case formIPv4:
		return parseIPv4(p)
	case formIPv6:
		return parseIPv6(p)
	case formPort, formPort16:
		port, err := parsePort(p)
		if info.form == formPort16 {
			return U64(uint64(port.short())), err
		}
		return U64(uint64(port)), err
	}
	return f.parseNumber(p)
}

// parseNumber reads a value that is written as a number.
func (f Field) parseNumber(p piece) (U128, error) {
	v, err := p.number128()
	if err != nil {
		return v, err
	}
	limit := Ones(f.Bits())
	if f == FieldVLANVID {
		limit = U64(vlanVID | vlanPresent)
	}
	if !v.AndNot(limit).IsZero() {
		return v, p.errorf("%s has %d bits, the number needs %d", f, limit.Len(), v.Len())
	}
	return v, nil
}

// parseMask reads what is behind "/": the length of a prefix for addresses, or a value.
func (f Field) parseMask(p piece) (U128, error) {
	info := &fields[f]
	switch {
	case info.form == formIPv4 && strings.IndexByte(p.text, '.') < 0,
		info.form == formIPv6 && strings.IndexByte(p.text, ':') < 0:
		n, err := p.number(uint64(info.bits))
		return Ones(int(n)).Shl(info.bits - int(n)), err
	case info.form == formEthernet || info.form == formIPv4 || info.form == formIPv6:
		return f.parseOne(p)
	}
	v, err := p.number128()
	if err == nil && !v.AndNot(f.Mask()).IsZero() {
		err = p.errorf("%s has %d bits, the mask needs %d", f, info.bits, v.Len())
	}
	return v, err
}

func parseMAC(p piece) (U128, error) {
	var v uint64
	rest := p.text
	for i := range 6 {
		if i > 0 {
			if rest == "" || rest[0] != ':' {
				return U128{}, p.errorf("not an Ethernet address: write it as 00:11:22:aa:bb:cc")
			}
			rest = rest[1:]
		}
		n := 0
		for n < 2 && n < len(rest) {
			d, ok := hexDigit(rest[n])
			if !ok {
				break
			}
			// The first digit of a byte makes room for a byte, the second moves it up.
			if n == 0 {
				v = v<<8 | uint64(d)
			} else {
				v = v&^0xff | v&0xf<<4 | uint64(d)
			}
			n++
		}
		if n == 0 {
			return U128{}, p.errorf("not an Ethernet address: write it as 00:11:22:aa:bb:cc")
		}
		rest = rest[n:]
	}
	if rest != "" {
		return U128{}, p.errorf("not an Ethernet address: write it as 00:11:22:aa:bb:cc")
	}
	return U64(v), nil
}

func parseIPv4(p piece) (U128, error) {
	a, err := netip.ParseAddr(p.text)
	if err != nil || !a.Is4() {
		return U128{}, p.errorf("not an IPv4 address: write it as 192.0.2.1")
	}
	bytes := a.As4()
	v, _ := bigU128(bytes[:])
	return v, nil
}

func parseIPv6(p piece) (U128, error) {
	a, err := netip.ParseAddr(p.text)
	if err != nil || a.Is4() || a.Zone() != "" {
		return U128{}, p.errorf("not an IPv6 address: write it as fe80::1")
	}
	bytes := a.As16()
	v, _ := bigU128(bytes[:])
	return v, nil
}

// parsePort reads a port's number or the name of a reserved port.
func parsePort(p piece) (Port, error) {
	if p.text != "" && p.text[0] >= '0' && p.text[0] <= '9' {
		v, err := p.number(uint64(PortAny))
		if err != nil {
			return 0, err
		}
		if v <= 0xffff {
			return portFromShort(uint16(v)), nil
		}
		if !Port(v).valid() {
			return 0, p.errorf("no port has this number: write 0 to 65279 or a name such as LOCAL")
		}
		return Port(v), nil
	}
	for i, name := range portNames {
		if strings.EqualFold(name, p.text) {
			return PortUnset + Port(i), nil
		}
	}
	if strings.EqualFold(p.text, "NONE") {
		return PortAny, nil
	}
	return 0, p.errorf("not a port: write its number, or one of %s", strings.Join(portNames[:], ", "))
}
