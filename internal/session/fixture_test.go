package session_test

import (
	"encoding/json"
	"fmt"
	"sort"
	"strings"
	"testing"

	"woven/bridge/ovsdb"
	"woven/bridge/tables"
	"woven/internal/ovsdbtest"
	"woven/internal/session"
	"woven/internal/sessiontest"
)

// world is two servers and a session between them.
type world struct {
	*sessiontest.World
	t    testing.TB
	most int
	lock string
}

type op = ovsdbtest.Operation

func newWorld(t testing.TB, program string) *world {
	w := &world{t: t, World: sessiontest.New(t, program,
		sessiontest.Schema{Prefix: "in", Path: ovsdbtest.Schema(t, inSchema)},
		sessiontest.Schema{Prefix: "out", Path: ovsdbtest.Schema(t, outSchema)})}
	w.Adjust = func(config *session.Config) {
		config.Databases[1].Most = w.most
		config.Databases[1].OVSDB.Lock = w.lock
	}
	return w
}

func (w *world) in(ops ...op) []json.RawMessage {
	w.t.Helper()
	return w.Transact("in", ops...)
}

func (w *world) out(ops ...op) []json.RawMessage {
	w.t.Helper()
	return w.Transact("out", ops...)
}

// rows renders a table, one line a row, sorted.
func (w *world) rows(prefix, table string, columns ...string) []string {
	w.t.Helper()
	lines := []string{}
	for _, row := range w.Rows(prefix, table) {
		var parts []string
		for _, c := range columns {
			parts = append(parts, fmt.Sprintf("%s=%s", c, sessiontest.Canonical(row[c])))
		}
		lines = append(lines, strings.Join(parts, " "))
	}
	return sorted(lines)
}

func sorted(lines []string) []string {
	sort.Strings(lines)
	return lines
}

// copies is how many databases have delivered a first copy.
func (w *world) copies() (n int) {
	for _, prefix := range []string{"in", "out"} {
		if c := w.Session.Connection(prefix); c != nil && c.Status().State == ovsdb.StateMonitoring {
			n++
		}
	}
	return n
}

// stats are those of the writer of Out.
func (w *world) stats() tables.Stats { return w.Written("out") }
