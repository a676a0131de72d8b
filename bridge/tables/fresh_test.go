package tables_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"woven/internal/ovsdbtest"
	"woven/internal/sessiontest"
)

const freshSchema = `{"name": "Fresh", "version": "1.0.0", "tables": {
  "Tree": {"isRoot": true, "columns": {
    "branches": {"type": {"key": "string", "value": {"type": "uuid", "refTable": "Branch"},
      "min": 0, "max": "unlimited"}}}},
  "Branch": {"columns": {"leaves": {"type": {"key": "string", "min": 0, "max": "unlimited"}}}}}}`

const freshProgram = `
Decl table.db.Tree() descr [key("_uuid"), shared("branches")].
Decl table.db.Branch() descr [key("_new"), foreign("leave")].
want.db.Tree(T) :- db.Tree(T).
missing(T, Name, fn:uuid(T, Name)) :-
  db.Tree(T), in.Wish.kind(W, "branch"), in.Wish.name(W, Name), !db.Tree.branches(T, Name, _).
want.db.Branch(Handle) :- missing(_, _, Handle).
want.db.Tree.branches(T, Name, Handle) :- missing(T, Name, Handle).
`

// A row that nothing tells from others is inserted where it is missing, and then let go.
func TestFreshRows(t *testing.T) {
	w := sessiontest.New(t, freshProgram,
		sessiontest.Schema{Prefix: "in", Path: ovsdbtest.Schema(t, wishSchema)},
		sessiontest.Schema{Prefix: "db", Path: ovsdbtest.Schema(t, freshSchema)})
	w.Transact("db", op{"op": "insert", "table": "Branch", "uuid-name": "b", "row": row{"leaves": "x"}},
		op{"op": "insert", "table": "Tree", "row": row{
			"branches": []any{"map", []any{[]any{"old", []any{"named-uuid", "b"}}}}}})
	expect := func(branches int) {
		t.Helper()
		w.Settle()
		require.Len(t, w.Rows("db", "Branch"), branches)
		for _, r := range w.Rows("db", "Tree") {
			require.Len(t, r["branches"].([]any)[1], branches)
		}
	}
	w.Start()
	w.Transact("in", wished("branch", "old", ""))
	expect(1)
	w.Transact("in", wished("branch", "new", ""))
	expect(2)
	w.Transact("in", unwished("branch", "new"))
	expect(2)
	w.Start()
	w.Transact("in", wished("branch", "new", ""), wished("branch", "newer", ""))
	expect(3)

	// Somebody takes one away, and it comes back.
	w.Transact("db", op{"op": "mutate", "table": "Tree", "where": []any{},
		"mutations": []any{[]any{"branches", "delete", "newer"}}})
	expect(3)
	require.Empty(t, w.Problems())
}
