package tool

import (
	"crypto/sha256"
	"slices"
	"strconv"
	"strings"

	"woven/engine/check"
	"woven/relations"
)

// logicalFlow is a row of Logical_Flow: what one fact says, or several that differ only in scope,
// port or hint.
type logicalFlow struct {
	row       string
	stage     stage
	texts     []string          // of the fact with the least port
	fact      []relations.Value // that fact
	datapaths []string
}

// The columns of lflow.
const (
	scopeColumn = iota
	stageColumn
	priorityColumn
	matchColumn
	actionsColumn
	meterColumn
	portColumn
	hintColumn
	lflowColumns
)

// logicalFlows are the rows of Logical_Flow that a northd wants, in no order.
func (w *world) logicalFlows() ([]*logicalFlow, error) {
	if err := w.checkFlows(); err != nil {
		return nil, err
	}
	stages, err := w.stages()
	if err != nil {
		return nil, err
	}
	members := w.byFirst("scope_member")
	lflow, _ := w.engine.Relation("lflow")
	flows := map[string]*logicalFlow{}
	w.engine.Each(lflow, func(fact []relations.Value) bool {
		texts := w.rowTexts(lflow, fact)
		key := strings.Join(texts[stageColumn:portColumn], "\x00")
		f := flows[key]
		if f == nil {
			f = &logicalFlow{row: rowOf(key), stage: stages[texts[stageColumn]]}
			flows[key] = f
		}
		if f.texts == nil || slices.Compare(texts[portColumn:], f.texts[portColumn:]) < 0 {
			f.texts, f.fact = texts, slices.Clone(fact)
		}
		f.datapaths = append(f.datapaths, members[texts[scopeColumn]]...)
		return true
	})
	var out []*logicalFlow
	for _, f := range flows {
		slices.Sort(f.datapaths)
		f.datapaths = slices.Compact(f.datapaths)
		out = append(out, f)
	}
	return out, nil
}

// rowOf is the uuid of the row that says something, in the place of a random one.
func rowOf(content string) string {
	sum := sha256.Sum256([]byte(content))
	return string(relations.AppendUUID(nil, [16]byte(sum[:16])))
}

// addLogicalFlows puts flows into the Southbound as northd writes them: flows of several datapaths
// refer to a group of these.
func addLogicalFlows(d database, p *check.Program, flows []*logicalFlow) {
	const table, groups = "sb.Logical_Flow", "sb.Logical_DP_Group"
	for _, f := range flows {
		if len(f.datapaths) == 0 {
			continue
		}
		d.put(p, table, f.row)
		for column, text := range map[string]string{
			"pipeline": f.stage.pipeline, "table_id": strconv.Itoa(f.stage.table),
			"priority": f.texts[priorityColumn], "match": f.texts[matchColumn],
			"actions": f.texts[actionsColumn],
		} {
			d.put(p, table+"."+column, f.row, text)
		}
		if meter := f.texts[meterColumn]; meter != "" {
			d.put(p, table+".controller_meter", f.row, meter)
		}
		if port := f.texts[portColumn]; port != "" {
			d.put(p, table+".tags", f.row, "in_out_port", port)
		}
		if len(f.datapaths) == 1 {
			d.put(p, table+".logical_datapath", f.row, f.datapaths[0])
			continue
		}
		group := rowOf(strings.Join(f.datapaths, " "))
		d.put(p, table+".logical_dp_group", f.row, group)
		d.put(p, groups, group)
		for _, dp := range f.datapaths {
			d.put(p, groups+".datapaths", group, dp)
		}
	}
}
