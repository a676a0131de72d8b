package engine_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"woven/engine"
	"woven/engine/check"
	"woven/engine/enginetest"
	"woven/engine/function"
	"woven/relations"
)

// proofText writes a proof one fact a line, what it rests on below and further in.
func proofText(p *engine.Proof) string {
	var b strings.Builder
	var write func(p *engine.Proof, depth int)
	write = func(p *engine.Proof, depth int) {
		fmt.Fprintf(&b, "%s%s: %s", strings.Repeat("  ", depth), p.Kind, p.Fact)
		if p.Rule != "" {
			fmt.Fprintf(&b, " by %s", p.Rule)
		}
		if p.More > 0 {
			fmt.Fprintf(&b, " and %d rows more", p.More)
		}
		b.WriteString("\n")
		for _, q := range p.From {
			write(q, depth+1)
		}
	}
	write(p, 0)
	return b.String()
}

func (f *fixture) why(name string, args ...any) string {
	f.t.Helper()
	r, ok := f.Relation(name)
	require.True(f.t, ok)
	p, err := f.Why(r, f.row(r, args))
	require.NoError(f.t, err)
	return proofText(p)
}

func TestWhyThroughNegationAndFunctions(t *testing.T) {
	f := newFixture(t, `
Decl port(P, Name) descr [extensional()] bound [/number, /string].
Decl option(P, K) descr [extensional()] bound [/number, /string].
Decl plain(P, Text) descr [output()] bound [/number, /string].
plain(P, Text) :- port(P, Name), !option(P, _), P < 5, Text = fn:fmt("port %q", Name),
  :range(P, 3, Q), Q = 2.
`)
	f.apply(ins("port", 1, "a"), ins("port", 2, "b"), ins("option", 2, "x"))
	r, _ := f.Relation("plain")
	var fact string
	f.Each(r, func(row []relations.Value) bool {
		p, err := f.Why(r, row)
		require.NoError(t, err)
		fact += proofText(p)
		return true
	})
	require.Equal(t, `rule: plain(1, "port \"a\"") by plain#1
  base: port(1, "a")
  absent: !option(1, _)
  condition: 1 < 5
  condition: fn:fmt("port %q", "a")
  condition: :range(1, 3, 2)
  condition: 2 = 2
`, fact)
}

// What holds itself up in a circle is explained from where the circle was entered.
func TestWhyThroughCyclesAndAggregates(t *testing.T) {
	f := newFixture(t, `
Decl edge(X, Y) descr [extensional()] bound [/number, /number].
Decl start(X) descr [extensional()] bound [/number].
Decl reach(X) descr [output()] bound [/number].
Decl size(N) descr [output()] bound [/number].
reach(Least) :- start(X) |> do fn:group_by(), let Least = fn:min(X).
reach(Y) :- reach(X), edge(X, Y).
size(N) :- reach(X), X != 0 |> do fn:group_by(), let N = fn:count().
`)
	f.apply(ins("start", 1), ins("start", 4), ins("edge", 1, 2), ins("edge", 2, 3), ins("edge", 3, 1),
		ins("edge", 3, 2))
	require.Equal(t, `rule: reach(2) by reach#2
  aggregate: reach(1) by reach#1
    rule: reach#1 body(1) by reach#1
      base: start(1)
    rule: reach#1 body(4) by reach#1
      base: start(4)
  base: edge(1, 2)
`, f.why("reach", 2))
	require.Equal(t, 3, strings.Count(f.why("size", 3), "size#1 body"))
	require.Contains(t, f.why("size", 3), "see above: reach(1)")
	_, err := f.Why(mustRelation(t, f, "reach"), f.row(mustRelation(t, f, "reach"), []any{4}))
	require.EqualError(t, err, "reach(4) does not hold, so there is nothing to explain")
}

func mustRelation(t testing.TB, f *fixture, name string) *engine.Relation {
	r, ok := f.Relation(name)
	require.True(t, ok, name)
	return r
}

func TestWhyOfOperators(t *testing.T) {
	f := newFixture(t, `
Decl link(X, Y) descr [extensional()] bound [/string, /string].
Decl group(X, G) descr [components("link"), output()] bound [/string, /string].
Decl owner(P, O) descr [extensional()] bound [/string, /string].
Decl range(P, Low, High) descr [extensional()] bound [/string, /number, /number].
Decl asked(P, O, N) descr [extensional()] bound [/string, /string, /number].
Decl kept(P, O, N) descr [extensional()] bound [/string, /string, /number].
Decl key(P, O, N) descr [allocator("owner", "range", "asked", "kept"), output()]
  bound [/string, /string, /number].
`)
	f.apply(ins("link", "a", "b"), ins("link", "c", "b"), ins("link", "c", "d"), ins("link", "x", "x"),
		ins("owner", "p", "o"), ins("range", "p", 1, 9), ins("asked", "p", "o", 7),
		ins("kept", "p", "o", 3))
	require.Equal(t, `operator: group("d", "a") by components
  base: link("c", "d")
  base: link("c", "b")
  base: link("a", "b")
`, f.why("group", "d", "a"))
	require.Equal(t, "operator: group(\"a\", \"a\") by components\n  base: link(\"a\", \"b\")\n",
		f.why("group", "a", "a"))
	require.Equal(t, "operator: group(\"x\", \"x\") by components\n  base: link(\"x\", \"x\")\n",
		f.why("group", "x", "x"))
	require.Equal(t, `operator: key("p", "o", 7) by allocator
  base: owner("p", "o")
  base: range("p", 1, 9)
  base: asked("p", "o", 7)
`, f.why("key", "p", "o", 7))
}

// Every fact that random programs conclude has a proof, in which each fact is proved once.
func TestEveryFactHasAProof(t *testing.T) {
	reg := function.Default()
	for _, opts := range []engine.Options{{Workers: 1}, {Workers: 1, LazyText: true}} {
		var last enginetest.System // a fresh one, which has all the facts of the end
		var program *check.Program
		make := factory(opts)
		driver := &enginetest.Driver{Registry: reg, System: func(p *check.Program) (enginetest.System,
			enginetest.Deltas, error) {
			s, d, err := make(p)
			last, program = s, p
			return s, d, err
		}}
		cases := enginetest.Cases(reg, 10)
		rapid.Check(t, func(t *rapid.T) {
			require.NoError(t, driver.Run(cases.Draw(t, "case")))
			e := last.(*system).Engine
			for name := range program.Relations {
				r, _ := e.Relation(name)
				e.Each(r, func(row []relations.Value) bool {
					p, err := e.Why(r, row)
					require.NoError(t, err)
					if !opts.LazyText { // with terms two facts may be spelled the same
						provedOnce(t, p, map[string]bool{})
					}
					return true
				})
			}
		})
	}
}

func provedOnce(t require.TestingT, p *engine.Proof, seen map[string]bool) {
	switch p.Kind {
	case engine.Derived, engine.Aggregated:
		require.False(t, seen[p.Fact], "%s is proved twice", p.Fact)
		seen[p.Fact] = true
	case engine.Repeated:
		require.True(t, seen[p.Fact], "%s is said to be proved elsewhere", p.Fact)
	case engine.BaseFact, engine.Absent, engine.Condition:
		require.Empty(t, p.From)
	}
	for _, q := range p.From {
		provedOnce(t, q, seen)
	}
}
