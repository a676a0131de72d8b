package flows_test

import (
	"fmt"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// many puts a number of flows in.
func many(e edit, n int) {
	for i := range n {
		e.put("put_flow", 8+i%20, 100, fmt.Sprintf("ip,metadata=0x%x,nw_src=10.0.%d.%d", i%50, i/250, i%250),
			fmt.Sprintf("set_field:0x%x->reg0,resubmit(,%d)", i, 9+i%20), i+1)
	}
}

// ages are the durations of the switch's flows in seconds, by what they match.
func ages(t *testing.T, lines []string) map[string]float64 {
	t.Helper()
	list := map[string]float64{}
	for _, line := range lines {
		_, rest, ok := strings.Cut(line, "duration=")
		require.True(t, ok, line)
		age, rest, _ := strings.Cut(rest, "s, ")
		seconds, err := strconv.ParseFloat(age, 64)
		require.NoError(t, err, line)
		list[rest[strings.Index(rest, "priority="):]] = seconds
	}
	return list
}

// A switch that was killed gets back everything that it had.
func TestSwitchRestarts(t *testing.T) {
	sw := newSwitch(t)
	w := newWorld(t, sw.Remote())
	w.edit(func(e edit) {
		many(e, 10_000)
		e.put("put_ready", 1)
		e.put("put_meter", 1, "kbps bands=type=drop rate=100")
		e.put("put_group", 1, "type=select,selection_method=dp_hash,bucket=bucket_id:0,actions=output:1")
		e.put("put_flow", 0, 1, "", "meter:1,group:1", 0)
	})
	w.settle()
	flows, groups, meters := dumpFlows(t, sw), dump(t, sw, "dump-groups"), dump(t, sw, "dump-meters")
	require.Len(t, flows, 10_001)
	require.Len(t, groups, 1)
	for range 2 {
		sw.Kill()
		eventually(t, "lost", func() bool { return w.sink.Status() == "not connected" })
		w.put("put_flow", 0, 2, "", "drop", 0)
		w.drop("put_flow", 0, 2, "", "drop", 0)
		require.NoError(t, sw.Start())
		eventually(t, "connected", func() bool { return w.sink.Status() == "connected" })
		w.put("put_flow", 0, 3, "", "drop", 0)
		w.drop("put_flow", 0, 3, "", "drop", 0)
		w.settle()
		require.Equal(t, flows, dumpFlows(t, sw))
		require.Equal(t, groups, dump(t, sw, "dump-groups"))
		require.Equal(t, meters, dump(t, sw, "dump-meters"))
	}
	require.EqualValues(t, 3, w.counter("openflow_connections"))
}

// A second process over the flows of the first touches only what differs.
func TestWeRestart(t *testing.T) {
	sw := newSwitch(t)
	w := newWorld(t, sw.Remote())
	group := "type=select,selection_method=dp_hash,bucket=bucket_id:0,weight:100,actions=ct(commit,table=9,zone=reg13[0..15],nat(dst=10.0.0.1:80))"
	facts := func(e edit) {
		many(e, 3000)
		e.put("put_ready", 1)
		e.put("put_meter", 7, "pktps burst stats bands=type=drop rate=100 burst_size=10")
		e.put("put_group", 1, group)
		e.put("put_flow", 0, 1, "", "meter:7,group:1", 0)
		e.put("put_flow", 0, 2, "ip", "controller(userdata=00.00.00.01),learn(table=69,priority=5,"+
			"NXM_OF_ETH_DST[]=NXM_OF_ETH_SRC[],output:NXM_OF_IN_PORT[]),dec_ttl", 5)
	}
	w.edit(facts)
	w.settle()
	require.Equal(t, [3]uint64{3002, 0, 0}, w.changed())
	w.stop()
	flows := dumpFlows(t, sw)
	before := ages(t, dump(t, sw, "dump-flows"))

	// The age of flows shows that they stay.
	eventually(t, "a second has passed", func() bool {
		now := ages(t, dump(t, sw, "dump-flows", "table=0"))
		return now["priority=1 actions=meter:7,group:1"] >= 1
	})
	w = newWorld(t, sw.Remote())
	w.edit(facts)
	w.settle()
	require.Equal(t, [3]uint64{}, w.changed())
	require.Zero(t, w.counter("openflow_groups_and_meters_put"))
	require.Equal(t, flows, dumpFlows(t, sw))
	for flow, age := range ages(t, dump(t, sw, "dump-flows")) {
		require.Contains(t, before, flow)
		require.GreaterOrEqual(t, age, 1.0, flow)
	}
	w.stop()

	// Now with differences of every kind, also some that no fact of ours could have made.
	for _, args := range [][]string{
		{"mod-flows", "table=0,priority=2,ip,actions=drop"}, {"del-flows", "table=8"},
		{"add-flow", "table=20,priority=100,actions=drop"},
		{"add-flow", "table=69,priority=9,idle_timeout=100,actions=drop"},
		{"add-flow", "cookie=0x123456789abc,table=0,priority=1,actions=meter:7,group:1"},
		{"mod-group", "group_id=1,type=all,bucket=actions=drop"}, {"add-group", "group_id=9,type=all"},
		{"add-meter", "meter=9,kbps,band=type=drop,rate=1"},
	} {
		_, err := sw.OFCtl(args[0], args[1:]...)
		require.NoError(t, err, args)
	}
	w = newWorld(t, sw.Remote())
	w.edit(func(e edit) {
		facts(e)
		e.put("put_learned", 69)
	})
	w.settle()
	require.Equal(t, [3]uint64{151, 1, 1}, w.changed())
	require.EqualValues(t, 1, w.counter("openflow_groups_and_meters_put"))
	require.EqualValues(t, 2, w.counter("openflow_groups_and_meters_deleted"))
	require.Len(t, dump(t, sw, "dump-flows", "--no-stats", "table=69"), 1, "is left alone")
	_, err := sw.OFCtl("del-flows", "table=69")
	require.NoError(t, err)
	require.Equal(t, flows, dumpFlows(t, sw))
	require.Empty(t, w.problems())
}

// What facts say of the switch's groups is told before anything is changed, so that they can stay.
func TestGroupsAreTold(t *testing.T) {
	sw := newSwitch(t)
	_, err := sw.OFCtl("add-group", "group_id=77,type=select,selection_method=dp_hash,bucket=bucket_id=3,weight=5,actions=output:1")
	require.NoError(t, err)
	w := newWorld(t, sw.Remote())
	held := func() (list []string) {
		w.turn(func() { list = w.facts("group_held") })
		return list
	}
	eventually(t, "told", func() bool { return len(held()) > 0 })
	require.Equal(t, []string{`"type=select,selection_method=dp_hash,bucket=bucket_id:3,weight:5,actions=output:1" 77`}, held())
	sw.Kill()
	require.NoError(t, sw.Start())
	eventually(t, "told again", func() bool { return len(held()) == 0 })
}

// A switch with a flow that cannot be read is cleared, in the same step in which it gets ours.
func TestUnreadableSwitch(t *testing.T) {
	sw := newSwitch(t)
	group := "type=all,bucket=bucket_id:0,actions=output:1"
	for _, args := range [][]string{{"add-flow", "table=5,priority=1,dl_type=0x894f,nsh_mdtype=1,actions=drop"},
		{"add-group", "group_id=9,type=all"}, {"add-meter", "meter=9,kbps,band=type=drop,rate=1"}} {
		_, err := sw.OFCtl(args[0], args[1:]...)
		require.NoError(t, err, args)
	}
	w := newWorld(t, sw.Remote())
	facts := func(e edit) {
		many(e, 500)
		e.put("put_ready", 1)
		e.put("put_group", 1, group)
		e.put("put_flow", 0, 1, "", "group:1", 0)
	}
	w.edit(facts)
	w.settle()
	flows := dumpFlows(t, sw)
	require.Len(t, flows, 501)
	require.Equal(t, []string{"group_id=1," + group}, dump(t, sw, "dump-groups"))
	require.Empty(t, dump(t, sw, "dump-meters"))
	w.put("put_flow", 0, 2, "", "group:1", 0)
	w.settle()
	require.Len(t, dumpFlows(t, sw), 502)
	w.stop()

	// The same with a flow that the switch refuses, and without any of ours.
	_, err := sw.OFCtl("add-flow", "table=5,priority=1,dl_type=0x894f,nsh_mdtype=1,actions=drop")
	require.NoError(t, err)
	w = newWorld(t, sw.Remote())
	w.edit(func(e edit) {
		facts(e)
		e.put("put_flow", 0, 7, "arp", "dec_ttl", 0)
		e.put("put_flow", 0, 8, "", "group:1", 0)
	})
	w.settle()
	require.Len(t, dumpFlows(t, sw), 502)
	w.stop()
	_, err = sw.OFCtl("add-flow", "table=5,priority=1,dl_type=0x894f,nsh_mdtype=1,actions=drop")
	require.NoError(t, err)
	w = newWorld(t, sw.Remote())
	w.put("put_ready", 1)
	w.settle()
	require.Empty(t, dumpFlows(t, sw))
	require.Empty(t, dump(t, sw, "dump-groups"))
}
