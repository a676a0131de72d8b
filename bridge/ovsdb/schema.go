package ovsdb

import (
	"encoding/json"
	"errors"
	"fmt"
	"strconv"

	libovsdb "github.com/ovn-kubernetes/libovsdb/ovsdb"
)

// AtomType is one of the five types of RFC 7047 section 3.1 that a value is made of.
type AtomType uint8

// The atomic types of OVSDB.
const (
	TypeInteger AtomType = iota + 1
	TypeReal
	TypeBoolean
	TypeString
	TypeUUID
)

// String is the type's name as schemas spell it.
func (t AtomType) String() string {
	switch t {
	case TypeInteger:
		return libovsdb.TypeInteger
	case TypeReal:
		return libovsdb.TypeReal
	case TypeBoolean:
		return libovsdb.TypeBoolean
	case TypeString:
		return libovsdb.TypeString
	case TypeUUID:
		return libovsdb.TypeUUID
	}
	return "AtomType(" + strconv.Itoa(int(t)) + ")"
}

// Unlimited is the Max of a column that may hold any number of elements.
const Unlimited = -1

// BaseType is the type of a column's elements, or of a map's keys or values.
type BaseType struct {
	Atom     AtomType
	Enum     []string // the allowed values, numbers in decimal; empty when any value is allowed
	RefTable string   // the table that a UUID refers to; empty when it is no reference
	RefWeak  bool     // the reference vanishes with its row instead of keeping the row
}

// ColumnType is the type of a column: how many elements (or map entries) of which type.
type ColumnType struct {
	Key   BaseType
	Value *BaseType // nil unless the column is a map
	Min   int       // 0 or 1
	Max   int       // at least 1, or Unlimited
}

// IsMap reports whether the column holds pairs of key and value.
func (t *ColumnType) IsMap() bool { return t.Value != nil }

// IsScalar reports whether the column always holds exactly one atom.
func (t *ColumnType) IsScalar() bool { return t.Value == nil && t.Min == 1 && t.Max == 1 }

// IsOptional reports whether the column holds no atom or one.
func (t *ColumnType) IsOptional() bool { return t.Value == nil && t.Min == 0 && t.Max == 1 }

// HasDiff reports whether a modification of the column is told as a difference: that is so for all
// columns that can hold more than one element (ovsdb-server(7), "update2 notification").
func (t *ColumnType) HasDiff() bool { return t.Max != 1 }

// Column is a column as the schema describes it.
type Column struct {
	Name      string
	Type      ColumnType
	Mutable   bool // may be changed after the row's insertion
	Ephemeral bool // not kept on disk
}

// Table is a table as the schema describes it.
type Table struct {
	Name    string
	Columns map[string]*Column // by name; without _uuid and _version, which every table has
	Indexes [][]string         // sets of columns whose values no two rows may share
	Root    bool               // rows stay although nothing refers to them
}

// Schema is a database's schema.
type Schema struct {
	Name    string
	Version string
	Tables  map[string]*Table // by name
}

// ParseSchema reads a schema in the JSON form of RFC 7047 section 3.2 (an .ovsschema file, or the
// answer to get_schema). What the form does not allow is an error that names table and column.
func ParseSchema(text []byte) (schema *Schema, err error) {
	// The parser of libovsdb panics on some malformed types, and a server's bytes must not end
	// this process.
	defer func() {
		if trouble := recover(); trouble != nil {
			schema, err = nil, fmt.Errorf("malformed database schema: %v", trouble)
		}
	}()
	var parsed libovsdb.DatabaseSchema
	if err := json.Unmarshal(text, &parsed); err != nil {
		return nil, fmt.Errorf("malformed database schema: %w", err)
	}
	if parsed.Name == "" || parsed.Tables == nil {
		return nil, errors.New("malformed database schema: it has no name or no tables")
	}
	schema = &Schema{Name: parsed.Name, Version: parsed.Version, Tables: map[string]*Table{}}
	for name, from := range parsed.Tables {
		root, err := parsed.IsRoot(name)
		if err != nil {
			return nil, err
		}
		table := &Table{Name: name, Columns: map[string]*Column{}, Indexes: from.Indexes, Root: root}
		for columnName, column := range from.Columns {
			converted, err := convertColumn(columnName, column)
			if err != nil {
				return nil, fmt.Errorf("malformed database schema: table %s, column %s: %w", name, columnName, err)
			}
			table.Columns[columnName] = converted
		}
		schema.Tables[name] = table
	}
	return schema, nil
}

func convertColumn(name string, from *libovsdb.ColumnSchema) (*Column, error) {
	if from == nil || from.TypeObj == nil || from.TypeObj.Key == nil {
		return nil, errors.New("it has no type")
	}
	key, err := convertBase(from.TypeObj.Key)
	if err != nil {
		return nil, err
	}
	column := &Column{Name: name, Mutable: from.Mutable(), Ephemeral: from.Ephemeral()}
	column.Type = ColumnType{Key: key, Min: from.TypeObj.Min(), Max: from.TypeObj.Max()}
	if from.TypeObj.Value != nil {
		value, err := convertBase(from.TypeObj.Value)
		if err != nil {
			return nil, err
		}
		column.Type.Value = &value
	}
	if column.Type.Max == 0 || column.Type.Max < Unlimited {
		return nil, fmt.Errorf("it allows at most %d elements", column.Type.Max)
	}
	return column, nil
}

func convertBase(from *libovsdb.BaseType) (BaseType, error) {
	var base BaseType
	switch from.Type {
	case libovsdb.TypeInteger:
		base.Atom = TypeInteger
	case libovsdb.TypeReal:
		base.Atom = TypeReal
	case libovsdb.TypeBoolean:
		base.Atom = TypeBoolean
	case libovsdb.TypeString:
		base.Atom = TypeString
	case libovsdb.TypeUUID:
		base.Atom = TypeUUID
		table, err := from.RefTable()
		if err != nil {
			return base, err
		}
		strength, err := from.RefType()
		if err != nil {
			return base, err
		}
		base.RefTable, base.RefWeak = table, strength == libovsdb.Weak
	default:
		return base, fmt.Errorf("unknown type %q", abbreviate(from.Type))
	}
	for _, value := range from.Enum {
		base.Enum = append(base.Enum, fmt.Sprint(value))
	}
	return base, nil
}
