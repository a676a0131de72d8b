package lex

import (
	"math/bits"
	"net/netip"
	"strings"

	"woven/bridge/openflow"
)

// maxAddress is more than any spelling of an IPv6 address has, in bytes.
const maxAddress = 46

// number reads a number or an address, and the mask behind it if there is one.
func (s *scanner) number(t *Token) *Error {
	t.Kind = Integer
	if err := s.integer(t); err != nil || s.peek(0) != '/' {
		return err
	}
	slash := s.at
	s.at++
	var mask Token
	if err := s.integer(&mask); err != nil {
		return err
	}
	t.Kind = Masked
	switch {
	case t.Format == mask.Format:
		t.Mask = mask.Value
	case t.Format == IPv4 && mask.Format == Decimal && mask.Value.Lo <= 32:
		t.Mask = prefix(int(mask.Value.Lo), 32)
	case t.Format == IPv6 && mask.Format == Decimal && mask.Value.Lo <= 128:
		t.Mask = prefix(int(mask.Value.Lo), 128)
	case t.Format == Decimal && mask.Format == Hexadecimal && t.Value.IsZero():
		t.Format, t.Mask = Hexadecimal, mask.Value
	default:
		return NewError(s.text, slash+1, s.at, "the mask does not fit the value before it: write it in "+
			"the same form, or for an IP address as the length of its prefix")
	}
	t.Value = t.Value.And(t.Mask)
	return nil
}

// prefix is a mask of the n highest of size bits.
func prefix(n, size int) openflow.U128 {
	return openflow.Ones(size).AndNot(openflow.Ones(size - n))
}

// integer reads a number or an address without a mask. It takes up letters, digits, colons and
// dots, but neither two dots (a range of bits) nor a colon behind a dot (an IPv4 address and a
// port).
func (s *scanner) integer(t *Token) *Error {
	start, dotted := s.at, false
	for s.at < len(s.text) {
		c := s.text[s.at]
		if c == '.' && s.peek(1) != '.' {
			dotted = true
		} else if !isLetter(c) && !isDigit(c) && (c != ':' || dotted) {
			break
		}
		s.at++
	}
	text := s.text[start:s.at]
	if text == "" {
		return NewError(s.text, start, start+1, "a number or an address has to follow here")
	}
	if why := readInteger(text, t); why != "" {
		return NewError(s.text, start, s.at, "%s", why)
	}
	return nil
}

// readInteger fills in the format and value of a number, or says what is wrong with it.
func readInteger(text string, t *Token) (why string) {
	switch {
	case len(text) == 17 && strings.Count(text, ":") == 5:
		if v, ok := readEthernet(text); ok {
			t.Format, t.Value = Ethernet, openflow.U64(v)
			return ""
		}
	case allDigits(text):
		return readDecimal(text, t)
	case text[0] == '0' && text[1]|0x20 == 'x':
		return readHexadecimal(text[2:], t)
	}
	if v, ok := readIPv4(text); ok {
		t.Format, t.Value = IPv4, openflow.U64(v)
		return ""
	}
	if a, err := netip.ParseAddr(text); len(text) < maxAddress && err == nil && a.Is6() {
		t.Format, t.Value = IPv6, fromIPv6(a)
		return ""
	}
	return "this is no number and no address: write decimal digits, 0x and hexadecimal digits, " +
		"10.0.0.1, fe80::1, or 00:11:22:33:44:55"
}

func allDigits(text string) bool {
	for i := range len(text) {
		if !isDigit(text[i]) {
			return false
		}
	}
	return true
}

func readDecimal(text string, t *Token) (why string) {
	if text[0] == '0' && len(text) > 1 {
		return "decimal numbers have no zeros before them; hexadecimal ones begin with 0x"
	}
	var v uint64
	for i := range len(text) {
		high, low := bits.Mul64(v, 10)
		sum, carry := bits.Add64(low, uint64(text[i]-'0'), 0)
		if high != 0 || carry != 0 {
			return "decimal numbers have at most 64 bits: write a larger one in hexadecimal"
		}
		v = sum
	}
	t.Format, t.Value = Decimal, openflow.U64(v)
	return ""
}

func readHexadecimal(digits string, t *Token) (why string) {
	if digits == "" {
		return "hexadecimal digits have to follow 0x"
	}
	var v openflow.U128
	for i := range len(digits) {
		if !isHex(digits[i]) {
			return "hexadecimal digits are 0 to 9 and a to f"
		}
		if v.Hi>>60 != 0 {
			return "numbers have at most 128 bits"
		}
		v = v.Shl(4).Or(openflow.U64(uint64(hexDigit(digits[i]))))
	}
	t.Format, t.Value = Hexadecimal, v
	return ""
}

func hexDigit(c byte) byte {
	if isDigit(c) {
		return c - '0'
	}
	return c | 0x20 - 'a' + 10
}

// readEthernet reads six pairs of hexadecimal digits with colons between them.
func readEthernet(text string) (v uint64, ok bool) {
	for i := range len(text) {
		switch c := text[i]; {
		case i%3 == 2:
			if c != ':' {
				return 0, false
			}
		case isHex(c):
			v = v<<4 | uint64(hexDigit(c))
		default:
			return 0, false
		}
	}
	return v, true
}

// readIPv4 reads four decimal numbers with dots between them, without needless zeros.
func readIPv4(text string) (v uint64, ok bool) {
	parts, digits, part := 1, 0, uint64(0)
	for i := range len(text) {
		switch c := text[i]; {
		case isDigit(c) && (digits == 0 || part > 0):
			part, digits = part*10+uint64(c-'0'), digits+1
			if part > 255 {
				return 0, false
			}
		case c == '.' && digits > 0 && parts < 4:
			v, part, digits, parts = v<<8|part, 0, 0, parts+1
		default:
			return 0, false
		}
	}
	return v<<8 | part, parts == 4 && digits > 0
}

func fromIPv6(a netip.Addr) (v openflow.U128) {
	for i, c := range a.As16() {
		if i < 8 {
			v.Hi = v.Hi<<8 | uint64(c)
		} else {
			v.Lo = v.Lo<<8 | uint64(c)
		}
	}
	return v
}
