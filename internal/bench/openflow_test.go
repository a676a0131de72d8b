package bench

import (
	"bytes"
	"encoding/json"
	"flag"
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

var openFlowFlows = flag.Int("bench.openflow", 3000, "how many flows the test of the benchmark of switches sends")

// Both clients leave the same flows, and every figure is there.
func TestOpenFlow(t *testing.T) {
	results, err := OpenFlow(OpenFlowOptions{Flows: *openFlowFlows, Samples: 30}, t.Output())
	require.NoError(t, err)
	require.Len(t, results, 2)
	for _, r := range results {
		require.Equal(t, *openFlowFlows, r.Flows)
		require.Positive(t, r.Seconds)
		require.Positive(t, r.ClientCPU)
		require.Positive(t, r.SwitchCPU)
		require.Positive(t, r.Samples)
		require.LessOrEqual(t, r.P50ms, r.P99ms)
	}
	var out bytes.Buffer
	WriteOpenFlowTable(&out, results)
	t.Logf("\n%s", &out)
	text, err := json.Marshal(results[0])
	require.NoError(t, err)
	var fields map[string]any
	require.NoError(t, json.Unmarshal(text, &fields))
	for _, f := range []string{"client", "flows", "seconds", "client_cpu_seconds", "switch_cpu_seconds", "p50_ms",
		"p95_ms", "p99_ms", "samples"} {
		require.Contains(t, fields, f)
	}
}

// The flows are of as many kinds as those of an integration bridge, and no two are for the same
// packets.
func TestSwitchFlows(t *testing.T) {
	total, kinds := 0, map[string]bool{}
	for _, s := range shapes {
		total += s.share
	}
	require.Equal(t, 1000, total)
	seen := map[string]bool{}
	bytes := 0
	list := switchFlows(100_000)
	for i := range list {
		f := &list[i]
		key := fmt.Sprint(f.table, f.priority, f.match)
		require.False(t, seen[key], key)
		seen[key] = true
		bytes += len(f.line())
		for _, kind := range []string{"conjunction(", "set_field:", "resubmit(", "ct(", "nat(", "move:", "group:",
			"controller(", "push:", "learn(", "clone(", "dec_ttl", "output:"} {
			kinds[kind] = kinds[kind] || strings.Contains(f.actions, kind)
		}
		require.NotContains(t, f.line(), "{")
	}
	require.Len(t, kinds, 13)
	for kind, has := range kinds {
		require.True(t, has, kind)
	}
	require.InDelta(t, 150, bytes/len(list), 30, "bytes of text a flow")
}
