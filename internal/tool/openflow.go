package tool

import (
	"cmp"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"

	"woven/bridge/openflow"
	"woven/relations"
)

// The columns of flow, the relation of what the switch should hold.
const (
	flowTable = iota
	flowPriority
	flowMatch
	flowActions
	flowCookie
	flowColumns
)

// openFlow is a flow of a hypervisor's switch, with where it comes from.
type openFlow struct {
	*openflow.Flow
	actions string
	from    *logicalFlow // nil for those of the physical tables
	comment string
}

// openFlows are the flows that the controller of a hypervisor wants in its switch, in the order of
// tables and then from the highest priority on.
func (c *cloud) openFlows(h *member) ([]openFlow, error) {
	logical := map[uint64]*logicalFlow{}
	for _, f := range c.flows {
		logical[cookieOf(f.row)] = f
	}
	names := h.cookieNames()
	flow, ok := h.engine.Relation("flow")
	if !ok || len(flow.Types()) != flowColumns {
		return nil, found("these rules make no flows for a switch: there is no relation flow with %d columns",
			flowColumns)
	}
	var out []openFlow
	var err error
	h.engine.Each(flow, func(row []relations.Value) bool {
		texts := h.rowTexts(flow, row)
		f := openFlow{actions: texts[flowActions]}
		line := fmt.Sprintf("cookie=%s, table=%s, priority=%s,%s actions=%s", texts[flowCookie],
			texts[flowTable], texts[flowPriority], texts[flowMatch], texts[flowActions])
		if f.Flow, err = openflow.ParseFlow(line); err != nil {
			err = fmt.Errorf("the flow %q cannot be read: %w", line, err)
			return false
		}
		f.from = logical[f.Cookie]
		f.comment = c.comment(h, f, names[f.Cookie], row)
		out = append(out, f)
		return true
	})
	slices.SortFunc(out, func(a, b openFlow) int {
		return cmp.Or(cmp.Compare(a.Table, b.Table), cmp.Compare(b.Priority, a.Priority),
			strings.Compare(a.Match.String(), b.Match.String()))
	})
	return out, err
}

// comment says where a flow comes from: a logical flow from a rule of northd, others from a rule
// of the controller and perhaps from the row with some name.
func (c *cloud) comment(h *member, f openFlow, name string, row []relations.Value) string {
	if f.from != nil {
		lflow, _ := c.northd.engine.Relation("lflow")
		o, _ := c.northd.engine.Origin(lflow, f.from.fact, matchColumn, actionsColumn)
		return o.String()
	}
	flow, _ := h.engine.Relation("flow")
	o, _ := h.engine.Origin(flow, row, flowMatch, flowActions)
	if name != "" {
		return name + ": " + o.String()
	}
	return o.String()
}

// cookieOf is the cookie of flows that come from a row: the first 32 bits of its uuid.
func cookieOf(row string) uint64 {
	n, _ := strconv.ParseUint(row[:8], 16, 32) // a uuid begins with eight digits
	return n
}

// destinationNames are the columns with the names of what packets go to: ports, whose numbers
// come first, and multicast groups.
var destinationNames = []string{"sb.Port_Binding.logical_port", "sb.Multicast_Group.name"}

// cookieNames are the names of ports and multicast groups by the cookies of their flows.
func (m *member) cookieNames() map[uint64]string {
	out := map[uint64]string{}
	for _, name := range destinationNames {
		for _, row := range m.told.rows(name) {
			out[cookieOf(row[0])] = row[1]
		}
	}
	return out
}

// printOpenFlow lists the flows of a hypervisor, only those of some tables if there are any named.
// Unless tables are named or all is set, runs of tables that let every packet on are one line.
func (c *cloud) printOpenFlow(w io.Writer, h *member, tables []int, all bool) error {
	flows, err := c.openFlows(h)
	if err != nil {
		return err
	}
	fmt.Fprintf(w, "Hypervisor %s: %s\n", h.name, count(len(flows), "OpenFlow flow"))
	h.printNumbers(w)
	byTable := map[int][]openFlow{}
	for _, f := range flows {
		if n := int(f.Table); len(tables) == 0 || slices.Contains(tables, n) {
			byTable[n] = append(byTable[n], f)
		}
	}
	for n := 0; n < openflow.NoTable; n++ {
		first := n
		for !all && len(tables) == 0 && letsOn(byTable[n]) {
			n++
		}
		switch n - first {
		case 0:
		case 1:
			fmt.Fprintf(w, "\nTable %d lets every packet on\n", first)
		default:
			fmt.Fprintf(w, "\nTables %d-%d let every packet on\n", first, n-1)
		}
		if len(byTable[n]) > 0 {
			printTable(w, byTable[n])
		}
	}
	fmt.Fprintln(w)
	return nil
}

// letsOn reports whether there are flows in a table, and all send packets on to the next one.
func letsOn(flows []openFlow) bool {
	return len(flows) > 0 && !slices.ContainsFunc(flows, func(f openFlow) bool {
		return f.actions != fmt.Sprintf("resubmit(,%d)", f.Table+1)
	})
}

// printTable lists the flows of one table, each as ovs-ofctl dump-flows --no-stats --no-names does.
func printTable(w io.Writer, flows []openFlow) {
	title := fmt.Sprintf("Table %d", flows[0].Table)
	for _, f := range flows {
		if f.from != nil {
			s := f.from.stage
			title += fmt.Sprintf(": %s, table %d of the logical %s pipeline", s.name, s.table, s.pipeline)
			break
		}
	}
	fmt.Fprintf(w, "\n%s\n", title)
	for _, f := range flows {
		fmt.Fprintf(w, " %s  # %s\n", f.Flow, f.comment)
	}
}

// printNumbers explains the numbers in matches and actions.
func (m *member) printNumbers(w io.Writer) {
	names := map[string]string{} // of datapaths, by row
	for _, row := range m.told.rows("sb.Datapath_Binding.external_ids") {
		if row[1] == "name" {
			names[row[0]] = row[2]
		}
	}
	local := m.byFirst("local_datapath")
	for _, dp := range m.numbered("sb.Datapath_Binding.tunnel_key") {
		if local[dp.row] == nil {
			continue
		}
		var ports []string
		for _, name := range destinationNames {
			table := name[:strings.LastIndexByte(name, '.')]
			of, called := m.byFirst(table+".datapath"), m.byFirst(name)
			for _, port := range m.numbered(table + ".tunnel_key") {
				if slices.Equal(of[port.row], []string{dp.row}) {
					ports = append(ports, fmt.Sprintf("%#x %s", port.number, strings.Join(called[port.row], "")))
				}
			}
		}
		fmt.Fprintf(w, "  metadata=%#x is %s; there reg14 and reg15 are %s\n", dp.number, names[dp.row],
			strings.Join(ports, ", "))
	}
	var ports []string
	called := m.byFirst("ovs.Interface.name")
	for _, port := range m.numbered("ovs.Interface.ofport") {
		ports = append(ports, fmt.Sprintf("%d %s", port.number, strings.Join(called[port.row], "")))
	}
	fmt.Fprintf(w, "  OpenFlow ports are %s\n", strings.Join(ports, ", "))
}

// numbered are the rows of a column of numbers, in the order of the numbers.
func (m *member) numbered(column string) []rowNumber {
	var out []rowNumber
	for _, row := range m.told.rows(column) {
		n, _ := strconv.Atoi(row[1]) // the column holds numbers
		out = append(out, rowNumber{row[0], n})
	}
	slices.SortFunc(out, func(a, b rowNumber) int { return cmp.Compare(a.number, b.number) })
	return out
}

type rowNumber struct {
	row    string
	number int
}
