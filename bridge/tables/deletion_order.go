package tables

import (
	"slices"
	"strings"

	"woven/engine/check"
)

// byReference orders the tables so that each comes before those that it refers to, as far as
// references do not go in circles.
func (d *Database) byReference() (order []*table) {
	targets := map[string][]string{}
	for name, r := range d.program.Relations {
		bare, ours := strings.CutPrefix(name, d.Prefix+".")
		if reference, ok := r.Annotation("reference"); ok && ours {
			from, _, _ := strings.Cut(bare, ".")
			targets[from] = append(targets[from], check.AnnotationStrings(reference)[:1]...)
		}
	}
	visited := map[string]bool{}
	var visit func(name string)
	visit = func(name string) {
		if visited[name] {
			return
		}
		visited[name] = true
		for _, to := range targets[name] {
			visit(to)
		}
		if t := d.byName[name]; slices.Contains(d.tables, t) {
			order = append(order, t)
		}
	}
	for _, t := range d.tables {
		visit(t.name)
	}
	slices.Reverse(order)
	return order
}
