package engine_test

import (
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"woven/engine"
	"woven/engine/enginetest"
	"woven/relations"
)

// spellings makes texts that others spell too, and uses them in every way there is.
const spellings = `
Decl port(P, Name) descr [extensional()] bound [/number, /string].
Decl text(T) descr [extensional()] bound [/string].
Decl made(P, T) bound [/number, /string].
made(P, T) :- port(P, Name), T = fn:fmt("%s%d", Name, P).
Decl handed(P, T) bound [/number, /string].
handed(P, T) :- made(P, T).
Decl known(P) descr [output()] bound [/number].
known(P) :- handed(P, T), text(T).
Decl unknown(T) descr [output()] bound [/string].
unknown(T) :- text(T), !made(_, T).
Decl same(P, Q) descr [output()] bound [/number, /number].
same(P, Q) :- made(P, T), port(Q, Name), T = Name.
Decl least(T) descr [output()] bound [/string].
least(Least) :- handed(P, T), P > 0 |> do fn:group_by(), let Least = fn:min(T).
Decl quoted(T) descr [output()] bound [/string].
quoted(Q) :- handed(P, _), port(P, Name), Q = fn:fmt("<%q>", fn:fmt("%s%d", Name, P)).
Decl shouted(T) descr [output()] bound [/string].
shouted(fn:string:upper(T)) :- quoted(T).
`

// Whether a text is kept as a term cannot be seen: neither where it is joined with a text that
// came as one, nor where it is left out, compared, grouped or made part of another.
func TestTermsAndTextsAreOne(t *testing.T) {
	program := compileText(t, spellings)
	rapid.Check(t, func(t *rapid.T) {
		written, deltas, err := factory(engine.Options{Workers: 1})(program)
		require.NoError(t, err)
		lazy, lazyDeltas, err := factory(engine.Options{Workers: 1, LazyText: true})(program)
		require.NoError(t, err)
		require.True(t, deltas.Equal(lazyDeltas))
		text := rapid.SampledFrom([]string{"", "a", "1", "a1", "11", "b", "b2", "a11"})
		for range rapid.IntRange(1, 20).Draw(t, "batches") {
			var batch []enginetest.Change
			for range rapid.IntRange(1, 5).Draw(t, "changes") {
				c := enginetest.Change{Relation: "text", Insert: rapid.Bool().Draw(t, "insert")}
				if rapid.Bool().Draw(t, "port") {
					c.Relation = "port"
					c.Row = append(c.Row, enginetest.Cell{Type: relations.T(relations.Number),
						Number: rapid.Int64Range(0, 3).Draw(t, "number")})
				}
				c.Row = append(c.Row, enginetest.Cell{Type: relations.T(relations.String),
					Text: text.Draw(t, "text")})
				batch = append(batch, c)
			}
			want, err := written.Apply(batch)
			require.NoError(t, err)
			got, err := lazy.Apply(batch)
			require.NoError(t, err)
			require.True(t, want.Equal(got), "%v\nand with terms\n%v", want, got)
		}
	})
}
