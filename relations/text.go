package relations

import (
	"encoding/hex"
	"fmt"
	"math"
	"strconv"
)

// AppendText appends a value as users of the databases see it: a text as it is, a name with
// its slash, addresses and uuids in their usual form, a host address without prefix length.
func (s *Store) AppendText(dst []byte, t Type, v Value) []byte {
	switch t.Kind {
	case String:
		return s.AppendString(dst, v)
	case Number:
		return strconv.AppendInt(dst, s.Int(v), 10)
	case Float:
		return AppendFloat(dst, s.FloatOf(v))
	case Name:
		return append(dst, s.NameOf(v)...)
	case UUID:
		return AppendUUID(dst, s.UUIDOf(v))
	case MAC:
		return AppendMAC(dst, s.MACOf(v))
	case IP:
		p := s.IPOf(v)
		if p.IsSingleIP() {
			return p.Addr().AppendTo(dst)
		}
		return p.AppendTo(dst)
	case List, Map, Struct:
		return s.appendSequence(dst, t, v)
	}
	return fmt.Appendf(dst, "#%d", v)
}

// Text is AppendText into a string.
func (s *Store) Text(t Type, v Value) string { return string(s.AppendText(nil, t, v)) }

// AppendLiteral appends a value as a .mg file writes it: texts quoted, all else as AppendText.
// Addresses and uuids, for which the language has no constants, are quoted too.
func (s *Store) AppendLiteral(dst []byte, t Type, v Value) []byte {
	switch t.Kind {
	case String, UUID, MAC, IP:
		return AppendQuoted(dst, s.AppendText(nil, t, v))
	}
	return s.AppendText(dst, t, v)
}

func (s *Store) appendSequence(dst []byte, t Type, v Value) []byte {
	brackets := "[]"
	if t.Kind == Struct {
		brackets = "{}"
	}
	dst = append(dst, brackets[0])
	values := s.Elements(v)
	for i, x := range values {
		switch {
		case i == 0:
		case t.Kind == Map && i%2 == 1:
			dst = append(dst, ": "...)
		default:
			dst = append(dst, ", "...)
		}
		elem := t.Elems[0]
		switch t.Kind {
		case Struct:
			dst = append(append(dst, t.Fields[i]...), ": "...)
			elem = t.Elems[i]
		case Map:
			elem = t.Elems[i%2]
		}
		dst = s.AppendLiteral(dst, elem, x)
	}
	return append(dst, brackets[1])
}

// AppendFloat appends a number so that it reads as a floating-point number again.
func AppendFloat(dst []byte, f float64) []byte {
	if f == math.Trunc(f) && math.Abs(f) < 1e15 {
		return strconv.AppendFloat(dst, f, 'f', 1, 64)
	}
	return strconv.AppendFloat(dst, f, 'g', -1, 64)
}

// AppendMAC appends 48 bits as six pairs of hexadecimal digits.
func AppendMAC(dst []byte, m uint64) []byte {
	const digits = "0123456789abcdef"
	for shift := 40; shift >= 0; shift -= 8 {
		b := byte(m >> shift)
		dst = append(dst, digits[b>>4], digits[b&15])
		if shift > 0 {
			dst = append(dst, ':')
		}
	}
	return dst
}

// AppendUUID appends a uuid in its 36-character form.
func AppendUUID(dst []byte, u [16]byte) []byte {
	for i, part := range [][]byte{u[0:4], u[4:6], u[6:8], u[8:10], u[10:16]} {
		if i > 0 {
			dst = append(dst, '-')
		}
		dst = hex.AppendEncode(dst, part)
	}
	return dst
}

// ParseUUID reads the 36-character form; ok is false for anything else.
func ParseUUID[T string | []byte](t T) (u [16]byte, ok bool) {
	if len(t) != 36 || t[8] != '-' || t[13] != '-' || t[18] != '-' || t[23] != '-' {
		return u, false
	}
	n := 0
	for i := 0; i < 36; i++ {
		if i == 8 || i == 13 || i == 18 || i == 23 {
			continue
		}
		d, ok := hexDigit(t[i])
		if !ok {
			return u, false
		}
		u[n/2] = u[n/2]<<4 | d
		n++
	}
	return u, true
}

func hexDigit(c byte) (byte, bool) {
	switch {
	case c >= '0' && c <= '9':
		return c - '0', true
	case c >= 'a' && c <= 'f':
		return c - 'a' + 10, true
	case c >= 'A' && c <= 'F':
		return c - 'A' + 10, true
	}
	return 0, false
}

// AppendQuoted appends text as a JSON string does, which is also how OVN's match and action
// languages write strings: quotes and backslashes escaped, control characters as \n or \u00XX,
// everything else as it is.
func AppendQuoted(dst, text []byte) []byte {
	const digits = "0123456789abcdef"
	dst = append(dst, '"')
	for _, c := range text {
		switch {
		case c == '"' || c == '\\':
			dst = append(dst, '\\', c)
		case c >= 0x20:
			dst = append(dst, c)
		case c == '\n':
			dst = append(dst, `\n`...)
		case c == '\t':
			dst = append(dst, `\t`...)
		case c == '\r':
			dst = append(dst, `\r`...)
		case c == '\b':
			dst = append(dst, `\b`...)
		case c == '\f':
			dst = append(dst, `\f`...)
		default:
			dst = append(dst, `\u00`...)
			dst = append(dst, digits[c>>4], digits[c&15])
		}
	}
	return append(dst, '"')
}
