package session_test

import (
	"context"
	"strings"
	"sync"
	"testing"

	"github.com/stretchr/testify/require"

	"woven/bridge/tables"
	"woven/engine"
	"woven/internal/session"
)

// steered lets In say where Out is, and which of its rows are wanted: those of the tags that a
// port has. What a sink called lamp is told is acknowledged to In.
const steered = `
Decl table.out.Bind() descr [conditional()].
Decl table.in.Net() descr [key("_uuid"), kept("done")].
Decl remote(Database, Remotes) descr [output()] bound [/string, /string].
Decl probe(Database, Interval) descr [output()] bound [/string, /number].
Decl monitor(Database, Table, Column, Function, Value) descr [output()]
  bound [/string, /string, /string, /string, /string].
Decl monitored(Database, Table, Column, Function, Value) descr [extensional()]
  bound [/string, /string, /string, /string, /string].
Decl timer(Key, Deadline) descr [output()] bound [/string, /number].
Decl expired(Key, Deadline) descr [extensional()] bound [/string, /number].
Decl given(Name, Value) descr [extensional()] bound [/string, /string].
Decl ask(Sink, Key, Value) descr [output()] bound [/string, /string, /number].
Decl acked(Sink, Key, Value, Time) descr [extensional()] bound [/string, /string, /number, /number].
Decl seen(Name) descr [output()] bound [/string].
Decl lamp(Name) descr [output()] bound [/string].

remote("out", Text) :- in.Net.name(_, "where"), given("out", Text).
probe("out", 0) :- remote("out", _).
monitor("out", "Bind", "tags", "includes", Tag) :- in.Port.tags(_, Tag), Tag != "none".
monitor("out", "Bind", "nonsense", "==", "1") :- in.Port.tags(_, "none").

# Rows count only when all that are wanted are there.
pending() :- monitor(D, T, C, F, V), !monitored(D, T, C, F, V).
seen(Name) :- out.Bind.name(_, Name), !pending().

timer(Name, Cfg) :- in.Net.name(N, Name), in.Net.cfg(N, Cfg), Cfg != 0.
lamp(Name) :- expired(Name, _).
ask("lamp", "n", Cfg) :- in.Net.cfg(_, Cfg), Cfg != 0.
want.in.Net(N) :- in.Net(N).
want.in.Net.done(N, Cfg) :- in.Net(N), acked("lamp", "n", Cfg, _).
`

// lamp is a sink that shows what it was told, and acknowledges when it is let.
type lamp struct {
	mutex    sync.Mutex
	host     session.Host
	relation *engine.Relation
	engine   *engine.Engine
	lit      map[string]bool
	upTo     uint64
	acked    uint64
	running  bool
}

func (l *lamp) Name() string { return "lamp" }

func (l *lamp) Attach(e *engine.Engine, h session.Host) error {
	l.host, l.engine, l.lit = h, e, map[string]bool{}
	l.relation, _ = e.Relation("lamp")
	return nil
}

func (l *lamp) Run(ctx context.Context) {
	l.mutex.Lock()
	l.running = true
	l.mutex.Unlock()
	<-ctx.Done()
}

func (l *lamp) Absorb(changes *engine.Changes) {
	l.mutex.Lock()
	defer l.mutex.Unlock()
	for _, c := range changes.Relations {
		if c.Relation != l.relation {
			continue
		}
		for i := range c.Deleted.Len() {
			delete(l.lit, l.engine.Store().TextOf(c.Deleted.At(i)[0]))
		}
		for i := range c.Inserted.Len() {
			l.lit[l.engine.Store().TextOf(c.Inserted.At(i)[0])] = true
		}
	}
}

func (l *lamp) Write(upTo uint64) { l.upTo = upTo }

func (l *lamp) Acked() uint64 { return l.acked }

func (l *lamp) Problems() []tables.Problem {
	return []tables.Problem{{Table: "lamp", Reason: "flickers"}}
}

// acknowledge lets the lamp hold everything that it was told so far.
func (l *lamp) acknowledge() { l.host.Post(func() { l.acked = l.upTo }) }

func (l *lamp) shows(name string) bool {
	l.mutex.Lock()
	defer l.mutex.Unlock()
	return l.lit[name]
}

// newSteered is a world whose second database is where the first one says.
func newSteered(t *testing.T) (*world, *lamp) {
	sink := &lamp{}
	w := newWorld(t, steered)
	w.Adjust = func(c *session.Config) {
		c.Databases[1].Steered = true
		c.Databases[1].OVSDB.Remotes = ""
		c.Given = map[string]string{"out": w.Server("out").Unix()}
		c.Sinks = []session.Sink{sink}
	}
	return w, sink
}

// seen lists what the rules see of Out.
func (w *world) seen() (names []string) {
	names = []string{}
	for _, fact := range w.Facts("seen") {
		names = append(names, strings.TrimSuffix(strings.TrimPrefix(fact, `seen("`), `")`))
	}
	return names
}

func (w *world) bind(name string, key int, tags ...any) {
	w.out(op{"op": "insert", "table": "Dp", "row": op{"key": key}, "uuid-name": "dp"},
		op{"op": "insert", "table": "Bind", "row": op{"name": name, "tags": []any{"set", append([]any{}, tags...)},
			"dp": []any{"named-uuid", "dp"}}})
}

func (w *world) port(net string, tags ...any) {
	w.in(op{"op": "insert", "table": "Port", "uuid-name": "p",
		"row": op{"name": net, "tags": []any{"set", append([]any{}, tags...)}}},
		op{"op": "insert", "table": "Net", "row": op{"name": net, "ports": []any{"named-uuid", "p"}}})
}

// A database is connected to when the rules know where it is, and is asked for the rows that they
// want; they learn when those are there.
func TestSteering(t *testing.T) {
	w, _ := newSteered(t)
	w.bind("b1", 1, "red")
	w.bind("b2", 2, "blue", "green")
	w.bind("b3", 3)
	w.Start()
	w.Eventually("the first database is enough as long as no rule names the second", func() bool {
		return w.Session.State() == session.Active
	})
	require.Nil(t, w.Session.Connection("out"))
	w.port("n1", "red")
	w.port("where", "blue")
	w.Eventually("rows of both tags", func() bool { return len(w.seen()) == 2 })
	require.Equal(t, []string{"b1", "b2"}, w.seen())

	w.bind("b4", 4, "green")
	w.port("n2", "green")
	w.Eventually("a third tag", func() bool { return len(w.seen()) == 3 })
	w.in(op{"op": "delete", "table": "Net", "where": []any{[]any{"name", "==", "n1"}}})
	w.Eventually("the first tag is gone", func() bool { return len(w.seen()) == 2 })
	require.Equal(t, []string{"b2", "b4"}, w.seen())

	w.Halt("out")
	w.Restart("out")
	w.bind("b5", 5, "green")
	w.Eventually("after the server came back", func() bool { return len(w.seen()) == 3 })

	w.port("n3", "none")
	w.Eventually("what is no condition is a problem", func() bool {
		return len(w.Problems()) == 2
	})
	require.Contains(t, w.Log(), "nonsense")
}

// A session that finds out where a database is before it starts asks for the right rows at once.
func TestSteeringFromTheStart(t *testing.T) {
	w, _ := newSteered(t)
	w.bind("b1", 1, "red")
	w.bind("b2", 2, "blue")
	w.port("where", "blue")
	w.Start()
	w.Eventually("the row", func() bool { return len(w.seen()) == 1 })
	require.Equal(t, []string{"b2"}, w.seen())
}

// Rules are told when their deadlines have passed, and what a sink holds.
func TestTimersAndSinks(t *testing.T) {
	w, sink := newSteered(t)
	w.Start()
	w.in(op{"op": "insert", "table": "Net", "row": op{"name": "past", "cfg": 5}})
	w.in(op{"op": "insert", "table": "Net", "row": op{"name": "future", "cfg": 4102444800000}})
	w.Eventually("the deadline that has passed", func() bool { return sink.shows("past") })
	require.False(t, sink.shows("future"))
	w.in(op{"op": "delete", "table": "Net", "where": []any{[]any{"name", "==", "future"}}})
	require.Equal(t, []string{"done=0"}, w.rows("in", "Net", "done"), "nothing is acknowledged yet")
	w.Eventually("the acknowledgement", func() bool {
		sink.acknowledge()
		return w.rows("in", "Net", "done")[0] == "done=5"
	})
	w.in(op{"op": "delete", "table": "Net", "where": []any{[]any{"name", "==", "past"}}})
	w.Eventually("the timer's end", func() bool { return !sink.shows("past") })
	require.Equal(t, "flickers", w.Problems()[0].Reason)
}

// An answer holds as long as somebody asks: who asks the same again is answered anew.
func TestAnswersEndWithTheirQuestion(t *testing.T) {
	w, sink := newSteered(t)
	w.Start()
	net := func(name string) {
		w.in(op{"op": "insert", "table": "Net", "row": op{"name": name, "cfg": 5}})
	}
	nets := func(count int) {
		w.Eventually("the session sees the nets", func() bool {
			return len(w.Facts("in.Net.cfg")) == count
		})
	}
	net("first")
	w.Eventually("the acknowledgement", func() bool {
		sink.acknowledge()
		return len(w.Facts("acked")) == 1
	})
	net("second")
	nets(2)
	w.in(op{"op": "delete", "table": "Net", "where": where("name", "first")})
	nets(1)
	require.Len(t, w.Facts("acked"), 1, "the second still asks")

	w.in(op{"op": "delete", "table": "Net", "where": where("name", "second")})
	w.Eventually("the end of the answer", func() bool { return len(w.Facts("acked")) == 0 })
	net("third")
	nets(1)
	require.Empty(t, w.Facts("acked"), "nothing is acknowledged yet")
	w.Eventually("the acknowledgement", func() bool {
		sink.acknowledge()
		return w.rows("in", "Net", "done")[0] == "done=5"
	})
}
