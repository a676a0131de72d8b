package tool

import (
	"slices"
	"strings"

	"woven/engine/check"
	"woven/engine/syntax"
	"woven/golden"
	"woven/relations"
)

// database holds base facts by their places: a column with one value is one place, and so is a key
// of a map, so that what is put there replaces what was there.
type database map[string]golden.BaseFact

// put puts a fact into its place. One that no relation can hold is dropped: no rule can read it.
func (d database) put(p *check.Program, relation string, arguments ...string) {
	r := p.Relations[relation]
	if r == nil || !r.Base || len(r.Columns) != len(arguments) {
		return
	}
	several := len(arguments)
	if kind, ok := r.Annotation("column"); ok {
		switch check.AnnotationStrings(kind)[0] {
		case "scalar", "optional":
			several = 1
		case "map":
			several = 2
		}
	}
	place := relation + "\x00" + strings.Join(arguments[:several], "\x00")
	d[place] = golden.BaseFact{Relation: relation, Arguments: arguments}
}

// add puts all facts of another database into their places.
func (d database) add(other database) {
	for place, f := range other {
		d[place] = f
	}
}

// rows returns the arguments of the facts of a relation, in order.
func (d database) rows(relation string) [][]string {
	var out [][]string
	for _, f := range d {
		if f.Relation == relation {
			out = append(out, f.Arguments)
		}
	}
	slices.SortFunc(out, slices.Compare)
	return out
}

// complete gives the columns of rows that always have a value their default, as a server does.
func (d database) complete(p *check.Program, prefix string) {
	for name, r := range p.Relations {
		kind, ok := r.Annotation("column")
		if !ok || !r.Base || !strings.HasPrefix(name, prefix+".") ||
			check.AnnotationStrings(kind)[0] != "scalar" {
			continue
		}
		text := ""
		switch r.Columns[1].Type.Kind {
		case relations.UUID:
			continue // a reference has no default
		case relations.Number:
			text = "0"
		case relations.Float:
			text = "0.0"
		case relations.Name:
			text = "/false"
		}
		present := map[string]bool{}
		for _, row := range d.rows(name) {
			present[row[0]] = true
		}
		for _, row := range d.rows(name[:strings.LastIndexByte(name, '.')]) {
			if !present[row[0]] {
				d.put(p, name, row[0], text)
			}
		}
	}
}

// difference is the transaction that makes one database of another, as far as the program reads
// it.
func (w *world) difference(before, after database) transaction {
	var out transaction
	add := func(f golden.BaseFact, deleted bool) {
		if _, read := w.engine.Relation(f.Relation); !read {
			return
		}
		c := change{delete: deleted, relation: w.program.checked.Relations[f.Relation]}
		for i, text := range f.Arguments {
			c.arguments = append(c.arguments, termOf(c.relation.Columns[i].Type, syntax.Pos{}, text))
		}
		out = append(out, c)
	}
	for place, f := range before {
		if now, ok := after[place]; !ok || !slices.Equal(now.Arguments, f.Arguments) {
			add(f, true)
		}
	}
	for place, f := range after {
		if then, ok := before[place]; !ok || !slices.Equal(then.Arguments, f.Arguments) {
			add(f, false)
		}
	}
	return out
}
