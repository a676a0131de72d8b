package session

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"log/slog"
	"sort"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"woven/bridge/ovsdb"
	"woven/bridge/tables"
	"woven/engine"
	"woven/engine/check"
	"woven/engine/function"
	"woven/engine/syntax"
	"woven/internal/ovsdbtest"
	"woven/relations/ovsschema"
)

// compile checks a program together with the declarations of the two databases.
func compile(t testing.TB, text string) *check.Program {
	t.Helper()
	var files []*syntax.File
	add := func(name string, text []byte) {
		file, errs := syntax.Parse(name, text)
		require.Empty(t, errs)
		files = append(files, file)
	}
	for prefix, schema := range map[string]string{"in": inSchema, "out": outSchema} {
		database, err := ovsschema.Parse([]byte(schema))
		require.NoError(t, err)
		add("schema/"+prefix+".mg", ovsschema.Declare(database, prefix))
	}
	add("program.mg", []byte(text))
	p, found := check.Check(files, function.Default(), check.Options{AllowCross: true,
		AllowFeedback: true, Generated: func(path string) bool { return strings.HasPrefix(path, "schema/") }})
	var texts []string
	for _, d := range found {
		texts = append(texts, d.String())
	}
	require.NotNil(t, p, strings.Join(texts, "\n"))
	return p
}

// world is two servers and a session between them.
type world struct {
	t        testing.TB
	in, out  *ovsdbtest.Server
	program  *check.Program
	most     int
	lock     string
	log      logBuffer
	session  *Session
	stop     func()
	adjust   func(*Config)
	commands map[*ovsdbtest.Server]*ovsdbtest.Client
}

type logBuffer struct {
	mutex sync.Mutex
	bytes.Buffer
}

func (b *logBuffer) Write(p []byte) (int, error) {
	b.mutex.Lock()
	defer b.mutex.Unlock()
	return b.Buffer.Write(p)
}

func (b *logBuffer) text() string {
	b.mutex.Lock()
	defer b.mutex.Unlock()
	return b.String()
}

func newWorld(t testing.TB) *world {
	w := &world{t: t, in: ovsdbtest.Start(t, ovsdbtest.Schema(t, inSchema)),
		out: ovsdbtest.Start(t, ovsdbtest.Schema(t, outSchema)), program: compile(t, program),
		stop: func() {}, commands: map[*ovsdbtest.Server]*ovsdbtest.Client{}}
	t.Cleanup(func() {
		w.stop()
		if t.Failed() {
			t.Logf("the session's log:\n%s", w.log.text())
		}
	})
	return w
}

// start runs a session, in place of the one before.
func (w *world) start() {
	w.t.Helper()
	w.stop()
	backoff := ovsdb.Backoff{Minimum: 10 * time.Millisecond, Maximum: 50 * time.Millisecond}
	logger := slog.New(slog.NewTextHandler(&w.log, &slog.HandlerOptions{Level: slog.LevelDebug}))
	config := Config{Program: w.program, Logger: logger, Databases: []Database{
		{Prefix: "in", OVSDB: ovsdb.Config{Remotes: w.in.Unix(), Backoff: backoff, Logger: logger}},
		{Prefix: "out", Most: w.most, OVSDB: ovsdb.Config{Remotes: w.out.Unix(), Backoff: backoff,
			Lock: w.lock, Logger: logger}}}}
	if w.adjust != nil {
		w.adjust(&config)
	}
	s, err := New(config)
	require.NoError(w.t, err)
	w.session = s
	ctx, cancel := context.WithCancel(context.Background())
	ended := make(chan error, 1)
	go func() { ended <- s.Run(ctx) }()
	w.stop = func() {
		cancel()
		require.NoError(w.t, <-ended)
		w.stop = func() {}
	}
}

// client is a connection beside the session.
func (w *world) client(server *ovsdbtest.Server) *ovsdbtest.Client {
	c := w.commands[server]
	if c == nil {
		var err error
		c, err = ovsdbtest.Dial(server.Unix())
		require.NoError(w.t, err)
		w.commands[server] = c
	}
	return c
}

// restart kills a server and starts it again.
func (w *world) restart(server *ovsdbtest.Server) {
	w.halt(server)
	server.Restart()
}

type op = ovsdbtest.Operation

func (w *world) transact(server *ovsdbtest.Server, ops ...op) []json.RawMessage {
	w.t.Helper()
	name := "In"
	if server == w.out {
		name = "Out"
	}
	results, err := w.client(server).Transact(name, ops...)
	require.NoError(w.t, err)
	return results
}

// rows renders a table, one line a row, sorted, references as the name of the row they mean.
func (w *world) rows(server *ovsdbtest.Server, table string, columns ...string) []string {
	w.t.Helper()
	name := "In"
	if server == w.out {
		name = "Out"
	}
	found, err := w.client(server).Select(name, table, columns...)
	require.NoError(w.t, err)
	lines := []string{}
	for _, row := range found {
		var parts []string
		for _, c := range columns {
			parts = append(parts, fmt.Sprintf("%s=%s", c, canonical(row[c])))
		}
		lines = append(lines, strings.Join(parts, " "))
	}
	sort.Strings(lines)
	return lines
}

// canonical renders a value with its elements sorted.
func canonical(v any) string {
	list, ok := v.([]any)
	if !ok || len(list) != 2 {
		return fmt.Sprint(v)
	}
	inner, ok := list[1].([]any)
	if !ok {
		return fmt.Sprint(list[1])
	}
	var parts []string
	for _, e := range inner {
		if pair, ok := e.([]any); ok && list[0] == "map" {
			parts = append(parts, canonical(pair[0])+":"+canonical(pair[1]))
		} else {
			parts = append(parts, canonical(e))
		}
	}
	sort.Strings(parts)
	return "[" + strings.Join(parts, " ") + "]"
}

// eventually waits until a condition holds.
func (w *world) eventually(what string, condition func() bool) {
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

// settle waits until the session has seen everything that was committed so far, has written what
// follows from it, and has seen that too. What is written to one database may have to be answered
// by the other, and that by the first.
func (w *world) settle() {
	w.t.Helper()
	for range 3 {
		w.eventually("the session sees what was committed", w.seesAll)
		w.eventually("everything is written", w.acked)
	}
}

// seesAll reports whether the session has taken in what was committed before.
func (w *world) seesAll() bool {
	for _, d := range w.session.parts {
		connection := w.session.Connection(d.Prefix)
		if connection == nil {
			return false
		}
		var t ovsdb.Transaction
		t.Comment("all before this has been seen when the answer is there")
		if connection.Commit(w.t.Context(), &t).Outcome != ovsdb.Committed {
			return false
		}
	}
	return w.copies() == len(w.session.parts)
}

type duration = time.Duration

type server = ovsdbtest.Server

func sorted(lines []string) []string {
	sort.Strings(lines)
	return lines
}

// halt ends a server.
func (w *world) halt(server *ovsdbtest.Server) {
	server.Kill()
	if c := w.commands[server]; c != nil {
		c.Close()
		delete(w.commands, server)
	}
}

// copies is how many databases have delivered a first copy.
func (w *world) copies() (n int) {
	require.NoError(w.t, w.session.Do(w.t.Context(), func(*engine.Engine) {
		for _, d := range w.session.parts {
			if d.hasCopy {
				n++
			}
		}
	}))
	return n
}

// acked reports whether everything derived is written, and nothing is on its way.
func (w *world) acked() bool {
	p, err := w.session.Progress(w.t.Context())
	require.NoError(w.t, err)
	return p.Done
}

// problems are those of Out.
func (w *world) problems() (list []tables.Problem) {
	require.NoError(w.t, w.session.Do(w.t.Context(), func(e *engine.Engine) {
		list = w.session.parts[1].writer.Problems()
	}))
	return list
}
