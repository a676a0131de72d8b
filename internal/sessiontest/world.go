package sessiontest

import (
	"bytes"
	"context"
	"encoding/json"
	"log/slog"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"woven/bridge/ovsdb"
	"woven/bridge/tables"
	"woven/engine"
	"woven/engine/check"
	"woven/internal/ovsdbtest"
	"woven/internal/session"
	"woven/relations"
)

// World is some servers and a session between them. Its methods fail the test when something goes
// wrong.
type World struct {
	Program *check.Program
	// Adjust changes the configuration of the sessions that Start makes; nil leaves it.
	Adjust func(*session.Config)
	// Session is the one that Start made last.
	Session *session.Session

	t         testing.TB
	databases []*database
	log       logBuffer
	stop      func()
}

// database is a server with one database.
type database struct {
	prefix, name string
	server       *ovsdbtest.Server
	client       *ovsdbtest.Client // beside the session; nil until it is needed
}

// logBuffer keeps the session's log for tests that fail.
type logBuffer struct {
	mutex sync.Mutex
	bytes bytes.Buffer
}

func (b *logBuffer) Write(p []byte) (int, error) {
	b.mutex.Lock()
	defer b.mutex.Unlock()
	return b.bytes.Write(p)
}

func (b *logBuffer) text() string {
	b.mutex.Lock()
	defer b.mutex.Unlock()
	return b.bytes.String()
}

// New starts a server for each schema, and compiles the program. Start begins the session.
func New(t testing.TB, program string, schemas ...Schema) *World {
	t.Helper()
	w := &World{t: t, Program: Compile(t, program, schemas...), stop: func() {}}
	for _, s := range schemas {
		w.databases = append(w.databases, &database{prefix: s.Prefix, name: parse(t, s).Name,
			server: ovsdbtest.Start(t, s.Path)})
	}
	t.Cleanup(func() {
		w.stop()
		if t.Failed() {
			t.Logf("the session's log:\n%s", w.log.text())
		}
	})
	return w
}

// Start runs a session, in place of the one before.
func (w *World) Start() {
	w.t.Helper()
	w.stop()
	logger := slog.New(slog.NewTextHandler(&w.log, &slog.HandlerOptions{Level: slog.LevelDebug}))
	config := session.Config{Program: w.Program, Logger: logger}
	for _, d := range w.databases {
		config.Databases = append(config.Databases, session.Database{Prefix: d.prefix,
			OVSDB: ovsdb.Config{Remotes: d.server.Unix(), Logger: logger, Backoff: ovsdb.Backoff{
				Minimum: 10 * time.Millisecond, Maximum: 50 * time.Millisecond}}})
	}
	if w.Adjust != nil {
		w.Adjust(&config)
	}
	s, err := session.New(config)
	require.NoError(w.t, err)
	w.Session = s
	ctx, cancel := context.WithCancel(context.Background())
	ended := make(chan error, 1)
	go func() { ended <- s.Run(ctx) }()
	w.stop = func() {
		cancel()
		require.NoError(w.t, <-ended)
		w.stop = func() {}
	}
}

// Stop ends the session.
func (w *World) Stop() { w.stop() }

func (w *World) database(prefix string) *database {
	i := slices.IndexFunc(w.databases, func(d *database) bool { return d.prefix == prefix })
	require.GreaterOrEqual(w.t, i, 0, "no database %s", prefix)
	return w.databases[i]
}

// Server is the server of a database.
func (w *World) Server(prefix string) *ovsdbtest.Server { return w.database(prefix).server }

// Halt kills a server.
func (w *World) Halt(prefix string) {
	d := w.database(prefix)
	if d.client != nil {
		d.client.Close()
		d.client = nil
	}
	d.server.Kill()
}

// Restart kills a server if it runs, and starts it again.
func (w *World) Restart(prefix string) {
	w.Halt(prefix)
	w.Server(prefix).Restart()
}

// Log is what the sessions have logged so far.
func (w *World) Log() string { return w.log.text() }

// connect returns a connection beside the session.
func (d *database) connect(t testing.TB) *ovsdbtest.Client {
	if d.client == nil {
		var err error
		d.client, err = ovsdbtest.Dial(d.server.Unix())
		require.NoError(t, err)
	}
	return d.client
}

// Transact commits operations beside the session.
func (w *World) Transact(prefix string, ops ...ovsdbtest.Operation) []json.RawMessage {
	w.t.Helper()
	results, err := w.Try(prefix, ops...)
	require.NoError(w.t, err)
	return results
}

// Try commits operations beside the session, which may be refused.
func (w *World) Try(prefix string, ops ...ovsdbtest.Operation) ([]json.RawMessage, error) {
	d := w.database(prefix)
	return d.connect(w.t).Transact(d.name, ops...)
}

// Facts lists the facts of a relation, sorted.
func (w *World) Facts(relation string) (facts []string) {
	w.t.Helper()
	require.NoError(w.t, w.Session.Do(w.t.Context(), func(e *engine.Engine) {
		r, ok := e.Relation(relation)
		require.True(w.t, ok, "no relation %s", relation)
		e.Each(r, func(row []relations.Value) bool {
			facts = append(facts, e.FactText(r, row))
			return true
		})
	}))
	slices.Sort(facts)
	return facts
}

// Problems lists what cannot be used or written.
func (w *World) Problems() []tables.Problem {
	w.t.Helper()
	problems, err := w.Session.Problems(w.t.Context())
	require.NoError(w.t, err)
	return problems
}

// Written counts what the present session has sent to a database.
func (w *World) Written(prefix string) tables.Stats {
	w.t.Helper()
	p, err := w.Session.Progress(w.t.Context())
	require.NoError(w.t, err)
	return p.Written[prefix]
}
