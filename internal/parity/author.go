package parity

import (
	"maps"
	"reflect"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"woven/internal/ovsdbtest"
)

// Author is a Northbound that no northd watches. What ovn-nbctl does to it is repeated, with the
// same row uuids, in the Northbounds of the stacks that are compared.
type Author struct {
	// NB is the authored database.
	NB *Database

	last Snapshot
}

// NewAuthor starts an author. Its Northbound holds the seeded NB_Global row.
func NewAuthor(t testing.TB) *Author {
	a := &Author{NB: startDatabase(t, "ovn-nb.ovsschema")}
	require.NoError(t, seedGlobal(a.NB))
	var err error
	a.last, err = a.NB.Snapshot()
	require.NoError(t, err)
	return a
}

// NBCtl runs ovn-nbctl on the authored Northbound and returns the operations that repeat its
// effect elsewhere, none when it had no effect.
func (a *Author) NBCtl(args ...string) ([]ovsdbtest.Operation, error) {
	if _, err := runClient(nil, "ovn-nbctl", a.NB, args); err != nil {
		return nil, err
	}
	now, err := a.NB.Snapshot()
	if err != nil {
		return nil, err
	}
	ops := replay(a.last, now)
	a.last = now
	return ops, nil
}

// replay returns the operations that turn one state of a database into another.
func replay(before, after Snapshot) []ovsdbtest.Operation {
	var ops []ovsdbtest.Operation
	tables := slices.Sorted(maps.Keys(after))
	for table := range before {
		if _, ok := after[table]; !ok {
			tables = append(tables, table)
		}
	}
	for _, table := range tables {
		old := map[string]Row{}
		for _, row := range before[table] {
			old[row.uuid()] = row
		}
		for _, row := range after[table] {
			was, existed := old[row.uuid()]
			delete(old, row.uuid())
			changed := changedColumns(was, row)
			switch {
			case !existed:
				ops = append(ops, ovsdbtest.Operation{"op": "insert", "table": table,
					"uuid": row.uuid(), "row": changed})
			case table == "NB_Global":
				ops = append(ops, replayGlobal(was, row, changed)...)
			case len(changed) > 0:
				ops = append(ops, ovsdbtest.Operation{"op": "update", "table": table,
					"where": whereRow(row.uuid()), "row": changed})
			}
		}
		for _, id := range slices.Sorted(maps.Keys(old)) {
			ops = append(ops, ovsdbtest.Operation{"op": "delete", "table": table,
				"where": whereRow(id)})
		}
	}
	return ops
}

// changedColumns returns the columns of row that differ from was; all of them if was is nil.
func changedColumns(was, row Row) map[string]any {
	changed := map[string]any{}
	for column, value := range row {
		if column == "_uuid" || column == "_version" || reflect.DeepEqual(was[column], value) {
			continue
		}
		changed[column] = value
	}
	return changed
}

// replayGlobal repeats a change of NB_Global. There is one such row and a northd may have made it,
// so it is not named by its uuid; and a northd has its own keys in options, so the map is edited,
// not replaced.
func replayGlobal(was, row Row, changed map[string]any) []ovsdbtest.Operation {
	if len(changed) == 0 {
		return nil
	}
	delete(changed, "options")
	var ops []ovsdbtest.Operation
	if len(changed) > 0 {
		ops = append(ops, ovsdbtest.Operation{"op": "update", "table": "NB_Global",
			"where": []any{}, "row": changed})
	}
	before, after := was.strmap("options"), row.strmap("options")
	gone, put := []any{}, []any{}
	for _, key := range slices.Sorted(maps.Keys(before)) {
		if after[key] != before[key] {
			gone = append(gone, key)
		}
	}
	for _, key := range slices.Sorted(maps.Keys(after)) {
		if old, ok := before[key]; !ok || old != after[key] {
			gone = append(gone, key)
			put = append(put, []any{key, after[key]})
		}
	}
	if len(gone) > 0 {
		ops = append(ops, ovsdbtest.Operation{"op": "mutate", "table": "NB_Global",
			"where": []any{}, "mutations": []any{
				[]any{"options", "delete", []any{"set", unique(gone)}},
				[]any{"options", "insert", []any{"map", put}}}})
	}
	return ops
}

// unique drops repeated keys, which a set must not have.
func unique(keys []any) []any {
	seen := map[any]bool{}
	out := []any{}
	for _, key := range keys {
		if !seen[key] {
			out = append(out, key)
		}
		seen[key] = true
	}
	return out
}

func whereRow(id string) []any {
	return []any{[]any{"_uuid", "==", []any{"uuid", id}}}
}

// Repeat applies an author's operations to the stack's Northbound as one transaction.
func (s *Stack) Repeat(ops []ovsdbtest.Operation) error {
	if len(ops) == 0 {
		return nil
	}
	_, err := s.NB.transact(ops...)
	return err
}
