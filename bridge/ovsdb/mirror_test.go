package ovsdb

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"woven/internal/ovsdbtest"
)

// contents are tables by name, rows by UUID, columns by name; a value is spelled by spell.
type contents map[string]map[string]map[string]string

// mirror is a Sink that keeps what it is told, and notes whatever does not fit.
type mirror struct {
	mutex    sync.Mutex
	changed  chan struct{} // closed and replaced at each batch
	rows     map[string]map[UUID]map[string]datumModel
	requests []TableRequest
	inBatch  bool
	kind     BatchKind
	seen     map[UUID]bool
	batches  []Batch
	last     map[Change]int // rows of the last batch by change
	aborts   int
	trouble  []string
}

// datumModel is a value: of a map, keys and values; of anything else, elements and "".
type datumModel map[string]string

func newMirror(requests []TableRequest) *mirror {
	return &mirror{
		changed:  make(chan struct{}),
		rows:     map[string]map[UUID]map[string]datumModel{},
		requests: requests,
	}
}

func (m *mirror) complain(format string, args ...any) {
	m.trouble = append(m.trouble, fmt.Sprintf(format, args...))
}

func (m *mirror) Begin(batch Batch) {
	m.mutex.Lock()
	defer m.mutex.Unlock()
	if m.inBatch {
		m.complain("a batch begins within a batch")
	}
	if (batch.Kind == BatchSnapshot) != !slices.ContainsFunc(m.batches, func(Batch) bool { return true }) {
		m.complain("batch %d is a %v", len(m.batches), batch.Kind)
	}
	m.inBatch, m.kind, m.seen = true, batch.Kind, map[UUID]bool{}
	m.last = map[Change]int{}
	m.batches = append(m.batches, batch)
}

func (m *mirror) Row(table *MonitoredTable, id UUID, change Change, values []ColumnValue) {
	m.mutex.Lock()
	defer m.mutex.Unlock()
	m.last[change]++
	rows := m.rows[table.Name]
	if rows == nil {
		rows = map[UUID]map[string]datumModel{}
		m.rows[table.Name] = rows
	}
	before, known := rows[id]
	if table.Name != m.requests[table.Index].Table {
		m.complain("table %s has the index of %s", table.Name, m.requests[table.Index].Table)
	}
	if m.seen[id] || !m.inBatch {
		m.complain("row %v comes twice or in no batch", id)
	}
	m.seen[id] = true
	if (change == ChangeInitial) != (m.kind != BatchUpdate) {
		m.complain("a row is %v in a batch that is a %v", change, m.kind)
	}
	if m.kind == BatchUpdate && known != (change == ChangeModify || change == ChangeDelete) {
		m.complain("row %v is %v, known before: %v", id, change, known)
	}
	if change == ChangeDelete {
		delete(rows, id)
		return
	}
	row := map[string]datumModel{}
	for _, name := range m.requests[table.Index].Columns {
		column := table.Columns[name]
		switch {
		case column == nil:
		case change == ChangeModify:
			row[name] = before[name]
		default:
			row[name] = defaultOf(&column.Type)
		}
	}
	for i := range values {
		value := &values[i]
		if m.requests[table.Index].Columns[value.Index] != value.Column.Name {
			m.complain("column %s has index %d", value.Column.Name, value.Index)
		}
		if value.Diff && (change != ChangeModify || !value.Column.Type.HasDiff()) {
			m.complain("column %s is a difference", value.Column.Name)
		}
		row[value.Column.Name] = apply(row[value.Column.Name], value)
	}
	rows[id] = row
}

func (m *mirror) End() {
	m.mutex.Lock()
	defer m.mutex.Unlock()
	if m.kind != BatchUpdate {
		for _, rows := range m.rows {
			for id := range rows {
				if !m.seen[id] {
					delete(rows, id)
				}
			}
		}
	}
	m.inBatch = false
	close(m.changed)
	m.changed = make(chan struct{})
}

func (m *mirror) Abort() {
	m.mutex.Lock()
	defer m.mutex.Unlock()
	m.aborts++
	m.inBatch = false
	m.batches = m.batches[:len(m.batches)-1]
}

// apply gives the new value of a column.
func apply(before datumModel, value *ColumnValue) datumModel {
	told := datumModel{}
	for i := range value.Datum.Keys {
		text := ""
		if value.Column.Type.Value != nil {
			text = atomText(&value.Datum.Values[i], value.Column.Type.Value.Atom)
		}
		told[atomText(&value.Datum.Keys[i], value.Column.Type.Key.Atom)] = text
	}
	if !value.Diff {
		return told
	}
	after := datumModel{}
	for key, text := range before {
		after[key] = text
	}
	for key, text := range told {
		if old, known := before[key]; known && old == text {
			delete(after, key)
		} else {
			after[key] = text
		}
	}
	return after
}

func atomText(atom *Atom, atomType AtomType) string {
	switch atomType {
	case TypeInteger:
		return strconv.FormatInt(atom.Integer(), 10)
	case TypeReal:
		return strconv.FormatFloat(atom.Real(), 'g', -1, 64)
	case TypeBoolean:
		return strconv.FormatBool(atom.Boolean())
	case TypeString:
		return strings.Clone(string(atom.Text()))
	}
	return atom.UUID().String()
}

func defaultOf(columnType *ColumnType) datumModel {
	if !columnType.IsScalar() {
		return datumModel{}
	}
	text := map[AtomType]string{TypeInteger: "0", TypeReal: "0", TypeBoolean: "false", TypeString: "",
		TypeUUID: UUID{}.String()}[columnType.Key.Atom]
	return datumModel{text: ""}
}

func spell(value datumModel) string {
	var parts []string
	for key, text := range value {
		parts = append(parts, strconv.Quote(key)+"="+strconv.Quote(text))
	}
	slices.Sort(parts)
	return strings.Join(parts, " ")
}

// contents are the mirror's rows; it must be whole and without trouble.
func (m *mirror) contents(t testing.TB) contents {
	t.Helper()
	m.mutex.Lock()
	defer m.mutex.Unlock()
	require.Empty(t, m.trouble)
	all := contents{}
	for table, rows := range m.rows {
		for id, row := range rows {
			if all[table] == nil {
				all[table] = map[string]map[string]string{}
			}
			all[table][id.String()] = map[string]string{}
			for name, value := range row {
				all[table][id.String()][name] = spell(value)
			}
		}
	}
	return all
}

// await waits until the condition, which is called with the mirror locked, holds after a batch.
func (m *mirror) await(t testing.TB, what string, condition func() bool) {
	t.Helper()
	limit := time.After(ovsdbtest.Patience)
	for {
		m.mutex.Lock()
		holds := !m.inBatch && condition()
		changed := m.changed
		m.mutex.Unlock()
		if holds {
			return
		}
		select {
		case <-changed:
		case <-limit:
			t.Fatalf("%s: not within %v", what, ovsdbtest.Patience)
		}
	}
}

// awaitValue waits for a row of a table with an element or key in a column.
func (m *mirror) awaitValue(t testing.TB, table, column, element string) {
	t.Helper()
	m.await(t, table+" with "+column+" "+element, func() bool {
		for _, row := range m.rows[table] {
			if _, found := row[column][element]; found {
				return true
			}
		}
		return false
	})
}

// selected reads the same tables and columns from the server, in another way.
func selected(t testing.TB, client *ovsdbtest.Client, database string, requests []TableRequest) contents {
	t.Helper()
	all := contents{}
	for _, request := range requests {
		rows, err := client.Select(database, request.Table, append([]string{"_uuid"}, request.Columns...)...)
		require.NoError(t, err)
		for _, row := range rows {
			if all[request.Table] == nil {
				all[request.Table] = map[string]map[string]string{}
			}
			id := plainAtom(row["_uuid"])
			all[request.Table][id] = map[string]string{}
			for _, column := range request.Columns {
				all[request.Table][id][column] = spell(plainDatum(row[column]))
			}
		}
	}
	return all
}

func plainDatum(value any) datumModel {
	list, isList := value.([]any)
	if !isList || list[0] == "uuid" {
		return datumModel{plainAtom(value): ""}
	}
	model := datumModel{}
	for _, element := range list[1].([]any) {
		if list[0] == "map" {
			pair := element.([]any)
			model[plainAtom(pair[0])] = plainAtom(pair[1])
		} else {
			model[plainAtom(element)] = ""
		}
	}
	return model
}

func plainAtom(value any) string {
	if list, isList := value.([]any); isList {
		return list[1].(string)
	}
	return fmt.Sprint(value)
}
