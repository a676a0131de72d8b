package relations

import (
	"fmt"
	"math"
	"net/netip"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

func TestNumbersRoundTrip(t *testing.T) {
	s := NewStore()
	for _, n := range []int64{0, 1, -1, 1<<31 - 1, 1 << 31, 1<<32 - 1, 1 << 32, -1 << 31,
		math.MaxInt64, math.MinInt64} {
		v := s.Number(n)
		require.Equal(t, n, s.Int(v))
		require.Equal(t, v, s.Number(n))
		require.Equal(t, fmt.Sprint(n), s.Text(T(Number), v))
	}
	rapid.Check(t, func(t *rapid.T) {
		a, b := rapid.Int64().Draw(t, "a"), rapid.Int64().Draw(t, "b")
		require.Equal(t, a, s.Int(s.Number(a)))
		require.Equal(t, a == b, s.Number(a) == s.Number(b))
	})
}

func TestFloatsRoundTrip(t *testing.T) {
	s := NewStore()
	for _, f := range []float64{0, 1.5, -1.5, math.Inf(1), math.SmallestNonzeroFloat64, 1e300} {
		require.Equal(t, f, s.FloatOf(s.Float(f)))
		require.Equal(t, s.Float(f), s.Float(f))
	}
	require.Equal(t, s.Float(0), s.Float(math.Copysign(0, -1)), "there is one zero")
	other := math.Float64frombits(math.Float64bits(math.NaN()) ^ 2)
	require.Equal(t, s.Float(math.NaN()), s.Float(other), "there is one NaN")
	require.True(t, math.IsNaN(s.FloatOf(s.Float(other))))
}

func TestTextsRoundTrip(t *testing.T) {
	s := NewStore()
	long := strings.Repeat("0123456789", 100_000)
	texts := []string{"", "a", "12345678", "123456789", "\x00", "\x00\x00", "ü", "\xff\xfe", long,
		long[:512], long[:513], long[:1<<18], long[:1<<18+1]}
	ids := map[Value]string{}
	for _, x := range texts {
		v := s.String(x)
		require.Equal(t, v, s.Bytes([]byte(x)))
		require.Equal(t, x, s.TextOf(v))
		require.NotContains(t, ids, v)
		ids[v] = x
	}
	for v, x := range ids {
		require.Equal(t, x, s.TextOf(v), "later texts left it as it was")
	}
	rapid.Check(t, func(t *rapid.T) {
		a, b := rapid.String().Draw(t, "a"), rapid.String().Draw(t, "b")
		require.Equal(t, a, s.TextOf(s.String(a)))
		require.Equal(t, a == b, s.String(a) == s.String(b))
	})
}

// The empty text may be asked for when the last chunk of its shard is exactly full.
func TestEmptyTextAfterAFullChunk(t *testing.T) {
	for _, size := range []int{bytesLastChunk, 2 * bytesLastChunk} {
		s := NewStore()
		want := hashBytes(nil) & (shardCount - 1)
		b := make([]byte, size)
		for i := 0; hashBytes(b)&(shardCount-1) != want; i++ {
			b[i%16]++
		}
		v := s.Bytes(b)
		require.Equal(t, "", s.TextOf(s.String("")))
		require.Equal(t, string(b), s.TextOf(v))
	}
}

func TestNames(t *testing.T) {
	s := NewStore()
	require.Equal(t, False, s.Name("/false"))
	require.Equal(t, True, s.Name("/true"))
	require.Equal(t, True, Bool(true))
	require.Equal(t, False, Bool(false))
	v := s.Name("/ls_in_acl")
	require.Equal(t, v, s.Name("/ls_in_acl"))
	require.NotEqual(t, v, s.Name("/ls_in_acl/x"))
	require.Equal(t, "/ls_in_acl", s.NameOf(v))
	require.Equal(t, "/ls_in_acl", s.Text(T(Name), v))
}

func TestUUIDs(t *testing.T) {
	s := NewStore()
	const text = "01234567-89ab-cdef-fedc-ba9876543210"
	u, ok := ParseUUID(text)
	require.True(t, ok)
	v := s.UUID(u)
	require.Equal(t, u, s.UUIDOf(v))
	require.Equal(t, text, s.Text(T(UUID), v))
	require.Equal(t, `"`+text+`"`, string(s.AppendLiteral(nil, T(UUID), v)))
	upper, ok := ParseUUID([]byte(strings.ToUpper(text)))
	require.True(t, ok)
	require.Equal(t, u, upper)
	for _, bad := range []string{"", text[1:], text + "0", strings.Replace(text, "-", "0", 1),
		strings.Replace(text, "a", "g", 1), "{" + text[1:]} {
		_, ok := ParseUUID(bad)
		require.False(t, ok, bad)
	}
}

func TestMACs(t *testing.T) {
	s := NewStore()
	v := s.MAC(0x0aBBccDDee01)
	require.Equal(t, uint64(0x0abbccddee01), s.MACOf(v))
	require.Equal(t, "0a:bb:cc:dd:ee:01", s.Text(T(MAC), v))
	require.Equal(t, v, s.MAC(0xffff0abbccddee01), "48 bits count")
}

func TestIPs(t *testing.T) {
	s := NewStore()
	seen := map[Value]string{}
	for _, c := range []struct{ in, text string }{
		{"10.0.0.1/32", "10.0.0.1"}, {"10.0.0.1/24", "10.0.0.1/24"}, {"0.0.0.0/0", "0.0.0.0/0"},
		{"::/0", "::/0"}, {"::/128", "::"}, {"fd00::1/64", "fd00::1/64"},
		{"::ffff:10.0.0.1/128", "::ffff:10.0.0.1"}, {"::a00:1/128", "::a00:1"},
	} {
		p := netip.MustParsePrefix(c.in)
		v := s.IP(p)
		require.Equal(t, p, s.IPOf(v))
		require.Equal(t, v, s.IP(p))
		require.Equal(t, c.text, s.Text(T(IP), v))
		require.NotContains(t, seen, v, "%s is not %s", c.in, seen[v])
		seen[v] = c.in
	}
}

func TestSequences(t *testing.T) {
	s := NewStore()
	num, str := T(Number), T(String)
	a, b := s.Number(-1), s.Number(1<<40)
	l := s.List(num, []Value{a, b, a})
	require.Equal(t, []Value{a, b, a}, s.Elements(l))
	require.Equal(t, l, s.List(num, []Value{a, b, a}))
	require.NotEqual(t, l, s.List(num, []Value{a, a, b}))
	require.Equal(t, "[-1, 1099511627776, -1]", s.Text(ListOf(num), l))
	require.Empty(t, s.Elements(s.List(num, nil)))
	require.Equal(t, s.List(num, nil), s.List(str, nil), "its type is its column's")
	require.Equal(t, s.Map(num, num, nil), s.Map(str, num, nil))
	require.Equal(t, "[]", s.Text(ListOf(num), s.List(num, nil)))

	x, y := s.String("x\"y"), s.String("y")
	m := s.Map(str, num, []Value{x, a, y, b})
	require.Equal(t, []Value{x, a, y, b}, s.Elements(m))
	require.Equal(t, `["x\"y": -1, "y": 1099511627776]`, s.Text(MapOf(str, num), m))

	st := Type{Kind: Struct, Fields: []string{"/a", "/b"}, Elems: []Type{str, ListOf(num)}}
	v := s.Struct(st, []Value{y, l})
	require.Equal(t, []Value{y, l}, s.Elements(v))
	require.Equal(t, v, s.Struct(st, []Value{y, l}))
	require.Equal(t, `{/a: "y", /b: [-1, 1099511627776, -1]}`, s.Text(st, v))
	require.Empty(t, s.Elements(s.Struct(Type{Kind: Struct}, nil)))

	many := make([]Value, 1000)
	for i := range many {
		many[i] = s.Number(int64(i))
	}
	require.Equal(t, many, s.Elements(s.List(num, many)))
}

func TestTypes(t *testing.T) {
	st := Type{Kind: Struct, Fields: []string{"/a"}, Elems: []Type{T(IP)}}
	for _, c := range []struct {
		t    Type
		text string
	}{
		{T(String), "/string"}, {ListOf(T(Number)), ".List</number>"},
		{MapOf(T(String), ListOf(T(MAC))), ".Map</string, .List</mac>>"},
		{st, ".Struct</a : /ip>"}, {VarType("K"), "K"}, {T(Float), "/float64"},
	} {
		require.Equal(t, c.text, c.t.String())
		require.True(t, c.t.Equal(c.t))
	}
	require.False(t, ListOf(T(IP)).Equal(ListOf(T(MAC))))
	require.False(t, VarType("K").Equal(VarType("V")))
	require.False(t, st.Equal(Type{Kind: Struct, Fields: []string{"/b"}, Elems: []Type{T(IP)}}))
	require.False(t, st.Equal(Type{Kind: Struct}))
}

// Finding a value that is there allocates nothing, however long it is.
func TestInterningAllocatesNothing(t *testing.T) {
	s := NewStore()
	long := strings.Repeat("x", 100)
	term, _ := s.RegisterFormat(Format{Pieces: []string{"", ""}, Verbs: []Verb{VerbText},
		Types: []Type{T(String)}})
	v := s.Term(term, []Value{s.String(long)})
	list := []Value{v, s.String("a")}
	for name, f := range map[string]func(){
		"string": func() { s.String(long) },
		"bytes": func() {
			var buf [128]byte
			s.Bytes(append(buf[:0], long...))
		},
		"canonical": func() { s.Canonical(v) },
		"list":      func() { s.List(T(String), list) },
		"number":    func() { s.Number(-1 << 40) },
		"ip":        func() { s.IP(netip.MustParsePrefix("fd00::1/64")) },
		"uuid":      func() { s.UUID([16]byte{1}) },
		"term":      func() { s.Term(term, list[:1]) },
	} {
		require.Zero(t, testing.AllocsPerRun(100, f), name)
	}
}
