package golden

import (
	"slices"
	"strings"

	"woven/engine/check"
	"woven/internal/logical"
	"woven/rules"
)

// Program is a checked program, with what cases need to know of its tables.
type Program struct {
	checked *check.Program
	tables  map[string]*table // by database and table: nb.Logical_Switch
	fired   map[string]bool   // rules that fired in any case, by file:name
	alone   map[string]bool   // rules that fire without any fact
	free    []*world          // worlds without a fact
}

// table is a database table that facts come from.
type table struct {
	name    string
	columns map[string]*column
	scalars []*column // every row has a value in these
}

// column is a column of a table and the relation that holds it.
type column struct {
	name     string
	relation *check.Relation
	kind     string // scalar, optional, set or map, as the generated declarations say
}

// NewProgram parses and checks rule files as one program. Its error holds every finding that
// makes the program unusable.
func NewProgram(files []rules.File) (*Program, error) {
	checked, diagnostics := check.Texts(files, logical.Registry(),
		check.Options{Generated: rules.Shared})
	if checked == nil {
		return nil, check.Errors(diagnostics)
	}
	p := &Program{checked: checked, tables: map[string]*table{}, fired: map[string]bool{},
		alone: map[string]bool{}}
	p.findTables()
	return p, nil
}

// findTables reads the tables off the declarations.
func (p *Program) findTables() {
	for name, r := range p.checked.Relations {
		if _, ok := r.Annotation("table"); ok && r.Base {
			p.tables[name] = &table{name: name, columns: map[string]*column{}}
		}
	}
	for name, r := range p.checked.Relations {
		kind, ok := r.Annotation("column")
		dot := strings.LastIndexByte(name, '.')
		if !ok || !r.Base || dot < 0 || p.tables[name[:dot]] == nil {
			continue
		}
		t := p.tables[name[:dot]]
		c := &column{name[dot+1:], r, check.AnnotationStrings(kind)[0]}
		t.columns[c.name] = c
		if c.kind == "scalar" {
			t.scalars = append(t.scalars, c)
		}
	}
	for _, t := range p.tables {
		slices.SortFunc(t.scalars, func(a, b *column) int { return strings.Compare(a.name, b.name) })
	}
}

// table finds a table by its name; without a database it is one of the Northbound.
func (p *Program) table(name string) *table {
	if !strings.Contains(name, ".") {
		name = "nb." + name
	}
	return p.tables[name]
}

// references are the columns of other tables that hold rows of this one weakly: a row that is
// deleted vanishes from them.
func (p *Program) references(t *table) []*column {
	database, name, _ := strings.Cut(t.name, ".")
	var out []*column
	for _, other := range p.tables {
		for _, c := range other.columns {
			if to, ok := c.relation.Annotation("reference"); ok && c.kind != "scalar" &&
				strings.HasPrefix(other.name, database+".") && check.AnnotationStrings(to)[0] == name {
				out = append(out, c)
			}
		}
	}
	return out
}

// Uncovered returns the rules that no case so far has made fire, as file:line name, in the order
// of the program. Facts are no rules.
func (p *Program) Uncovered() []string {
	var out []string
	for _, f := range p.checked.Files {
		for _, r := range p.rulesOf(f.Path) {
			if !p.fired[ruleID(f.Path, r.Name)] {
				out = append(out, r.Pos.String()+" "+r.Name)
			}
		}
	}
	return out
}

// rulesOf returns the rules of a file in its order.
func (p *Program) rulesOf(path string) []*check.Clause {
	var out []*check.Clause
	for _, r := range p.checked.Relations {
		for _, c := range r.Clauses {
			if c.Pos.File == path && len(c.Body) > 0 {
				out = append(out, c)
			}
		}
	}
	slices.SortFunc(out, func(a, b *check.Clause) int { return a.Pos.Line - b.Pos.Line })
	return out
}

func ruleID(path, name string) string { return path + ":" + name }
