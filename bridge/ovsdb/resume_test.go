package ovsdb

import (
	"strings"
	"sync/atomic"
	"testing"

	"github.com/stretchr/testify/require"
)

// TestResumeRequests looks at what a session asks for after a lost connection: what it missed, under
// the conditions that were in force, and then the change of conditions; or everything, when it
// cannot know what it has.
func TestResumeRequests(t *testing.T) {
	const one, two = `"where":[["legs","==",1]]`, `"where":[["legs","==",2]]`
	requests := make(chan string, 10)
	changes := make(chan string, 10)
	var breakOff atomic.Bool
	f := newFake(t)
	f.on("monitor_cond_since", func(r *fakeRequest) {
		requests <- string(r.params[2]) + " " + string(r.params[3])
		r.reply(`[` + map[bool]string{true: "false", false: "true"}[string(r.params[3]) == fakeZero] +
			`,"` + fakeOther + `",{}]`)
	})
	f.on("monitor_cond_change", func(r *fakeRequest) {
		changes <- string(r.params[2])
		if breakOff.Load() {
			r.raw(`{"id":null,"method":"update3","params":[` + string(r.params[0]) + `,"` + fakeOther +
				`",{"Animal":{"` + fakeRow + `":{"insert":{"legs":1}}}}]}`)
			r.connection.Close()
			return
		}
		r.reply(`{}`)
	})
	w := watch(t, f.remote, animalsOnly(legs(1)...))
	w.connected()
	request := <-requests
	require.Contains(t, request, one)
	require.Contains(t, request, fakeZero)

	// Nothing was under way: resume, then change.
	w.Reconnect()
	w.setLegs(legs(2))
	request = <-requests
	require.Contains(t, request, one)
	require.Contains(t, request, fakeOther)
	require.Contains(t, <-changes, two)
	require.Equal(t, BatchUpdate, w.batches[1].Kind)

	// The next resumption is under the new conditions, which need no change.
	w.Reconnect()
	request = <-requests
	require.Contains(t, request, two)
	require.Contains(t, request, fakeOther)

	// A change was under way, and its rows were there: everything anew.
	w.connected()
	breakOff.Store(true)
	sequence, err := w.SetConditions(map[string][]Condition{"Animal": legs(1)})
	require.NoError(t, err)
	require.Contains(t, <-changes, one)
	request = <-requests
	require.Contains(t, request, one)
	require.Contains(t, request, fakeZero)
	w.until("in force", func(s Status) bool { return s.ConditionsAcked == sequence })
	require.Empty(t, changes)
	require.Equal(t, BatchResync, w.batches[len(w.batches)-1].Kind)
	require.Empty(t, w.contents(t)["Animal"])
}

// TestResumeWithOtherColumns finds a server with another schema after a lost connection: a
// difference would lack what the first schema did not have, so everything is asked for.
func TestResumeWithOtherColumns(t *testing.T) {
	f := newFake(t)
	requests := make(chan string, 10)
	f.on("monitor_cond_since", func(r *fakeRequest) {
		requests <- string(r.params[3])
		r.reply(`[true,"` + fakeOther + `",{}]`)
	})
	w := watch(t, f.remote, nil)
	w.connected()
	require.Equal(t, fakeZero, <-requests)
	w.Reconnect()
	require.Equal(t, `"`+fakeOther+`"`, <-requests)
	w.connected()
	whole := f.answer("get_schema")
	f.on("get_schema", func(r *fakeRequest) {
		if r.database == "Zoo" {
			r.reply(strings.Replace(zooSchema, `"legs"`, `"limbs"`, 1))
		} else {
			whole(r)
		}
	})
	w.Reconnect()
	require.Equal(t, fakeZero, <-requests)
	w.until("the other schema", func(s Status) bool { return len(s.Missing) == 1 })
	require.Equal(t, []string{"Animal.legs"}, w.Status().Missing)
}
