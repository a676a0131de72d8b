package flows_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"woven/bridge/flows"
	"woven/bridge/flows/ovstest"
)

// largeGroup is the text of a group of which some hundred buckets need several messages.
func largeGroup(buckets, value int) string {
	var b strings.Builder
	b.WriteString("type=all")
	for i := range buckets {
		fmt.Fprintf(&b, ",bucket=bucket_id:%d,actions=set_field:0x%x->reg0,note:%s,output:1", i, value+i,
			strings.Repeat("00.", 125)+"00")
	}
	return b.String()
}

// wantBuckets has a packet pass a large group. What Open vSwitch tells of the group itself would be
// too large for it.
func wantBuckets(t *testing.T, sw *ovstest.Switch, buckets, value int) {
	t.Helper()
	trace, err := sw.AppCtl("ofproto/trace", ovstest.Bridge, "in_port=LOCAL,tcp,nw_src=1.1.1.1")
	require.NoError(t, err)
	_, trace, _ = strings.Cut(trace, "group:")
	require.Equal(t, buckets, strings.Count(trace, "set_field:"), "%.1000s", trace)
	for i := range buckets {
		before, rest, found := strings.Cut(trace, fmt.Sprintf("set_field:0x%x->reg0", value+i))
		require.True(t, found, i)
		require.NotContains(t, before, "set_field", "in order")
		trace = rest
	}
}

// Groups and meters come, change and go, also while flows that stay refer to them, and also groups
// that are too large for one message.
func TestGroupsAndMeters(t *testing.T) {
	sw := newSwitch(t)
	w := newWorld(t, sw.Remote())
	small := "type=all,bucket=bucket_id:0,actions=output:1"
	texts := []string{small, largeGroup(100, 7), largeGroup(600, 5), largeGroup(700, 9),
		"type=indirect,bucket=bucket_id:0,actions=drop", largeGroup(500, 3)}
	buckets, values := []int{0, 100, 600, 700, 0, 500}, []int{0, 7, 5, 9, 0, 3}
	meters := []string{"kbps bands=\ntype=drop rate=100", "pktps burst stats bands=\ntype=drop rate=5 burst_size=6",
		"kbps bands=\ntype=drop rate=100"}
	w.edit(func(e edit) {
		e.put("put_ready", 1)
		e.put("put_flow", 0, 1, "", "meter:3,group:1000000", 0)
		e.put("put_group", 1_000_000, texts[0])
		e.put("put_group", 2, texts[0])
		e.put("put_meter", 3, meters[0])
		e.put("put_meter", 4, meters[0])
	})
	w.settle()
	for i, text := range texts {
		if i > 0 {
			w.edit(func(e edit) {
				e.drop("put_group", 1_000_000, texts[i-1])
				e.put("put_group", 1_000_000, text)
				if i < len(meters) {
					e.drop("put_meter", 3, meters[i-1])
					e.put("put_meter", 3, meters[i])
				}
			})
			w.settle()
		}
		require.Empty(t, w.reasons())
		if buckets[i] > 0 {
			wantBuckets(t, sw, buckets[i], values[i])
		} else {
			require.Equal(t, []string{"group_id=1000000," + text}, dump(t, sw, "dump-groups", "1000000"))
		}
		all, err := sw.OFCtl("dump-meters")
		require.NoError(t, err)
		require.Contains(t, all, "meter=3 "+meters[min(i, len(meters)-1)])
		require.Len(t, dumpFlows(t, sw), 1)
		w.turn(func() {
			require.Equal(t, []flows.Listed{{ID: 2, Text: texts[0]}, {ID: 1_000_000, Text: text}}, w.sink.Groups())
			require.Equal(t, []flows.Listed{{ID: 3, Text: meters[min(i, len(meters)-1)]}, {ID: 4, Text: meters[0]}},
				w.sink.Meters())
		})
	}
	w.edit(func(e edit) {
		e.drop("put_group", 2, texts[0])
		e.drop("put_meter", 4, meters[0])
	})
	w.settle()
	wantBuckets(t, sw, 500, 3)
	require.Empty(t, dump(t, sw, "dump-groups", "2"))
	// A flow and the group and meter that it needs, in one commit and gone in another.
	w.edit(func(e edit) {
		e.put("put_flow", 1, 2, "", "meter:9,group:9", 0)
		e.put("put_group", 9, texts[0])
		e.put("put_meter", 9, meters[0])
	})
	w.settle()
	require.Len(t, dumpFlows(t, sw), 2)
	w.edit(func(e edit) {
		e.drop("put_flow", 1, 2, "", "meter:9,group:9", 0)
		e.drop("put_group", 9, texts[0])
		e.drop("put_meter", 9, meters[0])
	})
	w.settle()
	require.Len(t, dumpFlows(t, sw), 1)
	require.Empty(t, w.reasons())
}

// A switch with a group that it cannot tell of is read nevertheless.
func TestLargeGroupIsRead(t *testing.T) {
	sw := newSwitch(t)
	w := newWorld(t, sw.Remote())
	facts := func(e edit) {
		e.put("put_ready", 1)
		e.put("put_group", 5, largeGroup(3000, 1))
		e.put("put_group", 6, "type=all,bucket=bucket_id:0,actions=output:1")
		e.put("put_group", 7, largeGroup(4001, 1))
		e.put("put_flow", 0, 2, "tcp", "group:5", 0)
		many(e, 100)
	}
	w.edit(facts)
	w.settle()
	w.wantReasons("group 00000000 7: the group has 4001 buckets, more than 4000")
	flows := dumpFlows(t, sw)
	w.stop()
	_, err := sw.OFCtl("add-flow", "table=5,actions=drop")
	require.NoError(t, err)
	w = newWorld(t, sw.Remote())
	eventually(t, "told", func() (done bool) {
		w.turn(func() {
			done = slices.Equal(w.facts("group_held"), []string{`"type=all,bucket=bucket_id:0,actions=output:1" 6`})
		})
		return done
	})
	w.edit(facts)
	w.settle()
	require.Equal(t, flows, dumpFlows(t, sw))
	require.Equal(t, [3]uint64{0, 0, 1}, w.changed())
	wantBuckets(t, sw, 3000, 1)
	require.EqualValues(t, 1, w.counter("openflow_groups_and_meters_put"))
	w.edit(func(e edit) {
		e.drop("put_group", 5, largeGroup(3000, 1))
		e.drop("put_flow", 0, 2, "tcp", "group:5", 0)
	})
	w.settle()
	require.Len(t, dump(t, sw, "dump-groups"), 1)
}
