package session_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"woven/engine"
	"woven/internal/session"
)

func set(elements ...any) []any { return []any{"set", append([]any{}, elements...)} }

func pairs(kv ...string) []any {
	list := []any{}
	for i := 0; i < len(kv); i += 2 {
		list = append(list, []any{kv[i], kv[i+1]})
	}
	return []any{"map", list}
}

type row = map[string]any

// addNet adds a net with ports to In, in one transaction.
func (w *world) addNet(name string, ports ...row) {
	w.t.Helper()
	var ops []op
	var references []any
	for i, port := range ports {
		id := fmt.Sprintf("p%d", i)
		ops = append(ops, op{"op": "insert", "table": "Port", "uuid-name": id, "row": port})
		references = append(references, []any{"named-uuid", id})
	}
	ops = append(ops, op{"op": "insert", "table": "Net", "row": row{"name": name,
		"ports": set(references...)}})
	w.in(ops...)
}

// where selects rows by a column.
func where(column string, value any) []any { return []any{[]any{column, "==", value}} }

func (w *world) update(table string, condition []any, values row) {
	w.t.Helper()
	prefix := "in"
	if table != "Net" && table != "Port" {
		prefix = "out"
	}
	w.Transact(prefix, op{"op": "update", "table": table, "where": condition, "row": values})
}

// members is how many members the only group has.
func (w *world) members() int {
	groups := w.rows("out", "Group", "members")
	require.Len(w.t, groups, 1)
	list := strings.TrimSuffix(strings.TrimPrefix(strings.TrimPrefix(groups[0], "members="), "["), "]")
	return len(strings.Fields(list))
}

func TestRowsArrive(t *testing.T) {
	w := newWorld(t, program)
	w.addNet("n1", row{"name": "a", "number": 7, "tags": set("x", "y"), "notes": pairs("k", "v")},
		row{"name": "b"})
	w.Start()
	w.Settle()
	require.Equal(t, []string{"name=a number=7 tags=[x y] notes=[k:v] up=false",
		"name=b number=0 tags=[] notes=[] up=false"},
		w.rows("out", "Bind", "name", "number", "tags", "notes", "up"))
	dp := w.rows("out", "Dp", "_uuid", "key")
	require.Len(t, dp, 1)
	require.Contains(t, dp[0], "key=1")
	require.Len(t, w.rows("out", "Group", "name", "members", "leaf"), 1)
	require.Equal(t, []string{"text=n1"}, w.rows("out", "Leaf", "text"))
	require.Equal(t, []string{"cfg=0 options=[a:b]"}, w.rows("out", "Global", "cfg", "options"))

	w.update("Net", []any{}, row{"cfg": 5})
	w.Settle()
	require.Equal(t, []string{"cfg=5 options=[a:b]"}, w.rows("out", "Global", "cfg", "options"))
	require.Equal(t, []string{"done=5"}, w.rows("in", "Net", "done"))
	w.update("Port", where("name", "a"), row{"number": set(), "tags": set("y", "z"),
		"notes": pairs("k", "w", "l", "v")})
	w.Settle()
	require.Equal(t, "name=a number=0 tags=[y z] notes=[k:w l:v]",
		w.rows("out", "Bind", "name", "number", "tags", "notes")[0])

	w.update("Net", []any{}, row{"ports": set()})
	w.Settle()
	require.Empty(t, w.rows("out", "Bind", "name"))
	require.Empty(t, w.rows("out", "Group", "name"))
	require.Len(t, w.rows("out", "Dp", "key"), 1)
	w.addNet("n2", row{"name": "a"})
	w.Settle()
	require.Equal(t, []string{"text=n2"}, w.rows("out", "Leaf", "text"))
}

// contents is all that Out holds, with the uuids of the rows.
func (w *world) contents() string {
	var lines []string
	for table, columns := range map[string][]string{"Dp": {"key", "ids"},
		"Bind":  {"name", "dp", "number", "tags", "notes", "up"},
		"Group": {"dp", "name", "members", "leaf"}, "Leaf": {"text"}, "Global": {"cfg", "options"}} {
		for _, line := range w.rows("out", table, append([]string{"_uuid"}, columns...)...) {
			lines = append(lines, table+" "+line)
		}
	}
	return strings.Join(sorted(lines), "\n")
}

// Whatever database comes up first, nothing that is there is deleted or written anew.
func TestStartInAnyOrder(t *testing.T) {
	w := newWorld(t, program)
	w.lock = "lock"
	w.addNet("n1", row{"name": "a", "notes": pairs("k", "v")}, row{"name": "b", "tags": set("t")})
	w.addNet("n2", row{"name": "c", "number": 3})
	w.Start()
	w.Settle()
	before := w.contents()
	for _, late := range []string{"in", "out", "neither"} {
		w.Stop()
		first, second := "out", "in"
		if late == "out" {
			first, second = "in", "out"
		}
		w.Halt(first)
		w.Halt(second)
		w.Start()
		w.Restart(first)
		if late != "neither" {
			w.Eventually("a first copy", func() bool { return w.copies() == 1 })
		}
		w.Restart(second)
		w.Eventually("all is known", func() bool { return w.IsDone() })
		require.Equal(t, before, w.contents(), "late: %s", late)
		require.Zero(t, w.stats().Transactions, "late: %s", late)
		require.Zero(t, w.Written("in").Transactions, "late: %s", late)
	}
}

// One row of a thousand that the database refuses is named, and the others arrive.
func TestPoisonedRow(t *testing.T) {
	for _, most := range []int{0, 10} {
		w := newWorld(t, program)
		w.most = most
		var ports []row
		for i := range 1000 {
			ports = append(ports, row{"name": fmt.Sprintf("p%d", i), "number": i % 100})
		}
		ports[612]["number"] = 101 // more than Out allows
		w.addNet("n1", ports...)
		w.Start()
		w.Settle()
		require.Len(t, w.rows("out", "Bind", "name"), 999)
		require.NotContains(t, w.rows("out", "Bind", "name"), "name=p612")
		problems := w.Problems()
		require.Len(t, problems, 1)
		require.Equal(t, "Bind", problems[0].Table)
		require.Contains(t, problems[0].Reason, "101")
		require.Equal(t, 999, w.members())

		w.update("Port", where("name", "p612"), row{"number": 100})
		w.Settle()
		require.Len(t, w.rows("out", "Bind", "name"), 1000)
		require.Equal(t, 1000, w.members())
		require.Empty(t, w.Problems())
	}
}

// Of two rows that want the same key one is written, and the other one when it is gone.
func TestDuplicateKey(t *testing.T) {
	w := newWorld(t, program)
	w.addNet("n1", row{"name": "same", "number": 1}, row{"name": "other"})
	w.Start()
	w.Settle()
	w.addNet("n2", row{"name": "same", "number": 2}, row{"name": "more"})
	w.Settle()
	require.Len(t, w.rows("out", "Bind", "name"), 3)
	problems := w.Problems()
	require.Len(t, problems, 1)
	require.Contains(t, problems[0].Reason, "same key")
	w.update("Net", where("name", "n1"), row{"ports": set()})
	w.Settle()
	require.Equal(t, []string{"name=more number=0", "name=same number=2"},
		w.rows("out", "Bind", "name", "number"))
	require.Empty(t, w.Problems())
}

// What others change of ours is set back, what is theirs stays.
func TestForeignChanges(t *testing.T) {
	w := newWorld(t, program)
	w.addNet("n1", row{"name": "a", "number": 1, "tags": set("x"), "notes": pairs("k", "v")})
	w.Start()
	w.Settle()
	w.out(op{"op": "insert", "table": "Other", "row": row{"text": "mine"}})
	all := []any{}
	w.update("Bind", all, row{"number": 9, "tags": set("x", "y"), "notes": pairs("k", "w", "z", "z"),
		"owner": "me", "up": true})
	w.update("Dp", all, row{"ids": pairs("name", "wrong")})
	w.update("Group", all, row{"members": set()})
	w.update("Global", all, row{"options": pairs("a", "wrong", "mine", "too")})
	w.Settle()
	require.Equal(t, []string{"name=a number=1 tags=x notes=[k:v] up=true owner=me"},
		w.rows("out", "Bind", "name", "number", "tags", "notes", "up", "owner"))
	require.Equal(t, 1, w.members())
	require.Contains(t, w.rows("out", "Dp", "ids")[0], "name:n1")
	require.Equal(t, []string{"options=[a:b mine:too]"}, w.rows("out", "Global", "options"))
	require.Equal(t, []string{"text=mine"}, w.rows("out", "Other", "text"))
	require.Equal(t, []string{"up=true"}, w.rows("in", "Port", "up"))

	w.update("Bind", all, row{"up": set(), "name": "renamed"})
	w.Settle()
	require.Equal(t, []string{"name=a up=false"}, w.rows("out", "Bind", "name", "up"))
	w.out(op{"op": "delete", "table": "Group", "where": all},
		op{"op": "delete", "table": "Bind", "where": all},
		op{"op": "delete", "table": "Dp", "where": all}, op{"op": "delete", "table": "Global", "where": all})
	w.Settle()
	require.Len(t, w.rows("out", "Bind", "name"), 1)
	require.Equal(t, 1, w.members())
	require.Len(t, w.rows("out", "Global", "cfg"), 1)

	results := w.out(op{"op": "insert", "table": "Dp", "uuid-name": "d",
		"row": row{"key": 77, "ids": pairs("net", "none")}},
		op{"op": "insert", "table": "Bind", "row": row{"name": "foreign", "dp": []any{"named-uuid", "d"}}})
	require.Len(t, results, 2)
	w.Settle()
	require.Len(t, w.rows("out", "Bind", "name"), 1)
	require.Len(t, w.rows("out", "Dp", "key"), 1)
}

// Our own write, when it comes back, derives nothing and writes nothing.
func TestEchoIsSilent(t *testing.T) {
	w := newWorld(t, program)
	var derived []string
	listening := false
	adjust := w.Adjust
	w.Adjust = func(config *session.Config) {
		adjust(config)
		config.Committed = func(_ *engine.Engine, c *engine.Changes, prefix string, _ time.Duration) {
			for _, r := range c.Relations {
				if listening {
					derived = append(derived, prefix+" "+r.Relation.Name())
				}
			}
		}
	}
	w.addNet("n1", row{"name": "a"})
	w.Start()
	w.Settle()
	require.NoError(t, w.Session.Do(t.Context(), func(*engine.Engine) { listening = true }))
	before := w.stats()
	w.update("Port", where("name", "a"), row{"notes": pairs("k", "v"), "number": 4})
	w.Eventually("the change", func() bool {
		return w.rows("out", "Bind", "notes", "number")[0] == "notes=[k:v] number=4" && w.IsDone()
	})
	require.NoError(t, w.Session.Do(t.Context(), func(*engine.Engine) {
		require.Equal(t, []string{"in want.out.Bind.notes", "in want.out.Bind.number"}, sorted(derived))
	}))
	require.Equal(t, before.Transactions+1, w.stats().Transactions)
}

// A change of one element of a large set writes that element.
func TestLargeSetsAreMutated(t *testing.T) {
	w := newWorld(t, program)
	var ports []row
	for i := range 300 {
		ports = append(ports, row{"name": fmt.Sprintf("p%d", i)})
	}
	var tags []any
	var notes []string
	for i := range 300 {
		tags = append(tags, fmt.Sprintf("tag%d", i))
		notes = append(notes, fmt.Sprintf("key%d", i), "value")
	}
	ports[0]["tags"], ports[0]["notes"] = set(tags...), pairs(notes...)
	w.addNet("n1", ports...)
	w.Start()
	w.Settle()
	before := w.stats()
	notes[11] = "other"
	w.update("Port", where("name", "p0"), row{"tags": set(tags[1:]...), "notes": pairs(notes...)})
	w.in(op{"op": "insert", "table": "Port", "uuid-name": "new", "row": row{"name": "new"}},
		op{"op": "mutate", "table": "Net", "where": []any{}, "mutations": []any{[]any{"ports", "insert",
			[]any{"named-uuid", "new"}}}})
	w.Settle()
	require.Less(t, w.stats().Bytes-before.Bytes, 2500)
	line := w.rows("out", "Bind", "name", "tags", "notes")
	require.Contains(t, strings.Join(line, "\n"), "key5:other")
	require.NotContains(t, strings.Join(line, "\n"), "tag0 ")
	require.Equal(t, 301, w.members())
}
