package logical

import (
	"testing"

	"github.com/stretchr/testify/require"

	"woven/relations"
)

// call calls a predicate with texts and returns the rows of texts that it yields.
func call(t *testing.T, name string, in ...string) (rows [][]string) {
	p := Registry().Predicates[name]
	require.NotNil(t, p, name)
	require.NotEmpty(t, p.Doc, name)
	s := relations.NewStore()
	var values []relations.Value
	for _, text := range in {
		values = append(values, s.String(text))
	}
	p.Eval(s, values, func(out []relations.Value) {
		row := []string{}
		for _, v := range out {
			row = append(row, s.TextOf(v))
		}
		rows = append(rows, row)
	})
	return rows
}

func TestTemplates(t *testing.T) {
	require.Equal(t, [][]string{{"vip"}, {"port"}},
		call(t, ":template_needs", "ip4.dst == ^vip && tcp.dst == {^port, ^port}"))
	f := Registry().Funcs["fn:template_text"]
	s := relations.NewStore()
	text := relations.T(relations.String)
	values := s.Map(text, text, []relations.Value{s.String("vip"), s.String("10.0.0.1")})
	got := f.Eval(s, []relations.Value{s.String("ip4.dst == ^vip && tcp.dst == ^port"), values})
	require.Equal(t, "ip4.dst == 10.0.0.1 && tcp.dst == port", s.TextOf(got))
}

// Everything that other packages add is there, beside the functions that all rules have.
func TestRegistry(t *testing.T) {
	r := Registry()
	for _, name := range []string{":match_needs", ":match_error", ":match_expand", ":match_expand_error",
		":match_flow", ":set_constant", ":set_catchall", ":action_needs", ":action_error"} {
		require.Contains(t, r.Predicates, name)
	}
	require.Contains(t, r.Funcs, "fn:action_text")
	require.Contains(t, r.Funcs, "fn:fmt")
}
