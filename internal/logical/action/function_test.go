package action

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"woven/engine/function"
	"woven/relations"
)

// engine calls functions as the engine does.
type engine struct {
	*relations.Store
	registry *function.Registry
}

func newEngine() *engine {
	e := &engine{relations.NewStore(), function.NewRegistry()}
	Add(e.registry)
	return e
}

func (e *engine) list(texts ...string) relations.Value {
	var values []relations.Value
	for _, t := range texts {
		values = append(values, e.String(t))
	}
	return e.Store.List(text, values)
}

// rows are what a predicate yields, with blanks between columns.
func (e *engine) rows(name string, in ...relations.Value) (rows []string) {
	p := e.registry.Predicates[name]
	p.Eval(e.Store, in, func(out []relations.Value) {
		var row []string
		for _, v := range out {
			row = append(row, e.TextOf(v))
		}
		rows = append(rows, strings.Join(row, " "))
	})
	return rows
}

func (e *engine) call(name string, args ...relations.Value) string {
	return e.TextOf(e.registry.Funcs[name].Eval(e.Store, args))
}

func TestFunctions(t *testing.T) {
	e := newEngine()
	a := e.String(`outport = "lsp 1"; ct_lb_mark(backends=10.0.0.1:80);`)
	require.Equal(t, "ip", e.call("fn:action_prerequisite", a))
	require.Equal(t, []string{"port lsp 1"}, e.rows(":action_needs", a))
	require.Empty(t, e.rows(":action_error", a))
	in := func(values ...string) []relations.Value {
		return []relations.Value{a, e.String("egress"), e.Number(4), e.String("router"), e.list(values...)}
	}
	group := "type=select,selection_method=dp_hash,bucket=bucket_id:0,weight:100,actions=ct(commit," +
		"table=47,zone=NXM_NX_REG11[0..15],nat(dst=10.0.0.1:80),exec(set_field:0x2/0x2->ct_mark))"
	require.Equal(t, []string{group}, e.rows(":action_groups", in()...))
	require.Equal(t, "set_field:0->reg15", e.call("fn:action_text", in()...))
	require.Equal(t, "set_field:0x7->reg15,group:9",
		e.call("fn:action_text", in(`port "lsp 1" 7`, `group "`+group+`" 9`)...))
	require.Empty(t, e.rows(":action_expand_error", in()...))
}

func TestFunctionsOfNothing(t *testing.T) {
	e := newEngine()
	a := e.String("drop;")
	require.Equal(t, "drop", e.call("fn:action_text", a, e.String("ingress"), e.Number(0),
		e.String("switch"), e.list()))
	require.Empty(t, e.call("fn:action_prerequisite", a))
	require.Empty(t, e.rows(":action_needs", a))
}

func TestFunctionsOfErrors(t *testing.T) {
	e := newEngine()
	for _, c := range []struct{ actions, err string }{
		{`next`, `at the end: ; has to be written here`},
		{`reg0 = 0x123456789;`, `at character 8, "0x123456789": this has 33 bits, but reg0 has only 32`},
	} {
		a := e.String(c.actions)
		require.Equal(t, []string{c.err}, e.rows(":action_error", a))
		require.Empty(t, e.rows(":action_needs", a))
		require.Empty(t, e.call("fn:action_prerequisite", e.String("next")))
		require.Empty(t, e.call("fn:action_text", a, e.String("ingress"), e.Number(0), e.String("switch"),
			e.list()))
	}
	last := []relations.Value{e.String("next;"), e.String("ingress"), e.Number(lastTable),
		e.String("switch"), e.list()}
	require.Empty(t, e.rows(":action_error", last[0]))
	require.Equal(t, []string{`at character 1, "next": there is no next table: the last one is 28`},
		e.rows(":action_expand_error", last...))
	require.Empty(t, e.call("fn:action_text", last...))
	require.Empty(t, e.rows(":action_groups", last...))
}

// Signatures and functions agree.
func TestSignatures(t *testing.T) {
	e := newEngine()
	require.Len(t, e.registry.Funcs["fn:action_text"].Params, len(circumstances))
	for _, p := range e.registry.Predicates {
		require.Equal(t, "Actions", p.In[0].Name)
		require.NotEmpty(t, p.Doc)
	}
}
