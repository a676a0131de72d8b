package function

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"woven/relations"
)

func fifteen() in {
	args := in{strings.Repeat("%d", 15)}
	for i := range 15 {
		args = append(args, i%10)
	}
	return args
}

var formatCases = []callCase{
	{"fn:fmt", in{"drop;"}, "drop;"},
	{"fn:fmt", in{""}, ""},
	{"fn:fmt", in{"100%%"}, "100%"},
	{"fn:fmt", in{"%s", "x"}, "x"},
	{"fn:fmt", in{"eth.dst == %s", macText("0a:0b:0c:0d:0e:0f")}, "eth.dst == 0a:0b:0c:0d:0e:0f"},
	{"fn:fmt", in{"outport = %q; output;", `a"b\c`}, `outport = "a\"b\\c"; output;`},
	{"fn:fmt", in{"%q", "tab\tnl\nesc\x1b ü"}, `"tab\tnl\nesc\u001b ü"`},
	{"fn:fmt", in{"%d/%x", -10, 255}, "-10/ff"},
	{"fn:fmt", in{"%x", -1}, "ffffffffffffffff"},
	{"fn:fmt", in{"%s %s %s %s", ipText("10.0.0.1/8"), ipText("fd00::1"), true, 1.5}, "10.0.0.1/8 fd00::1 /true 1.5"},
	{"fn:fmt", in{"%s", uuidText("01234567-89ab-cdef-0123-456789abcdef")}, "01234567-89ab-cdef-0123-456789abcdef"},
	{"fn:fmt", fifteen(), "012345678901234"},
	{"fn:fmt", append(in{strings.Repeat("%d", 16)}, append(fifteen()[1:], 1)...), "error: at most 15"},
	{"fn:fmt", in{"%s"}, "error: 1 verb but 0 arguments are given"},
	{"fn:fmt", in{"%s%s", 1}, "error: 2 verbs but 1 argument is given"},
	{"fn:fmt", in{"50%", 1}, "error: ends in a single %"},
	{"fn:fmt", in{"%v", 1}, `error: "%v" in the format is no verb`},
	{"fn:fmt", in{"%é", 1}, `error: "%é" in the format is no verb`},
	{"fn:fmt", in{"%d", "x"}, "error: argument 1 of the format: %d writes a /number, not a /string"},
	{"fn:fmt", in{"%s %x", 1, macText("0a:0b:0c:0d:0e:0f")}, "error: argument 2 of the format: %x writes a /number"},
	{"fn:fmt", in{"%q", 1}, "error: %q quotes a /string, not a /number"},
	{"fn:fmt", in{"%s", []any{1}}, "error: a .List</number> has no text"},
	{"fn:fmt", in{}, "error: must be a text constant"},
	{"fn:fmt", in{1}, "error: must be a text constant"},
	{"fn:text", in{5}, "5"},
	{"fn:text", in{label("/a/b")}, "/a/b"},
	{"fn:text", in{[]any{1}}, "error: has no text"},
	{"fn:text", in{}, "error: one argument, not 0"},
	{"fn:string:concat", in{}, ""},
	{"fn:string:concat", in{"a", 1, true, "%s"}, "a1/true%s"},
	{"fn:string:concat", append(fifteen(), 1), "error: at most 15"},
}

func TestFormats(t *testing.T) { run(t, formatCases) }

func TestFormatNeedsAConstant(t *testing.T) {
	s := relations.NewStore()
	_, err := Default().Funcs["fn:fmt"].Compile(s, []Arg{{Type: text}})
	require.ErrorContains(t, err, "constant")
}

func FuzzFormat(f *testing.F) {
	for _, x := range []string{"", "%", "%%", "%s", "a%sb%dc", "%q%x%", "%\xff"} {
		f.Add(x)
	}
	f.Fuzz(func(t *testing.T, format string) {
		p, err := parseFormat(format)
		if err != nil {
			return
		}
		require.Len(t, p.Pieces, len(p.Verbs)+1)
		again := ""
		for i, piece := range p.Pieces {
			again += strings.ReplaceAll(piece, "%", "%%")
			if i < len(p.Verbs) {
				again += "%" + string(rune(p.Verbs[i]))
			}
		}
		require.Equal(t, format, again)
	})
}
