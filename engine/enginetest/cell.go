package enginetest

import (
	"fmt"
	"net"
	"net/netip"
	"strconv"
	"strings"

	"woven/engine/naive"
	"woven/relations"
)

// Cell is a value of a base fact, independent of any store.
type Cell struct {
	Type   relations.Type
	Number int64
	Float  float64
	Text   string // a text, a name with its slash, or an address or uuid in its usual form
	List   []Cell
}

// In interns the cell. A cell whose text does not fit its type is a mistake in a test.
func (c Cell) In(store *relations.Store) relations.Value {
	switch c.Type.Kind {
	case relations.String:
		return store.String(c.Text)
	case relations.Number:
		return store.Number(c.Number)
	case relations.Float:
		return store.Float(c.Float)
	case relations.Name:
		return store.Name(c.Text)
	case relations.UUID:
		if u, ok := relations.ParseUUID(c.Text); ok {
			return store.UUID(u)
		}
	case relations.MAC:
		if hw, err := net.ParseMAC(c.Text); err == nil && len(hw) == 6 {
			var m uint64
			for _, b := range hw {
				m = m<<8 | uint64(b)
			}
			return store.MAC(m)
		}
	case relations.IP:
		if p, err := netip.ParsePrefix(c.Text); err == nil {
			return store.IP(p)
		}
	case relations.List:
		values := make([]relations.Value, len(c.List))
		for i, e := range c.List {
			values[i] = e.In(store)
		}
		return store.List(c.Type.Elems[0], values)
	}
	panic(fmt.Sprintf("%q is no %s", c.Text, c.Type))
}

// String spells the cell; two cells of one type are the same exactly when they are spelled so.
func (c Cell) String() string {
	switch c.Type.Kind {
	case relations.Number:
		return strconv.FormatInt(c.Number, 10)
	case relations.Float:
		return string(relations.AppendFloat(nil, c.Float))
	case relations.Name:
		return c.Text
	case relations.List:
		return fmt.Sprint(c.List)
	}
	return strconv.Quote(c.Text)
}

// Change inserts or deletes one base fact.
type Change struct {
	Insert   bool
	Relation string
	Row      []Cell
}

// String spells the change: + or -, and the fact.
func (c Change) String() string {
	sign := "-"
	if c.Insert {
		sign = "+"
	}
	return sign + c.fact()
}

func (c Change) fact() string {
	texts := make([]string, len(c.Row))
	for i, cell := range c.Row {
		texts[i] = cell.String()
	}
	return fmt.Sprintf("%s(%s)", c.Relation, strings.Join(texts, ", "))
}

func (c Change) row(store *relations.Store) naive.Row {
	row := make(naive.Row, len(c.Row))
	for i, cell := range c.Row {
		row[i] = naive.NewDatum(store, cell.Type, cell.In(store))
	}
	return row
}
