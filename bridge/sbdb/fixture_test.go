package sbdb_test

import (
	"fmt"
	"sort"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"woven/bridge/sbdb"
	"woven/bridge/tables"
	"woven/engine"
	"woven/internal/ovsdbtest"
	"woven/internal/session"
	"woven/internal/sessiontest"
)

// program derives a flow of all switches, one of each port, and one of each pair of a key and a
// value in a switch's external_ids, which several switches may have in common. The switches with
// a DNS are a set, too.
const program = `
Decl table.sb.Datapath_Binding() descr [key("external_ids:logical-switch"), owned("tunnel_key", "external_ids")].
Decl lflow(Scope, Stage, Priority, Match, Actions, Meter, Port, Hint) descr [output()]
  bound [/uuid, /name, /number, /string, /string, /string, /string, /uuid].
Decl scope_member(Scope, Dp) descr [output()] bound [/uuid, /uuid].
Decl stage(Stage, Pipeline, Table, Name) descr [output()] bound [/name, /string, /number, /string].
stage(/in, "ingress", 3, "ls_in").
stage(/out, "egress", 4, "ls_out").

Decl dp_key(Pool, Owner, Number) descr [allocator("key_owner", "key_range", "key_wanted", "key_held")] bound [/string, /uuid, /number].
key_owner("dp", Ls) :- nb.Logical_Switch(Ls).
key_range("dp", 1, 100000).
Decl key_wanted(Pool, Owner, Number) bound [/string, /uuid, /number].
key_held("dp", Ls, K) :- sb.Datapath_Binding.external_ids(Dp, "logical-switch", Text), :uuid(Text, Ls), sb.Datapath_Binding.tunnel_key(Dp, K).
want.sb.Datapath_Binding(Ls) :- nb.Logical_Switch(Ls).
want.sb.Datapath_Binding.tunnel_key(Ls, K) :- dp_key("dp", Ls, K).
want.sb.Datapath_Binding.external_ids(Ls, "logical-switch", fn:text(Ls)) :- nb.Logical_Switch(Ls).

scope_member(Ls, Ls) :- nb.Logical_Switch(Ls).
scope_member(fn:uuid("all"), Ls) :- nb.Logical_Switch(Ls).
scope_member(fn:uuid("dns"), Ls) :- nb.Logical_Switch.other_config(Ls, "dns", _).
lflow(fn:uuid("all"), /in, 0, "1", "next;", "", "", fn:uuid:nil()).
lflow(fn:uuid("dns"), /out, 0, "dns", "next;", "", "", fn:uuid:nil()).
lflow(Ls, /in, 50, fn:fmt("inport == %q", Name), "output;", "meter", Name, Lsp) :-
  nb.Logical_Switch.ports(Ls, Lsp), nb.Logical_Switch_Port.name(Lsp, Name).
lflow(Ls, /out, 10, fn:fmt("%s.%s", Key, Value), "drop;", "", "", Ls) :-
  nb.Logical_Switch.external_ids(Ls, Key, Value).
lflow(Ls, /out, 10, fn:fmt("%s%s", Joined, Value), "drop;", "", "", Ls) :-
  nb.Logical_Switch.external_ids(Ls, Key, Value), Joined = fn:fmt("%s.", Key).
`

// cloud is two servers and a session between them.
type cloud struct {
	*sessiontest.World
	t    testing.TB
	most int
}

type op = ovsdbtest.Operation
type row = map[string]any

func newCloud(t testing.TB) *cloud {
	c := &cloud{t: t, World: sessiontest.New(t, program,
		sessiontest.Schema{Prefix: "nb", Path: "/usr/share/ovn/ovn-nb.ovsschema"},
		sessiontest.Schema{Prefix: "sb", Path: "/usr/share/ovn/ovn-sb.ovsschema"})}
	c.Adjust = func(config *session.Config) {
		config.Databases[1].Most = c.most
		config.Databases[1].Part = func(e *engine.Engine, _ *tables.Database) (session.Part, error) {
			return sbdb.New(e)
		}
	}
	return c
}

// settle waits until what follows from the databases is written, and returns what was.
func (c *cloud) settle() tables.Stats {
	c.t.Helper()
	c.Settle()
	return c.Written("sb")
}

// atoms lists the elements of a value, as text.
func atoms(v any) (list []string) {
	pair, ok := v.([]any)
	switch {
	case !ok:
		return []string{fmt.Sprint(v)}
	case pair[0] == "uuid":
		return []string{fmt.Sprint(pair[1])}
	}
	for _, e := range pair[1].([]any) {
		list = append(list, strings.Join(atoms2(e), "."))
	}
	sort.Strings(list)
	return list
}

// atoms2 lists a pair of a map, or an element of a set.
func atoms2(v any) []string {
	if pair, ok := v.([]any); ok && pair[0] != "uuid" {
		return []string{fmt.Sprint(pair[0]), fmt.Sprint(pair[1])}
	}
	return atoms(v)
}

// wanted is what the flows should be according to the Northbound.
func (c *cloud) wanted() []string {
	ports := c.Rows("nb", "Logical_Switch_Port")
	datapaths := map[string][]string{}
	add := func(flow, dp string) { datapaths[flow] = append(datapaths[flow], dp) }
	for id, ls := range c.Rows("nb", "Logical_Switch") {
		add("ingress 3 0 1 => next; meter [] tags []", id)
		if len(atoms(ls["other_config"])) > 0 {
			add("egress 4 0 dns => next; meter [] tags []", id)
		}
		for _, entry := range atoms(ls["external_ids"]) {
			add("egress 4 10 "+entry+" => drop; meter [] tags []", id)
		}
		for _, port := range atoms(ls["ports"]) {
			name := fmt.Sprint(ports[port]["name"])
			add(fmt.Sprintf("ingress 3 50 inport == %q => output; meter [meter] tags [in_out_port.%s]",
				name, name), id)
		}
	}
	var lines []string
	for flow, list := range datapaths {
		sort.Strings(list)
		lines = append(lines, flow+" on "+strings.Join(list, " "))
	}
	sort.Strings(lines)
	return lines
}

// found is what the flows are. It also looks at the groups: one row for each set of several.
func (c *cloud) found() []string {
	c.t.Helper()
	switches := map[string]string{}
	for id, dp := range c.Rows("sb", "Datapath_Binding") {
		switches[id] = strings.TrimPrefix(atoms(dp["external_ids"])[0], "logical-switch.")
	}
	groups := c.Rows("sb", "Logical_DP_Group")
	sets := map[string]bool{}
	for _, g := range groups {
		members := atoms(g["datapaths"])
		require.Greater(c.t, len(members), 1)
		key := strings.Join(members, " ")
		require.False(c.t, sets[key], "two groups of the same datapaths")
		sets[key] = true
	}
	var lines []string
	for _, f := range c.Rows("sb", "Logical_Flow") {
		members := atoms(f["logical_datapath"])
		if group := atoms(f["logical_dp_group"]); len(group) > 0 {
			require.Empty(c.t, members)
			members = atoms(groups[group[0]]["datapaths"])
		}
		var list []string
		for _, m := range members {
			list = append(list, switches[m])
		}
		sort.Strings(list)
		lines = append(lines, fmt.Sprintf("%v %v %v %v => %v meter %v tags %v on %s", f["pipeline"],
			f["table_id"], f["priority"], f["match"], f["actions"], atoms(f["controller_meter"]),
			atoms(f["tags"]), strings.Join(list, " ")))
	}
	sort.Strings(lines)
	return lines
}
