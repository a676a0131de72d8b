package parity

import (
	"context"
	"maps"
	"reflect"
	"slices"
	"time"
)

// Author is a Northbound that no northd watches. What ovn-nbctl does to it is repeated, with the
// same row uuids, in the Northbounds of the stacks that are compared.
type Author struct {
	// NB is the authored database.
	NB *Database

	dir  string
	last Snapshot
}

// NewAuthor creates an author in dir. Its Northbound holds the seeded NB_Global row.
func NewAuthor(dir string) (*Author, error) {
	schema, err := schemaFile("ovn-nb.ovsschema")
	if err != nil {
		return nil, err
	}
	db, err := startDatabase(dir, "author", schema)
	if err != nil {
		return nil, err
	}
	a := &Author{NB: db, dir: dir}
	if err := seedGlobal(db); err != nil {
		return nil, err
	}
	a.last, err = db.Snapshot()
	return a, err
}

// Close ends the author's server.
func (a *Author) Close() error { return a.NB.stop() }

// NBCtl runs ovn-nbctl on the authored Northbound and returns the operations that repeat its
// effect elsewhere, none when it had no effect.
func (a *Author) NBCtl(args ...string) ([]any, error) {
	env := []string{"OVN_RUNDIR=" + a.dir, "OVS_RUNDIR=" + a.dir}
	if _, err := runClient(env, "ovn-nbctl", a.NB, args); err != nil {
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
func replay(before, after Snapshot) []any {
	var ops []any
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
				ops = append(ops, map[string]any{"op": "insert", "table": table,
					"uuid": row.uuid(), "row": changed})
			case table == "NB_Global":
				ops = append(ops, replayGlobal(was, row, changed)...)
			case len(changed) > 0:
				ops = append(ops, map[string]any{"op": "update", "table": table,
					"where": whereRow(row.uuid()), "row": changed})
			}
		}
		for _, id := range slices.Sorted(maps.Keys(old)) {
			ops = append(ops, map[string]any{"op": "delete", "table": table,
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
func replayGlobal(was, row Row, changed map[string]any) []any {
	if len(changed) == 0 {
		return nil
	}
	delete(changed, "options")
	ops := []any{}
	if len(changed) > 0 {
		ops = append(ops, map[string]any{"op": "update", "table": "NB_Global",
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
		ops = append(ops, map[string]any{"op": "mutate", "table": "NB_Global",
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
func (s *Stack) Repeat(ops []any) error {
	if len(ops) == 0 {
		return nil
	}
	ctx, cancel := context.WithTimeout(context.Background(), 30*time.Second)
	defer cancel()
	_, err := s.NB.Transact(ctx, ops...)
	return err
}
