package engine_test

import (
	"sort"
	"testing"

	"github.com/stretchr/testify/require"

	"woven/relations"
)

// A lookup sees the rows with a key as of the last commit, also those that came after it was
// made; a place finds its row.
func TestLookup(t *testing.T) {
	f := newFixture(t, `
Decl p(X, Y) descr [extensional()] bound [/number, /number].
Decl q(Y) descr [output()] bound [/number].
q(Y) :- p(_, Y).`)
	p, ok := f.Relation("p")
	require.True(t, ok)
	first, second := p.Lookup(0), p.Lookup(1)
	rows := func(of interface {
		Each(func([]relations.Value) bool, ...relations.Value)
	}, key int64) []int64 {
		var found []int64
		of.Each(func(row []relations.Value) bool {
			found = append(found, 100*f.Store().Int(row[0])+f.Store().Int(row[1]))
			return true
		}, f.Store().Number(key))
		sort.Slice(found, func(i, j int) bool { return found[i] < found[j] })
		return found
	}
	txn := f.fill([]op{ins("p", 1, 2), ins("p", 1, 3), ins("p", 4, 3)})
	require.Empty(t, rows(first, 1))
	c, err := txn.Commit()
	require.NoError(t, err)
	c.Release()
	require.Equal(t, []int64{102, 103}, rows(first, 1))
	require.Equal(t, []int64{103, 403}, rows(second, 3))
	txn = f.fill([]op{del("p", 1, 3)})
	require.Equal(t, []int64{102, 103}, rows(first, 1))
	c, err = txn.Commit()
	require.NoError(t, err)
	c.Release()
	require.Equal(t, []int64{102}, rows(first, 1))

	row := []relations.Value{f.Store().Number(4), f.Store().Number(3)}
	place, ok := p.Place(row...)
	require.True(t, ok)
	require.Equal(t, row, p.At(place))
	_, ok = p.Place(f.Store().Number(1), f.Store().Number(3))
	require.False(t, ok)
}

// A relation that is plain() holds no formatted terms.
func TestPlain(t *testing.T) {
	f := newFixture(t, `
Decl p(X) descr [extensional()] bound [/number].
Decl lazy(T) descr [output()] bound [/string].
Decl plain(T) descr [output(), plain()] bound [/string].
lazy(fn:fmt("<%d>", X)) :- p(X).
plain(fn:fmt("<%d>", X)) :- p(X).`)
	c, err := f.fill([]op{ins("p", 7)}).Commit()
	require.NoError(t, err)
	defer c.Release()
	for _, r := range c.Relations {
		v := r.Inserted.At(0)[0]
		require.Equal(t, "<7>", f.Store().TextOf(v))
		require.Equal(t, r.Relation.Name() == "lazy", relations.IsTerm(v))
	}
	require.Len(t, c.Relations, 2)
}
