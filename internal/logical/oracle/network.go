package oracle

import (
	"encoding/json"
	"regexp"
	"slices"
	"strconv"

	"github.com/stretchr/testify/require"
)

// Installed is a logical flow as the northd wrote it, and what the controller installed for it on
// one datapath.
type Installed struct {
	UUID, Match, Actions, ControllerMeter string
	Egress                                bool
	Table                                 int
	// Datapath is the name of the datapath, DatapathKey its key.
	Datapath    string
	DatapathKey int
	// Flows are those with the logical flow's cookie on the datapath. The dimensions of conjunctive
	// matches are not among them.
	Flows []Flow
}

// Network has the installed northd make the network of the commands, which are those of ovn-nbctl,
// in addition to the oracle's own, and returns what became of it.
func (o *Oracle) Network(commands ...[]string) []Installed {
	o.t.Helper()
	central := o.bed.Central
	require.NoError(o.t, central.Northd.Start())
	var args []string
	for _, command := range commands {
		args = append(append(args, "--"), command...)
	}
	_, err := central.NBCtl(args...)
	require.NoError(o.t, err)
	require.NoError(o.t, central.Sync("hv"))
	require.NoError(o.t, central.Northd.Stop())
	o.readDatapaths()
	return o.installed()
}

// cookied is a flow of a dump that has a cookie and a datapath.
var cookied = regexp.MustCompile(`(?m)^ ?cookie=0x([0-9a-f]+),? table=(\d+), ` +
	`(?:priority=\d+,?)?(\S*metadata=0x([0-9a-f]+)\S*) actions=(.*)$`)

// installed reads the logical flows and the flows that were installed for them.
func (o *Oracle) installed() (list []Installed) {
	o.t.Helper()
	dump, err := o.bed.Hypervisors[0].Flows()
	require.NoError(o.t, err)
	flows := map[[2]uint64][]Flow{} // by cookie and datapath
	for _, parts := range cookied.FindAllStringSubmatch(dump, -1) {
		cookie, _ := strconv.ParseUint(parts[1], 16, 64)
		key, _ := strconv.ParseUint(parts[4], 16, 64)
		flows[[2]uint64{cookie, key}] = append(flows[[2]uint64{cookie, key}], Flow{parts[3], parts[5]})
	}
	groups := o.datapathGroups()
	rows, err := o.client.Select("OVN_Southbound", "Logical_Flow")
	require.NoError(o.t, err)
	for _, row := range rows {
		f := o.logicalFlow(row)
		cookie, err := strconv.ParseUint(f.UUID[:8], 16, 64)
		require.NoError(o.t, err)
		for name, uuid := range o.uuids {
			if row["logical_datapath"].([]any)[1] != uuid &&
				!slices.Contains(groups[uuidOf(row["logical_dp_group"])], uuid) {
				continue
			}
			f.Datapath, f.DatapathKey = name, o.keys[name]
			f.Flows = flows[[2]uint64{cookie, uint64(f.DatapathKey)}]
			list = append(list, f)
		}
	}
	return list
}

func (o *Oracle) logicalFlow(row map[string]any) Installed {
	table, err := row["table_id"].(json.Number).Int64()
	require.NoError(o.t, err)
	f := Installed{UUID: uuidOf(row["_uuid"]), Match: row["match"].(string),
		Actions: row["actions"].(string), Egress: row["pipeline"] == "egress", Table: int(table)}
	f.ControllerMeter, _ = row["controller_meter"].(string) // an empty set if there is none
	return f
}

// datapathGroups are the datapaths of each group.
func (o *Oracle) datapathGroups() map[string][]string {
	o.t.Helper()
	rows, err := o.client.Select("OVN_Southbound", "Logical_DP_Group")
	require.NoError(o.t, err)
	groups := map[string][]string{}
	for _, row := range rows {
		uuid := uuidOf(row["_uuid"])
		for _, datapath := range elements(row["datapaths"]) {
			groups[uuid] = append(groups[uuid], uuidOf(datapath))
		}
	}
	return groups
}

// uuidOf is a UUID in its JSON form, "" for an empty set.
func uuidOf(value any) string {
	if pair := value.([]any); pair[0] == "uuid" {
		return pair[1].(string)
	}
	return ""
}

// elements are those of a set in its JSON form: one element may stand alone.
func elements(value any) []any {
	if pair, ok := value.([]any); ok && pair[0] == "set" {
		return pair[1].([]any)
	}
	return []any{value}
}
