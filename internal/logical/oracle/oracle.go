package oracle

import (
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"testing"

	"github.com/stretchr/testify/require"

	"woven/internal/ovsdbtest"
	"woven/internal/testbed"
)

// Switch and Router are the names of the two datapaths.
const (
	Switch = "sw"
	Router = "ro"
)

// Ports are the switch's ports that are bound here. Their keys are 1 to 4, the switch's key is 1 and the
// router's 2.
var Ports = []string{"lsp1", "lsp2", "lsp3", "lsp4"}

// Oracle is a running ovn-controller with what it works on. Its methods fail the test when
// something goes wrong.
type Oracle struct {
	t       testing.TB
	bed     *testbed.Bed
	client  *ovsdbtest.Client
	logged  int64             // how much of the controller's log has been read
	uuids   map[string]string // of the datapaths by name
	keys    map[string]int    // of datapaths, ports and multicast groups by name
	counter int               // of nb_cfg
}

// Start starts the programs, and ends them with the test.
func Start(t testing.TB) *Oracle {
	t.Helper()
	bed, err := testbed.New(testbed.Dummy)
	require.NoError(t, err)
	o := &Oracle{t: t, bed: bed, uuids: map[string]string{}, keys: map[string]int{}}
	t.Cleanup(func() {
		if t.Failed() {
			t.Log(bed.Report())
		}
		require.NoError(t, bed.Close())
	})
	central, err := bed.StartCentral(testbed.ReferenceNorthd())
	require.NoError(t, err)
	_, err = central.NBCtl(network()...)
	require.NoError(t, err)
	_, err = bed.StartHypervisor("hv", testbed.ReferenceController())
	require.NoError(t, err)
	o.plug()
	require.NoError(t, central.Sync("hv"))
	require.NoError(t, central.Northd.Stop())
	_, err = o.controller().Call("vlog/disable-rate-limit")
	require.NoError(t, err)
	o.client, err = ovsdbtest.Dial(central.SBRemote())
	require.NoError(t, err)
	t.Cleanup(o.client.Close)
	o.readDatapaths()
	o.clear()
	return o
}

func (o *Oracle) controller() *testbed.Daemon { return o.bed.Hypervisors[0].Controller }

// network are the commands that make the two datapaths and the names that matches may use.
func network() []string {
	args := []string{"ls-add", Switch, "--", "lr-add", Router, "--",
		"lrp-add", Router, "lrp1", "00:00:00:00:ff:01", "192.168.0.1/24", "--",
		"lsp-add", Switch, "lsp-ro", "--", "lsp-set-type", "lsp-ro", "router", "--",
		"lsp-set-addresses", "lsp-ro", "router", "--",
		"lsp-set-options", "lsp-ro", "router-port=lrp1", "requested-tnl-key=10", "--",
		"set", "Logical_Switch", Switch, "other_config:requested-tnl-key=1", "--",
		"set", "Logical_Router", Router, "options:requested-tnl-key=2"}
	for i, port := range Ports {
		args = append(args, "--", "lsp-add", Switch, port, "--",
			"lsp-set-options", port, fmt.Sprintf("requested-tnl-key=%d", i+1))
	}
	return args
}

// plug binds the switch's ports.
func (o *Oracle) plug() {
	o.t.Helper()
	args := []string{"set", "Open_vSwitch", ".", "external_ids:ovn-monitor-all=true"}
	for _, port := range Ports {
		args = append(args, "--", "add-port", "br-int", port, "--", "set", "Interface", port,
			"type=dummy", "external_ids:iface-id="+port)
	}
	_, err := o.bed.Hypervisors[0].VSCtl(args...)
	require.NoError(o.t, err)
}

// readDatapaths finds out the rows of the datapaths, and all keys.
func (o *Oracle) readDatapaths() {
	o.t.Helper()
	for _, row := range o.rows("Datapath_Binding") {
		for _, pair := range row["external_ids"].([]any)[1].([]any) {
			if entry := pair.([]any); entry[0] == "name" {
				name := entry[1].(string)
				o.uuids[name] = row["_uuid"].([]any)[1].(string)
				o.keys[name] = number(row["tunnel_key"])
			}
		}
	}
	for _, row := range o.rows("Port_Binding") {
		o.keys[row["logical_port"].(string)] = number(row["tunnel_key"])
	}
	for _, row := range o.rows("Multicast_Group") {
		o.keys[row["name"].(string)] = number(row["tunnel_key"])
	}
}

func number(v any) int {
	n, _ := strconv.Atoi(fmt.Sprint(v))
	return n
}

func (o *Oracle) rows(table string) []map[string]any {
	o.t.Helper()
	rows, err := o.client.Select("OVN_Southbound", table)
	require.NoError(o.t, err)
	return rows
}

// Key is the tunnel key of a datapath, a port or a multicast group, 0 if there is none of the name.
func (o *Oracle) Key(name string) int { return o.keys[name] }

// AddSets adds address sets and port groups to the Southbound.
func (o *Oracle) AddSets(addressSets, portGroups map[string][]string) {
	o.t.Helper()
	var inserts []ovsdbtest.Operation
	for name, elements := range addressSets {
		inserts = append(inserts, ovsdbtest.Operation{"op": "insert", "table": "Address_Set",
			"row": map[string]any{"name": name, "addresses": ovsdbSet(elements)}})
	}
	for name, ports := range portGroups {
		// A port group has a row for each switch, whose name begins with the switch's key.
		inserts = append(inserts, ovsdbtest.Operation{"op": "insert", "table": "Port_Group",
			"row": map[string]any{"name": fmt.Sprintf("%d_%s", o.keys[Switch], name),
				"ports": ovsdbSet(ports)}})
	}
	o.Transact(inserts...)
}

func ovsdbSet(texts []string) []any {
	elements := []any{}
	for _, text := range texts {
		elements = append(elements, text)
	}
	return []any{"set", elements}
}

// Transact changes the Southbound.
func (o *Oracle) Transact(operations ...ovsdbtest.Operation) {
	o.t.Helper()
	_, err := o.client.Transact("OVN_Southbound", operations...)
	require.NoError(o.t, err)
}

// Sync waits until all that is in the Southbound is in the switch.
func (o *Oracle) Sync() {
	o.t.Helper()
	o.counter++
	cfg := 1000 + o.counter
	o.Transact(ovsdbtest.Operation{"op": "update", "table": "SB_Global", "where": []any{},
		"row": map[string]any{"nb_cfg": cfg}})
	require.NoError(o.t, testbed.Until("the controller has done its work", func() error {
		rows, err := o.client.Select("OVN_Southbound", "Chassis_Private", "nb_cfg")
		if err != nil {
			return err
		}
		if len(rows) != 1 || fmt.Sprint(rows[0]["nb_cfg"]) != fmt.Sprint(cfg) {
			return fmt.Errorf("Chassis_Private is %v", rows)
		}
		return nil
	}))
}

// clear removes all logical flows.
func (o *Oracle) clear() {
	o.t.Helper()
	o.Transact(ovsdbtest.Operation{"op": "delete", "table": "Logical_Flow", "where": []any{}},
		ovsdbtest.Operation{"op": "delete", "table": "Logical_DP_Group", "where": []any{}})
}

// newLog is what the controller has logged since the last call.
func (o *Oracle) newLog() string {
	o.t.Helper()
	text, err := os.ReadFile(filepath.Join(o.bed.Hypervisors[0].Folder(), "ovn-controller.log"))
	require.NoError(o.t, err)
	fresh := string(text[o.logged:])
	o.logged = int64(len(text))
	return fresh
}
