package tables_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"woven/internal/ovsdbtest"
	"woven/internal/sessiontest"
)

const heldSchema = `{"name": "Held", "version": "1.0.0", "tables": {
  "Tree": {"isRoot": true, "columns": {
    "leaves": {"type": {"key": {"type": "uuid", "refTable": "Leaf"}, "min": 0, "max": "unlimited"}},
    "kept": {"type": {"key": {"type": "uuid", "refTable": "Leaf"}, "min": 0, "max": "unlimited"}}}},
  "Leaf": {"columns": {"name": {"type": "string"}}}}}`

const heldProgram = `
Decl table.db.Tree() descr [key("_uuid"), shared("leaves")].
want.db.Tree(T) :- db.Tree(T).
want.db.Tree.leaves(T, L) :- db.Tree(T), db.Leaf(L).
drop.db.Leaf(L) :-
  in.Wish.kind(W, "drop"), in.Wish.name(W, Name), db.Leaf.name(L, Name).
`

// A dropped row that something of others' refers to leaves our columns, and is told as a problem.
// It does not come back as long as it is dropped, though it is wanted; then it does.
func TestDroppedRowThatIsHeld(t *testing.T) {
	w := sessiontest.New(t, heldProgram,
		sessiontest.Schema{Prefix: "in", Path: ovsdbtest.Schema(t, wishSchema)},
		sessiontest.Schema{Prefix: "db", Path: ovsdbtest.Schema(t, heldSchema)})
	leaf := func(name string) op {
		return op{"op": "insert", "table": "Leaf", "uuid-name": name, "row": row{"name": name}}
	}
	w.Transact("db", leaf("l1"), leaf("l2"), op{"op": "insert", "table": "Tree", "row": row{
		"kept": []any{"set", []any{[]any{"named-uuid", "l1"}, []any{"named-uuid", "l2"}}}}})
	look := func() (leaves, kept int) {
		for _, r := range w.Rows("db", "Tree") {
			return len(sessiontest.Elements(r["leaves"])), len(sessiontest.Elements(r["kept"]))
		}
		return 0, 0
	}
	expect := func(leaves int) {
		t.Helper()
		w.Settle()
		found, kept := look()
		require.Equal(t, leaves, found)
		require.Equal(t, 2, kept)
	}
	w.Start()
	expect(2)
	w.Transact("in", wished("drop", "l1", ""))
	expect(1)
	problems := w.Problems()
	require.Len(t, problems, 1)
	require.Contains(t, problems[0].Reason, "referential integrity")
	w.Transact("in", unwished("drop", "l1"))
	expect(2)
	require.Empty(t, w.Problems())
}
