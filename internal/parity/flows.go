package parity

import (
	"fmt"
	"maps"
	"slices"
	"strings"
)

// flowShown are the columns of Logical_Flow that flowLine has a place for.
var flowShown = map[string]bool{"_uuid": true, "_version": true, "pipeline": true,
	"table_id": true, "priority": true, "match": true, "actions": true, "external_ids": true,
	"logical_datapath": true, "logical_dp_group": true}

// flowLines renders the logical flows: pipeline, table, stage, priority, match and actions are the
// key; the datapaths come after it, whether the row names one or a group.
func (r *renderer) flowLines() []string {
	var lines []string
	for _, row := range r.sb["Logical_Flow"] {
		lines = append(lines, r.flowLine(row))
	}
	return lines
}

func (r *renderer) flowLine(row Row) string {
	ids := row.strmap("external_ids")
	var extra []string
	for _, key := range slices.Sorted(maps.Keys(ids)) {
		if !ignoredFlowIDs[key] && key != "stage-name" {
			extra = append(extra, key+"="+atomText(ids[key]))
		}
	}
	line := fmt.Sprintf("Logical_Flow %s %02d %s %d %s => %s | on %s hint=%t",
		row.str("pipeline"), row.num("table_id"), ids["stage-name"], row.num("priority"),
		onOneLine(row.str("match")), onOneLine(row.str("actions")), r.flowDatapaths(row),
		ids["stage-hint"] != "")
	for _, column := range slices.Sorted(maps.Keys(row)) {
		if flowShown[column] {
			continue
		}
		if text := r.value(row[column]); text != "" {
			line += " " + column + "=" + text
		}
	}
	if len(extra) > 0 {
		line += " external_ids={" + strings.Join(extra, ", ") + "}"
	}
	return line
}

// flowDatapaths renders the effective datapaths of a flow. A row that uses both columns is shown
// so that it equals nothing that the reference writes.
func (r *renderer) flowDatapaths(row Row) string {
	single, group := row.refs("logical_datapath"), row.refs("logical_dp_group")
	switch {
	case len(group) == 0:
		return r.datapathSet(single)
	case len(single) == 0:
		return r.name(group[0])
	}
	return r.datapathSet(single) + " and group " + r.name(group[0])
}

// groupFaults reports what the design forbids of Logical_DP_Group rows: two of one set, a set of
// fewer than two, a group that nothing uses.
func (r *renderer) groupFaults() []string {
	used := map[string]bool{}
	for _, row := range r.sb["Logical_Flow"] {
		for _, id := range row.refs("logical_dp_group") {
			used[id] = true
		}
	}
	for _, row := range r.sb["Load_Balancer"] {
		for _, id := range row.refs("datapath_group") {
			used[id] = true
		}
	}
	var faults []string
	seen := map[string]bool{}
	for _, row := range r.sb["Logical_DP_Group"] {
		set := r.datapathSet(row.refs("datapaths"))
		fault := func(what string) {
			faults = append(faults, "Logical_DP_Group "+set+" | fault: "+what)
		}
		if seen[set] {
			fault("another row has the same datapaths")
		}
		seen[set] = true
		if len(row.refs("datapaths")) < 2 {
			fault("fewer than two datapaths")
		}
		if !used[row.uuid()] {
			fault("nothing uses it")
		}
	}
	return faults
}

// onOneLine keeps a text that holds line breaks or other control characters on one line.
func onOneLine(text string) string {
	if strings.ContainsFunc(text, func(c rune) bool { return c < ' ' }) {
		return fmt.Sprintf("%q", text)
	}
	return text
}
