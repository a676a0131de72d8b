package flows_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// The Geneve option becomes a field, whatever else the switch maps, and the rules are told.
func TestTunnelOption(t *testing.T) {
	sw := newSwitch(t)
	_, err := sw.OFCtl("add-tlv-map", "{class=0xffff,type=0x1,len=4}->tun_metadata0")
	require.NoError(t, err)
	w := newWorld(t, sw.Remote())
	fields := func(want ...string) {
		t.Helper()
		if want == nil {
			want = []string{}
		}
		eventually(t, fmt.Sprint(want), func() (done bool) {
			w.turn(func() { done = strings.Join(w.facts("tunnel_field"), ";") == strings.Join(want, ";") })
			return done
		})
	}
	w.put("put_option", 0x102, 0x80, 4)
	fields("258 128 4 1")
	w.put("put_option", 0x102, 0x81, 8)
	fields("258 128 4 1", "258 129 8 2")
	w.drop("put_option", 0x102, 0x81, 8)
	fields("258 128 4 1")
	require.Empty(t, w.reasons())

	// A flow that uses the field is sent as it should be, and recognised.
	facts := func(e edit) {
		e.put("put_ready", 1)
		e.put("put_flow", 1, 1, "tun_metadata1=0x5", "set_field:0x7->tun_metadata1,move:NXM_NX_REG0[0..31]->NXM_NX_TUN_METADATA1[0..31],output:1", 0)
	}
	w.edit(facts)
	w.settle()
	flows := dumpFlows(t, sw)
	require.Len(t, flows, 1)
	require.Contains(t, flows[0], "tun_metadata1=0x5 actions=set_field:0x7->tun_metadata1,move:")
	w.stop()
	w = newWorld(t, sw.Remote())
	w.put("put_option", 0x102, 0x80, 4)
	w.edit(facts)
	w.settle()
	require.Equal(t, [3]uint64{}, w.changed())
	fields("258 128 4 1")
	require.Empty(t, w.reasons())

	// The new switch has no map at all.
	w.drop("put_flow", 1, 1, "tun_metadata1=0x5", "set_field:0x7->tun_metadata1,move:NXM_NX_REG0[0..31]->NXM_NX_TUN_METADATA1[0..31],output:1", 0)
	sw.Kill()
	require.NoError(t, sw.Start())
	fields("258 128 4 0")

	// What the switch refuses is a problem, and flows are sent all the same.
	w.edit(func(e edit) {
		e.put("put_option", 0x102, 0x80, 8)
		e.put("put_flow", 1, 7, "", "drop", 0)
	})
	w.settle()
	w.wantReasons("tunnel_option 00000000 : the switch cannot have the tunnel option as a field: NXTTMFC_DUP_ENTRY")
	w.edit(func(e edit) {
		e.drop("put_option", 0x102, 0x80, 8)
		e.put("put_option", 0x102, 0x80, 7)
	})
	eventually(t, "a problem", func() bool { return len(w.reasons()) == 1 && strings.Contains(w.reasons()[0], "7 bytes") })
	w.drop("put_option", 0x102, 0x80, 7)
	eventually(t, "no problem", func() bool { return len(w.reasons()) == 0 })
}

// The connections of a zone are forgotten once for each fact.
func TestFlush(t *testing.T) {
	sw := newSwitch(t)
	w := newWorld(t, sw.Remote())
	w.edit(func(e edit) {
		e.put("put_ready", 1)
		e.put("put_flow", 0, 1, "ip", "ct(commit,zone=5),ct(commit,zone=6)", 0)
	})
	w.settle()
	connections := func() string {
		out, err := sw.AppCtl("dpctl/dump-conntrack")
		require.NoError(t, err)
		return out
	}
	packet := func() {
		t.Helper()
		_, err := sw.AppCtl("netdev-dummy/receive", "p1", "in_port(1),eth(src=50:54:00:00:00:05,dst=50:54:00:00:00:07),"+
			"eth_type(0x0800),ipv4(src=10.0.0.1,dst=10.0.0.2,proto=17,tos=0,ttl=64,frag=no),udp(src=1,dst=2)")
		require.NoError(t, err)
		eventually(t, "the packet has passed", func() bool {
			return strings.Contains(connections(), "zone=5") && strings.Contains(connections(), "zone=6")
		})
	}
	packet()
	w.put("put_flush", 5, "a")
	w.settle()
	require.NotContains(t, connections(), "zone=5")
	require.Contains(t, connections(), "zone=6")
	packet()
	w.edit(func(e edit) {
		e.put("put_flush", 6, "b")
		e.put("put_flush", 65536, "b")
		e.put("put_flow", 0, 2, "ip", "drop", 0)
	})
	w.settle()
	require.Contains(t, connections(), "zone=5", "once")
	require.NotContains(t, connections(), "zone=6")
	require.EqualValues(t, 2, w.counter("openflow_zones_flushed"))
	w.wantReasons("ct_flush 00000000 zone 65536: a zone is between 0 and 65535")
	w.drop("put_flush", 65536, "b")
	w.wantReasons()
}

// The first change waits, later ones do not.
func TestWaitBeforeClear(t *testing.T) {
	sw := newSwitch(t)
	_, err := sw.OFCtl("add-flow", "table=5,actions=drop")
	require.NoError(t, err)
	w := newWorld(t, sw.Remote())
	w.edit(func(e edit) {
		e.put("put_ready", 1)
		e.put("put_wait", 3_600_000)
		e.put("put_flow", 0, 2, "", "drop", 0)
	})
	eventually(t, "connected", func() bool { return w.sink.Status() == "connected" })
	// That nothing happens takes time to see.
	time.Sleep(50 * time.Millisecond)
	require.Equal(t, []string{"table=5, actions=drop"}, dumpFlows(t, sw))
	begin := time.Now()
	w.edit(func(e edit) {
		e.drop("put_wait", 3_600_000)
		e.put("put_wait", 200)
	})
	w.settle()
	require.Less(t, time.Since(begin), time.Hour)
	require.Equal(t, []string{"priority=2 actions=drop"}, dumpFlows(t, sw))
	w.edit(func(e edit) {
		e.put("put_wait", 3_600_000)
		e.drop("put_ready", 1)
		e.put("put_flow", 0, 3, "", "drop", 0)
	})
	w.settle()
	require.Len(t, dumpFlows(t, sw), 2)
}
