package ovsschema

import (
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"slices"

	"woven/relations"
)

// Database is the schema of a database.
type Database struct {
	Name    string // such as OVN_Northbound
	Version string
	Tables  []Table // sorted by name
}

// Table is a table of a database.
type Table struct {
	Name    string
	Root    bool       // rows stay although nothing refers to them
	Indexes [][]string // sets of columns whose values no two rows share
	Columns []Column   // sorted by name
}

// Unlimited is the Max of a column that holds any number of elements.
const Unlimited = -1

// Column is a column of a table: how many elements, or pairs, of which type.
type Column struct {
	Name  string
	Key   Base
	Value *Base // nil unless the column is a map
	Min   int   // 0 or 1
	Max   int   // at least 1, or Unlimited
}

// Base is the type of elements, or of a map's keys or values.
type Base struct {
	Kind     relations.Kind // String, Number, Float, Name (a boolean) or UUID
	RefTable string         // the table that a uuid refers to; empty when it is no reference
	RefWeak  bool           // the reference vanishes with its row instead of keeping the row
}

// Shape says in one word what a column holds: scalar, optional, set or map.
func (c *Column) Shape() string {
	switch {
	case c.Value != nil:
		return "map"
	case c.Max != 1:
		return "set"
	case c.Min == 0:
		return "optional"
	}
	return "scalar"
}

// Parse reads a schema in the JSON form of RFC 7047 section 3.2. What the form does not allow is
// an error that names table and column.
func Parse(text []byte) (*Database, error) {
	var from struct {
		Name, Version string
		Tables        map[string]struct {
			IsRoot  bool
			Indexes [][]string
			Columns map[string]struct{ Type json.RawMessage }
		}
	}
	if err := json.Unmarshal(text, &from); err != nil {
		return nil, fmt.Errorf("not a database schema: %w", err)
	}
	if from.Name == "" || len(from.Tables) == 0 {
		return nil, errors.New("not a database schema: it has no name or no tables")
	}
	database := &Database{Name: from.Name, Version: from.Version}
	for _, name := range slices.Sorted(maps.Keys(from.Tables)) {
		t := from.Tables[name]
		table := Table{Name: name, Root: t.IsRoot, Indexes: t.Indexes}
		for _, columnName := range slices.Sorted(maps.Keys(t.Columns)) {
			column, err := parseColumn(t.Columns[columnName].Type)
			if err != nil {
				return nil, fmt.Errorf("table %s, column %s: %w", name, columnName, err)
			}
			column.Name = columnName
			table.Columns = append(table.Columns, column)
		}
		database.Tables = append(database.Tables, table)
	}
	return database, nil
}

// parseColumn reads a <type>: the name of an atomic type, or an object.
func parseColumn(text json.RawMessage) (Column, error) {
	column := Column{Min: 1, Max: 1}
	var object struct {
		Key, Value json.RawMessage
		Min        *int
		Max        any
	}
	if len(text) == 0 {
		return column, errors.New("it has no type")
	}
	if text[0] == '"' {
		object.Key = text
	} else if err := json.Unmarshal(text, &object); err != nil {
		return column, fmt.Errorf("malformed type: %w", err)
	}
	var err error
	if column.Key, err = parseBase(object.Key); err != nil {
		return column, err
	}
	if object.Value != nil {
		value, err := parseBase(object.Value)
		if err != nil {
			return column, err
		}
		column.Value = &value
	}
	if object.Min != nil {
		column.Min = *object.Min
	}
	switch most := object.Max.(type) {
	case nil:
	case float64:
		column.Max = int(most)
	default:
		column.Max = Unlimited
	}
	return column, nil
}

var kinds = map[string]relations.Kind{"integer": relations.Number, "real": relations.Float,
	"boolean": relations.Name, "string": relations.String, "uuid": relations.UUID}

// parseBase reads a <base-type>: the name of an atomic type, or an object.
func parseBase(text json.RawMessage) (Base, error) {
	var object struct{ Type, RefTable, RefType string }
	if len(text) > 0 && text[0] == '"' {
		if err := json.Unmarshal(text, &object.Type); err != nil {
			return Base{}, fmt.Errorf("malformed type: %w", err)
		}
	} else if err := json.Unmarshal(text, &object); err != nil {
		return Base{}, fmt.Errorf("malformed type: %w", err)
	}
	kind, ok := kinds[object.Type]
	if !ok {
		return Base{}, fmt.Errorf("unknown type %q", object.Type)
	}
	return Base{Kind: kind, RefTable: object.RefTable, RefWeak: object.RefType == "weak"}, nil
}
