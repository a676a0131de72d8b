package function

import (
	"testing"

	"github.com/stretchr/testify/require"

	"woven/relations"
)

const u1 = uuidText("01234567-89ab-cdef-0123-456789abcdef")

// The values were computed apart from this code, by another SHA-256 of the bytes that digestOf
// describes.
var hashCases = []callCase{
	{"fn:hash", in{}, "8203414616412130826"},
	{"fn:hash", in{"a"}, "4173078276072995399"},
}

var uuidCases = []callCase{
	{"fn:uuid", in{}, "e3b0c442-98fc-8c14-9afb-f4c8996fb924"},
	{"fn:uuid", in{"a", 7}, "8fbf852f-a516-8e96-826c-d9f052202e04"},
	{"fn:uuid:nil", in{}, "00000000-0000-0000-0000-000000000000"},
	{"fn:uuid:first32", in{u1}, "19088743"},
	{":uuid", in{"01234567-89AB-cdef-0123-456789abcdef"}, "01234567-89ab-cdef-0123-456789abcdef"},
	{":uuid", in{"01234567"}, ""},
	{":uuid", in{"01234567-89AB-cdef-0123-456789abcdeg"}, ""},
	{":uuid_error", in{"01234567-89AB-cdef-0123-456789abcdef"}, ""},
	{":uuid_error", in{"x"}, "a uuid in its form of 36 characters is expected, such as " +
		"01234567-89ab-cdef-0123-456789abcdef"},
}

func TestHashes(t *testing.T) { run(t, hashCases) }

func TestUUIDs(t *testing.T) { run(t, uuidCases) }

// Lists of arguments that look alike hash apart.
func TestHashesDiffer(t *testing.T) {
	seen := map[string]in{}
	for _, args := range []in{{}, {""}, {"", ""}, {"a"}, {"ab"}, {"a", "b"}, {"", "ab"}, {"1"}, {1}, {1.0},
		{"/true"}, {true}, {[]any{1, 2}}, {[]any{"1", "2"}}, {1, 2}, {macText("00:00:00:00:00:01")},
		{"00:00:00:00:00:01"}, {ipText("10.0.0.1")}, {"10.0.0.1"}, {u1}} {
		for _, name := range []string{"fn:hash", "fn:uuid"} {
			got := call(t, Default(), callCase{name, args, ""}, false)
			require.NotContains(t, seen, got, "%q and %q", args, seen[got])
			seen[got] = args
		}
	}
}

func TestHashIsNeverNegative(t *testing.T) {
	s := relations.NewStore()
	eval, err := Default().Funcs["fn:hash"].Compile(s, []Arg{{Type: number}})
	require.NoError(t, err)
	for i := range 1000 {
		require.GreaterOrEqual(t, s.Int(eval(s, []relations.Value{s.Number(int64(i))})), int64(0))
	}
}
