package relations

import (
	"bytes"
	"cmp"
	"strings"
)

// Compare orders two values of one type: texts by their bytes, numbers by value, names by
// spelling, addresses IPv4 before IPv6 and then by value and prefix length, sequences element
// by element. Values that are equal compare as 0 also when one is a term.
func (s *Store) Compare(t Type, a, b Value) int {
	if a == b {
		return 0
	}
	switch t.Kind {
	case String:
		if !IsTerm(a) && !IsTerm(b) {
			return bytes.Compare(s.text.at(uint32(a)), s.text.at(uint32(b)))
		}
		var x, y [128]byte
		return bytes.Compare(s.AppendString(x[:0], a), s.AppendString(y[:0], b))
	case Number:
		return cmp.Compare(s.Int(a), s.Int(b))
	case Float:
		return cmp.Compare(s.FloatOf(a), s.FloatOf(b))
	case Name:
		return strings.Compare(s.NameOf(a), s.NameOf(b))
	case UUID:
		x, y := s.UUIDOf(a), s.UUIDOf(b)
		return bytes.Compare(x[:], y[:])
	case MAC:
		return cmp.Compare(s.MACOf(a), s.MACOf(b))
	case IP:
		x, y := s.IPOf(a), s.IPOf(b)
		if c := x.Addr().Compare(y.Addr()); c != 0 {
			return c
		}
		return cmp.Compare(x.Bits(), y.Bits())
	case List, Map, Struct:
		return s.compareSequences(t, a, b)
	}
	return cmp.Compare(a, b)
}

func (s *Store) compareSequences(t Type, a, b Value) int {
	var p, q [32]Value
	x, y := s.AppendElements(p[:0], a), s.AppendElements(q[:0], b)
	for i := range min(len(x), len(y)) {
		if c := s.Compare(t.part(i), x[i], y[i]); c != 0 {
			return c
		}
	}
	return cmp.Compare(len(x), len(y))
}
