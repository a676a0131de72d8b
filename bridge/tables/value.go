package tables

import (
	"woven/bridge/ovsdb"
	"woven/engine"
	"woven/relations"
)

// intern turns an atom into a value of a column.
func (s *Source) intern(kind relations.Kind, atom *ovsdb.Atom) relations.Value {
	store := s.database.store
	switch kind {
	case relations.Number:
		return store.Number(atom.Integer())
	case relations.Float:
		return store.Float(atom.Real())
	case relations.Name:
		return relations.Bool(atom.Boolean())
	case relations.UUID:
		return store.UUID(atom.UUID())
	}
	return store.Bytes(atom.Text())
}

// set makes a column hold exactly what a datum holds. An unknown row has no facts yet.
func (s *Source) set(c *column, row relations.Value, datum ovsdb.Datum, known bool) {
	now := s.scratch[:0]
	for i := range datum.Keys {
		now = append(now, s.intern(c.Key.Kind, &datum.Keys[i]))
		if c.isMap() {
			now = append(now, s.intern(c.Value.Kind, &datum.Values[i]))
		}
	}
	s.scratch = now
	width := 1
	if c.isMap() {
		width = 2
	}
	if known {
		stays := membership(now, width)
		c.byRow.Each(func(fact []relations.Value) bool {
			if !stays(fact[1:]) {
				s.delete(c.facts, fact...)
			}
			return true
		}, row)
	}
	for i := 0; i < len(now); i += width {
		if width == 2 {
			s.insert(c.facts, row, now[i], now[i+1])
		} else {
			s.insert(c.facts, row, now[i])
		}
	}
}

// membership tells whether an element, or a pair, is among those of a list.
func membership(list []relations.Value, width int) func([]relations.Value) bool {
	id := func(e []relations.Value) uint64 {
		n := uint64(e[0])
		if width == 2 {
			n = n<<32 | uint64(e[1])
		}
		return n
	}
	if len(list) <= 8*width {
		return func(e []relations.Value) bool {
			for i := 0; i < len(list); i += width {
				if id(list[i:]) == id(e) {
					return true
				}
			}
			return false
		}
	}
	set := make(map[uint64]bool, len(list)/width)
	for i := 0; i < len(list); i += width {
		set[id(list[i:])] = true
	}
	return func(e []relations.Value) bool { return set[id(e)] }
}

// toggle applies a difference; see [ovsdb.ColumnValue].
func (s *Source) toggle(c *column, row relations.Value, datum *ovsdb.Datum, parts []part) []part {
	for i := range datum.Keys {
		key := s.intern(c.Key.Kind, &datum.Keys[i])
		parts = append(parts, part{column: c, key: key, element: true})
		if !c.isMap() {
			if s.txn.Holds(c.facts, row, key) {
				s.delete(c.facts, row, key)
			} else {
				s.insert(c.facts, row, key)
			}
			continue
		}
		value := s.intern(c.Value.Kind, &datum.Values[i])
		stays := true
		c.pair().Each(func(fact []relations.Value) bool {
			s.delete(c.facts, fact...)
			stays = fact[2] != value
			return false
		}, row, key)
		if stays {
			s.insert(c.facts, row, key, value)
		}
	}
	return parts
}

// pair is the lookup of a map's facts by row and key.
func (c *column) pair() *engine.Lookup {
	if c.byPair == nil {
		c.byPair = c.facts.Lookup(0, 1)
	}
	return c.byPair
}

// toOVSDB turns a value of a column, other than a reference, into one of a transaction.
func (d *Database) toOVSDB(kind relations.Kind, v relations.Value) ovsdb.Value {
	switch kind {
	case relations.Number:
		return ovsdb.Integer(d.store.Int(v))
	case relations.Float:
		return ovsdb.Real(d.store.FloatOf(v))
	case relations.Name:
		return ovsdb.Boolean(v == relations.True)
	case relations.UUID:
		return ovsdb.Reference(d.store.UUIDOf(v))
	}
	return ovsdb.String(d.store.TextOf(v))
}

// wantedPair is the lookup of a map's wanted pairs by handle and key.
func (c *column) wantedPair() *engine.Lookup {
	if c.byWantedPair == nil {
		c.byWantedPair = c.want.Lookup(0, 1)
	}
	return c.byWantedPair
}
