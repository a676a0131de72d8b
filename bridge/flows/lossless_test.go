package flows_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// A flow whose actions or cookie change is there all the time: the switch tells of no deletion, and
// no packet finds its table empty. The same holds for a new process, and for one whose switch comes
// back.
func TestLossless(t *testing.T) {
	sw := newSwitch(t)
	w := newWorld(t, sw.Remote())
	const count, rounds = 200, 20
	flow := func(i, round int) []any {
		return []any{i % 3, 100, fmt.Sprintf("ip,metadata=0x%x", i), fmt.Sprintf("group:%d,resubmit(,%d)", i%7+1, 40+round),
			i * (1 + round/2)}
	}
	group := func(i, round int) []any {
		return []any{i, fmt.Sprintf("type=all,bucket=bucket_id:0,actions=output:%d", round)}
	}
	facts := func(e edit, do func(string, ...any), round int) {
		for i := range count {
			do("put_flow", flow(i, round)...)
		}
		for i := range 7 {
			do("put_group", group(i+1, round)...)
		}
	}
	w.edit(func(e edit) {
		e.put("put_ready", 1)
		facts(e, e.put, 1)
		e.put("put_flow", 9, 1, "", "drop", 0)
	})
	w.settle()
	monitor, err := sw.Monitor()
	require.NoError(t, err)
	t.Cleanup(monitor.Stop)
	eventually(t, "the monitor tells", func() bool { return len(monitor.Lines()) >= count })
	for round := 2; round < rounds; round++ {
		w.edit(func(e edit) {
			facts(e, e.drop, round-1)
			facts(e, e.put, round)
		})
		if round%5 == 0 {
			w.settle()
			trace, err := sw.AppCtl("ofproto/trace", "br0", "in_port=1,ip,metadata=0x3")
			require.NoError(t, err)
			require.Contains(t, trace, fmt.Sprintf("resubmit(,%d)", 40+round))
		}
		if round%7 == 0 {
			w.stop()
			w = newWorld(t, sw.Remote())
			w.edit(func(e edit) {
				e.put("put_ready", 1)
				facts(e, e.put, round)
				e.put("put_flow", 9, 1, "", "drop", 0)
			})
		}
	}
	w.drop("put_flow", 9, 1, "", "drop", 0)
	w.settle()
	deleted := func() (list []string) {
		for _, line := range monitor.Lines() {
			if strings.Contains(line, "event=DELETED") {
				list = append(list, line)
			}
		}
		return list
	}
	eventually(t, "the last deletion is told", func() bool { return len(deleted()) > 0 })
	require.Len(t, deleted(), 1, strings.Join(deleted(), "\n"))
	require.Contains(t, deleted()[0], "table=9")
	require.Len(t, dumpFlows(t, sw), count)
	require.Empty(t, w.reasons())
}
