package tables_test

import (
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"woven/bridge/ovsdb"
	"woven/bridge/tables"
	"woven/engine"
	"woven/internal/ovsdbtest"
	"woven/internal/sessiontest"
	"woven/relations"
)

type op = ovsdbtest.Operation
type row = map[string]any

const conditionSchema = `{"name": "Some", "version": "1.0.0", "tables": {
  "Thing": {"isRoot": true, "columns": {
    "name": {"type": "string"},
    "number": {"type": "integer"},
    "weight": {"type": {"key": "real", "min": 0, "max": 1}},
    "heavy": {"type": "boolean"},
    "owner": {"type": {"key": {"type": "uuid", "refTable": "Owner"}, "min": 0, "max": 1}},
    "tags": {"type": {"key": "string", "min": 0, "max": "unlimited"}},
    "ids": {"type": {"key": "string", "value": "string", "min": 0, "max": "unlimited"}},
    "ports": {"type": {"key": "integer", "value": "boolean", "min": 0, "max": "unlimited"}}}},
  "Idle": {"isRoot": true, "columns": {"name": {"type": "string"}}},
  "Owner": {"isRoot": true, "columns": {"name": {"type": "string"}}}}}`

// conditionProgram reads the names of things, and of nothing else.
const conditionProgram = `
Decl table.db.Thing() descr [conditional()].
Decl table.db.Owner() descr [conditional(), foreign("leave")].
Decl thing(Name) descr [output()] bound [/string].
thing(Name) :- db.Thing.name(_, Name).
Decl owner(Name) descr [output()] bound [/string].
owner(Name) :- db.Owner.name(_, Name).
`

func newConditional(t *testing.T) (*sessiontest.World, *tables.Database) {
	schema := sessiontest.Schema{Prefix: "db", Path: ovsdbtest.Schema(t, conditionSchema)}
	w := sessiontest.New(t, conditionProgram, schema)
	e, err := engine.New(w.Program, relations.NewStore(), engine.Options{})
	require.NoError(t, err)
	d, err := tables.New(e, w.Program, "db")
	require.NoError(t, err)
	return w, d
}

const aUUID = "11111111-2222-4333-8444-555555555555"

// A condition selects from a real server what its text says, whatever the column's type.
func TestConditionsSelect(t *testing.T) {
	w, d := newConditional(t)
	require.Equal(t, []string{"Owner", "Thing"}, d.Conditional())
	w.Transact("db", op{"op": "insert", "table": "Owner", "uuid": aUUID, "row": row{"name": "me"}},
		op{"op": "insert", "table": "Thing", "row": row{"name": "a", "number": 1, "weight": 1.5,
			"heavy": true, "owner": []any{"uuid", aUUID}, "tags": "x",
			"ids": []any{"map", []any{[]any{"k", "v=w"}}}, "ports": []any{"map", []any{[]any{7, true}}}}},
		op{"op": "insert", "table": "Thing", "row": row{"name": "b", "number": -2,
			"tags": []any{"set", []any{"x", "y"}}}},
		op{"op": "insert", "table": "Thing", "row": row{"name": ""}})
	w.Start()
	w.Settle()
	require.Empty(t, w.Facts("thing"))
	require.Empty(t, w.Facts("owner"))
	for _, c := range []struct {
		column, function, value string
		names                   []string
	}{
		{"", "true", "", []string{"", "a", "b"}},
		{"name", "==", "a", []string{"a"}},
		{"name", "==", "", []string{""}},
		{"name", "!=", "a", []string{"", "b"}},
		{"number", "==", "-2", []string{"b"}},
		{"number", "includes", "1", []string{"a"}},
		{"weight", "==", "1.5", []string{"a"}},
		{"weight", "==", "", []string{"", "b"}},
		{"weight", "!=", "", []string{"a"}},
		{"heavy", "==", "true", []string{"a"}},
		{"heavy", "==", "false", []string{"", "b"}},
		{"owner", "==", aUUID, []string{"a"}},
		{"owner", "excludes", aUUID, []string{"", "b"}},
		{"owner", "==", "", []string{"", "b"}},
		{"tags", "includes", "x", []string{"a", "b"}},
		{"tags", "==", "x", []string{"a"}},
		{"tags", "excludes", "y", []string{"", "a"}},
		{"ids", "includes", "k=v=w", []string{"a"}},
		{"ids", "==", "", []string{"", "b"}},
		{"ports", "includes", "7=true", []string{"a"}},
		{"ports", "includes", "7=false", nil},
		{"_uuid", "==", aUUID, nil},
	} {
		condition, err := d.Condition("Thing", c.column, c.function, c.value)
		require.NoError(t, err)
		_, err = w.Session.Connection("db").SetConditions(map[string][]ovsdb.Condition{
			"Thing": {condition}})
		require.NoError(t, err)
		var want []string
		for _, name := range c.names {
			want = append(want, `thing("`+name+`")`)
		}
		w.Eventually(c.column+" "+c.function+" "+c.value, func() bool {
			return slices.Equal(want, w.Facts("thing"))
		})
	}
	require.Empty(t, w.Facts("owner"))
}

// What is no condition on the column is an error that says so.
func TestConditionRefuses(t *testing.T) {
	_, d := newConditional(t)
	for _, c := range []struct{ table, column, function, value, message string }{
		{"Idle", "name", "==", "x", "table Idle is not declared conditional() in table.db.Idle"},
		{"Nothing", "name", "==", "x", "not declared conditional()"},
		{"Thing", "nothing", "==", "x", `table Thing has no column "nothing"`},
		{"Thing", "", "==", "x", `no column ""`},
		{"Thing", "name", "true", "", "takes no column"},
		{"Thing", "number", "<", "1", `not "<"`},
		{"Thing", "number", "==", "one", `table Thing, column number: "one" is no integer`},
		{"Thing", "number", "==", "", "never empty"},
		{"Thing", "number", "==", "9223372036854775808", "no integer of 64 bits"},
		{"Thing", "weight", "==", "inf", "no real number"},
		{"Thing", "weight", "includes", "", "needs an element"},
		{"Thing", "heavy", "==", "/true", "neither true nor false"},
		{"Thing", "owner", "==", "me", `"me" is no uuid`},
		{"Thing", "_uuid", "==", "", "never empty"},
		{"Thing", "name", "==", "\xff", "not valid UTF-8"},
		{"Thing", "tags", "includes", "\x00", "contains NUL"},
		{"Thing", "ids", "includes", "k", `"k" is not key=value`},
		{"Thing", "ids", "includes", "", "needs an element"},
		{"Thing", "ports", "includes", "x=true", `"x" is no integer`},
		{"Thing", "ports", "includes", "7=yes", `"yes" is neither true nor false`},
	} {
		_, err := d.Condition(c.table, c.column, c.function, c.value)
		require.ErrorContains(t, err, c.message)
	}
}
