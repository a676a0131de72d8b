package engine_test

import (
	"testing"

	"github.com/stretchr/testify/require"
)

const blocks = `
Decl owner(P, O, Size) descr [extensional()] bound [/string, /string, /number].
Decl range(P, Low, High) descr [extensional()] bound [/string, /number, /number].
Decl asked(P, O, N) descr [extensional()] bound [/string, /string, /number].
Decl kept(P, O, N) descr [extensional()] bound [/string, /string, /number].
Decl block(P, O, N) descr [allocator("owner", "range", "asked", "kept"), output()]
  bound [/string, /string, /number].
Decl poor(P, O) descr [output()] bound [/string, /string].
poor(P, O) :- owner(P, O, _), !block(P, O, _).
`

func TestBlocksOfNumbers(t *testing.T) {
	f := newFixture(t, blocks)
	require.Equal(t, `+block("p", "a", 1)
+block("p", "b", 5)
+poor("p", "c")`, f.apply(ins("range", "p", 1, 8), ins("owner", "p", "a", 4), ins("owner", "p", "b", 4),
		ins("owner", "p", "c", 3)))
	// What one gives back goes to who waits for it; the numbers of the others stay.
	require.Equal(t, `+block("p", "c", 1)
-block("p", "a", 1)
-poor("p", "c")`, f.apply(del("owner", "p", "a", 4)))
	// A request displaces whoever has one of the numbers for a lesser reason.
	require.Equal(t, `+block("p", "d", 4)
+poor("p", "b")
-block("p", "b", 5)`, f.apply(ins("owner", "p", "d", 2), ins("asked", "p", "d", 4)))
	// With a wider range the waiting are served.
	require.Equal(t, `+block("p", "b", 6)
-poor("p", "b")`, f.apply(del("range", "p", 1, 8), ins("range", "p", 1, 9)))
	// A block that is too large to be meant gets nothing, and harms nobody.
	require.Equal(t, `+poor("p", "e")`, f.apply(ins("owner", "p", "e", 1<<20)))
}

// A previewed or abandoned batch changes neither ranges nor who waits.
func TestAllocatorForgetsWhatWasNotKept(t *testing.T) {
	f := newFixture(t, blocks)
	f.apply(ins("range", "p", 1, 2), ins("owner", "p", "a", 2), ins("owner", "p", "b", 1))
	for _, ops := range [][]op{
		{del("range", "p", 1, 2), ins("range", "p", 1, 9)},
		{del("owner", "p", "a", 2)},
		{ins("asked", "p", "b", 2)},
		{del("range", "p", 1, 2)},
		{ins("kept", "p", "b", 1), del("owner", "p", "a", 2), ins("owner", "p", "c", 1)},
	} {
		before, err := f.fill(ops).Preview()
		require.NoError(t, err)
		first := f.text(before)
		require.NotEmpty(t, first)
		f.fill(ops).Rollback()
		again, err := f.fill(ops).Preview()
		require.NoError(t, err)
		require.Equal(t, first, f.text(again))
	}
	require.Equal(t, `+block("p", "b", 1)
-block("p", "a", 1)
-poor("p", "b")`, f.apply(del("owner", "p", "a", 2)))
	require.Equal(t, `+block("p", "c", 2)`, f.apply(ins("owner", "p", "c", 1)))
}

// Numbers after the largest are given before those that became free.
func TestNumbersAfterTheLargest(t *testing.T) {
	f := newFixture(t, `
Decl owner(P, O) descr [extensional()] bound [/string, /string].
Decl range(P, Low, High) descr [extensional()] bound [/string, /number, /number].
Decl asked(P, O, N) descr [extensional()] bound [/string, /string, /number].
Decl kept(P, O, N) descr [extensional()] bound [/string, /string, /number].
Decl key(P, O, N) descr [allocator("owner", "range", "asked", "kept", "after_max"), output()]
  bound [/string, /string, /number].
`)
	f.apply(ins("range", "p", 1, 3), ins("owner", "p", "a"), ins("owner", "p", "b"))
	require.Equal(t, "+key(\"p\", \"c\", 3)\n-key(\"p\", \"a\", 1)",
		f.apply(del("owner", "p", "a"), ins("owner", "p", "c")))
	require.Equal(t, `+key("p", "d", 1)`, f.apply(ins("owner", "p", "d")))
}

// Components merge and fall apart with their edges, in every order of taking them away.
func TestComponents(t *testing.T) {
	f := newFixture(t, `
Decl link(X, Y) descr [extensional()] bound [/number, /number].
Decl group(X, G) descr [components("link"), output()] bound [/number, /number].
Decl size(G, N) descr [output()] bound [/number, /number].
size(G, N) :- group(X, G) |> do fn:group_by(G), let N = fn:count().
`)
	require.Equal(t, "+group(1, 1)\n+group(2, 1)\n+group(3, 3)\n+group(4, 3)\n+size(1, 2)\n+size(3, 2)",
		f.apply(ins("link", 1, 2), ins("link", 4, 3)))
	c, err := f.fill([]op{ins("link", 2, 4)}).Preview()
	require.NoError(t, err)
	merged := "+group(3, 1)\n+group(4, 1)\n+size(1, 4)\n-group(3, 3)\n-group(4, 3)\n-size(1, 2)\n-size(3, 2)"
	require.Equal(t, merged, f.text(c))
	require.Equal(t, merged, f.apply(ins("link", 2, 4)))
	require.Empty(t, f.apply(ins("link", 1, 4)))
	require.Empty(t, f.apply(del("link", 2, 4)))
	require.Equal(t, "+group(2, 2)\n+size(1, 3)\n+size(2, 1)\n-group(2, 1)\n-size(1, 4)",
		f.apply(del("link", 1, 2), ins("link", 2, 2)))
	require.Equal(t, "-group(2, 2)\n-size(2, 1)", f.apply(del("link", 2, 2)))
}

// No clock ticks in the rules: they say by when they want to be woken, and are told.
func TestTimers(t *testing.T) {
	f := newFixture(t, `
Decl seen(Mac, At) descr [extensional()] bound [/string, /number].
Decl expired(Mac) descr [extensional()] bound [/string].
Decl timer(Mac, Deadline) descr [output()] bound [/string, /number].
Decl aged(Mac) descr [output()] bound [/string].
timer(Mac, fn:plus(At, 300)) :- seen(Mac, At), !expired(Mac).
aged(Mac) :- seen(Mac, _), expired(Mac).
`)
	require.Equal(t, `+timer("m", 1300)`, f.apply(ins("seen", "m", 1000)))
	require.Equal(t, "+timer(\"m\", 1400)\n-timer(\"m\", 1300)",
		f.apply(del("seen", "m", 1000), ins("seen", "m", 1100)))
	require.Equal(t, "+aged(\"m\")\n-timer(\"m\", 1400)", f.apply(ins("expired", "m")))
	require.Equal(t, `-aged("m")`, f.apply(del("seen", "m", 1100), del("expired", "m")))
}

// A batch that is given up half-way leaves nothing, whatever it had put in and taken out.
func TestRollbackHalfWay(t *testing.T) {
	f := newFixture(t, closure)
	f.apply(ins("edge", 1, 2))
	kept := f.Store().Len()
	edge, _ := f.Relation("edge")
	path, _ := f.Relation("path")
	txn := f.fill([]op{ins("edge", 2, 1<<40), del("edge", 1, 2), ins("edge", 1, 2), del("edge", 1, 2)})
	require.ErrorContains(t, txn.Insert(path, f.row(path, []any{1, 9})...),
		"path is derived by rules, so no fact can be put into it")
	require.EqualError(t, txn.Insert(edge, 1), "engine: edge has 2 columns, the fact has 1")
	txn.Rollback()
	require.EqualError(t, txn.Insert(edge, f.row(edge, []any{1, 2})...), "engine: the transaction has ended")
	f.Store().Advance()
	require.Equal(t, kept, f.Store().Len())
	require.Equal(t, "+path(1, 3)\n+path(2, 3)", f.apply(ins("edge", 2, 3)))
	require.Equal(t, "-path(1, 2)\n-path(1, 3)", f.apply(del("edge", 1, 2)))
}

// A relation may have no column at all.
func TestRelationWithoutColumns(t *testing.T) {
	f := newFixture(t, `
Decl port(P) descr [extensional()] bound [/number].
Decl paused() descr [extensional()].
Decl any() descr [output()].
Decl idle() descr [output()].
any() :- port(_), !paused().
idle() :- !any().
`)
	require.Equal(t, "+any()\n-idle()", f.apply(ins("port", 1), ins("port", 2)))
	require.Equal(t, "+idle()\n-any()", f.apply(ins("paused")))
	require.Empty(t, f.apply(del("port", 1), del("port", 2)))
	require.Empty(t, f.apply(del("paused")))
	require.Equal(t, "+any()\n-idle()", f.apply(ins("port", 1)))
}
