package sessiontest

import (
	"time"

	"github.com/stretchr/testify/require"

	"woven/bridge/ovsdb"
	"woven/internal/ovsdbtest"
)

// Eventually waits until a condition holds.
func (w *World) Eventually(what string, condition func() bool) {
	w.t.Helper()
	deadline := time.Now().Add(ovsdbtest.Patience)
	for !condition() {
		if time.Now().After(deadline) {
			w.t.Fatalf("%s: not in time", what)
		}
		// The pause between two looks.
		time.Sleep(2 * time.Millisecond)
	}
}

// Settle waits until the session has seen everything that was committed so far, has written what
// follows from it, and has seen that too. What is written to one database may have to be answered
// by the other, and that by the first.
func (w *World) Settle() {
	w.t.Helper()
	for range 3 {
		w.Eventually("the session sees what was committed", w.seesAll)
		w.Eventually("everything is written", w.IsDone)
	}
}

// seesAll reports whether the session has taken in what was committed before.
func (w *World) seesAll() bool {
	for _, d := range w.databases {
		connection := w.Session.Connection(d.prefix)
		if connection == nil {
			return false
		}
		var t ovsdb.Transaction
		t.Comment("all before this has been seen when the answer is there")
		if connection.Commit(w.t.Context(), &t).Outcome != ovsdb.Committed {
			return false
		}
	}
	return true
}

// IsDone reports whether everything that the session knows of is written.
func (w *World) IsDone() bool {
	p, err := w.Session.Progress(w.t.Context())
	require.NoError(w.t, err)
	return p.Done
}
