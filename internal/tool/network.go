package tool

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"woven/engine"
	"woven/internal/trace"
	"woven/relations"
)

// network is the logical network that a program has concluded.
type network struct {
	trace.Network
	world *world
	facts map[*trace.Flow][]relations.Value // the lflow that each flow comes from
}

// newNetwork reads the network off the relations that a daemon writes into the Southbound.
func newNetwork(w *world) (*network, error) {
	if err := w.checkFlows(); err != nil {
		return nil, err
	}
	n := &network{world: w, facts: map[*trace.Flow][]relations.Value{}}
	names := w.byFirst("want.sb.Datapath_Binding.external_ids", "name")
	datapaths := map[string]*trace.Datapath{}
	for dp, name := range names {
		d := &trace.Datapath{Name: name[0], Ports: map[string]*trace.Port{}, Groups: map[string][]string{}}
		datapaths[dp] = d
		n.Datapaths = append(n.Datapaths, d)
	}
	slices.SortFunc(n.Datapaths, func(a, b *trace.Datapath) int { return strings.Compare(a.Name, b.Name) })
	n.addPorts(datapaths)
	n.addSets()
	return n, n.addFlows(datapaths)
}

// checkFlows finds out whether the program makes logical flows as those of northd do.
func (w *world) checkFlows() error {
	for name, columns := range map[string]int{"lflow": lflowColumns, "stage": 4, "scope_member": 2} {
		r, ok := w.engine.Relation(name)
		if !ok {
			return fmt.Errorf("these rules make no logical flows: there is no relation %s", name)
		}
		if len(r.Types()) != columns {
			return found("%s has %d columns instead of %d", name, len(r.Types()), columns)
		}
	}
	return nil
}

// byFirst groups a relation by its first column: the last column's texts. Where a map's key is
// given, only its entries are taken.
func (w *world) byFirst(relation string, key ...string) map[string][]string {
	out := map[string][]string{}
	for _, row := range w.texts(relation) {
		if len(key) == 0 || row[1] == key[0] {
			out[row[0]] = append(out[row[0]], row[len(row)-1])
		}
	}
	return out
}

// texts returns the rows of a relation as databases show them, in order; none if the program
// has no such relation.
func (w *world) texts(relation string) [][]string {
	r, ok := w.engine.Relation(relation)
	if !ok {
		return nil
	}
	var out [][]string
	w.engine.Each(r, func(row []relations.Value) bool {
		out = append(out, w.rowTexts(r, row))
		return true
	})
	slices.SortFunc(out, slices.Compare)
	return out
}

func (w *world) rowTexts(r *engine.Relation, row []relations.Value) []string {
	texts := make([]string, len(row))
	for i, v := range row {
		texts[i] = w.engine.Store().Text(r.Types()[i], v)
	}
	return texts
}

// addPorts fills in ports and multicast groups.
func (n *network) addPorts(datapaths map[string]*trace.Datapath) {
	w := n.world
	names := w.byFirst("want.sb.Port_Binding.logical_port")
	types := w.byFirst("want.sb.Port_Binding.type")
	security := w.byFirst("want.sb.Port_Binding.port_security")
	for port, dp := range w.byFirst("want.sb.Port_Binding.datapath") {
		if d := datapaths[dp[0]]; d != nil && len(names[port]) > 0 {
			d.Ports[names[port][0]] = &trace.Port{Type: strings.Join(types[port], ""),
				Security: security[port]}
		}
	}
	members := w.byFirst("want.sb.Multicast_Group.ports")
	groupNames := w.byFirst("want.sb.Multicast_Group.name")
	for group, dp := range w.byFirst("want.sb.Multicast_Group.datapath") {
		d := datapaths[dp[0]]
		if d == nil || len(groupNames[group]) == 0 {
			continue
		}
		for _, port := range members[group] {
			name := groupNames[group][0]
			d.Groups[name] = append(d.Groups[name], names[port]...)
		}
	}
}

// addSets fills in address sets and port groups. The Southbound splits a port group by datapath
// and puts the datapath's key before the name; here the parts are together again.
func (n *network) addSets() {
	w := n.world
	n.AddressSets, n.PortGroups = map[string][]string{}, map[string][]string{}
	addresses := w.byFirst("want.sb.Address_Set.addresses")
	for set, name := range w.byFirst("want.sb.Address_Set.name") {
		n.AddressSets[name[0]] = addresses[set]
	}
	ports := w.byFirst("want.sb.Port_Group.ports")
	for part, name := range w.byFirst("want.sb.Port_Group.name") {
		if _, group, ok := strings.Cut(name[0], "_"); ok {
			n.PortGroups[group] = append(n.PortGroups[group], ports[part]...)
		}
	}
}

type stage struct {
	pipeline, name string
	table          int
}

// stages reads the table of stages.
func (w *world) stages() (map[string]stage, error) {
	out := map[string]stage{}
	for _, s := range w.texts("stage") {
		table, err := strconv.Atoi(s[2])
		if err != nil {
			return nil, found("stage %s: the table %q is no number", s[0], s[2])
		}
		out[s[0]] = stage{s[1], s[3], table}
	}
	return out, nil
}

// addFlows gives each datapath its flows. Datapaths of one scope share the flow.
func (n *network) addFlows(datapaths map[string]*trace.Datapath) error {
	w := n.world
	stages, err := w.stages()
	if err != nil {
		return err
	}
	members := w.byFirst("scope_member")
	lflow, _ := w.engine.Relation("lflow")
	w.engine.Each(lflow, func(row []relations.Value) bool {
		text := w.rowTexts(lflow, row)
		s := stages[text[stageColumn]]
		priority, _ := strconv.Atoi(text[priorityColumn])
		f := &trace.Flow{Pipeline: s.pipeline, Table: s.table, Stage: s.name, Priority: priority,
			Match: text[matchColumn], Actions: text[actionsColumn]}
		n.facts[f] = slices.Clone(row)
		for _, dp := range members[text[scopeColumn]] {
			if d := datapaths[dp]; d != nil {
				d.Flows = append(d.Flows, f)
			}
		}
		return true
	})
	return nil
}

// explain fills in which rule a flow comes from: the one that brought its match and its actions
// together, not those that pass them on.
func (n *network) explain(f *trace.Flow) {
	if f.Source != "" {
		return
	}
	lflow, _ := n.world.engine.Relation("lflow")
	if o, ok := n.world.engine.Origin(lflow, n.facts[f], matchColumn, actionsColumn); ok {
		f.Source = o.String()
	}
}

// explainTrace fills in the rules of the flows that a packet met.
func (n *network) explainTrace(t *trace.Trace) {
	for _, p := range t.Passes {
		for _, s := range p.Steps {
			if s.Flow != nil {
				n.explain(s.Flow)
			}
		}
	}
}
