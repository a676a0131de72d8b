package engine_test

import (
	"testing"

	"github.com/stretchr/testify/require"
)

// TestAllocatorKeepsWhatWasLeftInVain lets an owner give up its number for one that it loses again
// in the same batch: it keeps the old one.
func TestAllocatorKeepsWhatWasLeftInVain(t *testing.T) {
	f := newFixture(t, `
Decl owner(P, O) descr [doc("needs"), extensional()] bound [/number, /number].
Decl range(P, L, H) descr [doc("from"), extensional()] bound [/number, /number, /number].
Decl wanted(P, O, N) descr [doc("asks"), extensional()] bound [/number, /number, /number].
Decl held(P, O, N) descr [doc("had"), extensional()] bound [/number, /number, /number].
Decl got(P, O, N) descr [doc("has"), output(), allocator("owner", "range", "wanted", "held")]
  bound [/number, /number, /number].
`)
	f.apply(ins("range", 0, 0, 5), ins("wanted", 0, 1, 1), ins("owner", 0, 1))
	f.apply(ins("owner", 0, 5), ins("wanted", 0, 5, 1))
	require.Equal(t, "+got(0, 2, 2)", f.apply(ins("owner", 0, 2), ins("wanted", 0, 2, 1)))
	// The first gives number 1 up. The third may take it before the second, which goes before it.
	require.Equal(t, "+got(0, 1, 2)\n+got(0, 2, 1)\n-got(0, 1, 1)\n-got(0, 2, 2)",
		f.apply(del("wanted", 0, 1, 1), ins("wanted", 0, 5, 4)))
}
