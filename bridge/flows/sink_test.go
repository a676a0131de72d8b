package flows_test

import (
	"testing"

	"github.com/stretchr/testify/require"
)

// Flows come, change and go as the facts say, and only they.
func TestFlows(t *testing.T) {
	sw := newSwitch(t)
	_, err := sw.OFCtl("add-flow", "table=3,priority=7,actions=drop")
	require.NoError(t, err)
	w := newWorld(t, sw.Remote())
	w.edit(func(e edit) {
		e.put("put_flow", 0, 100, "ip,nw_src=10.0.0.1", "resubmit(,8)", 0)
		e.put("put_flow", 8, 50, "metadata=0x1", "drop", 0x12345678)
	})
	eventually(t, "connected", func() bool { return w.sink.Status() == "connected" })
	require.Equal(t, []string{"table=3, priority=7 actions=drop"}, dumpFlows(t, sw), "not before it is ready")
	w.put("put_ready", 1)
	w.settle()
	require.Equal(t, []string{"cookie=0x12345678, table=8, priority=50,metadata=0x1 actions=drop",
		"priority=100,ip,nw_src=10.0.0.1 actions=resubmit(,8)"}, dumpFlows(t, sw))
	require.Equal(t, [3]uint64{2, 0, 1}, w.changed())

	w.edit(func(e edit) {
		e.drop("put_flow", 0, 100, "ip,nw_src=10.0.0.1", "resubmit(,8)", 0)
		e.put("put_flow", 0, 100, "ip,nw_src=10.0.0.1", "resubmit(,9)", 0)
		e.drop("put_flow", 8, 50, "metadata=0x1", "drop", 0x12345678)
		e.put("put_flow", 8, 50, "metadata=0x1", "drop", 0x9)
	})
	w.settle()
	require.Equal(t, []string{"cookie=0x9, table=8, priority=50,metadata=0x1 actions=drop",
		"priority=100,ip,nw_src=10.0.0.1 actions=resubmit(,9)"}, dumpFlows(t, sw))
	require.Equal(t, [3]uint64{2, 2, 1}, w.changed())

	w.drop("put_flow", 0, 100, "ip,nw_src=10.0.0.1", "resubmit(,9)", 0)
	w.settle()
	require.Equal(t, []string{"cookie=0x9, table=8, priority=50,metadata=0x1 actions=drop"}, dumpFlows(t, sw))
	require.Empty(t, w.problems())
}
