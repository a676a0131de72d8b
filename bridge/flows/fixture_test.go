package flows_test

import (
	"context"
	"flag"
	"io/fs"
	"log/slog"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"woven/bridge/flows"
	"woven/bridge/flows/ovstest"
	"woven/bridge/openflow/conn"
	"woven/bridge/tables"
	"woven/engine"
	"woven/engine/check"
	"woven/engine/function"
	"woven/engine/syntax"
	"woven/relations"
	"woven/rules"
)

var seed = flag.Uint64("flows.seed", uint64(time.Now().UnixNano()), "seed of the random tests")

// program says directly what the tests put in. The declarations are the real ones.
const program = `
Decl put_flow(Table, Priority, Match, Actions, Cookie) descr [extensional()]
  bound [/number, /number, /string, /string, /number].
Decl put_group(Id, Text) descr [extensional()] bound [/number, /string].
Decl put_meter(Id, Text) descr [extensional()] bound [/number, /string].
Decl put_flush(Zone, User) descr [extensional()] bound [/number, /string].
Decl put_option(Class, Type, Length) descr [extensional()] bound [/number, /number, /number].
Decl put_learned(Table) descr [extensional()] bound [/number].
Decl put_wait(Ms) descr [extensional()] bound [/number].
Decl put_remote(Remote) descr [extensional()] bound [/string].
Decl put_ready(Yes) descr [extensional()] bound [/number].
Decl put_probe(Database, Interval) descr [extensional()] bound [/string, /number].
Decl probe(Database, Interval) descr [output()] bound [/string, /number].
probe(D, I) :- put_probe(D, I).
flow(T, P, M, A, C) :- put_flow(T, P, M, A, C).
group(I, T) :- put_group(I, T).
meter(I, T) :- put_meter(I, T).
ct_flush(Z, U) :- put_flush(Z, U).
tunnel_option(C, T, L) :- put_option(C, T, L).
learned_table(T) :- put_learned(T).
wait_before_clear(Ms) :- put_wait(Ms).
switch_remote(R) :- put_remote(R).
switch_ready() :- put_ready(_).
`

func compile(t testing.TB) *check.Program {
	t.Helper()
	declarations, err := fs.ReadFile(rules.FS, "controller/openflow.mg")
	require.NoError(t, err)
	var parsed []*syntax.File
	for name, text := range map[string]string{"openflow.mg": string(declarations), "program.mg": program} {
		file, errs := syntax.Parse(name, []byte(text))
		require.Empty(t, errs)
		parsed = append(parsed, file)
	}
	p, found := check.Check(parsed, function.Default(), check.Options{AllowCross: true, AllowFeedback: true})
	require.NotNil(t, p, "%v", found)
	return p
}

// world is an engine with a sink: the least that a session does for them.
type world struct {
	t      testing.TB
	engine *engine.Engine
	sink   *flows.Sink
	host   *host
	cancel context.CancelFunc
	done   chan struct{}
	remote string
}

// host runs functions one after the other, as a session does.
type host struct {
	mutex  sync.Mutex
	events []func()
	wake   chan struct{}
	w      *world
}

func (h *host) Post(f func()) {
	h.mutex.Lock()
	defer h.mutex.Unlock()
	h.events = append(h.events, f)
	select {
	case h.wake <- struct{}{}:
	default:
	}
}

func (h *host) Tell(f func(*engine.Txn) error) {
	h.Post(func() { require.NoError(h.w.t, h.w.commit(f)) })
}

func (w *world) commit(f func(*engine.Txn) error) error {
	txn, err := w.engine.Begin()
	if err != nil {
		return err
	}
	if err := f(txn); err != nil {
		txn.Rollback()
		return err
	}
	changes, err := txn.Commit()
	if err != nil {
		return err
	}
	w.sink.Absorb(changes)
	changes.Release()
	return nil
}

// newWorld starts a sink that is to work with a remote.
func newWorld(t testing.TB, remote string, adjust ...func(*flows.Config)) *world {
	t.Helper()
	e, err := engine.New(compile(t), relations.NewStore(), engine.Options{LazyText: true})
	require.NoError(t, err)
	level := slog.LevelWarn
	if testing.Verbose() {
		level = slog.LevelDebug
	}
	config := flows.Config{Backoff: conn.Backoff{Minimum: time.Millisecond, Maximum: 20 * time.Millisecond},
		Logger: slog.New(slog.NewTextHandler(t.Output(), &slog.HandlerOptions{Level: level}))}
	for _, f := range adjust {
		f(&config)
	}
	w := &world{t: t, engine: e, sink: flows.New(config), host: &host{wake: make(chan struct{}, 1)},
		done: make(chan struct{}), remote: remote}
	w.host.w = w
	require.NoError(t, w.sink.Attach(e, w.host))
	var ctx context.Context
	ctx, w.cancel = context.WithCancel(context.Background())
	var running sync.WaitGroup
	running.Go(func() { w.sink.Run(ctx) })
	running.Go(func() { w.run(ctx) })
	go func() {
		running.Wait()
		close(w.done)
	}()
	t.Cleanup(w.stop)
	w.put("put_remote", remote)
	return w
}

func (w *world) run(ctx context.Context) {
	for {
		select {
		case <-ctx.Done():
			return
		case <-w.host.wake:
		}
		w.host.mutex.Lock()
		events := w.host.events
		w.host.events = nil
		w.host.mutex.Unlock()
		for _, f := range events {
			f()
		}
		w.sink.Write(w.engine.Batch())
	}
}

// stop ends the sink, as if the process ended.
func (w *world) stop() {
	w.cancel()
	<-w.done
}

// turn runs a function in the turn and waits for it.
func (w *world) turn(f func()) {
	w.t.Helper()
	done := make(chan struct{})
	w.host.Post(func() {
		f()
		close(done)
	})
	select {
	case <-done:
	case <-time.After(ovstest.Patience):
		require.FailNow(w.t, "the turn does not come")
	}
}

// edit is facts that come and go together.
type edit struct {
	w   *world
	txn *engine.Txn
}

func (w *world) row(name string, columns []any) (*engine.Relation, []relations.Value) {
	r, ok := w.engine.Relation(name)
	require.True(w.t, ok, name)
	var row []relations.Value
	for _, c := range columns {
		switch c := c.(type) {
		case string:
			row = append(row, w.engine.Store().String(c))
		case int:
			row = append(row, w.engine.Store().Number(int64(c)))
		default:
			require.FailNow(w.t, "a column is a text or a number", "%T", c)
		}
	}
	return r, row
}

func (e edit) put(name string, columns ...any) {
	r, row := e.w.row(name, columns)
	require.NoError(e.w.t, e.txn.Insert(r, row...))
}

func (e edit) drop(name string, columns ...any) {
	r, row := e.w.row(name, columns)
	require.NoError(e.w.t, e.txn.Delete(r, row...))
}

// edit changes facts in one transaction.
func (w *world) edit(f func(edit)) {
	w.t.Helper()
	w.turn(func() {
		require.NoError(w.t, w.commit(func(txn *engine.Txn) error {
			f(edit{w, txn})
			return nil
		}))
	})
}

func (w *world) put(name string, columns ...any) {
	w.t.Helper()
	w.edit(func(e edit) { e.put(name, columns...) })
}

func (w *world) drop(name string, columns ...any) {
	w.t.Helper()
	w.edit(func(e edit) { e.drop(name, columns...) })
}

// eventually waits until a condition holds.
func eventually(t testing.TB, what string, condition func() bool) {
	t.Helper()
	for end := time.Now().Add(ovstest.Patience); !condition(); {
		require.True(t, time.Now().Before(end), "%s: not in time", what)
		// The pause between two looks.
		time.Sleep(time.Millisecond)
	}
}

// settle waits until the switch has everything.
func (w *world) settle() {
	w.t.Helper()
	eventually(w.t, "the switch has everything", func() (done bool) {
		w.turn(func() { done = w.sink.Acked() == w.engine.Batch() })
		return done
	})
}

func (w *world) problems() (list []tables.Problem) {
	w.turn(func() { list = w.sink.Problems() })
	slices.SortFunc(list, func(a, b tables.Problem) int {
		return strings.Compare(a.Table+a.Column+a.Reason, b.Table+b.Column+b.Reason)
	})
	return list
}

func (w *world) counter(name string) uint64 {
	for _, c := range w.sink.Counters() {
		if c.Name == name {
			return c.Value
		}
	}
	require.FailNow(w.t, "no such counter", name)
	return 0
}

// changed is how many flows were added, modified and deleted so far.
func (w *world) changed() [3]uint64 {
	return [3]uint64{w.counter("openflow_flows_added"), w.counter("openflow_flows_modified"),
		w.counter("openflow_flows_deleted")}
}

// newSwitch starts a real switch.
func newSwitch(t testing.TB) *ovstest.Switch {
	t.Helper()
	sw, err := ovstest.Launch(t.TempDir())
	require.NoError(t, err)
	t.Cleanup(func() {
		sw.Stop()
		if t.Failed() {
			log := strings.Split(sw.Log(), "\n")
			t.Logf("ovs-vswitchd's log:\n%s", strings.Join(log[max(0, len(log)-20):], "\n"))
		}
	})
	return sw
}

// dump is what ovs-ofctl prints about the switch, sorted, without its first line.
func dump(t testing.TB, sw *ovstest.Switch, command string, args ...string) []string {
	t.Helper()
	out, err := sw.OFCtl(command, args...)
	require.NoError(t, err)
	lines := []string{}
	for line := range strings.Lines(out) {
		line = strings.TrimSpace(line)
		if line != "" && !strings.HasPrefix(line, "OFPST_") {
			lines = append(lines, line)
		}
	}
	slices.Sort(lines)
	return lines
}

func dumpFlows(t testing.TB, sw *ovstest.Switch) []string {
	t.Helper()
	return dump(t, sw, "dump-flows", "--no-stats", "--no-names")
}

// facts lists a relation's facts, sorted. It is called in the turn.
func (w *world) facts(name string) []string {
	r, ok := w.engine.Relation(name)
	require.True(w.t, ok, name)
	list := []string{}
	w.engine.Each(r, func(row []relations.Value) bool {
		var text []byte
		for i, v := range row {
			if i > 0 {
				text = append(text, ' ')
			}
			text = w.engine.Store().AppendLiteral(text, r.Types()[i], v)
		}
		list = append(list, string(text))
		return true
	})
	slices.Sort(list)
	return list
}
