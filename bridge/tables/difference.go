package tables

import (
	"slices"

	"woven/bridge/ovsdb"
	"woven/relations"
)

// difference is what has to be written into one row.
type difference struct {
	// seen is what columns of a row of others held when its cells were chosen.
	seen      []ovsdb.Condition
	cells     []ovsdb.Cell
	deletions []edit
	additions []edit
}

// edit adds or removes elements of one column. The list holds elements or, for an addition to a
// map, pairs in turn; to remove pairs, it holds their keys.
type edit struct {
	column *column
	list   []relations.Value
}

func (d *difference) empty() bool {
	return len(d.cells)+len(d.deletions)+len(d.additions) == 0
}

func editOf(edits []edit, c *column) ([]edit, *edit) {
	i := slices.IndexFunc(edits, func(e edit) bool { return e.column == c })
	if i < 0 {
		i = len(edits)
		edits = append(edits, edit{column: c})
	}
	return edits, &edits[i]
}

// remove takes an element, or the pair with a key, out of a column; twice is as good as once.
func (d *difference) remove(c *column, key relations.Value) {
	var e *edit
	d.deletions, e = editOf(d.deletions, c)
	if !slices.Contains(e.list, key) {
		e.list = append(e.list, key)
	}
}

// add puts an element, or a pair, into a column; twice is as good as once.
func (d *difference) add(c *column, element ...relations.Value) {
	var e *edit
	d.additions, e = editOf(d.additions, c)
	for i := 0; i < len(e.list); i += len(element) {
		if e.list[i] == element[0] {
			return
		}
	}
	e.list = append(e.list, element...)
}

// write appends the operations on a row. Removals come first, so that a key's value can change,
// and the cells last, because what was seen of them is a condition of all. A row of others that
// they have changed meanwhile stays as it is, and is compared again when the change is here.
func (d *difference) write(w *Writer, b *Batch, it item, row ovsdb.UUID) {
	where := append([]ovsdb.Condition{ovsdb.RowIs(row)}, d.seen...)
	var mutations []ovsdb.Mutation
	for _, e := range d.deletions {
		var keys []ovsdb.Value
		for _, v := range e.list {
			keys = append(keys, w.d.toOVSDB(e.column.Key.Kind, v))
		}
		mutations = append(mutations, ovsdb.Mutation{Column: e.column.Name,
			Mutator: ovsdb.MutateDelete, Value: ovsdb.Set(keys...)})
	}
	for _, e := range d.additions {
		mutations = append(mutations, ovsdb.Mutation{Column: e.column.Name,
			Mutator: ovsdb.MutateInsert, Value: w.value(e.column, e.list)})
	}
	if len(mutations) > 0 {
		b.own(it, row).Mutate(it.state.name, where, mutations)
	}
	if len(d.cells) > 0 {
		b.own(it, row).Update(it.state.name, where, d.cells)
	}
}
