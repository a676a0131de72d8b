package session

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"
)

func set(elements ...any) []any { return []any{"set", elements} }

func pairs(kv ...string) []any {
	list := []any{}
	for i := 0; i < len(kv); i += 2 {
		list = append(list, []any{kv[i], kv[i+1]})
	}
	return []any{"map", list}
}

// addNet adds a net with ports a0, a1, … to In, in one transaction.
func (w *world) addNet(name string, ports ...map[string]any) {
	w.t.Helper()
	var ops []op
	var references []any
	for i, port := range ports {
		id := fmt.Sprintf("p%d", i)
		ops = append(ops, op{"op": "insert", "table": "Port", "uuid-name": id, "row": port})
		references = append(references, []any{"named-uuid", id})
	}
	ops = append(ops, op{"op": "insert", "table": "Net", "row": map[string]any{"name": name,
		"ports": set(references...)}})
	w.transact(w.in, ops...)
}

func TestRowsArrive(t *testing.T) {
	w := newWorld(t)
	w.addNet("n1", map[string]any{"name": "a", "number": 7, "tags": set("x", "y"),
		"notes": pairs("k", "v")}, map[string]any{"name": "b"})
	w.start()
	w.settle()
	require.Equal(t, []string{"name=a number=7 tags=[x y] notes=[k:v] up=false",
		"name=b number=0 tags=[] notes=[] up=false"},
		w.rows(w.out, "Bind", "name", "number", "tags", "notes", "up"))
	dp := w.rows(w.out, "Dp", "_uuid", "key")
	require.Len(t, dp, 1)
	require.Contains(t, dp[0], "key=1")
	require.Len(t, w.rows(w.out, "Group", "name", "members", "leaf"), 1)
	require.Equal(t, []string{"text=n1"}, w.rows(w.out, "Leaf", "text"))
	require.Equal(t, []string{"cfg=1 options=[a:b]"}, w.rows(w.out, "Global", "cfg", "options"))
}
