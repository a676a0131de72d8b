package relations

import (
	"encoding/hex"
	"math"
	"strconv"
)

// AppendText appends a value as users of the databases see it: a text as it is, a name with
// its slash, addresses and uuids in their usual form, a host address without prefix length.
//
// It calls nothing that calls it back: between functions that call each other the compiler
// would put every caller's buffer on the heap.
func (s *Store) AppendText(dst []byte, t Type, v Value) []byte {
	switch {
	case t.Kind == String && IsTerm(v):
		id, args := s.termParts(v)
		f := s.format(id)
		for i, verb := range f.Verbs {
			dst = append(dst, f.Pieces[i]...)
			if verb == VerbHex {
				dst = strconv.AppendUint(dst, uint64(s.Int(Value(args[i]))), 16)
				continue
			}
			start := len(dst)
			dst = s.AppendText(dst, f.Types[i], Value(args[i]))
			if verb == VerbQuote {
				dst = quoteFrom(dst, start)
			}
		}
		return append(dst, f.Pieces[len(f.Verbs)]...)
	case t.Kind == List || t.Kind == Map || t.Kind == Struct:
		brackets := "[]"
		if t.Kind == Struct {
			brackets = "{}"
		}
		dst = append(dst, brackets[0])
		for i, x := range s.Elements(v) {
			dst = appendSeparator(dst, t, i)
			start := len(dst)
			elem := t.part(i)
			if dst = s.AppendText(dst, elem, x); quotedAsLiteral(elem.Kind) {
				dst = quoteFrom(dst, start)
			}
		}
		return append(dst, brackets[1])
	}
	return s.appendScalar(dst, t.Kind, v)
}

func (s *Store) appendScalar(dst []byte, k Kind, v Value) []byte {
	switch k {
	case String:
		return append(dst, s.text.at(uint32(v))...)
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
	}
	return strconv.AppendUint(append(dst, '#'), uint64(v), 10)
}

// Text is AppendText into a string.
func (s *Store) Text(t Type, v Value) string { return string(s.AppendText(nil, t, v)) }

// AppendLiteral appends a value as a .mg file writes it: texts quoted, all else as AppendText.
// Addresses and uuids, for which the language has no constants, are quoted too.
func (s *Store) AppendLiteral(dst []byte, t Type, v Value) []byte {
	start := len(dst)
	dst = s.AppendText(dst, t, v)
	if quotedAsLiteral(t.Kind) {
		dst = quoteFrom(dst, start)
	}
	return dst
}

func quotedAsLiteral(k Kind) bool { return k == String || k == UUID || k == MAC || k == IP }

// appendSeparator appends what stands before element i of a sequence.
func appendSeparator(dst []byte, t Type, i int) []byte {
	switch {
	case t.Kind == Map && i%2 == 1:
		return append(dst, ": "...)
	case i > 0:
		dst = append(dst, ", "...)
	}
	if t.Kind == Struct {
		dst = append(append(dst, t.Fields[i]...), ": "...)
	}
	return dst
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
