package parity

import "woven/internal/ovsdbtest"

// Row is one row as the server sent it: column name to JSON value (RFC 7047, 5.1).
type Row map[string]any

// Snapshot is the content of a database at one moment: table name to rows.
type Snapshot map[string][]Row

// Snapshot reads every row of every table in one transaction.
func (db *Database) Snapshot() (Snapshot, error) {
	ops := make([]ovsdbtest.Operation, len(db.tables))
	for i, table := range db.tables {
		ops[i] = selectAll(table)
	}
	results, err := db.transact(ops...)
	if err != nil {
		return nil, err
	}
	snapshot := Snapshot{}
	for i, table := range db.tables {
		snapshot[table] = results[i].Rows
	}
	return snapshot, nil
}

func selectAll(table string) ovsdbtest.Operation {
	return ovsdbtest.Operation{"op": "select", "table": table, "where": []any{}}
}

// uuid returns the row's own uuid.
func (r Row) uuid() string { return refOf(r["_uuid"]) }

// str returns a string column's value; an absent optional value is "".
func (r Row) str(column string) string {
	for _, v := range elements(r[column]) {
		if s, ok := v.(string); ok {
			return s
		}
	}
	return ""
}

// strs returns the strings of a set.
func (r Row) strs(column string) []string {
	var out []string
	for _, v := range elements(r[column]) {
		if s, ok := v.(string); ok {
			out = append(out, s)
		}
	}
	return out
}

// num returns an integer column's value; an absent optional value is 0.
func (r Row) num(column string) int64 {
	for _, v := range elements(r[column]) {
		if f, ok := v.(float64); ok {
			return int64(f)
		}
	}
	return 0
}

// refs returns the uuids that a column refers to.
func (r Row) refs(column string) []string {
	var out []string
	for _, v := range elements(r[column]) {
		if id := refOf(v); id != "" {
			out = append(out, id)
		}
	}
	return out
}

// strmap returns a map of strings.
func (r Row) strmap(column string) map[string]string {
	out := map[string]string{}
	for _, pair := range pairs(r[column]) {
		k, kok := pair[0].(string)
		v, vok := pair[1].(string)
		if kok && vok {
			out[k] = v
		}
	}
	return out
}

// refOf returns the uuid in a ["uuid", id] or ["named-uuid", id] value, else "".
func refOf(v any) string {
	if tagged, ok := v.([]any); ok && len(tagged) == 2 && tagged[0] == "uuid" {
		id, _ := tagged[1].(string)
		return id
	}
	return ""
}

// elements returns the atoms of a set, or the value itself as the only one.
func elements(v any) []any {
	tagged, ok := v.([]any)
	if !ok || len(tagged) != 2 {
		if v == nil {
			return nil
		}
		return []any{v}
	}
	switch tagged[0] {
	case "set":
		atoms, _ := tagged[1].([]any)
		return atoms
	case "map":
		return nil
	}
	return []any{v}
}

// pairs returns the entries of a map.
func pairs(v any) [][2]any {
	tagged, ok := v.([]any)
	if !ok || len(tagged) != 2 || tagged[0] != "map" {
		return nil
	}
	entries, _ := tagged[1].([]any)
	out := make([][2]any, 0, len(entries))
	for _, e := range entries {
		if pair, ok := e.([]any); ok && len(pair) == 2 {
			out = append(out, [2]any{pair[0], pair[1]})
		}
	}
	return out
}

// isMap tells whether a value is a map, also an empty one.
func isMap(v any) bool {
	tagged, ok := v.([]any)
	return ok && len(tagged) == 2 && tagged[0] == "map"
}
