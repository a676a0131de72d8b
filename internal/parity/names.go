package parity

import (
	"slices"
	"strconv"
	"strings"
)

// keyColumns are the columns whose values make up a row's natural key, where one is known. A table
// that is not listed has its rows told apart by their content alone.
var keyColumns = map[string][]string{
	"Address_Set":         {"name"},
	"BFD":                 {"logical_port", "dst_ip"},
	"Chassis":             {"name"},
	"Chassis_Private":     {"name"},
	"DHCP_Options":        {"name"},
	"DHCPv6_Options":      {"name"},
	"Datapath_Binding":    {"external_ids"},
	"Encap":               {"chassis_name", "type", "ip"},
	"FDB":                 {"dp_key", "mac"},
	"HA_Chassis_Group":    {"name"},
	"IP_Multicast":        {"datapath"},
	"Logical_Switch_Port": {"name"},
	"Logical_Router_Port": {"name"},
	"MAC_Binding":         {"logical_port", "ip"},
	"Meter":               {"name"},
	"Mirror":              {"name"},
	"Multicast_Group":     {"datapath", "name"},
	"Port_Binding":        {"logical_port"},
	"Port_Group":          {"name"},
	"RBAC_Permission":     {"table"},
	"RBAC_Role":           {"name"},
}

func newRenderer(nb, sb Snapshot, mode Mode) *renderer {
	r := &renderer{nb: nb, sb: sb, mode: mode, names: map[string]string{},
		exists: map[string]bool{}, keys: map[int64]string{}, drawn: drawnValues(nb)}
	for _, db := range []Snapshot{nb, sb} {
		for _, rows := range db {
			for _, row := range rows {
				r.exists[row.uuid()] = true
			}
		}
	}
	r.nameSwitches()
	r.nameDatapaths()
	for _, row := range sb["Port_Binding"] {
		r.names[row.uuid()] = atomText(row.str("logical_port"))
	}
	for _, table := range []string{"Chassis", "Encap", "RBAC_Permission", "HA_Chassis_Group",
		"Mirror"} {
		for _, row := range sb[table] {
			r.names[row.uuid()] = r.key(table, row)
		}
	}
	for _, row := range sb["Logical_DP_Group"] {
		r.names[row.uuid()] = r.datapathSet(row.refs("datapaths"))
	}
	return r
}

// nameSwitches names the Northbound's switches and routers; of several with one name, all carry
// the beginning of their uuid as well.
func (r *renderer) nameSwitches() {
	for _, table := range []string{"Logical_Switch", "Logical_Router"} {
		count := map[string]int{}
		for _, row := range r.nb[table] {
			count[row.str("name")]++
		}
		for _, row := range r.nb[table] {
			name := row.str("name")
			if count[name] > 1 || name == "" {
				name += "~" + row.uuid()[:8]
			}
			r.names[row.uuid()] = atomText(name)
		}
	}
}

// nameDatapaths gives each Datapath_Binding the name of its switch or router, and its key a text.
func (r *renderer) nameDatapaths() {
	requested := map[string]bool{}
	for _, row := range r.nb["Logical_Switch"] {
		key := row.strmap("other_config")["requested-tnl-key"]
		requested[row.uuid()+" "+strings.TrimSpace(key)] = true
	}
	for _, row := range r.sb["Datapath_Binding"] {
		ids := row.strmap("external_ids")
		owner := ids["logical-switch"]
		if owner == "" {
			owner = ids["logical-router"]
		}
		name, ok := r.names[owner]
		if !ok {
			name = atomText("stray:" + owner)
		}
		r.names[row.uuid()] = name
		key := row.num("tunnel_key")
		if !requested[owner+" "+strconv.FormatInt(key, 10)] {
			r.keys[key] = "key:" + name
		}
	}
}

// key renders a row's natural key.
func (r *renderer) key(table string, row Row) string {
	if table == "Datapath_Binding" {
		return r.names[row.uuid()]
	}
	var parts []string
	for _, column := range keyColumns[table] {
		parts = append(parts, r.column(table, column, row))
	}
	if len(parts) == 0 {
		return "row"
	}
	return strings.Join(parts, " ")
}

// datapathSet renders a set of datapaths by name.
func (r *renderer) datapathSet(ids []string) string {
	var names []string
	for _, id := range ids {
		if r.exists[id] {
			names = append(names, r.name(id))
		}
	}
	slices.Sort(names)
	return "{" + strings.Join(names, ", ") + "}"
}

// drawnValues finds in NB_Global the values that a northd drew at random, to show a placeholder
// wherever they appear. Seeded values are not random and stay visible.
func drawnValues(nb Snapshot) map[string]string {
	drawn := map[string]string{}
	for _, row := range nb["NB_Global"] {
		if row.uuid() == globalUUID {
			continue
		}
		options := row.strmap("options")
		drawn[options["mac_prefix"]] = "<drawn mac prefix>"
		drawn[options["svc_monitor_mac"]] = "<drawn service monitor mac>"
		delete(drawn, "")
	}
	return drawn
}
