package oracle

import (
	"regexp"
	"strconv"
	"strings"

	"github.com/stretchr/testify/require"

	"woven/internal/ovsdbtest"
)

// LogicalFlow is what is compiled.
type LogicalFlow struct {
	Match   string
	Actions string // "" for drop
	// Datapath is Switch or Router; "" is Switch.
	Datapath string
}

// Flow is an OpenFlow flow that was made of a logical one.
type Flow struct{ Match, Actions string }

// Compiled is what the reference has made of a logical flow.
type Compiled struct {
	Flows []Flow
	// Error is what it complained about, "" if it did not.
	Error string
}

// The logical ingress tables, which are the OpenFlow tables from 8 on.
const (
	firstTable = 8
	tables     = 28
)

// Compile has logical flows compiled, all at once. Each gets a table and a priority of its own, so
// that the flows of one are known by these; the priorities are left out of the result.
func (o *Oracle) Compile(flows []LogicalFlow) []Compiled {
	o.t.Helper()
	o.newLog()
	var inserts []ovsdbtest.Operation
	for i, f := range flows {
		datapath := f.Datapath
		if datapath == "" {
			datapath = Switch
		}
		actions := f.Actions
		if actions == "" {
			actions = "drop;"
		}
		inserts = append(inserts, ovsdbtest.Operation{"op": "insert", "table": "Logical_Flow",
			"row": map[string]any{"logical_datapath": []any{"uuid", o.uuids[datapath]},
				"pipeline": "ingress", "table_id": i % tables, "priority": 1 + i/tables,
				"match": f.Match, "actions": actions}})
	}
	o.Transact(inserts...)
	o.Sync()
	compiled := make([]Compiled, len(flows))
	o.readFlows(compiled)
	o.readErrors(flows, compiled)
	o.clear()
	return compiled
}

var dumped = regexp.MustCompile(`^ ?(?:cookie=\S+ )?table=(\d+), (?:priority=(\d+),?)?(\S*) actions=(.*)$`)

func (o *Oracle) readFlows(compiled []Compiled) {
	o.t.Helper()
	dump, err := o.bed.Hypervisors[0].Flows()
	require.NoError(o.t, err)
	for _, line := range strings.Split(dump, "\n") {
		parts := dumped.FindStringSubmatch(line)
		if parts == nil {
			continue
		}
		table, _ := strconv.Atoi(parts[1])
		priority, _ := strconv.Atoi(parts[2])
		i := (priority-1)*tables + table - firstTable
		if table < firstTable || table >= firstTable+tables || priority == 0 || i >= len(compiled) {
			continue
		}
		compiled[i].Flows = append(compiled[i].Flows, Flow{parts[3], parts[4]})
	}
}

var complaint = regexp.MustCompile(`\|lflow\|WARN\|error parsing (match|actions) "((?s:.*?))": ([^\n]*)\n`)

func (o *Oracle) readErrors(flows []LogicalFlow, compiled []Compiled) {
	o.t.Helper()
	matches, actions := map[string]string{}, map[string]string{}
	log := o.newLog()
	for _, parts := range complaint.FindAllStringSubmatch(log, -1) {
		if parts[1] == "match" {
			matches[parts[2]] = parts[3]
		} else {
			actions[parts[2]] = parts[3]
		}
	}
	for i, f := range flows {
		compiled[i].Error = matches[f.Match]
		if compiled[i].Error == "" {
			compiled[i].Error = actions[f.Actions]
		}
	}
}
