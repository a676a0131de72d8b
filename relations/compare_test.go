package relations

import (
	"net/netip"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

// anyType draws a type of values, sequences up to a depth.
func anyType(depth int) *rapid.Generator[Type] {
	return rapid.Custom(func(t *rapid.T) Type {
		kinds := []Kind{String, Number, Float, Name, UUID, MAC, IP}
		if depth > 0 {
			kinds = append(kinds, List, Map, Struct)
		}
		k := rapid.SampledFrom(kinds).Draw(t, "kind")
		sub := func() Type { return anyType(depth-1).Draw(t, "element") }
		switch k {
		case List:
			return ListOf(sub())
		case Map:
			return MapOf(sub(), sub())
		case Struct:
			return Type{Kind: Struct, Fields: []string{"/a", "/b"}, Elems: []Type{sub(), sub()}}
		}
		return T(k)
	})
}

// anyValue draws a value of a type from few enough that equal ones are common.
func anyValue(t *rapid.T, s *Store, ty Type) Value {
	small := rapid.IntRange(-2, 2)
	switch ty.Kind {
	case String:
		text := rapid.SampledFrom([]string{"", "a", "aa", "b", "\xff", "7", "77"}).Draw(t, "text")
		if text == "7" || text == "77" {
			f, _ := s.RegisterFormat(Format{Pieces: []string{text[1:], ""}, Verbs: []Verb{VerbInt},
				Types: []Type{T(Number)}})
			if rapid.Bool().Draw(t, "term") {
				return s.Term(f, []Value{s.Number(7)})
			}
		}
		return s.String(text)
	case Number:
		return s.Number(int64(small.Draw(t, "number")) << rapid.SampledFrom([]int{0, 31, 60}).Draw(t, "shift"))
	case Float:
		return s.Float(float64(small.Draw(t, "float")) / 2)
	case Name:
		return s.Name(rapid.SampledFrom([]string{"/true", "/false", "/a", "/a/b"}).Draw(t, "name"))
	case UUID:
		return s.UUID([16]byte{byte(small.Draw(t, "first")), 15: byte(small.Draw(t, "last"))})
	case MAC:
		return s.MAC(uint64(small.Draw(t, "mac")))
	case IP:
		a := rapid.SampledFrom([]string{"0.0.0.0/0", "10.0.0.1/24", "10.0.0.1/32", "10.0.0.2/8",
			"::/0", "::/128", "::ffff:10.0.0.1/128", "fe80::1/64"}).Draw(t, "ip")
		return s.IP(netip.MustParsePrefix(a))
	case Map:
		return anyMap(t, s, ty)
	case Struct:
		return s.Struct(ty, []Value{anyValue(t, s, ty.Elems[0]), anyValue(t, s, ty.Elems[1])})
	}
	values := make([]Value, rapid.IntRange(0, 3).Draw(t, "length"))
	for i := range values {
		values[i] = anyValue(t, s, ty.Elems[0])
	}
	return s.List(ty.Elems[0], values)
}

func anyMap(t *rapid.T, s *Store, ty Type) Value {
	keys := make([]Value, rapid.IntRange(0, 3).Draw(t, "entries"))
	for i := range keys {
		keys[i] = anyValue(t, s, ty.Elems[0])
	}
	order := func(a, b Value) int { return s.Compare(ty.Elems[0], a, b) }
	slices.SortFunc(keys, order)
	keys = slices.CompactFunc(keys, func(a, b Value) bool { return order(a, b) == 0 })
	var entries []Value
	for _, k := range keys {
		entries = append(entries, k, anyValue(t, s, ty.Elems[1]))
	}
	return s.Map(ty.Elems[0], ty.Elems[1], entries)
}

// Compare is a total order on the values of every type, and its 0 is equality.
func TestCompareIsATotalOrder(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := NewStore()
		ty := anyType(2).Draw(t, "type")
		values := make([]Value, 6)
		for i := range values {
			values[i] = anyValue(t, s, ty)
		}
		for _, a := range values {
			for _, b := range values {
				ab := s.Compare(ty, a, b)
				require.Equal(t, -s.Compare(ty, b, a), ab)
				require.Equal(t, s.Text(ty, a) == s.Text(ty, b), ab == 0)
				same := a == b
				if ty.Kind == String {
					same = s.Canonical(a) == s.Canonical(b)
				}
				require.Equal(t, same, ab == 0, "one id for one value")
				for _, c := range values {
					if ab <= 0 && s.Compare(ty, b, c) <= 0 {
						require.LessOrEqual(t, s.Compare(ty, a, c), 0)
					}
				}
			}
		}
	})
}

func TestCompareOrders(t *testing.T) {
	s := NewStore()
	ip := func(p string) Value { return s.IP(netip.MustParsePrefix(p)) }
	list := func(n ...int64) Value {
		var v []Value
		for _, x := range n {
			v = append(v, s.Number(x))
		}
		return s.List(T(Number), v)
	}
	for _, c := range []struct {
		t      Type
		values []Value // ascending
	}{
		{T(String), []Value{s.String(""), s.String("B"), s.String("a"), s.String("aa"), s.String("é")}},
		{T(Number), []Value{s.Number(-1 << 62), s.Number(-1), s.Number(0), s.Number(1 << 40)}},
		{T(Float), []Value{s.Float(-1.5), s.Float(0), s.Float(1e9)}},
		{T(Name), []Value{s.Name("/z/a"), s.Name("/zz")}},
		{T(MAC), []Value{s.MAC(1), s.MAC(1 << 40)}},
		{T(IP), []Value{ip("9.0.0.0/32"), ip("10.0.0.0/8"), ip("10.0.0.0/32"), ip("::/128"), ip("fd00::/8")}},
		{ListOf(T(Number)), []Value{list(), list(1), list(1, 0), list(1, 5), list(2)}},
	} {
		for i := range c.values {
			for j := range c.values {
				got := s.Compare(c.t, c.values[i], c.values[j])
				require.Equal(t, i < j, got < 0, "%s: %s, %s", c.t, s.Text(c.t, c.values[i]),
					s.Text(c.t, c.values[j]))
			}
		}
	}
}
