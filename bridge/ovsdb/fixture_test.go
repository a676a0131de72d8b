package ovsdb

import (
	"context"
	"log/slog"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"woven/internal/ovsdbtest"
)

// zooSchema has a column of every type.
const zooSchema = `{"name": "Zoo", "version": "1.0.0", "tables": {
 "Animal": {"isRoot": true, "indexes": [["name"]], "columns": {
   "name": {"type": "string"},
   "legs": {"type": {"key": {"type": "integer", "minInteger": -5}}},
   "weight": {"type": "real"},
   "tame": {"type": "boolean"},
   "token": {"type": "uuid"},
   "nick": {"type": {"key": "string", "min": 0, "max": 1}},
   "cage": {"type": {"key": {"type": "uuid", "refTable": "Cage"}, "min": 0, "max": 1}},
   "friends": {"type": {"key": {"type": "uuid", "refTable": "Animal", "refType": "weak"}, "min": 0, "max": "unlimited"}},
   "scores": {"type": {"key": "integer", "min": 0, "max": "unlimited"}},
   "foods": {"type": {"key": "string", "min": 0, "max": 3}},
   "notes": {"type": {"key": "string", "value": "string", "min": 0, "max": "unlimited"}},
   "seen": {"type": {"key": "integer", "value": {"type": "uuid", "refTable": "Animal", "refType": "weak"}, "min": 0, "max": "unlimited"}},
   "single": {"type": {"key": "string", "value": "integer", "min": 0, "max": 1}},
   "kind": {"type": {"key": {"type": "string", "enum": ["set", ["cat", "dog", ""]]}}}}},
 "Cage": {"columns": {
   "size": {"type": "integer"}}}}}`

// zooTables asks for everything in the zoo.
var zooTables = []TableRequest{
	{Table: "Cage", Columns: []string{"size"}},
	{Table: "Animal", Columns: []string{"name", "legs", "weight", "tame", "token", "nick", "cage",
		"friends", "scores", "foods", "notes", "seen", "single", "kind"}},
}

// quick makes waiting short.
var quick = Backoff{Minimum: 10 * time.Millisecond, Maximum: 80 * time.Millisecond}

// watched is a session whose mirror and events a test can wait for.
type watched struct {
	*Session
	*mirror
	t testing.TB

	events     sync.Mutex
	changed    chan struct{}
	conditions map[uint64]error
}

// watch starts a session on the zoo; adjust may change its configuration.
func watch(t testing.TB, remotes string, adjust func(*Config)) *watched {
	t.Helper()
	w := &watched{t: t, changed: make(chan struct{}), conditions: map[uint64]error{}}
	config := Config{
		Database: "Zoo",
		Remotes:  remotes,
		Tables:   zooTables,
		Backoff:  quick,
		Logger:   slog.New(slog.DiscardHandler),
		Events: Events{
			State: func(State) { w.happened(nil) },
			Lock:  func(LockState) { w.happened(nil) },
			Conditions: func(sequence uint64, err error) {
				w.happened(func() { w.conditions[sequence] = err })
			},
		},
	}
	if adjust != nil {
		adjust(&config)
	}
	w.mirror = newMirror(config.Tables)
	if config.Sink == nil {
		config.Sink = w.mirror
	}
	session, err := Start(context.Background(), config)
	require.NoError(t, err)
	t.Cleanup(session.Close)
	w.Session = session
	return w
}

func (w *watched) happened(note func()) {
	w.events.Lock()
	defer w.events.Unlock()
	if note != nil {
		note()
	}
	close(w.changed)
	w.changed = make(chan struct{})
}

// until waits until the status, looked at after each event and now and then, meets the condition.
func (w *watched) until(what string, condition func(Status) bool) Status {
	w.t.Helper()
	limit := time.After(ovsdbtest.Patience)
	for {
		w.events.Lock()
		changed := w.changed
		w.events.Unlock()
		status := w.Status()
		if condition(status) {
			return status
		}
		select {
		case <-changed:
		case <-time.After(2 * time.Millisecond):
		case <-limit:
			w.t.Fatalf("%s: not within %v; status %+v", what, ovsdbtest.Patience, status)
		}
	}
}

// connected waits until the session is in its normal state.
func (w *watched) connected() {
	w.t.Helper()
	w.until("connected", func(s Status) bool { return s.State == StateMonitoring })
}

// commit commits what fill makes, and fails the test unless that is accepted.
func (w *watched) commit(fill func(*Transaction)) Result {
	w.t.Helper()
	result := w.try(fill)
	require.NoError(w.t, result.Err)
	require.Equal(w.t, Committed, result.Outcome)
	return result
}

// try commits what fill makes.
func (w *watched) try(fill func(*Transaction)) Result {
	w.t.Helper()
	var transaction Transaction
	fill(&transaction)
	ctx, cancel := context.WithTimeout(context.Background(), ovsdbtest.Patience)
	defer cancel()
	return w.Commit(ctx, &transaction)
}

// same checks that the mirror holds what the server holds.
func (w *watched) same(client *ovsdbtest.Client) {
	w.t.Helper()
	require.Equal(w.t, selected(w.t, client, "Zoo", w.requests), w.contents(w.t))
}

// dial connects a bare client.
func dialServer(t testing.TB, server *ovsdbtest.Server) *ovsdbtest.Client {
	t.Helper()
	client, err := ovsdbtest.Dial(server.Unix())
	require.NoError(t, err)
	t.Cleanup(client.Close)
	return client
}

// zoo starts a server with an empty zoo.
func zoo(t testing.TB) *ovsdbtest.Server {
	t.Helper()
	return ovsdbtest.Start(t, ovsdbtest.Schema(t, zooSchema))
}
