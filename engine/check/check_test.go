package check_test

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"sort"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"woven/engine/check"
	"woven/engine/internal/annotated"
	"woven/engine/syntax"
)

func generated(path string) bool { return strings.HasPrefix(filepath.Base(path), "schema") }

// programs returns the programs in testdata: each file is one, and so is each folder.
func programs(t testing.TB) map[string][]string {
	t.Helper()
	entries, err := os.ReadDir("testdata")
	require.NoError(t, err)
	out := map[string][]string{}
	for _, e := range entries {
		path := filepath.Join("testdata", e.Name())
		files := []string{path}
		if e.IsDir() {
			files, err = filepath.Glob(filepath.Join(path, "*.mg"))
			require.NoError(t, err)
		}
		if filepath.Ext(files[0]) == ".mg" {
			out[e.Name()] = files
		}
	}
	return out
}

func TestFindingsAreWhereTheSourcesSay(t *testing.T) {
	for name, paths := range programs(t) {
		t.Run(name, func(t *testing.T) {
			var files []*syntax.File
			want := map[string][]annotated.Finding{}
			for _, path := range paths {
				source, err := os.ReadFile(path)
				require.NoError(t, err)
				text, expected, err := annotated.Cut(string(source))
				require.NoError(t, err)
				f, faults := syntax.Parse(path, []byte(text))
				require.Empty(t, faults)
				files = append(files, f)
				want[path] = expected
			}
			program, found := check.Check(files, registry(), check.Options{Generated: generated})
			got := map[string][]annotated.Finding{}
			failed := false
			for _, d := range found {
				got[d.Pos.File] = append(got[d.Pos.File], annotated.Finding{Line: d.Pos.Line,
					Text: fmt.Sprintf("%s:%d: %s [%s] %s", d.Severity, d.Pos.Col, d.Message, d.Code,
						d.Hint)})
				failed = failed || d.Severity == check.Error
				require.NotEmpty(t, d.Clause)
				require.NotContains(t, d.Clause, "\n")
			}
			require.Equal(t, failed, program == nil)
			for path := range want {
				differences, err := annotated.Compare(got[path], want[path])
				require.NoError(t, err)
				require.Empty(t, differences, path+"\n"+strings.Join(differences, "\n"))
			}
			requireOrdered(t, paths, found)
		})
	}
}

func requireOrdered(t *testing.T, paths []string, found []check.Diagnostic) {
	t.Helper()
	place := func(d check.Diagnostic) string {
		return fmt.Sprintf("%03d %06d %06d", sort.SearchStrings(paths, d.Pos.File), d.Pos.Line,
			d.Pos.Col)
	}
	for i := range found[min(1, len(found)):] {
		require.LessOrEqual(t, place(found[i]), place(found[i+1]))
	}
}

// TestEveryCodeHasACase reads the codes out of the package's own source, so that a new finding
// without a case fails.
func TestEveryCodeHasACase(t *testing.T) {
	var cases strings.Builder
	for _, paths := range programs(t) {
		for _, path := range paths {
			source, err := os.ReadFile(path)
			require.NoError(t, err)
			cases.Write(source)
		}
	}
	sources, err := filepath.Glob("*.go")
	require.NoError(t, err)
	seen := 0
	for _, path := range sources {
		file, err := parser.ParseFile(token.NewFileSet(), path, nil, 0)
		require.NoError(t, err)
		ast.Inspect(file, func(n ast.Node) bool {
			call, ok := n.(*ast.CallExpr)
			if !ok || len(call.Args) != 5 {
				return true
			}
			if s, ok := call.Fun.(*ast.SelectorExpr); !ok || s.Sel.Name != "errorAt" &&
				s.Sel.Name != "warnAt" {
				return true
			}
			code, err := strconv.Unquote(call.Args[2].(*ast.BasicLit).Value)
			require.NoError(t, err)
			require.True(t, strings.Contains(cases.String(), `\\[`+code+`\\]`), code)
			seen++
			return true
		})
	}
	require.Greater(t, seen, 40)
}

func checked(t *testing.T, text string) *check.Program {
	t.Helper()
	f, faults := syntax.Parse("x.mg", []byte(text))
	require.Empty(t, faults)
	p, found := check.Check([]*syntax.File{f}, registry(), check.Options{})
	require.NotNil(t, p, "%v", found)
	return p
}

func TestTypesReachEveryTerm(t *testing.T) {
	p := checked(t, `Decl row(Id, Tags) descr [extensional()]
		bound [/string, .Struct</list : .List</ip>, /n : /float64>].
		flat(Id, E, fn:if(fn:lt(1, 2), N, 0.5)) :-
			row(Id, S), :member(fn:get(S, /list), E), N = fn:get(S, /n).
		total(Id, M, [], {/b : 1, /a : "x"}) :- flat(Id, E, N), N < 2.5
			|> do fn:group_by(Id), let L = fn:collect(E), let M = fn:max(N).
		Decl pair(A, B, C, D) bound [/string, /float64, .List</number>,
			.Struct</a : /string, /b : /number>].
		pair(A, B, C, D) :- total(A, B, C, D).`)
	types := map[string]string{}
	for _, r := range p.Relations {
		for _, cl := range r.Clauses {
			cl.Walk(func(term syntax.Term) {
				got, ok := cl.Types[term]
				require.True(t, ok, term.String())
				types[r.Name+" "+term.String()] = got.String()
			})
		}
	}
	for term, want := range map[string]string{
		"flat E": "/ip", "flat N": "/float64", "flat fn:lt(1, 2)": "/name", "flat 1": "/number",
		"flat fn:get(S, /list)": ".List</ip>", "flat /n": "/name",
		"flat fn:if(fn:lt(1, 2), N, 0.5)": "/float64", "total L": ".List</ip>",
		"total fn:max(N)": "/float64", "total []": ".List</number>",
		"total {/b : 1, /a : \"x\"}": ".Struct</a : /string, /b : /number>",
	} {
		require.Equal(t, want, types[term], term)
	}
	total := p.Relations["total"]
	require.Equal(t, []string{"Id", "M", "C3", "C4"}, []string{total.Columns[0].Name,
		total.Columns[1].Name, total.Columns[2].Name, total.Columns[3].Name})
	require.Equal(t, ".List</number>", total.Columns[2].Type.String())
	require.True(t, total.Clauses[0].Aggregate)
	require.Equal(t, "/ip", total.Clauses[0].VarTypes["E"].String())
}

func TestOrderPutsEachComponentAfterWhatItReads(t *testing.T) {
	p := checked(t, `z(1). top(X) :- even(X), !self(X).
		even(X) :- z(X). even(Y) :- odd(X), next(X, Y). odd(Y) :- even(X), next(X, Y).
		next(1, 2). self(X) :- z(X). self(X) :- self(X), z(X).
		Decl conn(N, C) descr [components("next")] bound [/number, /number].
		last(X) :- conn(X, _), top(X).`)
	at := map[string]int{}
	sizes := map[string]int{}
	for i, comp := range p.Order {
		for _, r := range comp {
			at[r.Name], sizes[r.Name] = i, len(comp)
		}
	}
	require.Len(t, at, len(p.Relations))
	require.Equal(t, at["even"], at["odd"])
	require.Equal(t, map[string]int{"z": 1, "top": 1, "even": 2, "odd": 2, "next": 1, "self": 1,
		"conn": 1, "last": 1}, sizes)
	for _, pair := range [][2]string{{"z", "even"}, {"next", "even"}, {"even", "top"},
		{"self", "top"}, {"next", "conn"}, {"conn", "last"}, {"top", "last"}} {
		require.Less(t, at[pair[0]], at[pair[1]], "%v", pair)
	}
	var recursive []string
	for r := range p.Recursive {
		recursive = append(recursive, r.Name)
	}
	require.ElementsMatch(t, []string{"even", "odd", "self"}, recursive)
	require.Equal(t, "even#2", p.Relations["even"].Clauses[1].Name)
}

func TestOptionsAcceptWhatTheyName(t *testing.T) {
	f, faults := syntax.Parse("x.mg", []byte(`
		Decl sb.t.c(X) descr [extensional()] bound [/number].
		Decl want.sb.t.c(X) descr [output()] bound [/number].
		Decl pair(X, Y) descr [output()] bound [/number, /number].
		want.sb.t.c(X) :- sb.t.c(X).
		pair(X, Y) :- sb.t.c(X), want.sb.t.c(Y).`))
	require.Empty(t, faults)
	codes := func(o check.Options) (out []string) {
		_, found := check.Check([]*syntax.File{f}, registry(), o)
		for _, d := range found {
			out = append(out, d.Code)
		}
		return out
	}
	require.Equal(t, []string{"feedback", "feedback", "cross-product"}, codes(check.Options{}))
	require.Equal(t, []string{"cross-product"}, codes(check.Options{AllowFeedback: true}))
	require.Empty(t, codes(check.Options{AllowFeedback: true, AllowCross: true}))
}

func TestAFindingIsSpelledLikeACompilers(t *testing.T) {
	f, _ := syntax.Parse("acl.mg", []byte("p(X) :-\n  q(X)."))
	_, found := check.Check([]*syntax.File{f}, registry(), check.Options{})
	require.Equal(t, "acl.mg:2:3: error: there is no relation q [unknown-relation]\n"+
		"    p(X) :- q(X).\n    hint: declare it, or write a clause that derives it",
		found[len(found)-1].String())
	_, faults := syntax.Parse("acl.mg", []byte("p(X"))
	require.Equal(t, "acl.mg:1:2: error: the ( is not closed [syntax]",
		check.Spelling(faults)[0].String())
}

// FuzzCheck holds that nothing that parses makes the checker panic, and that a program without
// errors has a type for every term.
func FuzzCheck(f *testing.F) {
	for _, paths := range programs(f) {
		for _, path := range paths {
			source, err := os.ReadFile(path)
			require.NoError(f, err)
			f.Add(string(source))
			for _, line := range strings.Split(string(source), "\n") {
				f.Add(line)
			}
		}
	}
	f.Fuzz(func(t *testing.T, text string) {
		file, _ := syntax.Parse("x.mg", []byte(text))
		p, found := check.Check([]*syntax.File{file}, registry(), check.Options{})
		for _, d := range found {
			require.NotEmpty(t, d.String())
		}
		if p == nil {
			return
		}
		for _, r := range p.Relations {
			for _, cl := range r.Clauses {
				cl.Walk(func(term syntax.Term) {
					require.NotZero(t, cl.Types[term].Kind, "%s in %s", term, cl)
				})
			}
		}
	})
}
