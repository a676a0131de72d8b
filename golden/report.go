package golden

import (
	"slices"
	"strings"

	"woven/engine/check"
	"woven/relations"
)

// view shows what holds in a world in the words of a case: rows by their names.
type view struct {
	w      *world
	names  *names
	labels map[string]string // of handles that are no row's uuid
}

func newView(w *world, n *names) *view { return &view{w: w, names: n} }

// lines makes the lines of a report.
func (v *view) lines(r *Report) ([]string, *fault) {
	switch r.Kind {
	case "flows":
		return v.flows(r)
	case "openflow":
		return v.openflow(r)
	case "rows":
		return v.tableRows(r)
	case "drops":
		return v.drops(r)
	case "facts":
		return v.facts(r)
	}
	return v.problems()
}

// cell writes a value: rows by name, booleans without slash, texts in quotes if need be.
func (v *view) cell(t relations.Type, text string) string {
	switch t.Kind {
	case relations.UUID:
		return v.row(text)
	case relations.Name:
		return strings.TrimPrefix(text, "/")
	case relations.String:
		if name, ok := v.names.of[text]; ok {
			return "$" + name
		}
		return plain(text)
	}
	return text
}

// row names a row: by the name that the case gave it, or by what its table is keyed by.
func (v *view) row(uuid string) string {
	if name, ok := v.names.of[uuid]; ok {
		return name
	}
	if uuid == "00000000-0000-0000-0000-000000000000" {
		return "-"
	}
	if v.labels == nil {
		v.labels = map[string]string{}
		for name, r := range v.w.p.checked.Relations {
			if rest, ok := strings.CutPrefix(name, "table."); ok && r.Decl != nil {
				v.label(rest, r)
			}
		}
	}
	if label, ok := v.labels[uuid]; ok {
		return label
	}
	return uuid
}

// label names the wanted rows of a table by the columns that the declaration calls their key.
func (v *view) label(table string, declared *check.Relation) {
	key, _ := declared.Annotation("key")
	columns := check.AnnotationStrings(key)
	for _, row := range v.w.rows("want." + table) {
		if _, ok := v.names.of[row[0]]; ok {
			continue
		}
		parts := []string{}
		for _, c := range columns {
			r := v.w.relation("want." + table + "." + c)
			if r == nil {
				continue
			}
			for _, f := range v.w.rows(r.Name) {
				if f[0] == row[0] {
					parts = append(parts, v.named(r.Columns[1].Type, f[1]))
				}
			}
		}
		if len(parts) == 0 {
			parts = []string{table[strings.LastIndexByte(table, '.')+1:]}
		}
		v.labels[row[0]] = strings.Join(parts, "/")
	}
}

func (v *view) named(t relations.Type, text string) string {
	if name, ok := v.names.of[text]; ok && t.Kind == relations.UUID {
		return name
	}
	return text
}

// tableRows shows the wanted rows of a table, each with its columns in order.
func (v *view) tableRows(r *Report) ([]string, *fault) {
	table := r.Subject
	if !strings.Contains(table, ".") {
		table = "sb." + table
	}
	if v.w.relation("want."+table) == nil {
		return nil, faultf("a table of another database is written with it: nb.NB_Global",
			"there is no table %s", r.Subject)
	}
	columns := v.columns(table, r)
	var out []string
	for _, row := range v.w.rows("want." + table) {
		if label := v.row(row[0]); r.passes("row", label) {
			var parts []string
			for _, c := range columns {
				if text, ok := v.column(c, row[0]); ok {
					parts = append(parts, c.name+": "+text)
				}
			}
			out = append(out, label+" "+join("{", parts, "}"))
		}
	}
	slices.Sort(out)
	return out, nil
}

// columns returns the columns of a table that some rule derives, in the order of their names or
// of the filter.
func (v *view) columns(table string, r *Report) []*column {
	var out []*column
	for _, c := range v.w.p.tables[table].columns {
		want := v.w.relation("want." + c.relation.Name)
		if want != nil && len(want.Clauses) > 0 && r.passes("columns", c.name) {
			out = append(out, &column{c.name, want, c.kind})
		}
	}
	slices.SortFunc(out, func(a, b *column) int { return strings.Compare(a.name, b.name) })
	return out
}

// column writes what a row wants in a column; ok is false if it wants nothing.
func (v *view) column(c *column, row string) (text string, ok bool) {
	var items []string
	types := c.relation.Columns
	for _, f := range v.w.rows(c.relation.Name) {
		if f[0] != row {
			continue
		}
		item := v.cell(types[1].Type, f[1])
		if c.kind == "map" {
			item += ": " + v.cell(types[2].Type, f[2])
		}
		items = append(items, item)
	}
	slices.Sort(items)
	switch {
	case len(items) == 0:
		return "", false
	case c.kind == "set":
		return join("[", items, "]"), true
	case c.kind == "map":
		return join("{", items, "}"), true
	}
	return strings.Join(items, " | "), true
}

// drops shows the rows of a table that are to be deleted.
func (v *view) drops(r *Report) ([]string, *fault) {
	table := r.Subject
	if !strings.Contains(table, ".") {
		table = "sb." + table
	}
	if v.w.relation("drop."+table) == nil {
		return nil, faultf("", "no row of %s is ever dropped", r.Subject)
	}
	var out []string
	for _, row := range v.w.rows("drop." + table) {
		out = append(out, v.row(row[0]))
	}
	slices.Sort(out)
	return out, nil
}

// facts shows a relation as it is.
func (v *view) facts(r *Report) ([]string, *fault) {
	relation := v.w.relation(r.Subject)
	if relation == nil {
		return nil, faultf("", "there is no relation %s", r.Subject)
	}
	var out []string
	for _, row := range v.w.rows(r.Subject) {
		for i := range row {
			row[i] = v.cell(relation.Columns[i].Type, row[i])
		}
		if len(row) == 0 {
			row = []string{"()"}
		}
		out = append(out, strings.Join(row, " "))
	}
	slices.Sort(out)
	return out, nil
}

// problems shows what the rules could not use: table, row, column, reason.
func (v *view) problems() ([]string, *fault) {
	var out []string
	for _, p := range v.w.rows("problem") {
		out = append(out, p[0]+" "+v.row(p[1])+" "+p[2]+": "+p[3])
	}
	slices.Sort(out)
	return out, nil
}
