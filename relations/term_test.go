package relations

import (
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

// matchFormat is a format with one hole of each verb.
func matchFormat(t require.TestingT, s *Store) FormatID {
	id, ok := s.RegisterFormat(Format{
		Pieces: []string{"eth.dst == ", " && inport == ", " && reg0 == ", "/0x", ";"},
		Verbs:  []Verb{VerbText, VerbQuote, VerbInt, VerbHex},
		Types:  []Type{T(MAC), T(String), T(Number), T(Number)},
	})
	require.True(t, ok)
	return id
}

func TestTermSpellsItsFormat(t *testing.T) {
	s := NewStore()
	f := matchFormat(t, s)
	require.Equal(t, f, matchFormat(t, s), "equal formats have one id")
	args := []Value{s.MAC(1), s.String(`a"b`), s.Number(-7), s.Number(255)}
	v := s.Term(f, args)
	const want = `eth.dst == 00:00:00:00:00:01 && inport == "a\"b" && reg0 == -7/0xff;`
	require.True(t, IsTerm(v))
	require.Equal(t, v, s.Term(f, args))
	require.Equal(t, want, s.TextOf(v))
	require.Equal(t, want, s.Text(T(String), v))
	require.Equal(t, s.String(want), s.Canonical(v))
	require.Equal(t, s.String(want), s.Canonical(s.String(want)))
	require.Equal(t, 0, s.Compare(T(String), v, s.String(want)))
	require.NotEqual(t, v, s.Term(f, []Value{args[0], args[1], args[3], args[2]}))

	hex, _ := s.RegisterFormat(Format{Pieces: []string{"", ""}, Verbs: []Verb{VerbHex},
		Types: []Type{T(Number)}})
	require.Equal(t, "ffffffffffffffff", s.TextOf(s.Term(hex, []Value{s.Number(-1)})))
}

func TestFormatsDiffer(t *testing.T) {
	s := NewStore()
	reg := func(v Verb, k Kind, pieces ...string) FormatID {
		id, ok := s.RegisterFormat(Format{Pieces: pieces, Verbs: []Verb{v}, Types: []Type{T(k)}})
		require.True(t, ok)
		return id
	}
	ids := map[FormatID]bool{
		reg(VerbText, Number, "a", "b"): true, reg(VerbInt, Number, "a", "b"): true,
		reg(VerbText, String, "a", "b"): true, reg(VerbText, Number, "a", "c"): true,
		reg(VerbText, Number, `a"`, "b"): true,
	}
	require.Len(t, ids, 5)
}

func TestTermsOfEveryWidth(t *testing.T) {
	s := NewStore()
	for n := 0; n <= maxTermArgs+1; n++ {
		f := Format{Pieces: make([]string, n+1), Verbs: make([]Verb, n), Types: make([]Type, n)}
		args, want := make([]Value, n), ""
		for i := range n {
			f.Pieces[i], f.Verbs[i], f.Types[i] = ",", VerbInt, T(Number)
			args[i], want = s.Number(int64(i%10)), want+","+string(rune('0'+i%10))
		}
		id, ok := s.RegisterFormat(f)
		require.Equal(t, n <= maxTermArgs, ok)
		if ok {
			require.Equal(t, want, s.TextOf(s.Term(id, args)))
		}
	}
}

func TestTermInsideATerm(t *testing.T) {
	s := NewStore()
	quote, _ := s.RegisterFormat(Format{Pieces: []string{"<", ">"}, Verbs: []Verb{VerbQuote},
		Types: []Type{T(String)}})
	v := s.String("x")
	for range 3 {
		v = s.Term(quote, []Value{v})
	}
	require.Equal(t, `<"<\"<\\\"x\\\">\">">`, s.TextOf(v))
}

// A sequence holds plain text, so that how a text was made cannot be seen in its id.
func TestSequencesHoldNoTerms(t *testing.T) {
	s := NewStore()
	f, _ := s.RegisterFormat(Format{Pieces: []string{"a", ""}, Verbs: []Verb{VerbInt},
		Types: []Type{T(Number)}})
	term, plain, n := s.Term(f, []Value{s.Number(1)}), s.String("a1"), s.Number(2)
	str := T(String)
	require.Equal(t, s.List(str, []Value{plain}), s.List(str, []Value{term}))
	require.Equal(t, s.Map(str, T(Number), []Value{plain, n}), s.Map(str, T(Number), []Value{term, n}))
	require.Equal(t, s.Map(T(Number), str, []Value{n, plain}), s.Map(T(Number), str, []Value{n, term}))
	st := Type{Kind: Struct, Fields: []string{"/f"}, Elems: []Type{str}}
	require.Equal(t, s.Struct(st, []Value{plain}), s.Struct(st, []Value{term}))
}

func TestQuoting(t *testing.T) {
	for in, want := range map[string]string{
		"":                 `""`,
		"sw0-port1":        `"sw0-port1"`,
		`a"b\c/d`:          `"a\"b\\c/d"`,
		"\b\f\n\r\t":       `"\b\f\n\r\t"`,
		"\x00\x01\x1f\x7f": "\"\\u0000\\u0001\\u001f\x7f\"",
		"grün €":           `"grün €"`,
	} {
		require.Equal(t, want, string(AppendQuoted(nil, []byte(in))))
	}
	rapid.Check(t, func(t *rapid.T) {
		b := rapid.SliceOf(rapid.Byte()).Draw(t, "text")
		for _, c := range AppendQuoted(nil, b) {
			require.GreaterOrEqual(t, c, byte(' '), "no control character is left")
		}
	})
}

func TestFloatsReadAsFloats(t *testing.T) {
	for f, want := range map[float64]string{1: "1.0", -3: "-3.0", 0.5: "0.5", 1e15: "1e+15",
		1e14: "100000000000000.0", 1.25e-7: "1.25e-07"} {
		require.Equal(t, want, string(AppendFloat(nil, f)))
	}
}

// Rendering into a buffer that is large enough allocates nothing, however terms are nested.
func TestRenderingAllocatesNothing(t *testing.T) {
	s := NewStore()
	f := matchFormat(t, s)
	inner := s.Term(f, []Value{s.MAC(1), s.String("a\"\x01b"), s.Number(-7), s.Number(255)})
	v := s.Term(f, []Value{s.MAC(2), inner, s.Number(1 << 40), s.Number(0)})
	require.Zero(t, testing.AllocsPerRun(100, func() {
		var buf [512]byte
		if len(s.AppendString(buf[:0], v)) < 150 {
			t.Fail()
		}
	}))
}
