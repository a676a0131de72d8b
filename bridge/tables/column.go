package tables

import (
	"fmt"
	"strings"

	"woven/engine"
	"woven/engine/check"
	"woven/engine/syntax"
	"woven/relations/ovsschema"
)

// column is a column that some rule reads or that is written.
type column struct {
	ovsschema.Column
	table  *table
	index  int // in table.columns, and in the session's requests
	facts  *engine.Relation
	want   *engine.Relation
	byRow  *engine.Lookup // of facts
	byPair *engine.Lookup // of facts, by row and map key; made when it is first needed
	wanted *engine.Lookup // of want, by handle
	// byWantedPair finds the pairs of want by handle and map key; made when it is first needed.
	byWantedPair *engine.Lookup
	// byTarget finds the facts of want that refer to a handle; nil if the column is no reference.
	byTarget *engine.Lookup
	refers   *table // what a reference refers to, if the program knows that table
	role     role
	keys     ownedKeys // of roleKeys
	inKey    bool      // the column is part of the table's key

	// Of roleShared: what should go, if the program says so of single elements, and how to find
	// it by handle; and the facts by element.
	drop      *engine.Relation
	dropped   *engine.Lookup
	byElement *engine.Lookup
}

// isMap tells columns of pairs from all others.
func (c *column) isMap() bool { return c.Value != nil }

// single tells columns of at most one element from sets and maps.
func (c *column) single() bool { return c.Value == nil && c.Max == 1 }

// last is the type of what may be a reference: the element, or a pair's value.
func (c *column) last() ovsschema.Base {
	if c.Value != nil {
		return *c.Value
	}
	return c.Key
}

// addColumn takes the relation of a column that is read or written.
func (d *Database) addColumn(name string, r *check.Relation, read map[string]bool) error {
	shape, ok := r.Annotation("column")
	bare, ours := strings.CutPrefix(name, d.Prefix+".")
	if !ok || !ours {
		return nil
	}
	tableName, columnName, _ := strings.Cut(bare, ".")
	t := d.byName[tableName]
	if t == nil {
		return fmt.Errorf("%s: %s has no table %s.%s", r.Decl.Pos, name, d.Prefix, tableName)
	}
	c := &column{table: t}
	c.Name = columnName
	if t.own != nil {
		c.role, c.keys, c.inKey = t.own.roleOf(columnName)
	}
	if want := d.program.Relations["want."+name]; c.role == roleForeign && want != nil &&
		len(want.Clauses) > 0 {
		return fmt.Errorf(`%s: %s is derived, but table.%s.%s does not say that the column is `+
			`ours: add it to owned(), initial(), kept() or shared()`, want.Clauses[0].Pos, want.Name,
			d.Prefix, tableName)
	}
	c.describe(r, shape)
	if err := d.addColumnDrop(c); err != nil {
		return err
	}
	t.read = t.read || read[name]
	if !read[name] && c.role == roleForeign && !c.inKey {
		return nil
	}
	c.facts, _ = d.engine.Relation(name)
	c.want, _ = d.engine.Relation("want." + name)
	t.columns = append(t.columns, c)
	return nil
}

// describe reads the annotations that Declare of package ovsschema wrote.
func (c *column) describe(r *check.Relation, shape syntax.Annotation) {
	c.Key.Kind = r.Columns[1].Type.Kind
	last := &c.Key
	if len(r.Columns) == 3 {
		c.Value = &ovsschema.Base{Kind: r.Columns[2].Type.Kind}
		last = c.Value
	}
	c.Max = ovsschema.Unlimited
	switch word := strings.Join(check.AnnotationStrings(shape), ""); {
	case word == "scalar":
		c.Min, c.Max = 1, 1
	case word == "optional":
		c.Max = 1
	case len(shape.Args) == 3:
		c.Min, c.Max = annotationNumber(shape.Args[1]), annotationNumber(shape.Args[2])
	}
	if reference, ok := r.Annotation("reference"); ok {
		if texts := check.AnnotationStrings(reference); len(texts) == 2 {
			last.RefTable, last.RefWeak = texts[0], texts[1] == "weak"
		}
	}
}

func annotationNumber(t syntax.Term) int {
	if k, ok := t.(*syntax.Const); ok && k.Kind == syntax.NumberConst {
		return int(k.Num)
	}
	return 0
}
