package published

import (
	"fmt"
	"net/netip"
	"strconv"

	"woven/relations"
)

// Row is a row as Go values, one a column: a text or name is a string, a number an int64, a
// floating-point number a float64, an address with its prefix length a netip.Prefix, an Ethernet
// address its 48 bits as a uint64, a uuid a [16]byte; lists, maps and structs are the text that
// relations.Store.AppendText makes of them. It must not be changed.
type Row []any

// String spells the values one after the other.
func (r Row) String() string { return string(r.append(nil)) }

func newRow(s *relations.Store, schema relations.Schema, values []relations.Value) Row {
	row := make(Row, len(values))
	for i, v := range values {
		row[i] = cell(s, schema.Columns[i].Type, v)
	}
	return row
}

func cell(s *relations.Store, t relations.Type, v relations.Value) any {
	switch t.Kind {
	case relations.String:
		return s.TextOf(v)
	case relations.Name:
		return s.NameOf(v)
	case relations.Number:
		return s.Int(v)
	case relations.Float:
		return s.FloatOf(v)
	case relations.IP:
		return s.IPOf(v)
	case relations.MAC:
		return s.MACOf(v)
	case relations.UUID:
		return s.UUIDOf(v)
	}
	return s.Text(t, v)
}

func (r Row) append(b []byte) []byte {
	for i, c := range r {
		if i > 0 {
			b = append(b, ", "...)
		}
		b = appendCell(b, c)
	}
	return b
}

// appendCell spells a value so that no other of its type is spelled the same.
func appendCell(b []byte, c any) []byte {
	switch c := c.(type) {
	case string:
		return relations.AppendQuoted(b, []byte(c))
	case int64:
		return strconv.AppendInt(b, c, 10)
	case float64:
		return relations.AppendFloat(b, c)
	case netip.Prefix:
		return c.AppendTo(b)
	case uint64:
		return relations.AppendMAC(b, c)
	case [16]byte:
		return relations.AppendUUID(b, c)
	}
	return fmt.Append(b, c)
}

// The indexes of every relation: its rows, and its rows by the first column.
const (
	rowIndex = "id" // the name that memdb demands of the first
	keyIndex = "key"
)

// indexer tells memdb where a row belongs. A key ends with a zero byte, which no cell's text has,
// so that none is the beginning of another.
type indexer struct{ whole bool }

func (x indexer) FromObject(object any) (ok bool, index []byte, err error) {
	row := object.(Row)
	if !x.whole && len(row) > 0 {
		row = row[:1]
	}
	return true, append(row.append(nil), 0), nil
}

func (x indexer) FromArgs(args ...any) ([]byte, error) {
	if x.whole && len(args) == 0 { // where the rows begin
		return nil, nil
	}
	return append(Row(args).append(nil), 0), nil
}
