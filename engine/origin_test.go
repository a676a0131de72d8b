package engine_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"woven/relations"
)

// TestOriginIsWhereColumnsMeet follows the columns through the rules that only pass them on.
func TestOriginIsWhereColumnsMeet(t *testing.T) {
	f := newFixture(t, `
Decl port(P, Name) descr [doc("a port"), extensional()] bound [/number, /string].
Decl shared(Match, Actions) descr [doc("a flow of all")] bound [/string, /string].
Decl flow(P, Match, Actions) descr [doc("a flow"), output()] bound [/number, /string, /string].
shared("ip", "next;").
flow(P, Match, Actions) :- port(P, _), shared(Match, Actions).
flow(P, fn:fmt("inport == %q", Name), "drop;") :- port(P, Name).
`)
	f.apply(ins("port", 1, "a"))
	r, _ := f.Relation("flow")
	origins := map[string]string{}
	f.Each(r, func(row []relations.Value) bool {
		o, ok := f.Origin(r, row, 1, 2)
		require.True(t, ok)
		origins[f.FactText(r, row)] = o.String()
		return true
	})
	require.Equal(t, map[string]string{
		`flow(1, "ip", "next;")`:              "test.mg:5 shared#1",
		`flow(1, "inport == \"a\"", "drop;")`: "test.mg:7 flow#2",
	}, origins)
	port, _ := f.Relation("port")
	_, ok := f.Origin(port, f.row(port, []any{1, "a"}), 0)
	require.False(t, ok, "a base fact comes from no rule")
}
