package ovsdb

import (
	"bytes"
	"context"
	"log/slog"
	"runtime"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"woven/internal/ovsdbtest"
)

// TestGarbage has a server answer each request of the handshake with each kind of nonsense once:
// the session gives that connection up, says why, and gets on with the next.
func TestGarbage(t *testing.T) {
	reply := func(result string) string { return `{"id":%s,"error":null,"result":` + result + `}` }
	garbage := []string{
		"HTTP/1.1 400 Bad Request\r\n\r\n", "\x00\xff", "[]", "}{", `{"id":%s}`, `{"id":[],"result":1}`,
		`{"id":99999,"result":{}}`, `{"id":1e400,"result":{}}`, `{"method":1,"params":[]}`,
		`{"id":%s,"result":` + strings.Repeat("[", 200), `{"id":%s,"error":{},"result":"x"}`, `{"id":null,"method":"update3"}`,
		`{"method":"update3","params":["x"],"id":null}`, `{"method":"locked","params":{},"id":null}`,
		`{"method":"stolen","params":[1],"id":null}`, `{"method":"monitor_canceled","params":3,"id":null}`,
		reply(`null`), reply(`[]`), reply(`{}`), reply(`"x"`), reply(`[true]`), reply(`[false,` + fakeZero + `]`),
		reply(`[false,` + fakeZero + `,{"Animal":{"x":1}}]`), reply(`[false,"x",{}]`), reply(`[false,` + fakeZero + `,{},1]`),
		reply(`{"name":"Zoo","tables":{"Animal":{"columns":{"name":{}}}}}`), reply(`{"name":"Zoo","tables":1}`),
		reply(`{"name":"Zoo","tables":{"Animal":{"columns":{"name":{"type":{"key":{"type":"string","enum":["set"]}}}}}}}`),
		reply(`{"name":"Zoo","tables":{"Animal":{"columns":{"name":null}}}}`), `{"id":%s,"result":{},"resu`,
	}
	for _, method := range []string{"get_schema", "monitor_cond_since", "lock", "transact"} {
		t.Run(method, func(t *testing.T) {
			for _, text := range garbage {
				f := newFake(t)
				f.on("lock", func(r *fakeRequest) { r.reply(`{"locked":true}`) })
				f.on("transact", func(r *fakeRequest) { r.reply(`[{}]`) })
				good := f.answer(method)
				var asked atomic.Int32
				f.on(method, func(r *fakeRequest) {
					if asked.Add(1) == 1 {
						r.raw(strings.Replace(text, "%s", string(r.id), 1))
						r.connection.Close()
						return
					}
					good(r)
				})
				w := watch(t, f.remote, func(c *Config) { c.Lock = "brain" })
				for {
					w.lockIs(LockHeld)
					result := w.try(func(tx *Transaction) { tx.Comment("x") })
					if result.Outcome == Committed {
						break
					}
					require.Error(t, result.Err)
				}
				require.GreaterOrEqual(t, asked.Load(), int32(1), text)
				w.contents(t)
				w.Close()
			}
		})
	}
}

// TestMalformedUpdateIsRepaired breaks off a batch in its middle: the sink is told so, and then gets
// everything anew.
func TestMalformedUpdateIsRepaired(t *testing.T) {
	f := newFake(t)
	good := `{"` + fakeRow + `":{"initial":{"legs":4}}}`
	var asked atomic.Int32
	f.on("monitor_cond_since", func(r *fakeRequest) {
		require.Contains(t, string(r.params[3]), "00000000-0000-0000-0000-000000000000")
		r.reply(`[false,"` + fakeOther + `",{"Animal":` + good + `}]`)
		if asked.Add(1) == 1 {
			r.raw(`{"method":"update3","id":null,"params":[` + string(r.params[1]) + `,"` + fakeRow + `",` +
				`{"Animal":{"` + fakeOther + `":{"insert":{}},"` + fakeRow + `":{"modify":{"legs":"x"}}}}]}`)
		}
	})
	w := watch(t, f.remote, nil)
	w.until("connected anew", func(s Status) bool { return s.Connections == 2 })
	require.Equal(t, 1, w.aborts)
	require.Equal(t, BatchResync, w.batches[len(w.batches)-1].Kind)
	require.Len(t, w.contents(t)["Animal"], 1)
	require.Contains(t, w.Status().LastError, "malformed update of database Zoo")
}

// TestConfigErrors refuses what can never work, before anything runs.
func TestConfigErrors(t *testing.T) {
	for reason, breakIt := range map[string]func(*Config){
		"no database remote": func(c *Config) { c.Remotes = "" },
		"sink":               func(c *Config) { c.Sink = nil },
		"database has no":    func(c *Config) { c.Database = "" },
		"no identifier":      func(c *Config) { c.Lock = "1st" },
		"table \"a b\"":      func(c *Config) { c.Tables = []TableRequest{{Table: "a b"}} },
		"column \"\\x00\"":   func(c *Config) { c.Tables = []TableRequest{{Table: "T", Columns: []string{"\x00"}}} },
		"requested twice":    func(c *Config) { c.Tables = []TableRequest{{Table: "T"}, {Table: "T"}} },
		"x is requested":     func(c *Config) { c.Tables = []TableRequest{{Table: "T", Columns: []string{"x", "x"}}} },
		"UTF-8":              func(c *Config) { c.Tables = []TableRequest{{Table: "T", Where: []Condition{{Column: "\xff"}}}} },
	} {
		config := Config{Database: "Zoo", Remotes: "unix:/x", Sink: &countingSink{}}
		breakIt(&config)
		_, err := Start(context.Background(), config)
		require.ErrorContains(t, err, reason)
	}
}

// lockedBuffer is a log that a test reads while a session writes it.
type lockedBuffer struct {
	mutex  sync.Mutex
	buffer bytes.Buffer
}

func (b *lockedBuffer) Write(text []byte) (int, error) {
	b.mutex.Lock()
	defer b.mutex.Unlock()
	return b.buffer.Write(text)
}

func (b *lockedBuffer) String() string {
	b.mutex.Lock()
	defer b.mutex.Unlock()
	return b.buffer.String()
}

// TestComplaints logs what to do about a remote that cannot be reached, and says it once.
func TestComplaints(t *testing.T) {
	var log lockedBuffer
	w := watch(t, "unix:/nonexistent/db.sock", func(c *Config) {
		c.Logger = slog.New(slog.NewTextHandler(&log, &slog.HandlerOptions{Level: slog.LevelInfo}))
	})
	for range 4 {
		w.until("an attempt", func(s Status) bool { return s.State == StateBackoff })
		w.until("the next attempt", func(s Status) bool { return s.State == StateConnecting })
	}
	require.Equal(t, 1, strings.Count(log.String(), "level=WARN"), log.String())
	for _, part := range []string{"database connection failed", "module=ovsdb", "database=Zoo",
		"no such file", "is ovsdb-server running"} {
		require.Contains(t, log.String(), part)
	}
}

// TestNothingLeft closes sessions in every state, and finds no goroutine of theirs.
func TestNothingLeft(t *testing.T) {
	server := zoo(t)
	runtime.GC()
	before := runtime.NumGoroutine()
	for _, remote := range []string{"unix:/nonexistent", server.Unix(), server.TCP(), "tcp:192.0.2.1:1"} {
		for _, wait := range []bool{true, false} {
			w := watch(t, remote, nil)
			if wait && strings.Contains(remote, server.TCP()) {
				w.connected()
			}
			w.Close()
			w.Close()
			require.Equal(t, StateClosed, w.Status().State)
			w.Reconnect()
			w.SetProbeInterval(1)
		}
	}
	deadline := time.Now().Add(ovsdbtest.Patience)
	for runtime.NumGoroutine() > before {
		require.True(t, time.Now().Before(deadline), "%d goroutines, %d before", runtime.NumGoroutine(), before)
		// The pause between two looks: the standard library's dialer ends a little after its result.
		time.Sleep(time.Millisecond)
	}
}
