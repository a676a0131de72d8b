package engine_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"woven/engine"
	"woven/relations"
)

const sizes = `
Decl on(P, S) descr [extensional()] bound [/number, /string].
Decl size(Text) descr [output()] bound [/string].
size(fn:fmt("%s has %d", S, N)) :- on(P, S) |> do fn:group_by(S), let N = fn:count().
`

// A group that is kept makes its head row anew where that is read in another way now: as a text
// that is compared, and not as a term.
func TestReplaceWritesKeptTermsOut(t *testing.T) {
	f := newFixture(t, sizes+`Decl said(T) descr [extensional()] bound [/string].`)
	f.apply(ins("on", 1, "a"), ins("on", 2, "a"), ins("said", "a has 2"))
	c, err := f.Replace(compileText(t, sizes+`Decl said(T) descr [extensional()] bound [/string].
Decl right(T) descr [output()] bound [/string].
right(T) :- said(T), size(T).`))
	require.NoError(t, err)
	require.Contains(t, f.text(c), `+right("a has 2")`)
	require.Contains(t, f.apply(del("on", 1, "a")), `-right("a has 2")`)
}

// A clause that is written twice derives its facts twice, before and after a replacement.
func TestReplaceWithAClauseTwice(t *testing.T) {
	clause := sizes[strings.LastIndex(sizes, "\nsize")+1:]
	f := newFixture(t, sizes+clause)
	f.apply(ins("on", 1, "a"))
	c, err := f.Replace(compileText(t, sizes+clause))
	require.NoError(t, err)
	require.Empty(t, f.text(c))
	require.Equal(t, `-size("a has 1")`, f.apply(del("on", 1, "a")))
}

// The batches of commits and replacements count up; a preview is none.
func TestReplaceIsABatch(t *testing.T) {
	f := newFixture(t, sizes)
	batch := func(c *engine.Changes, err error) uint64 {
		require.NoError(t, err)
		c.Release()
		return c.Batch
	}
	first := batch(f.fill([]op{ins("on", 1, "a")}).Commit())
	require.Equal(t, first+1, batch(f.fill([]op{ins("on", 2, "a")}).Preview()))
	require.Equal(t, first+1, batch(f.Replace(compileText(t, sizes))))
	require.Equal(t, first+2, batch(f.fill([]op{ins("on", 3, "a")}).Commit()))
}

// What a replaced program had and the new one lacks takes no facts, and shows none.
func TestReplacedRelationIsGone(t *testing.T) {
	f := newFixture(t, sizes)
	on, _ := f.Relation("on")
	byPort := on.Lookup(0)
	f.apply(ins("on", 1, "a"))
	c, err := f.Replace(compileText(t, ""))
	require.NoError(t, err)
	require.Equal(t, `-size("a has 1")`, f.text(c))
	txn, err := f.Begin()
	require.NoError(t, err)
	row := f.row(on, []any{1, "a"})
	require.EqualError(t, txn.Insert(on, row...), "engine: on is not in the program any more")
	txn.Rollback()
	require.False(t, f.Holds(on, row...))
	require.Zero(t, on.Len())
	visit := func([]relations.Value) bool { t.Error("a row is left"); return true }
	byPort.Each(visit, row[0])
	f.Each(on, visit)
}

// A replacement waits for the open transaction to end.
func TestReplaceInATransaction(t *testing.T) {
	f := newFixture(t, sizes)
	txn := f.fill([]op{ins("on", 1, "a")})
	_, err := f.Replace(compileText(t, sizes))
	require.ErrorIs(t, err, engine.ErrTxnOpen)
	_, err = f.Begin()
	require.ErrorIs(t, err, engine.ErrTxnOpen)
	c, err := txn.Commit()
	require.NoError(t, err)
	require.Equal(t, `+size("a has 1")`, f.text(c))
	_, err = txn.Commit()
	require.EqualError(t, err, "engine: the transaction has ended")
}

// Published relations are delivered as output is.
func TestPublishedIsDelivered(t *testing.T) {
	f := newFixture(t, strings.Replace(sizes, "output()", "published()", 1))
	require.Equal(t, `+size("a has 1")`, f.apply(ins("on", 1, "a")))
	c, err := f.Replace(compileText(t, strings.Replace(sizes, "output()", "doc(\"d\")", 1)+
		"Decl other(T) descr [output()] bound [/string].\nother(T) :- size(T)."))
	require.NoError(t, err)
	require.Equal(t, "+other(\"a has 1\")\n-size(\"a has 1\")", f.text(c))
}
