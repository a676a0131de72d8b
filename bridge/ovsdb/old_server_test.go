package ovsdb

import (
	"fmt"
	"slices"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/stretchr/testify/require"
)

const (
	fakeRow   = "11111111-2222-3333-4444-555555555555"
	fakeOther = "aaaaaaaa-2222-3333-4444-555555555555"
)

// TestOldServers monitors servers that lack the better methods, and are told whole rows by the
// oldest ones.
func TestOldServers(t *testing.T) {
	t.Run("conditional", func(t *testing.T) {
		f := newFake(t)
		f.on("monitor_cond_since", nil)
		f.on("monitor_cond", func(r *fakeRequest) {
			r.reply(`{"Animal":{"` + fakeRow + `":{"initial":{"legs":4,"foods":["set",["a","b"]]}}}}`)
			r.raw(fmt.Sprintf(`{"id":null,"method":"update2","params":[%s,{"Animal":{"%s":{"modify":`+
				`{"foods":["set",["b","c"]],"name":"n"}}}}]}`, r.params[1], fakeRow))
		})
		w := watch(t, f.remote, nil)
		w.awaitValue(t, "Animal", "name", "n")
		row := w.contents(t)["Animal"][fakeRow]
		require.Equal(t, `"a"="" "c"=""`, row["foods"])
		require.Equal(t, `"4"=""`, row["legs"])
	})
	t.Run("plain", func(t *testing.T) {
		f := newFake(t)
		f.on("monitor_cond_since", nil)
		f.on("monitor", func(r *fakeRequest) {
			require.NotContains(t, string(r.params[2]), "where")
			r.reply(`{"Animal":{"` + fakeRow + `":{"new":{"legs":4,"foods":["set",["a","b"]]}},` +
				`"` + fakeOther + `":{"new":{"legs":2}}}}`)
			r.raw(fmt.Sprintf(`{"id":null,"method":"update","params":[%s,{"Animal":{`+
				`"%s":{"new":{"legs":4,"foods":"b","name":"n"},"old":{"foods":["set",["a","b"]],"name":""}},`+
				`"%s":{"old":{"legs":2}}}}]}`, r.params[1], fakeRow, fakeOther))
		})
		w := watch(t, f.remote, func(c *Config) {
			c.Tables = slices.Clone(zooTables)
			c.Tables[1].Where = legs(4)
		})
		w.awaitValue(t, "Animal", "name", "n")
		require.Equal(t, `"b"=""`, w.contents(t)["Animal"][fakeRow]["foods"])
		require.Len(t, w.contents(t)["Animal"], 1)
		sequence, err := w.SetConditions(map[string][]Condition{"Animal": nil})
		require.NoError(t, err)
		w.until("in force at once", func(s Status) bool { return s.ConditionsAcked == sequence })
		require.NotContains(t, f.called(), "monitor_cond_change")
	})
	t.Run("none", func(t *testing.T) {
		f := newFake(t)
		f.on("monitor_cond_since", nil)
		w := watch(t, f.remote, nil)
		w.until("refused", func(s Status) bool { return strings.Contains(s.LastError, "refuses to monitor") })
	})
}

// TestServerCalls answers what a server asks, and ignores what it does not know.
func TestServerCalls(t *testing.T) {
	f := newFake(t)
	answers := make(chan string, 2)
	f.on("", func(r *fakeRequest) { answers <- string(r.id) })
	f.on("monitor_cond_since", func(r *fakeRequest) {
		r.reply(`[false,` + fakeZero + `,{}]`)
		r.raw(`{"id":"echo","method":"echo","params":["x"]} {"method":"whatever","params":[],"id":7}` +
			`{"id":null,"method":"update3","params":["unknown monitor",` + fakeZero + `,{}]}` +
			`{"id":null,"method":"news","params":{"a":[1]}}`)
	})
	w := watch(t, f.remote, nil)
	require.Equal(t, `"echo"`, <-answers)
	require.Equal(t, `7`, <-answers)
	w.connected()
	require.Equal(t, 1, w.Status().Connections)
}

// serverSays makes the fake describe its database in _Server.
func (f *fake) serverSays(row func() string) {
	plain := f.answer("get_schema")
	f.on("get_schema", func(r *fakeRequest) {
		if r.database != "_Server" {
			plain(r)
			return
		}
		r.reply(`{"name":"_Server","version":"1.0.0","tables":{"Database":{"columns":{` +
			`"name":{"type":"string"},"model":{"type":"string"},"connected":{"type":"boolean"},` +
			`"leader":{"type":"boolean"},"index":{"type":{"key":"integer","min":0,"max":1}},` +
			`"cid":{"type":{"key":"uuid","min":0,"max":1}}}}}}`)
	})
	f.on("monitor_cond_since", func(r *fakeRequest) {
		if r.database == "_Server" {
			r.reply(`[false,` + fakeZero + `,{"Database":{"` + fakeRow + `":{"initial":` + row() + `}}}]`)
		} else {
			r.reply(`[false,` + fakeZero + `,{}]`)
		}
	})
}

// TestUnfitServers refuses servers whose description does not fit, with a reason, and takes them
// when it does.
func TestUnfitServers(t *testing.T) {
	const cluster = `"cid":["uuid","` + fakeOther + `"]`
	cases := []struct{ row, reason string }{
		{`{"name":"Zoo","model":"clustered","connected":true,"index":10,` + cluster + `}`, "not the leader"},
		{`{"name":"Zoo","model":"clustered","leader":true,"index":10,` + cluster + `}`, "disconnected"},
		{`{"name":"Zoo","model":"relay","leader":true}`, "cluster"},
		{`{"name":"Zoo","model":"clustered","connected":true,"leader":true,"index":10}`, "belongs to cluster"},
		{`{"name":"Zoo","model":"clustered","connected":true,"leader":true,"index":10,` + cluster + `}`, ""},
		{`{"name":"Zoo","model":"clustered","connected":true,"leader":true,"index":9,` + cluster + `}`, "stale"},
		{`{"name":"Zoo","model":"clustered","connected":true,"leader":true,"index":11,` + cluster + `}`, ""},
	}
	id, err := ParseUUID(fakeOther)
	require.NoError(t, err)
	f := newFake(t)
	var turn atomic.Int32
	f.serverSays(func() string { return cases[turn.Load()].row })
	var w *watched
	for i, c := range cases {
		before := 0
		if w != nil {
			before = w.Status().Connections
		}
		turn.Store(int32(i))
		if w == nil {
			w = watch(t, f.remote, func(config *Config) { config.LeaderOnly, config.Cluster = true, id })
		} else {
			w.Reconnect()
		}
		if c.reason == "" {
			w.until(c.row, func(s Status) bool { return s.State == StateMonitoring && s.Connections > before })
			continue
		}
		w.until(c.row, func(s Status) bool { return strings.Contains(s.LastError, c.reason) })
	}
	turn.Store(5)
	w.Reconnect()
	w.until("stale again", func(s Status) bool {
		return s.State == StateBackoff && strings.Contains(s.LastError, "stale")
	})
	w.ResetClusterState()
	w.connected()
}
