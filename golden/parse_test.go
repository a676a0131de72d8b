package golden

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestFaultsAreFoundWhereTheyAre(t *testing.T) {
	const open = "## A case.\n\n"
	for _, c := range []struct{ name, text, want string }{
		{"no case", "# A comment.\nflows\n----\n", `x.test:2: "flows" belongs to no case`},
		{"nothing applied", open + "apply\n\n", "x.test:3: apply applies nothing"},
		{"no separator", open + "flows\nsw0\n", "x.test:3: the line below a report must be ----"},
		{"no command", open + "flow\n----\n", `x.test:3: "flow" is no command`},
		{"delta of nothing", open + "delta\n----\n", "x.test:3: delta of what"},
		{"no subject", open + "rows\n----\n", "x.test:3: rows needs a table"},
		{"filter of another kind", open + "facts port_on stage=x\n----\n",
			"x.test:3: facts has no filter stage (it takes expect, expect-not)"},
		{"no filter", open + "flows lookup\n----\n", `x.test:3: "lookup" is no filter`},
		{"no row", open + "apply\nLogical_Switch\n", "x.test:4: which row of Logical_Switch"},
		{"no braces", open + "apply\nLogical_Switch sw0\n",
			`x.test:4: "{" is expected at the end of the statement`},
		{"no operator", open + "apply\nLogical_Switch sw0 { ports [p1] }\n",
			"x.test:4: what is done to ports"},
		{"open text", open + "apply\nLogical_Switch sw0 { name: \"x }\n",
			`x.test:4: the text before "\"x }" has no end`},
		{"more behind", open + "apply\nLogical_Switch sw0 { } Logical_Switch sw1 { }\n",
			`x.test:4: nothing more is expected before "Logical_Switch sw1 { }"`},
		{"no key", open + "apply\nACL a1 { options: { b } }\n", `x.test:4: ":" is expected before "} }"`},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, err := Parse("x.test", []byte(c.text))
			require.ErrorContains(t, err, c.want)
		})
	}
}

func TestStatementsGoOnWhileABracketIsOpen(t *testing.T) {
	f, err := Parse("x.test", []byte("## A.\n\napply\n# Comment.\nACL a1 {\n  match: \"a { b\",\n"+
		"  options += { k: v, \"a:b\": 1 }, tag-=[]\n}\ndelete ACL a2\nacked(\"sb\", 1)\n"))
	require.NoError(t, err)
	s := f.Cases[0].Steps[1].Statements
	require.Len(t, s, 3)
	require.Equal(t, []assign{
		{"match", ":", value{kind: 's', text: "a { b"}},
		{"options", "+=", value{kind: 'm', keys: []string{"k", "a:b"},
			items: []value{{kind: 's', text: "v"}, {kind: 's', text: "1"}}}},
		{"tag", "-=", value{kind: 'l'}},
	}, s[0].Columns)
	require.Equal(t, Statement{Line: 9, Delete: true, Table: "ACL", Row: "a2"}, *s[1])
	require.Equal(t, `acked("sb", 1)`, s[2].Fact)
}

func TestQuotedTextsAreReadBack(t *testing.T) {
	for _, text := range []string{"", "a b", "a\"b\\c", "a\tb\n", "ä", "a/b.c-d_e$", "a:b"} {
		written := plain(text)
		if written[0] != '"' {
			require.Equal(t, text, written)
			continue
		}
		read, used, ok := unquote(written + " rest")
		require.True(t, ok)
		require.Equal(t, len(written), used)
		require.Equal(t, text, read)
	}
}

func TestDiff(t *testing.T) {
	lines := strings.Fields
	require.Equal(t, []string{"- b", "+ x", "+ d"}, diff(lines("a b c"), lines("a x c d"), false))
	require.Equal(t, []string{"  a", "- b", "+ x", "  c", "+ d"},
		diff(lines("a b c"), lines("a x c d"), true))
	require.Empty(t, diff(lines("a b"), lines("a b"), false))
	require.Equal(t, []string{"- a"}, diff(lines("a"), nil, false))
}

// Whatever a test file holds, reading and preparing it gives cases or an error.
func FuzzParse(f *testing.F) {
	f.Add("## A.\n\napply\nGuest ann { bag += [a, \"b\"], age: 5 }\ndelete Guest ann\n\nfacts old\n----\nx\n")
	f.Add("## A. [history]\n\napply\nGuest a { bag: { } }\nseat(/a, \"b\", 3)\n\ndelta rows x\n----\n")
	p := smallProgram(f)
	f.Fuzz(func(t *testing.T, text string) {
		file, err := Parse("x.test", []byte(text))
		if err != nil {
			return
		}
		for _, c := range file.Cases {
			_, _ = p.prepare(file, c)
		}
	})
}
