package golden

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// openflow shows the flows of the switch, in the order of tables and then from the highest
// priority on. A cookie is shown as the row that it comes from.
func (v *view) openflow(r *Report) ([]string, *fault) {
	if v.w.relation("flow") == nil {
		return nil, faultf("", "the program makes no flows for a switch")
	}
	origin := map[string]string{}
	for uuid, name := range v.names.of {
		if number, err := strconv.ParseUint(uuid[:8], 16, 32); err == nil {
			origin[strconv.FormatUint(number, 10)] = name
		}
	}
	var rows [][]string
	for _, row := range v.w.rows("flow") {
		if r.passes("table", row[0]) && r.passes("priority", row[1]) &&
			strings.Contains(row[2], r.Filters["match"]) {
			rows = append(rows, row)
		}
	}
	slices.SortFunc(rows, func(a, b []string) int {
		for i, sign := range []int{1, -1} {
			x, _ := strconv.Atoi(a[i])
			y, _ := strconv.Atoi(b[i])
			if x != y {
				return (x - y) * sign
			}
		}
		return slices.Compare(a[2:], b[2:])
	})
	var out []string
	for _, row := range rows {
		match, from := row[2], origin[row[4]]
		if match == "" {
			match = "any"
		}
		line := fmt.Sprintf("%s %s %s => %s", row[0], row[1], match, row[3])
		if from == "" && row[4] != "0" {
			from = row[4]
		}
		if from != "" {
			line += " [" + from + "]"
		}
		out = append(out, line)
	}
	return out, nil
}
