package flows_test

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"

	"woven/bridge/flows"
)

// A switch that does not read stops nobody, and what waits for it is bounded.
func TestSlowSwitch(t *testing.T) {
	sw := newSwitch(t)
	w := newWorld(t, sw.Remote(), func(c *flows.Config) { c.Limit = 100_000 })
	w.put("put_ready", 1)
	w.settle()
	require.NoError(t, sw.Freeze())
	const count = 30_000
	w.edit(func(e edit) { many(e, count) })
	acked := uint64(0)
	for i := range 20 {
		// Each turn comes although the switch does not.
		w.edit(func(e edit) {
			e.put("put_flow", 1, i, "", "drop", 0)
			e.drop("put_flow", 1, i-3, "", "drop", 0)
		})
		w.turn(func() { acked = w.sink.Acked() })
	}
	require.Less(t, w.counter("openflow_flows_added"), uint64(count/2))
	w.turn(func() { require.Less(t, acked, w.engine.Batch()) })
	require.NoError(t, sw.Thaw())
	w.settle()
	require.Len(t, dumpFlows(t, sw), count+3)

	// The same while everything goes.
	require.NoError(t, sw.Freeze())
	w.edit(func(e edit) {
		for i := range count {
			e.drop("put_flow", 8+i%20, 100, fmt.Sprintf("ip,metadata=0x%x,nw_src=10.0.%d.%d", i%50, i/250, i%250),
				fmt.Sprintf("set_field:0x%x->reg0,resubmit(,%d)", i, 9+i%20), i+1)
		}
	})
	w.edit(func(e edit) { e.put("put_flow", 2, 1, "", "drop", 0) })
	require.Less(t, w.counter("openflow_flows_deleted"), uint64(count/2))
	require.NoError(t, sw.Thaw())
	w.settle()
	require.Len(t, dumpFlows(t, sw), 4)
	require.Empty(t, w.reasons())
}

// The program may name another switch, or none.
func TestAnotherSwitch(t *testing.T) {
	one, other := newSwitch(t), newSwitch(t)
	w := newWorld(t, one.Remote())
	w.edit(func(e edit) {
		e.put("put_ready", 1)
		many(e, 100)
	})
	w.settle()
	require.Len(t, dumpFlows(t, one), 100)
	w.edit(func(e edit) {
		e.drop("put_remote", one.Remote())
		e.put("put_remote", other.Remote())
		e.put("put_flow", 1, 1, "", "drop", 0)
	})
	w.settle()
	require.Len(t, dumpFlows(t, one), 100)
	require.Len(t, dumpFlows(t, other), 101)
	w.drop("put_remote", other.Remote())
	w.put("put_flow", 1, 2, "", "drop", 0)
	require.Equal(t, "not connected", w.sink.Status())
	w.put("put_remote", "unix:relative")
	w.wantReasons("switch_remote 00000000 unix:relative: remote")
	w.put("put_remote", one.Remote())
	w.settle()
	require.Len(t, dumpFlows(t, one), 102)
	w.wantReasons("switch_remote 00000000 unix:/")
}
