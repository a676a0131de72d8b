package engine

import (
	"fmt"
	"slices"
	"strings"

	"woven/engine/check"
	"woven/engine/syntax"
	"woven/relations"
)

// define notes what a relation means and on which relations that depends.
func (c *compiler) define(r *relation) {
	var texts []string
	for _, clause := range r.info.Clauses {
		texts = append(texts, clause.Text)
		for _, in := range c.bodyRelations(clause) {
			if !slices.Contains(r.inputs, in) {
				r.inputs = append(r.inputs, in)
			}
		}
	}
	slices.Sort(texts)
	def := fmt.Sprint(r.types, r.base, c.lazy[r.info], c.graph.program.Recursive[r.info], "\n",
		strings.Join(texts, "\n"))
	if kind, ok := operatorKind(r.info); ok {
		a, _ := r.info.Annotation(kind)
		def += fmt.Sprint(kind, annotationStrings(a))
		for _, in := range operatorInputs(c.graph.program, r.info) {
			r.inputs = append(r.inputs, c.relation(in.Name))
		}
	}
	r.definition = def
}

func (c *compiler) bodyRelations(clause *check.Clause) []*relation {
	var out []*relation
	for _, b := range clause.Body {
		if m, ok := b.(*syntax.Match); ok && m.Atom.Pred[0] != ':' {
			out = append(out, c.relation(m.Atom.Pred))
		}
	}
	return out
}

// keepUnchanged moves the rows of relations that mean the same in both programs into the new
// graph, and returns those relations.
func keepUnchanged(old, g *graph) map[*relation]bool {
	kept := map[*relation]bool{}
	for _, n := range g.order {
		switch n := n.(type) {
		case *relation:
			if n.info == nil {
				g.keepBody(old, n, kept)
			} else if was := n.unchanged(old, kept, nil); was != nil {
				n.moveFrom(was)
				n.takeStats(was)
				kept[n] = true
			}
		case *component:
			n.keep(old, kept)
		case *allocator:
			if was := old.allocator(n.head.name); was != nil && sameTypes(was.head, n.head) {
				n.grants, n.pools, n.starved, n.largest = was.grants, was.pools, was.starved, was.largest
			}
		}
	}
	return kept
}

// unchanged returns the relation of the old graph whose rows are those of r; within are the
// other relations of r's component.
func (r *relation) unchanged(old *graph, kept map[*relation]bool, within []*relation) *relation {
	was := old.relations[r.name]
	if was == nil || was.definition != r.definition {
		return nil
	}
	for _, in := range r.inputs {
		if !kept[in] && !slices.Contains(within, in) && fault != faultReplaced {
			return nil
		}
	}
	return was
}

func (c *component) keep(old *graph, kept map[*relation]bool) {
	var olds []*relation
	for _, r := range c.relations {
		was := r.unchanged(old, kept, c.relations)
		if was == nil || was.component == nil ||
			len(was.component.relations) != len(c.relations) {
			return
		}
		olds = append(olds, was)
	}
	for i, r := range c.relations {
		r.moveFrom(olds[i])
		r.takeStats(olds[i])
		kept[r] = true
	}
}

// keepBody moves the body and the groups of an aggregating clause that is in both programs.
func (g *graph) keepBody(old *graph, r *relation, kept map[*relation]bool) {
	a, was := r.groups[0], old.bodies[r.definition]
	if was == nil || !sameTypes(was.source, r) {
		return
	}
	for _, in := range r.inputs {
		if !kept[in] {
			return
		}
	}
	r.moveFrom(was.source)
	r.takeStats(was.source)
	a.ids.moveFrom(was.ids)
	a.states, was.states = was.states, nil
	kept[r] = true
}

// moveFrom takes the rows of another relation over.
func (r *relation) moveFrom(was *relation) {
	r.rows, r.top, r.free, r.live, r.set = was.rows, was.top, was.free, was.live, was.set
	for _, x := range r.indexes {
		if i := slices.IndexFunc(was.indexes, func(y *index) bool {
			return slices.Equal(x.columns, y.columns)
		}); i >= 0 {
			*x = *was.indexes[i]
			continue
		}
		x.fill(r)
	}
	was.clear()
}

func (g *graph) allocator(name string) *allocator {
	for _, s := range g.stateful {
		if a, ok := s.(*allocator); ok && a.head.name == name {
			return a
		}
	}
	return nil
}

// release lets go of what a replaced graph still holds.
func (g *graph) release(s *relations.Store, next *graph) {
	for _, r := range g.relations {
		r.releaseAll(s)
		r.gone = r.handle == nil || next.relations[r.name] == nil
	}
	for _, a := range g.aggregations {
		a.source.releaseAll(s)
		a.ids.releaseAll(s)
	}
	g.unpin(s)
}

// unpin lets the program's constants go.
func (g *graph) unpin(s *relations.Store) {
	for _, p := range g.pinned {
		s.Release(p.kind, p.value)
	}
	g.pinned = nil
}

// releaseAll empties a relation that is no longer used and lets the values of its rows go.
// Between transactions a record is a row or free.
func (r *relation) releaseAll(s *relations.Store) {
	for i := range r.set.parts {
		r.set.parts[i].Each(func(_, id uint32) {
			for c, k := range r.kinds {
				s.Release(k, r.row(id)[c])
			}
		})
	}
	r.clear()
}

// clear forgets all rows without letting their values go.
func (r *relation) clear() {
	r.rows, r.top, r.free, r.live = rows{width: r.rows.width}, 0, nil, 0
	r.set = newTable()
	for _, x := range r.indexes {
		*x = *newIndex(x.columns)
	}
}
