package flows_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// reasons are the problems, one line each.
func (w *world) reasons() []string {
	list := []string{}
	for _, p := range w.problems() {
		list = append(list, fmt.Sprintf("%s %x %s: %s", p.Table, p.Row[:4], p.Column, p.Reason))
	}
	return list
}

// wantReasons compares the beginnings of the problems.
func (w *world) wantReasons(want ...string) {
	w.t.Helper()
	got := w.reasons()
	require.Len(w.t, got, len(want), strings.Join(got, "\n"))
	for i := range want {
		require.Contains(w.t, got[i], want[i])
	}
}

// A bad flow is set aside, the others are sent; it is tried again when it changes.
func TestBadFlows(t *testing.T) {
	sw := newSwitch(t)
	w := newWorld(t, sw.Remote())
	w.edit(func(e edit) {
		many(e, 2000)
		e.put("put_ready", 1)
		e.put("put_flow", 0, 1, "arp", "dec_ttl", 0xab)    // refused when it is sent
		e.put("put_flow", 0, 2, "arp", "group:5", 0)       // no such group
		e.put("put_flow", 0, 3, "arp", "meter:5", 0)       // no such meter
		e.put("put_flow", 0, 4, "arp", "jump", 0)          // cannot be read
		e.put("put_flow", 0, 5, "arp,color=red", "", 0xcd) // cannot be read
		e.put("put_flow", 0, 65536, "arp", "", 0)
		e.put("put_flow", 255, 6, "arp", "", 0)
		e.put("put_flow", 0, 6, "arp", "", -1)
		e.put("put_flow", 0, 7, "arp", "note:"+strings.Repeat("00.", 65530)+"00", 0) // too large
		e.put("put_flow", 0, 8, "arp", "output:1", 0)
	})
	w.settle()
	require.Equal(t, []string{"priority=8,arp actions=output:1"},
		dump(t, sw, "dump-flows", "--no-stats", "--no-names", "table=0"))
	require.Len(t, dumpFlows(t, sw), 2001)
	w.wantReasons("Logical_Flow 000000ab table=0,priority=1,arp: the switch refuses it: OFPBAC_MATCH_INCONSISTENT",
		"Logical_Flow 000000cd table=0,priority=5,arp,color=red: the match cannot be read:",
		"flow 00000000 table=0,priority=2,arp: it refers to the group 5, which is not wanted",
		"flow 00000000 table=0,priority=3,arp: it refers to the meter 5, which is not wanted",
		"flow 00000000 table=0,priority=4,arp: the actions cannot be read:",
		"flow 00000000 table=0,priority=6,arp: the cookie is not between",
		"flow 00000000 table=0,priority=65536,arp: the priority is not between",
		"flow 00000000 table=0,priority=7,arp: the actions have 65544 bytes",
		"flow 00000000 table=255,priority=6,arp: the table is not between")

	w.edit(func(e edit) {
		e.drop("put_flow", 0, 1, "arp", "dec_ttl", 0xab)
		e.put("put_flow", 0, 1, "arp", "output:2", 0xab)
		e.put("put_group", 5, "type=all,bucket=bucket_id:0,actions=output:1")
		e.put("put_meter", 5, "kbps bands=type=drop rate=1000")
		e.drop("put_flow", 0, 4, "arp", "jump", 0)
		e.drop("put_flow", 0, 5, "arp,color=red", "", 0xcd)
		e.drop("put_flow", 0, 65536, "arp", "", 0)
		e.drop("put_flow", 255, 6, "arp", "", 0)
		e.drop("put_flow", 0, 6, "arp", "", -1)
		e.drop("put_flow", 0, 7, "arp", "note:"+strings.Repeat("00.", 65530)+"00", 0)
		e.drop("put_flow", 0, 8, "arp", "output:1", 0)
		e.put("put_flow", 0, 8, "arp", "dec_ttl", 0) // refused as a modification
	})
	w.settle()
	require.Equal(t, []string{"cookie=0xab, priority=1,arp actions=output:2", "priority=2,arp actions=group:5",
		"priority=3,arp actions=meter:5"}, dump(t, sw, "dump-flows", "--no-stats", "--no-names", "table=0"))
	w.wantReasons("flow 00000000 table=0,priority=8,arp: the switch refuses it")
	w.drop("put_flow", 0, 8, "arp", "dec_ttl", 0)
	w.settle()
	w.wantReasons()
}

// What the switch refuses only when it commits a bundle holds up nothing else either.
func TestRefusedBundles(t *testing.T) {
	sw := newSwitch(t)
	_, err := sw.VSCtl("--", "--id=@t", "create", "Flow_Table", "flow_limit=5", "overflow_policy=refuse",
		"--", "set", "bridge", "br0", "flow_tables:1=@t")
	require.NoError(t, err)
	w := newWorld(t, sw.Remote())
	w.edit(func(e edit) {
		e.put("put_ready", 1)
		for i := range 8 {
			e.put("put_flow", 1, i+1, "", "drop", 0)
		}
		many(e, 3000)
	})
	w.settle()
	require.Len(t, dump(t, sw, "dump-flows", "--no-stats", "table=1"), 5)
	require.Len(t, dumpFlows(t, sw), 3005)
	require.Len(t, w.reasons(), 3)
	for _, r := range w.reasons() {
		require.Contains(t, r, "OFPFMFC_TABLE_FULL")
	}
	// On the next connection they have another chance.
	_, err = sw.VSCtl("clear", "bridge", "br0", "flow_tables")
	require.NoError(t, err)
	sw.Kill()
	require.NoError(t, sw.Start())
	eventually(t, "connected", func() bool { return w.counter("openflow_connections") == 2 })
	w.put("put_flow", 1, 100, "", "drop", 0)
	w.settle()
	require.Len(t, dumpFlows(t, sw), 3009)
	require.Empty(t, w.reasons())
}

// A refused group takes the flows that refer to it with it, and brings them back.
func TestRefusedGroups(t *testing.T) {
	sw := newSwitch(t)
	w := newWorld(t, sw.Remote())
	good, bad := "type=all,bucket=bucket_id:0,actions=output:1", "type=select,selection_method=odd,bucket=bucket_id:0,actions=output:1"
	users := func(e edit, do func(string, ...any)) {
		for i := range 20 {
			do("put_flow", 1, i, "", "clone(push_vlan:0x8100,group:1)", 0)
		}
	}
	w.edit(func(e edit) {
		many(e, 100)
		e.put("put_ready", 1)
		e.put("put_group", 1, bad)
		e.put("put_group", 2, "type=all,bucket=jump")
		e.put("put_group", 3, good)
		e.put("put_group", -1, good)
		e.put("put_meter", 1, "kbps bands=type=drop rate=0")
		e.put("put_meter", 2, "kbps bands=type=drop rate=10")
		users(e, e.put)
		e.put("put_flow", 1, 100, "", "group:3,meter:2", 0)
		e.put("put_flow", 1, 101, "", "meter:1", 0)
	})
	w.settle()
	require.Equal(t, []string{"group_id=3,type=all,bucket=bucket_id:0,actions=output:1"}, dump(t, sw, "dump-groups"))
	require.Len(t, dumpFlows(t, sw), 101)
	got := strings.Join(w.reasons(), "\n")
	require.Len(t, w.reasons(), 25, got)
	for _, want := range []string{"group 00000000 1: the switch refuses it: ", "group 00000000 2: ",
		"group 00000000 -1: the number is not between", "meter 00000000 1: the switch refuses it: "} {
		require.Contains(t, got, want)
	}

	w.edit(func(e edit) {
		e.drop("put_group", 1, bad)
		e.put("put_group", 1, good)
		e.drop("put_group", 2, "type=all,bucket=jump")
		e.drop("put_group", -1, good)
		e.drop("put_meter", 1, "kbps bands=type=drop rate=0")
		e.put("put_meter", 1, "kbps bands=type=drop rate=1")
	})
	w.settle()
	require.Empty(t, w.reasons())
	require.Len(t, dumpFlows(t, sw), 122)

	w.edit(func(e edit) {
		e.drop("put_group", 1, good)
		e.put("put_group", 1, bad)
	})
	w.settle()
	require.Len(t, w.reasons(), 21)
	require.Len(t, dumpFlows(t, sw), 102)
	require.Len(t, dump(t, sw, "dump-groups"), 1)

	w.edit(func(e edit) {
		e.drop("put_group", 1, bad)
		users(e, e.drop)
	})
	w.settle()
	require.Empty(t, w.reasons())
}

// Of several facts for one flow, group or meter the one with the least text counts.
func TestRivals(t *testing.T) {
	sw := newSwitch(t)
	w := newWorld(t, sw.Remote())
	w.edit(func(e edit) {
		e.put("put_ready", 1)
		e.put("put_flow", 1, 1, "ip,nw_src=10.0.0.0/8", "output:3", 0)
		e.put("put_flow", 1, 1, "ip,nw_src=10.0.0.0/8", "output:2", 0)
		e.put("put_flow", 1, 1, "ip,nw_src=10.1.2.3/8", "output:1", 0) // the same match
		e.put("put_group", 1, "type=all")
		e.put("put_group", 1, "type=indirect,bucket=actions=drop")
		e.put("put_meter", 1, "kbps bands=type=drop rate=1")
		e.put("put_meter", 1, "kbps bands=type=drop rate=2")
	})
	check := func(output string, problems int) {
		t.Helper()
		w.settle()
		require.Equal(t, []string{"table=1, priority=1,ip,nw_src=10.0.0.0/8 actions=output:" + output}, dumpFlows(t, sw))
		require.Len(t, w.reasons(), problems, strings.Join(w.reasons(), "\n"))
	}
	check("1", 3)
	require.Equal(t, []string{"group_id=1,type=all"}, dump(t, sw, "dump-groups"))
	require.Contains(t, strings.Join(dump(t, sw, "dump-meters"), " "), "rate=1")
	w.drop("put_flow", 1, 1, "ip,nw_src=10.1.2.3/8", "output:1", 0)
	check("2", 3)
	w.edit(func(e edit) {
		e.drop("put_flow", 1, 1, "ip,nw_src=10.0.0.0/8", "output:2", 0)
		e.put("put_flow", 1, 1, "ip,nw_src=10.0.0.0/8", "output:1", 0)
	})
	check("1", 3)
	w.edit(func(e edit) {
		e.drop("put_flow", 1, 1, "ip,nw_src=10.0.0.0/8", "output:1", 0)
		e.drop("put_group", 1, "type=all")
		e.drop("put_meter", 1, "kbps bands=type=drop rate=1")
	})
	check("3", 0)
	require.Contains(t, dump(t, sw, "dump-groups")[0], "type=indirect")
	require.Contains(t, strings.Join(dump(t, sw, "dump-meters"), " "), "rate=2")
}
