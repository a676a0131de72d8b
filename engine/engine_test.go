package engine_test

import (
	"sort"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"woven/engine"
	"woven/engine/check"
	"woven/engine/function"
	"woven/engine/syntax"
	"woven/relations"
)

// compileText checks a program given as text.
func compileText(t testing.TB, text string) *check.Program {
	t.Helper()
	file, errs := syntax.Parse("test.mg", []byte(text))
	require.Empty(t, errs)
	p, diags := check.Check([]*syntax.File{file}, function.Default(), check.Options{AllowCross: true})
	require.NotNil(t, p, "%v", diags)
	return p
}

// fixture is an engine with facts given as numbers and texts.
type fixture struct {
	t testing.TB
	*engine.Engine
}

func newFixture(t testing.TB, text string) *fixture {
	t.Helper()
	e, err := engine.New(compileText(t, text), relations.NewStore(), engine.Options{LazyText: true})
	require.NoError(t, err)
	return &fixture{t, e}
}

func (f *fixture) row(r *engine.Relation, args []any) []relations.Value {
	var row []relations.Value
	for i, a := range args {
		switch a := a.(type) {
		case int:
			require.Equal(f.t, relations.Number, r.Types()[i].Kind)
			row = append(row, f.Store().Number(int64(a)))
		case string:
			row = append(row, f.Store().String(a))
		}
	}
	return row
}

type op struct {
	sign byte
	name string
	args []any
}

func ins(name string, args ...any) op { return op{'+', name, args} }
func del(name string, args ...any) op { return op{'-', name, args} }

func (f *fixture) fill(ops []op) *engine.Txn {
	f.t.Helper()
	txn, err := f.Begin()
	require.NoError(f.t, err)
	for _, o := range ops {
		r, ok := f.Relation(o.name)
		require.True(f.t, ok, o.name)
		if o.sign == '+' {
			require.NoError(f.t, txn.Insert(r, f.row(r, o.args)...))
		} else {
			require.NoError(f.t, txn.Delete(r, f.row(r, o.args)...))
		}
	}
	return txn
}

// apply commits changes and returns the output's changes, sorted.
func (f *fixture) apply(ops ...op) string {
	f.t.Helper()
	c, err := f.fill(ops).Commit()
	require.NoError(f.t, err)
	return f.text(c)
}

func (f *fixture) text(c *engine.Changes) string {
	var lines []string
	for _, rc := range c.Relations {
		list := func(sign string, rows *engine.Rows) {
			for i := range rows.Len() {
				lines = append(lines, sign+f.FactText(rc.Relation, rows.At(i)))
			}
		}
		list("-", &rc.Deleted)
		list("+", &rc.Inserted)
	}
	c.Release()
	sort.Strings(lines)
	return strings.Join(lines, "\n")
}

const closure = `
Decl edge(X, Y) descr [doc("an edge"), extensional()] bound [/number, /number].
Decl path(X, Y) descr [doc("a way"), output()] bound [/number, /number].
path(X, Y) :- edge(X, Y).
path(X, Z) :- path(X, Y), edge(Y, Z).
`

func TestTransitiveClosure(t *testing.T) {
	f := newFixture(t, closure)
	require.Equal(t, "+path(1, 2)\n+path(1, 3)\n+path(2, 3)",
		f.apply(ins("edge", 1, 2), ins("edge", 2, 3)))
	require.Equal(t, "+path(1, 1)\n+path(2, 1)\n+path(2, 2)\n+path(3, 1)\n+path(3, 2)\n+path(3, 3)",
		f.apply(ins("edge", 3, 1)))
	require.Equal(t, "-path(1, 1)\n-path(2, 1)\n-path(2, 2)\n-path(3, 1)\n-path(3, 2)\n-path(3, 3)",
		f.apply(del("edge", 3, 1)))
	require.Equal(t, "+path(1, 4)\n+path(4, 3)\n-path(1, 2)",
		f.apply(del("edge", 1, 2), ins("edge", 1, 4), ins("edge", 4, 3)))
}

func TestPreviewLeavesNothing(t *testing.T) {
	f := newFixture(t, closure)
	f.apply(ins("edge", 1, 2))
	c, err := f.fill([]op{ins("edge", 2, 3), del("edge", 1, 2)}).Preview()
	require.NoError(t, err)
	require.Equal(t, "+path(2, 3)\n-path(1, 2)", f.text(c))
	require.Equal(t, "+path(1, 3)\n+path(2, 3)", f.apply(ins("edge", 2, 3)))
}

func TestNegationWithWildcard(t *testing.T) {
	f := newFixture(t, `
Decl port(P) descr [doc("a port"), extensional()] bound [/number].
Decl option(P, K) descr [doc("an option"), extensional()] bound [/number, /string].
Decl plain(P) descr [doc("a port without options"), output()] bound [/number].
plain(P) :- port(P), !option(P, _).
`)
	require.Equal(t, "+plain(1)\n+plain(2)", f.apply(ins("port", 1), ins("port", 2)))
	require.Equal(t, "-plain(1)", f.apply(ins("option", 1, "a"), ins("option", 1, "b")))
	require.Equal(t, "", f.apply(del("option", 1, "a")))
	require.Equal(t, "", f.apply(del("option", 1, "b"), ins("option", 1, "c")))
	require.Equal(t, "+plain(1)", f.apply(del("option", 1, "c")))
}

func TestAggregates(t *testing.T) {
	f := newFixture(t, `
Decl on(P, S) descr [doc("port on switch"), extensional()] bound [/number, /number].
Decl size(S, N, Least, All) descr [doc("how many"), output()]
  bound [/number, /number, /number, .List</number>].
size(S, N, Least, All) :- on(P, S)
  |> do fn:group_by(S), let N = fn:count(), let Least = fn:min(P), let All = fn:collect(P).
`)
	require.Equal(t, "+size(7, 2, 1, [1, 2])", f.apply(ins("on", 1, 7), ins("on", 2, 7)))
	require.Equal(t, "+size(7, 1, 2, [2])\n-size(7, 2, 1, [1, 2])", f.apply(del("on", 1, 7)))
	require.Equal(t, "-size(7, 1, 2, [2])", f.apply(del("on", 2, 7)))
}

func TestWhyThroughRecursion(t *testing.T) {
	f := newFixture(t, closure)
	f.apply(ins("edge", 1, 2), ins("edge", 2, 1), ins("edge", 2, 3))
	r, _ := f.Relation("path")
	p, err := f.Why(r, f.row(r, []any{1, 3}))
	require.NoError(t, err)
	require.Equal(t, "path#2", p.Rule)
	require.Equal(t, "path(1, 2)", p.From[0].Fact)
	require.Equal(t, "edge(2, 3)", p.From[1].Fact)
	_, err = f.Why(r, f.row(r, []any{3, 1}))
	require.EqualError(t, err, "path(3, 1) does not hold, so there is nothing to explain")
}

func TestTextStaysATerm(t *testing.T) {
	f := newFixture(t, `
Decl port(P, Name) descr [doc("a port"), extensional()] bound [/number, /string].
Decl flow(P, Match) descr [doc("a flow"), output()] bound [/number, /string].
flow(P, Match) :- port(P, Name), M = fn:fmt("inport == %q", Name), Match = fn:fmt("%s && ip", M).
`)
	require.Equal(t, `+flow(1, "inport == \"a\\\"b\" && ip")`, f.apply(ins("port", 1, `a"b`)))
	require.Equal(t, `-flow(1, "inport == \"a\\\"b\" && ip")`, f.apply(del("port", 1, `a"b`)))
}

func TestReplace(t *testing.T) {
	f := newFixture(t, closure)
	f.apply(ins("edge", 1, 2), ins("edge", 2, 3))
	c, err := f.Replace(compileText(t, strings.Replace(closure, "path(X, Y), edge(Y, Z)",
		"path(X, Y), edge(Y, Z), X != 1", 1)))
	require.NoError(t, err)
	require.Equal(t, "-path(1, 3)", f.text(c))
	require.Equal(t, "+path(2, 4)\n+path(3, 4)", f.apply(ins("edge", 3, 4)))
}

func TestClosureOfAGrid(t *testing.T) {
	f := newFixture(t, closure)
	var ops []op
	at := func(x, y int) int { return x*6 + y }
	for x := range 6 {
		for y := range 6 {
			if x < 5 {
				ops = append(ops, ins("edge", at(x, y), at(x+1, y)))
			}
			if y < 5 {
				ops = append(ops, ins("edge", at(x, y), at(x, y+1)))
			}
		}
	}
	f.apply(ops...)
	r, _ := f.Relation("path")
	require.Equal(t, 21*21-36, r.Len(), "pairs of a 6x6 grid")
	for i := range ops {
		f.apply(op{'-', "edge", ops[i].args})
		f.apply(ops[i])
		require.Equal(t, 21*21-36, r.Len())
	}
}
