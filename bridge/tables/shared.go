package tables

import (
	"fmt"

	"woven/bridge/ovsdb"
	"woven/relations"
)

// A shared column is one that others write, too: of its elements, or the keys of its map, only
// those are touched that the rules want or drop, and always by mutations, so that nothing is lost
// of what others write at the same moment.
//
// Elements that are wanted are added. What goes is said by the rules: drop.<database>.<table>
// (Row) takes a row out of every shared column that refers to it, which is how a row goes that the
// server keeps only as long as something refers to it; and drop.<database>.<table>.<column>
// (Handle, Element) takes one element, or the pair with that key, out of one row's column, unless
// it is wanted there.

// addColumnDrop takes the relation that says which elements of a shared column should go, if the
// program has one.
func (d *Database) addColumnDrop(c *column) error {
	name := "drop." + d.Prefix + "." + c.table.name + "." + c.Name
	r := d.program.Relations[name]
	if r == nil || len(r.Clauses) == 0 {
		return nil
	}
	pos := r.Clauses[0].Pos
	if c.role != roleShared {
		return fmt.Errorf("%s: %s is derived, but table.%s.%s does not say that the column is shared()",
			pos, name, d.Prefix, c.table.name)
	}
	_, plain := r.Annotation("plain")
	if !r.Output || !plain || len(r.Columns) != 2 || r.Columns[0].Type.Kind != relations.UUID ||
		r.Columns[1].Type.Kind != c.Key.Kind {
		return fmt.Errorf("%s: say Decl %s(Handle, Element) descr [output(), plain()] "+
			"bound [/uuid, %s]", pos, name, kindName(c.Key.Kind))
	}
	c.drop, _ = d.engine.Relation(name)
	return nil
}

// kindName is how a declaration spells the type of a column's elements.
func kindName(kind relations.Kind) string {
	switch kind {
	case relations.Number:
		return "/number"
	case relations.Float:
		return "/float64"
	case relations.Name:
		return "/bool"
	case relations.UUID:
		return "/uuid"
	}
	return "/string"
}

// checkDrop refuses drop.* of a table whose rows cannot be taken away.
func (d *Database) checkDrop(t *table) error {
	if t.drop == nil || t.root || len(t.sharers) > 0 {
		return nil
	}
	return fmt.Errorf("%s: %s is derived, but rows of %s go when nothing refers to them any more: "+
		"say shared() of the column that refers to them, in the Decl table.%s.* of its table",
		d.program.Relations[t.drop.Name()].Clauses[0].Pos, t.drop.Name(), t.name, d.Prefix)
}

// isDropped reports whether the rules want a row to go.
func (w *Writer) isDropped(s *state, row relations.Value) bool {
	return s.drop != nil && w.d.engine.Holds(s.drop, row)
}

// leaves reports whether an element of a column is a row that is to be taken out of it.
func (w *Writer) leaves(c *column, element relations.Value) bool {
	return c.role == roleShared && c.refers != nil && !c.isMap() &&
		w.states[c.refers.index].stray[element]
}

// mayRemove reports whether an element that is there and not wanted, or the pair with a key, is
// ours to take away.
func (w *Writer) mayRemove(c *column, h, element relations.Value) bool {
	return c.role != roleShared || c.drop != nil && w.d.engine.Holds(c.drop, h, element)
}

// compareShared adds what has to be written so that what is wanted is there, and what is dropped
// is not.
func (w *Writer) compareShared(s *state, h, row relations.Value, c *column, d *difference) {
	look := w.compareElement
	if c.isMap() {
		look = w.comparePair
	}
	want := w.desired(s, h, c)
	for i := 0; i < len(want.list); i += want.width {
		look(s, h, row, c, want.list[i], d)
	}
	if c.drop == nil {
		return
	}
	c.dropped.Each(func(fact []relations.Value) bool {
		look(s, h, row, c, fact[1], d)
		return true
	}, h)
}

// planRemoval takes a row out of the shared columns that refer to it, and reports whether there
// are any. The server collects the row when nothing else refers to it.
func (w *Writer) planRemoval(b *Batch, it item) (planned bool) {
	row := ovsdb.UUID(w.d.store.UUIDOf(it.value))
	for _, c := range it.state.sharers {
		c.byElement.Each(func(fact []relations.Value) bool {
			b.own(it, row).Mutate(c.table.name,
				[]ovsdb.Condition{ovsdb.RowIs(w.d.store.UUIDOf(fact[0]))},
				[]ovsdb.Mutation{{Column: c.Name, Mutator: ovsdb.MutateDelete,
					Value: ovsdb.Reference(row)}})
			planned = true
			return true
		}, it.value)
	}
	return planned
}
