package oracle

import (
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/stretchr/testify/require"

	"woven/internal/ovsdbtest"
	"woven/internal/testbed"
)

// Stage is a place in the logical pipeline.
type Stage struct {
	Datapath string // Switch or Router
	Egress   bool
	Table    int
}

// ActionFlow is a logical flow whose actions are compiled.
type ActionFlow struct {
	Match   string // "" for 1
	Actions string
	// ControllerMeter is the name of a meter, "" for none.
	ControllerMeter string
}

// CompiledActions is what the reference has made of actions.
type CompiledActions struct {
	// UUID is that of the logical flow.
	UUID string
	// Matches are those of the flows that the logical flow became, sorted. It is empty if it became
	// none.
	Matches []string
	// Actions are the actions of these flows.
	Actions string
	// Error is what it complained about, "" if it did not.
	Error string
}

// Actions has flows compiled at one stage, all at once. Their groups and meters are there until the
// next call.
func (o *Oracle) Actions(stage Stage, flows []ActionFlow) []CompiledActions {
	o.t.Helper()
	o.clear()
	o.newLog()
	pipeline, table := "ingress", firstTable+stage.Table
	if stage.Egress {
		pipeline, table = "egress", firstEgressTable+stage.Table
	}
	var inserts []ovsdbtest.Operation
	for i, f := range flows {
		row := map[string]any{"logical_datapath": []any{"uuid", o.uuids[stage.Datapath]},
			"pipeline": pipeline, "table_id": stage.Table, "priority": i + 1,
			"match": f.Match, "actions": f.Actions}
		if f.Match == "" {
			row["match"] = "1"
		}
		if f.ControllerMeter != "" {
			row["controller_meter"] = f.ControllerMeter
		}
		inserts = append(inserts, ovsdbtest.Operation{"op": "insert", "table": "Logical_Flow",
			"row": row})
	}
	results, err := o.client.Transact("OVN_Southbound", inserts...)
	require.NoError(o.t, err)
	compiled := make([]CompiledActions, len(flows))
	texts := map[string]string{}
	for i := range compiled {
		var inserted struct{ UUID [2]string }
		require.NoError(o.t, json.Unmarshal(results[i], &inserted))
		compiled[i].UUID = inserted.UUID[1]
		texts[inserted.UUID[1][:8]] = flows[i].Actions
	}
	o.settle(texts)
	o.readActions(table, compiled)
	o.readActionErrors(flows, compiled)
	return compiled
}

// refusal is what the controller logs when the switch does not accept what it sends, and in it why,
// and the cookie of the flow if it is a flow.
var refusal = regexp.MustCompile(`OpenFlow error: [^\n]*: (OFP\w+)\n[^\n]*\n[^\n]*\n` +
	`(OFPT_\w+) [^\n]*\n00000000  (?:\w\w.){8}00 00 00 00 (\w\w) (\w\w) (\w\w) (\w\w)`)

// settle waits until the controller has worked on the logical flows, and fails the test if the
// switch refuses one, after which the controller would try in vain again and again. texts are the
// actions by the first 8 digits of the flows' UUIDs.
func (o *Oracle) settle(texts map[string]string) {
	o.t.Helper()
	start := o.logged
	o.counter++
	cfg := 1000 + o.counter
	o.Transact(ovsdbtest.Operation{"op": "update", "table": "SB_Global", "where": []any{},
		"row": map[string]any{"nb_cfg": cfg}})
	require.NoError(o.t, testbed.Until("the controller has done its work", func() error {
		rows, err := o.client.Select("OVN_Southbound", "Chassis_Private", "nb_cfg")
		if err != nil || len(rows) == 1 && fmt.Sprint(rows[0]["nb_cfg"]) == fmt.Sprint(cfg) {
			return err
		}
		for _, parts := range refusal.FindAllStringSubmatch(o.newLog(), -1) {
			require.Fail(o.t, "the switch refuses something", "%s %s: %s", parts[2], parts[1],
				texts[strings.Join(parts[3:], "")])
		}
		return errors.New("not yet")
	}))
	o.logged = start
}

// firstEgressTable is the OpenFlow table of the logical egress table 0.
const firstEgressTable = 42

func (o *Oracle) readActions(table int, compiled []CompiledActions) {
	o.t.Helper()
	dump, err := o.bed.Hypervisors[0].Flows()
	require.NoError(o.t, err)
	for _, line := range strings.Split(dump, "\n") {
		parts := dumped.FindStringSubmatch(line)
		if parts == nil || parts[1] != strconv.Itoa(table) {
			continue
		}
		priority, _ := strconv.Atoi(parts[2])
		require.Positive(o.t, priority, line)
		c := &compiled[priority-1]
		if len(c.Matches) > 0 {
			require.Equal(o.t, c.Actions, parts[4], "the flows of one logical flow differ")
		}
		c.Matches, c.Actions = append(c.Matches, parts[3]), parts[4]
	}
	for i := range compiled {
		slices.Sort(compiled[i].Matches)
	}
}

func (o *Oracle) readActionErrors(flows []ActionFlow, compiled []CompiledActions) {
	complaints := map[string]string{}
	for _, parts := range complaint.FindAllStringSubmatch(o.newLog(), -1) {
		complaints[parts[2]] = parts[3]
	}
	for i, f := range flows {
		compiled[i].Error = complaints[f.Actions]
	}
}

var dumpedGroup = regexp.MustCompile(`(?m)^ group_id=(\d+),(.*)$`)

// Groups are the ids of the switch's groups by their texts.
func (o *Oracle) Groups() map[string]string {
	o.t.Helper()
	h := o.bed.Hypervisors[0]
	dump, err := h.Command("ovs-ofctl", "--protocols=OpenFlow15", "dump-groups", "br-int").Output()
	require.NoError(o.t, err)
	groups := map[string]string{}
	for _, parts := range dumpedGroup.FindAllStringSubmatch(string(dump), -1) {
		groups[parts[2]] = parts[1]
	}
	return groups
}

// Meters are the ids of the meters that flows use by the names that the controller has for them. The
// name of a flow's own meter begins with "__string: uuid UUID".
func (o *Oracle) Meters() map[string]string {
	o.t.Helper()
	list, err := o.controller().Call("meter-table-list")
	require.NoError(o.t, err)
	meters := map[string]string{}
	for line := range strings.SplitSeq(strings.TrimSpace(list), "\n") {
		if i := strings.LastIndex(line, ": "); i >= 0 {
			meters[line[:i]] = line[i+2:]
		}
	}
	return meters
}

// AddMeters adds meters that flows may name.
func (o *Oracle) AddMeters(names ...string) {
	o.t.Helper()
	for _, name := range names {
		o.Transact(
			ovsdbtest.Operation{"op": "insert", "table": "Meter_Band", "uuid-name": "band",
				"row": map[string]any{"action": "drop", "rate": 10, "burst_size": 0}},
			ovsdbtest.Operation{"op": "insert", "table": "Meter",
				"row": map[string]any{"name": name, "unit": "pktps", "bands": []any{"named-uuid", "band"}}})
	}
}

// AddCollectors adds a set of flow collectors to the switch.
func (o *Oracle) AddCollectors(id int) {
	o.t.Helper()
	_, err := o.bed.Hypervisors[0].VSCtl("--", "--id=@bridge", "get", "Bridge", "br-int", "--",
		"create", "Flow_Sample_Collector_Set", "id="+strconv.Itoa(id), "bridge=@bridge")
	require.NoError(o.t, err)
	o.Sync()
}

// ChooseSNATZone gives the router a conntrack zone for SNAT.
func (o *Oracle) ChooseSNATZone(zone int) {
	o.t.Helper()
	o.Transact(ovsdbtest.Operation{"op": "mutate", "table": "Datapath_Binding",
		"where": []any{[]any{"tunnel_key", "==", o.keys[Router]}},
		"mutations": []any{[]any{"external_ids", "insert",
			[]any{"map", []any{[]any{"snat-ct-zone", strconv.Itoa(zone)}}}}}})
}

// PortKeys are the keys of the ports and multicast groups of a datapath by their names.
func (o *Oracle) PortKeys(datapath string) map[string]string {
	o.t.Helper()
	keys := map[string]string{}
	for table, name := range map[string]string{"Port_Binding": "logical_port",
		"Multicast_Group": "name"} {
		rows, err := o.client.Select("OVN_Southbound", table, name, "tunnel_key", "datapath")
		require.NoError(o.t, err)
		for _, row := range rows {
			if row["datapath"].([]any)[1] == o.uuids[datapath] {
				keys[row[name].(string)] = row["tunnel_key"].(json.Number).String()
			}
		}
	}
	return keys
}

// DHCPOptions are the options in a table, DHCP_Options or DHCPv6_Options: their codes and types, with
// a blank between them, by their names.
func (o *Oracle) DHCPOptions(table string) map[string]string {
	o.t.Helper()
	rows, err := o.client.Select("OVN_Southbound", table, "name", "code", "type")
	require.NoError(o.t, err)
	options := map[string]string{}
	for _, row := range rows {
		options[row["name"].(string)] = row["code"].(json.Number).String() + " " + row["type"].(string)
	}
	require.NotEmpty(o.t, slices.Collect(maps.Keys(options)))
	return options
}
