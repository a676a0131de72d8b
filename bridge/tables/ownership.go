package tables

import (
	"fmt"
	"slices"
	"strings"

	"woven/engine"
	"woven/engine/check"
	"woven/relations"
)

// role is what is done with a column of a table that is written.
type role uint8

const (
	roleForeign role = iota // never written
	roleOwned               // always as wanted; empty, or the default, when nothing is wanted
	roleInitial             // written with the row's insertion, and while the row has no value
	roleKept                // as wanted; left alone when nothing is wanted
	roleKeys                // a map of which some keys are always as wanted
	roleShared              // only elements that are wanted or dropped are touched
)

// ownership is what a declaration table.<database>.<table> says.
type ownership struct {
	check *check.Relation
	roles map[string]role
	keys  map[string]ownedKeys // of roleKeys
	parts []string             // the key, as written: a column, or column:map key

	byUUID bool // the handle is the row's uuid: rows are updated, never inserted or deleted
	chosen bool // byUUID, and the program says which rows it means
	fresh  bool // a handle only finds the row that was inserted for it
	leave  bool // rows that no handle finds are left alone
	key    []keyPart
}

// keyPart is a column, or one entry of a map, by which a handle finds its row.
type keyPart struct {
	column *column
	entry  relations.Value // the map key, if column is a map
	byFact *engine.Lookup  // of column.facts, by the value
	byWant *engine.Lookup  // of column.want, by the value
}

// addOwnership reads the declaration of a table's ownership, if there is one.
func (d *Database) addOwnership(t *table) error {
	r := d.program.Relations["table."+d.Prefix+"."+t.name]
	want := d.program.Relations["want."+d.Prefix+"."+t.name]
	wanted := want != nil && len(want.Clauses) > 0
	if r == nil || r.Decl == nil {
		if wanted {
			return fmt.Errorf("%s: %s is derived, but no Decl of table.%s.%s says what is ours",
				want.Clauses[0].Pos, want.Name, d.Prefix, t.name)
		}
		return nil
	}
	o := &ownership{check: r, roles: map[string]role{}, keys: map[string]ownedKeys{}}
	keyed := false
	for _, a := range r.Decl.Descr {
		texts := check.AnnotationStrings(a)
		switch a.Name {
		case "key":
			keyed, o.parts = true, texts
			o.byUUID = len(texts) == 1 && texts[0] == "_uuid"
			o.fresh = len(texts) == 1 && texts[0] == "_new"
		case "owned":
			o.add(roleOwned, texts)
		case "initial":
			o.add(roleInitial, texts)
		case "kept":
			o.add(roleKept, texts)
		case "shared":
			o.add(roleShared, texts)
		case "owned_keys":
			keys, err := d.readOwnedKeys(a)
			if err != nil {
				return err
			}
			o.add(roleKeys, texts[:1])
			o.keys[texts[0]] = keys
		case "foreign":
			o.leave = len(texts) == 1 && texts[0] == "leave"
			if !o.leave {
				return fmt.Errorf(`%s: foreign says "leave" or is left out`, a.Pos)
			}
		}
	}
	if !keyed && (o.leave || t.conditional) && len(o.roles) == 0 && !wanted {
		return nil // nothing is written, but drop.* may take rows away
	}
	if !keyed {
		return fmt.Errorf(`%s: %s says no key: add key("column"), key("_uuid"), key("_new") if `+
			`rows are only ever inserted, or key() for a table of one row`, r.Decl.Pos, r.Name)
	}
	o.chosen = o.byUUID && wanted
	t.own = o
	return nil
}

func (o *ownership) add(role role, columns []string) {
	for _, c := range columns {
		o.roles[c] = role
	}
}

// roleOf says what is done with a column. A column of the key is written at insertion at least.
func (o *ownership) roleOf(name string) (role role, keys ownedKeys, inKey bool) {
	inKey = slices.ContainsFunc(o.parts, func(part string) bool {
		column, _, _ := strings.Cut(part, ":")
		return column == name
	})
	role = o.roles[name]
	if inKey && role == roleForeign {
		role = roleOwned
	}
	return role, o.keys[name], inKey
}

// resolve finds the columns that the declaration of a table's ownership names.
func (d *Database) resolve(t *table) error {
	o := t.own
	find := func(name string) *column {
		for _, c := range t.columns {
			if c.Name == name {
				return c
			}
		}
		return nil
	}
	pos := o.check.Decl.Pos
	for name, role := range o.roles {
		c := find(name)
		if c == nil {
			return fmt.Errorf("%s: table %s has no column %s", pos, t.name, name)
		}
		switch {
		case role == roleKeys && (!c.isMap() || c.Key.Kind != relations.String):
			return fmt.Errorf("%s: owned_keys is for maps by text, and column %s is none", pos, name)
		case role == roleShared && c.single():
			return fmt.Errorf("%s: shared is for sets and maps, and column %s has at most one value",
				pos, name)
		}
	}
	if o.byUUID || o.fresh {
		return nil
	}
	for _, part := range o.parts {
		name, entry, isEntry := strings.Cut(part, ":")
		c := find(name)
		switch {
		case c == nil:
			return fmt.Errorf("%s: table %s has no column %s", pos, t.name, name)
		case isEntry != c.isMap():
			return fmt.Errorf("%s: a key is a column, or column:key of a map; %s is neither", pos, part)
		case !isEntry && !c.single():
			return fmt.Errorf("%s: column %s is a set, which cannot be a key", pos, name)
		}
		k, last := keyPart{column: c}, 1
		if isEntry {
			k.entry, last = d.store.String(entry), 2
			d.store.Retain(relations.String, k.entry)
		}
		k.byFact, k.byWant = c.facts.Lookup(last), c.want.Lookup(last)
		o.key = append(o.key, k)
	}
	return nil
}
