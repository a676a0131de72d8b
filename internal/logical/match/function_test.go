package match

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"

	"woven/engine/function"
	"woven/relations"
)

// call calls a predicate with texts, numbers and lists of texts, and returns the rows that it yields as
// texts.
func call(t *testing.T, name string, in ...any) (rows []string) {
	r := function.NewRegistry()
	Add(r)
	p := r.Predicates[name]
	require.NotNil(t, p, name)
	s := relations.NewStore()
	var values []relations.Value
	for i, v := range in {
		switch v := v.(type) {
		case string:
			values = append(values, s.String(v))
		case int:
			values = append(values, s.Number(int64(v)))
		case []string:
			var list []relations.Value
			for _, text := range v {
				list = append(list, s.String(text))
			}
			values = append(values, s.List(text, list))
		}
		require.Equal(t, i+1, len(values))
	}
	p.Eval(s, values, func(out []relations.Value) {
		require.Len(t, out, len(p.Out))
		row := ""
		for i, v := range out {
			if row += "|"; p.Out[i].Type.Kind == relations.Number {
				row += fmt.Sprint(s.Int(v))
			} else {
				row += s.TextOf(v)
			}
		}
		rows = append(rows, row)
	})
	return rows
}

func TestPredicates(t *testing.T) {
	match := `inport == "a b" && ip4.src == $as && tcp.dst == {80, 443}`
	require.Equal(t, []string{"|inport|a b|value", "|address_set|as|each"}, call(t, ":match_needs", match))
	require.Empty(t, call(t, ":match_error", match))
	require.Empty(t, call(t, ":match_needs", "ip4 &&"))
	require.Equal(t, []string{"|at the end: a comparison, a field, a predicate, ! or ( has to stand here"},
		call(t, ":match_error", "ip4 &&"))

	known := []string{`inport "a b" 3`, "address_set as *", "address_set as", "meter m1 7"}
	rows := []string{"|1|1|2|address_set|as|tcp,reg14=0x3,%m,%e:nw_src", "|1|2|2|||tcp,reg14=0x3,%m,tp_dst=80",
		"|1|2|2|||tcp,reg14=0x3,%m,tp_dst=443", "|1|0|2|||%c,tcp,reg14=0x3,%m"}
	require.Equal(t, rows, call(t, ":match_expand", match, "ip4", known))
	require.Empty(t, call(t, ":match_expand_error", match, "ip4", known))

	require.Empty(t, call(t, ":match_expand", match, "", []string{}))
	require.Equal(t, []string{`|at character 31, "$as": there is no address set of this name`},
		call(t, ":match_expand_error", match, "", []string{}))
	require.Equal(t, []string{`|in what the actions imply, "ip5": at character 1, "ip5": there is no field or ` +
		`predicate ip5; names of ports stand in double quotes`}, call(t, ":match_expand_error", match, "ip5", known))
	require.Empty(t, call(t, ":match_expand_error", "ip4 &&", "", known), ":match_error says it")
	require.Equal(t, []string{`|the value "inport a x" does not end in the key of a port`},
		call(t, ":match_expand_error", "ip4", "", []string{"inport a x"}))
	require.Equal(t, []string{`|the value "inport \"a 3" has a name whose quotes are wrong`},
		call(t, ":match_expand_error", "ip4", "", []string{`inport "a 3`}))
}

func TestMatchFlow(t *testing.T) {
	for _, c := range []struct {
		pattern, element string
		want             []string
	}{
		{"%m", "", []string{"|metadata=0x2a"}},
		{"%c,tcp,%m,tp_dst=80", "", []string{"|conj_id=7,tcp,metadata=0x2a,tp_dst=80"}},
		{"tcp,%m,%e:nw_src,tp_dst=80", "10.0.0.0/24", []string{"|tcp,metadata=0x2a,nw_src=10.0.0.0/24,tp_dst=80"}},
		{"tcp,%m,%e:nw_src,tp_dst=80", "0.0.0.0/0", []string{"|tcp,metadata=0x2a,tp_dst=80"}},
		{"ip,%m,%e:nw_src", "0.0.0.0/0", []string{"|ip,metadata=0x2a"}},
		{"ip,%m,%e:nw_src", "fe80::1", nil},
		{"ip,%m,%e:nw_src", "nonsense", nil},
		{"ipv6,%m,%e:ipv6_src", "10.0.0.1", []string{"|ipv6,metadata=0x2a,ipv6_src=::10.0.0.1"}},
		{"%e:reg14,%m", "3", []string{"|reg14=0x3,metadata=0x2a"}},
		{"%m,%e:dl_src", "00:00:00:00:00:01", []string{"|metadata=0x2a,dl_src=00:00:00:00:00:01"}},
	} {
		require.Equal(t, c.want, call(t, ":match_flow", c.pattern, 42, 7, c.element), c.pattern)
	}
}

func TestSetConstants(t *testing.T) {
	for element, want := range map[string][]string{
		"10.0.0.1": {"|10.0.0.1"}, "10.0.0.1/32": {"|10.0.0.1"}, "10.0.0.1/8": {"|10.0.0.0/8"},
		"10.0.0.1/255.0.0.0": {"|10.0.0.0/8"}, "FE80:0::1": {"|fe80::1"}, "fe80::1/64": {"|fe80::/64"},
		"00:00:00:00:0A:01": {"|00:00:00:00:0a:01"}, "5": {"|5"}, "0x0F": {"|0xf"}, " 10.0.0.1 ": {"|10.0.0.1"},
		"10.0.0.1 and more": {"|10.0.0.1"}, "10.0.0.1'": {"|10.0.0.1"},
		"": nil, "lsp1": nil, "10.0.0": nil, `"10.0.0.1"`: nil, "$as": nil,
	} {
		require.Equal(t, want, call(t, ":set_constant", element), element)
	}
	for element, want := range map[string][]string{"0.0.0.0/0": {""}, "10.0.0.1/0": {""}, "::/0": {""},
		"0/0x0": {""}, "10.0.0.0/8": nil, "0.0.0.0": nil, "0": nil, "x": nil} {
		require.Equal(t, want, call(t, ":set_catchall", element), element)
	}
}
