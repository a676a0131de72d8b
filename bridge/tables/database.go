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
	// sharers are the shared columns that refer to the table.
	sharers []*column
	read    bool // something reads its rows or columns, besides the writer
	// conditional tells that only those rows are asked for that conditions select.
	conditional bool
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

// arrange keeps the tables that matter, in order.
func (d *Database) arrange() {
	for _, t := range d.byName {
		for _, c := range t.columns {
			if to := d.byName[c.last().RefTable]; to != nil && c.role != roleForeign {
				c.refers = to
				to.target = true
				if c.role == roleShared && !c.isMap() {
					to.sharers = append(to.sharers, c)
				}
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
		if c.role == roleShared && !c.isMap() {
			c.byElement = c.facts.Lookup(1)
		}
		if c.drop != nil {
			c.dropped = c.drop.Lookup(0)
		}
	}
	if err := d.checkDrop(t); err != nil {
		return err
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
