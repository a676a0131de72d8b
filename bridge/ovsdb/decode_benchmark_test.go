package ovsdb

import (
	"bytes"
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"
)

// flowSchema resembles the table that is largest in practice.
const flowSchema = `{"name": "Flows", "version": "1.0.0", "tables": {"Flow": {"isRoot": true, "columns": {
 "actions": {"type": "string"}, "match": {"type": "string"}, "pipeline": {"type": "string"},
 "priority": {"type": "integer"}, "table_id": {"type": "integer"},
 "controller_meter": {"type": {"key": "string", "min": 0, "max": 1}},
 "datapath": {"type": {"key": "uuid", "min": 0, "max": 1}},
 "group": {"type": {"key": "uuid", "min": 0, "max": 1}},
 "tags": {"type": {"key": "string", "value": "string", "min": 0, "max": "unlimited"}},
 "external_ids": {"type": {"key": "string", "value": "string", "min": 0, "max": "unlimited"}}}}}}`

var flowTables = []TableRequest{{Table: "Flow", Columns: []string{"actions", "match", "pipeline",
	"priority", "table_id", "controller_meter", "datapath", "group", "tags", "external_ids"}}}

// flowReply is the answer to monitor_cond_since with this many rows of some 490 bytes.
func flowReply(rows int) []byte {
	var b bytes.Buffer
	b.WriteString(`{"id":3,"result":[false,"00000000-0000-0000-0000-000000000000",{"Flow":{`)
	for i := range rows {
		if i > 0 {
			b.WriteByte(',')
		}
		fmt.Fprintf(&b, `"%08x-89ab-4def-8123-456789abcdef":{"initial":{"pipeline":"ingress",`+
			`"match":"inport == \"lsp-%d\" && eth.src == 0a:00:00:00:%02x:%02x && ip4.src == {10.0.%d.%d}",`+
			`"priority":%d,"datapath":["uuid","%08x-1234-4def-8123-456789abcdef"],"table_id":%d,`+
			`"actions":"reg0[15] = check_in_port_sec(); next;","external_ids":["map",`+
			`[["source","northd.c:%d"],["stage-hint","%08x"],["stage-name","ls_in_check_port_sec"]]],`+
			`"tags":["map",[["in_out_port","lsp-%d"]]]}}`,
			i, i, i>>8&255, i&255, i>>8&255, i&255, i%100, i%97, i%30, i%9999, i, i)
	}
	b.WriteString(`}}],"error":null}`)
	return b.Bytes()
}

// countingSink touches what it is told and keeps nothing.
type countingSink struct{ rows, bytes int }

func (*countingSink) Begin(Batch) {}
func (*countingSink) End()        {}
func (*countingSink) Abort()      {}
func (s *countingSink) Row(_ *MonitoredTable, _ UUID, _ Change, values []ColumnValue) {
	s.rows++
	for i := range values {
		for j := range values[i].Datum.Keys {
			s.bytes += len(values[i].Datum.Keys[j].Text())
		}
	}
}

// flowMonitor is a monitor of flows that waits for its first copy.
func flowMonitor(t testing.TB, sink Sink) *monitor {
	schema, err := ParseSchema([]byte(flowSchema))
	require.NoError(t, err)
	m := &monitor{database: "Flows", requests: flowTables, sink: sink}
	m.useSchema(schema)
	return m
}

// BenchmarkFirstCopy frames and decodes a first copy, without the server and the kernel.
func BenchmarkFirstCopy(b *testing.B) {
	const rows = 50_000
	reply := flowReply(rows)
	l := &loop{}
	b.SetBytes(int64(len(reply)))
	b.ReportAllocs()
	for b.Loop() {
		sink := &countingSink{}
		m := flowMonitor(b, sink)
		message, err := newFramer(bytes.NewReader(reply)).next()
		require.NoError(b, err)
		opened, err := openEnvelope(message)
		require.NoError(b, err)
		require.NoError(b, l.firstCopy(m, opened.result, formDiff))
		require.Equal(b, rows, sink.rows)
	}
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/rows, "ns/row")
}
