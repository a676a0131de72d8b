package syntax_test

import (
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"woven/engine/internal/annotated"
	"woven/engine/syntax"
)

func TestErrorsAreFoundWhereTheyAre(t *testing.T) {
	files, err := filepath.Glob("testdata/*.mg")
	require.NoError(t, err)
	require.NotEmpty(t, files)
	for _, path := range files {
		t.Run(filepath.Base(path), func(t *testing.T) {
			source, err := os.ReadFile(path)
			require.NoError(t, err)
			text, want, err := annotated.Cut(string(source))
			require.NoError(t, err)
			_, errors := syntax.Parse(path, []byte(text))
			var got []annotated.Finding
			for _, e := range errors {
				got = append(got, annotated.Finding{Line: e.Pos.Line,
					Text: fmt.Sprintf("error:%d: %s (%s)", e.Pos.Col, e.Message, e.Hint)})
			}
			differences, err := annotated.Compare(got, want)
			require.NoError(t, err)
			require.Empty(t, differences, strings.Join(differences, "\n"))
		})
	}
}

const whole = `# What this file is about.
# A second line.

Decl port(Port, Tags, Row)
  descr [doc("A port."), extensional(), key([Port])]
  bound [/string, .List</number>, .Struct</f : /string, /g : .Map</string, /name>>].

p(1). # behind
# Why it holds.
#   indented
path(X, Y) :-
  edge(X, Y), # inside
  !closed(X, _), X != "a\tb", Y = fn:plus(1, [ -1, 2 ]).

# Not above: a line lies between.

count(K, M) :- path(K, X), :split(X, ",", Y), 1.5 < Y
  |> do fn:group_by(K), let N = fn:count(), let M = fn:plus(N, 1).
`

func parse(t *testing.T, text string) *syntax.File {
	t.Helper()
	f, errors := syntax.Parse("x.mg", []byte(text))
	require.Empty(t, errors)
	return f
}

func TestDeclarationsKeepAllThatIsWritten(t *testing.T) {
	f := parse(t, whole)
	require.Equal(t, "What this file is about.\nA second line.", f.Comment)
	require.Len(t, f.Decls, 1)
	d := f.Decls[0]
	require.Equal(t, "x.mg:4:1", d.Pos.String())
	require.Equal(t, "port", d.Pred)
	require.Equal(t, []string{"Port", "Tags", "Row"}, d.Args)
	require.Equal(t, "A port.", d.Doc)
	require.Equal(t, []string{"doc", "extensional", "key"},
		[]string{d.Descr[0].Name, d.Descr[1].Name, d.Descr[2].Name})
	require.Equal(t, "x.mg:5:26", d.Descr[1].Pos.String())
	require.Equal(t, "[Port]", d.Descr[2].Args[0].String())
	require.True(t, strings.HasPrefix(d.Text, "Decl port(") && strings.HasSuffix(d.Text, ">]."))
	require.Len(t, d.Bounds, 1)
	require.Equal(t, "/string", d.Bounds[0][0].Name)
	require.Equal(t, "List", d.Bounds[0][1].Name)
	require.Equal(t, "/number", d.Bounds[0][1].Args[0].Name)
	require.Equal(t, []string{"/f", "/g"}, d.Bounds[0][2].Fields)
	require.Equal(t, "Map", d.Bounds[0][2].Args[1].Name)
	require.Equal(t, "x.mg:6:62", d.Bounds[0][2].Args[1].Pos.String())
}

func TestClausesKeepPlacesCommentsAndText(t *testing.T) {
	f := parse(t, whole)
	require.Len(t, f.Clauses, 3)
	fact, path, count := f.Clauses[0], f.Clauses[1], f.Clauses[2]
	require.Empty(t, fact.Comment)
	require.Equal(t, "p(1).", fact.Text)
	require.Equal(t, "Why it holds.\n  indented", path.Comment)
	require.Equal(t, "x.mg:11:1", path.Pos.String())
	require.True(t, strings.HasSuffix(path.Text, "[ -1, 2 ])."))
	negated := path.Body[1].(*syntax.Match)
	require.True(t, negated.Negated)
	require.Equal(t, "x.mg:13:4", negated.Atom.Pos.String())
	require.Equal(t, "x.mg:13:20", path.Body[2].(*syntax.Compare).Pos.String())
	list := path.Body[3].(*syntax.Compare).R.(*syntax.Call).Args[1].(*syntax.Call)
	require.Equal(t, "x.mg:13:52", list.Args[1].Position().String())
	require.Empty(t, count.Comment)
	require.True(t, count.Transform.Grouped)
	require.Equal(t, "x.mg:18:3", count.Transform.Pos.String())
	require.Equal(t, "x.mg:18:25", count.Transform.Lets[0].Pos.String())
	require.Equal(t, "K", count.Transform.GroupBy[0].Name)
}

func TestSpellingIsTheSourceOnOneLine(t *testing.T) {
	f := parse(t, whole)
	require.Equal(t, `path(X, Y) :- edge(X, Y), !closed(X, _), X != "a\tb", `+
		`Y = fn:plus(1, [ -1, 2]).`, f.Clauses[1].String())
	require.Equal(t, `count(K, M) :- path(K, X), :split(X, ",", Y), 1.5 < Y `+
		`|> do fn:group_by(K), let N = fn:count(), let M = fn:plus(N, 1).`, f.Clauses[2].String())
}

func TestACommentRightAboveAClauseIsNotTheFiles(t *testing.T) {
	f := parse(t, "# About p.\np(1).\n")
	require.Empty(t, f.Comment)
	require.Equal(t, "About p.", f.Clauses[0].Comment)
	f = parse(t, "\n# About the file.\nDecl p(X) bound [/number].\n\np(1).")
	require.Equal(t, "About the file.", f.Comment)
}

func TestConstantsAreDecodedExactly(t *testing.T) {
	for source, want := range map[string]syntax.Const{
		`"a\n\t\"\'\\b"`:            {Kind: syntax.StringConst, Str: "a\n\t\"'\\b"},
		`'it is "q"'`:               {Kind: syntax.StringConst, Str: `it is "q"`},
		"`two\r\nlines \\x41`":      {Kind: syntax.StringConst, Str: "two\nlines A"},
		"\"go\\\non\"":              {Kind: syntax.StringConst, Str: "go\non"},
		`"\u{2190}\u{01f600}\x7f←"`: {Kind: syntax.StringConst, Str: "←😀\x7f←"},
		`b"\xff\x00\u{00e9}"`:       {Kind: syntax.BytesConst, Str: "\xff\x00é"},
		`"# no comment"`:            {Kind: syntax.StringConst, Str: "# no comment"},
		`-9223372036854775808`:      {Kind: syntax.NumberConst, Num: -9223372036854775808},
		`007`:                       {Kind: syntax.NumberConst, Num: 7},
		`-.5`:                       {Kind: syntax.FloatConst, Float: -.5},
		`1.25e+3`:                   {Kind: syntax.FloatConst, Float: 1250},
		`/ls_in_acl/a.b-c~d%e`:      {Kind: syntax.NameConst, Str: "/ls_in_acl/a.b-c~d%e"},
	} {
		f := parse(t, "p("+source+").")
		got := *f.Clauses[0].Head.Args[0].(*syntax.Const)
		got.Pos = syntax.Pos{}
		require.Equal(t, want, got, source)
		again := parse(t, "p("+got.String()+").")
		got = *again.Clauses[0].Head.Args[0].(*syntax.Const)
		got.Pos = syntax.Pos{}
		require.Equal(t, want, got, "spelled from %s", source)
	}
}

func TestAFaultLeavesOtherClausesWhole(t *testing.T) {
	f, errors := syntax.Parse("x.mg", []byte("a(1).\nb(X :- c.\nd(\"e).\nf(2).\ng(X) :- h(X)\ni(3)."))
	require.Len(t, errors, 3)
	require.Len(t, f.Clauses, 3)
	require.Equal(t, []string{"a(1).", "f(2).", "i(3)."},
		[]string{f.Clauses[0].Text, f.Clauses[1].Text, f.Clauses[2].Text})
}

func TestTextThatIsNotUTF8IsRefused(t *testing.T) {
	f, errors := syntax.Parse("x.mg", []byte("a(1).\nb(\"\xff\").\n"))
	require.NotEmpty(t, errors)
	require.Equal(t, "x.mg:2:4", errors[len(errors)-1].Pos.String())
	require.Contains(t, errors[len(errors)-1].Message, "UTF-8")
	require.Len(t, f.Clauses, 1)
}

func TestWalkMeetsEveryTermInOrder(t *testing.T) {
	f := parse(t, "p(X, fn:f(Y, 1)) :- q(X, _), Z = [Y] |> do fn:group_by(X), let N = fn:sum(Y).")
	var met []string
	f.Clauses[0].Walk(func(t syntax.Term) { met = append(met, t.String()) })
	require.Equal(t, []string{"X", "fn:f(Y, 1)", "Y", "1", "X", "_", "Z", "[Y]", "Y", "X", "N",
		"fn:sum(Y)", "Y"}, met)
	var vars []string
	syntax.EachVar(f.Clauses[0].Head.Args[1], func(v *syntax.Var) { vars = append(vars, v.Name) })
	require.Equal(t, []string{"Y"}, vars)
}

// FuzzParse holds that no text makes the parser panic, that faults have places inside of the
// file, and that what a clause's String spells is read as the same clause.
func FuzzParse(f *testing.F) {
	f.Add(whole)
	files, _ := filepath.Glob("testdata/*.mg")
	for _, path := range files {
		source, err := os.ReadFile(path)
		require.NoError(f, err)
		for _, line := range strings.Split(string(source), "\n") {
			f.Add(line)
		}
	}
	f.Add("p([[[[[[[[{/a:[]}]]]]]]]]).")
	f.Add("\"\n'\n`")
	f.Fuzz(func(t *testing.T, text string) {
		file, errors := syntax.Parse("x.mg", []byte(text))
		lines := strings.Count(text, "\n") + 1
		for _, e := range errors {
			require.NotEmpty(t, e.Message)
			require.True(t, e.Pos.Line >= 1 && e.Pos.Line <= lines && e.Pos.Col >= 1, e.Error())
		}
		for _, c := range file.Clauses {
			again, errors := syntax.Parse("x.mg", []byte(c.String()))
			require.Empty(t, errors, c.String())
			require.Len(t, again.Clauses, 1)
			require.Equal(t, c.String(), again.Clauses[0].String())
			require.True(t, reflect.DeepEqual(kinds(c), kinds(again.Clauses[0])), c.String())
		}
	})
}

// kinds lists the terms of a clause without their places.
func kinds(c *syntax.Clause) []string {
	var out []string
	c.Walk(func(t syntax.Term) {
		switch t := t.(type) {
		case *syntax.Const:
			out = append(out, fmt.Sprintf("%d %q %d %v", t.Kind, t.Str, t.Num, t.Float))
		default:
			out = append(out, fmt.Sprintf("%T %s", t, t))
		}
	})
	return out
}

func BenchmarkParse7000Lines(b *testing.B) {
	rule := `# A frame for a known address goes straight to the port that owns it.
lflow(Ls, /ls_in_l2_lkup, 50, Match, Actions, "", "", Lsp) :-
  port_on(Lsp, Ls), port_mac(Lsp, Mac), port_is_enabled(Lsp),
  nb.Logical_Switch_Port.name(Lsp, Name),
  Match = fn:fmt("eth.dst == %s", Mac),
  Actions = fn:fmt("outport = %q; output;", Name).

`
	text := []byte(strings.Repeat(rule, 1000))
	b.ReportAllocs()
	for b.Loop() {
		if f, errors := syntax.Parse("x.mg", text); len(errors) > 0 || len(f.Clauses) != 1000 {
			b.Fatal(errors)
		}
	}
}
