package tables

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"woven/bridge/ovsdb"
	"woven/engine"
	"woven/engine/check"
	"woven/engine/syntax"
	"woven/relations"
	"woven/relations/ovsschema"
)

// Database is the part of a database that a program reads or writes. It is learned from the
// program's declarations alone, so it needs no server.
type Database struct {
	Prefix string // of its relations, such as nb
	Name   string // such as OVN_Northbound

	tables []*table // sorted by name
	byName map[string]*table
	// deletions is the order in which tables lose rows: what refers to another table first.
	deletions []*table
	engine    *engine.Engine
	store     *relations.Store
	program   *check.Program
}

// table is a table of which something is read or written.
type table struct {
	name    string
	index   int  // in Database.tables, and in the session's requests
	root    bool // rows stay although nothing refers to them
	columns []*column
	facts   *engine.Relation // the rows that are there
	want    *engine.Relation // the handles that should have a row
	drop    *engine.Relation // the rows that should go
	own     *ownership       // nil if nothing is written
	// target tells that a column which is written refers to the table.
	target bool
	read   bool // something reads its rows or columns, besides the writer
	// conditional tells that only those rows are asked for that conditions select.
	conditional bool
}

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
	keys     []relations.Value // of roleKeys: the map keys that are ours
	inKey    bool              // the column is part of the table's key
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

// New learns what a running program has to do with a database. Declarations of table.* that
// contradict the schema are errors with their place.
func New(e *engine.Engine, p *check.Program, prefix string) (*Database, error) {
	d := &Database{Prefix: prefix, byName: map[string]*table{}, engine: e, store: e.Store(),
		program: p}
	read := readRelations(p)
	for name, r := range p.Relations {
		bare, ok := strings.CutPrefix(name, prefix+".")
		if !ok || !r.Base {
			continue
		}
		if a, ok := r.Annotation("table"); ok {
			d.Name = strings.Join(check.AnnotationStrings(a), "")
			d.addTable(bare, r, read)
		}
	}
	if d.Name == "" {
		return nil, fmt.Errorf("the program declares no tables of %s (rules/schema/%s.mg)", prefix, prefix)
	}
	for _, t := range d.byName {
		d.readConditional(t)
		if err := d.addOwnership(t); err != nil {
			return nil, err
		}
	}
	for name, r := range p.Relations {
		if err := d.addColumn(name, r, read); err != nil {
			return nil, err
		}
	}
	d.arrange()
	for _, t := range d.tables {
		if err := d.prepare(t); err != nil {
			return nil, err
		}
	}
	return d, nil
}

// readRelations is the set of relations that a clause or an operator reads.
func readRelations(p *check.Program) map[string]bool {
	read := map[string]bool{}
	for _, r := range p.Relations {
		for _, clause := range r.Clauses {
			for _, literal := range clause.Body {
				if m, ok := literal.(*syntax.Match); ok {
					read[m.Atom.Pred] = true
				}
			}
		}
		for _, kind := range []string{"allocator", "components"} {
			if a, ok := r.Annotation(kind); ok {
				for _, name := range check.AnnotationStrings(a) {
					read[name] = true
				}
			}
		}
		if _, ok := r.Annotation("published"); ok || r.Output {
			read[r.Name] = true
		}
	}
	return read
}

func (d *Database) addTable(name string, r *check.Relation, read map[string]bool) {
	t := &table{name: name, read: read[r.Name]}
	_, t.root = r.Annotation("root")
	t.facts, _ = d.engine.Relation(r.Name)
	t.want, _ = d.engine.Relation("want." + r.Name)
	if drop := d.program.Relations["drop."+r.Name]; drop != nil && len(drop.Clauses) > 0 {
		t.drop, _ = d.engine.Relation(drop.Name)
	}
	d.byName[name] = t
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
	if t.own != nil {
		c.role, c.keys, c.inKey = t.own.roleOf(columnName)
	}
	if want := d.program.Relations["want."+name]; c.role == roleForeign && want != nil &&
		len(want.Clauses) > 0 {
		return fmt.Errorf(`%s: %s is derived, but table.%s.%s does not say that the column is `+
			`ours: add it to owned(), initial() or kept()`, want.Clauses[0].Pos, want.Name, d.Prefix,
			tableName)
	}
	t.read = t.read || read[name]
	if !read[name] && c.role == roleForeign && !c.inKey {
		return nil
	}
	c.Name = columnName
	c.describe(r, shape)
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

// arrange keeps the tables that matter, in order.
func (d *Database) arrange() {
	for _, t := range d.byName {
		for _, c := range t.columns {
			if to := d.byName[c.last().RefTable]; to != nil && c.role != roleForeign {
				c.refers = to
				to.target = true
			}
		}
	}
	for _, t := range d.byName {
		if t.read || t.own != nil || t.drop != nil || t.target || t.conditional {
			d.tables = append(d.tables, t)
		}
	}
	slices.SortFunc(d.tables, func(a, b *table) int { return cmp.Compare(a.name, b.name) })
	d.deletions = d.byReference()
	for i, t := range d.tables {
		t.index = i
		slices.SortFunc(t.columns, func(a, b *column) int { return cmp.Compare(a.Name, b.Name) })
		for j, c := range t.columns {
			c.index = j
		}
	}
}

// prepare makes the lookups while the relations are empty.
func (d *Database) prepare(t *table) error {
	for _, c := range t.columns {
		c.byRow = c.facts.Lookup(0)
		if c.role == roleForeign && !c.inKey {
			continue
		}
		c.wanted = c.want.Lookup(0)
		if c.last().Kind == relations.UUID {
			c.byTarget = c.want.Lookup(len(c.want.Types()) - 1)
		}
	}
	if t.own != nil {
		return d.resolve(t)
	}
	return nil
}

// Requests is what to ask a session for. The tables have the order that the Source expects. Of
// conditional tables no row is asked for until SetConditions of the session says which.
func (d *Database) Requests() []ovsdb.TableRequest {
	var requests []ovsdb.TableRequest
	for _, t := range d.tables {
		request := ovsdb.TableRequest{Table: t.name}
		if t.conditional {
			request.Where = []ovsdb.Condition{ovsdb.Never()}
		}
		for _, c := range t.columns {
			request.Columns = append(request.Columns, c.Name)
		}
		requests = append(requests, request)
	}
	return requests
}
