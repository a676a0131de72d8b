package enginetest

import (
	"fmt"
	"math/bits"
	"slices"

	"pgregory.net/rapid"

	"woven/engine/function"
	"woven/engine/syntax"
	"woven/relations"
)

// generator draws programs and batches. Every choice is a draw of rapid's, so that a seed
// repeats it and a failure shrinks.
type generator struct {
	t       *rapid.T
	reg     *function.Registry
	program *Program
	groups  int
}

var coin = rapid.Bool()

// intn draws a number from 0 to n-1, shrinking to 0. It is made of coins because all else in
// rapid prefers small numbers.
func (g *generator) intn(n int) int {
	drawn := 0
	for range bits.Len(uint(n)) + 2 {
		drawn <<= 1
		if coin.Draw(g.t, "coin") {
			drawn++
		}
	}
	return drawn % n
}

// chance is true in about percent of 100 draws; shrinking makes it false.
func (g *generator) chance(percent int) bool { return g.intn(100) >= 100-percent }

func pick[T any](g *generator, from []T) T { return from[g.intn(len(from))] }

var (
	numberType = relations.T(relations.Number)
	stringType = relations.T(relations.String)
	nameType   = relations.T(relations.Name)
	floatType  = relations.T(relations.Float)
)

// columnType draws the type of a base relation's column.
func (g *generator) columnType() relations.Type {
	switch n := g.intn(100); {
	case n < 55:
		return numberType
	case n < 80:
		return stringType
	default:
		return pick(g, []relations.Type{nameType, floatType, relations.T(relations.IP),
			relations.T(relations.MAC), relations.T(relations.UUID), relations.ListOf(numberType),
			relations.ListOf(stringType)})
	}
}

// base0Types are the columns of the first base relation: every program has a graph to recur over.
var base0Types = []relations.Type{numberType, numberType}

// generateProgram draws a program of 3 to 12 relations, 2 to 4 of them base relations.
func (g *generator) generateProgram() {
	g.program = &Program{}
	for i := range 2 + g.intn(3) {
		r := &Relation{Name: fmt.Sprintf("base%d", i), Base: true, Declared: true, Group: g.group()}
		arity := pick(g, []int{1, 2, 2, 2, 3})
		if i == 0 {
			r.Types = base0Types
			arity = 2
		}
		for len(r.Types) < arity {
			r.Types = append(r.Types, g.columnType())
		}
		g.program.Relations = append(g.program.Relations, r)
	}
	for derived := 1 + g.intn(8); derived > 0; {
		switch n := g.intn(100); {
		case n < 35:
			derived -= g.addRecursion()
		case n < 45:
			derived -= g.addComponents()
		case n < 65:
			derived -= g.addAllocator()
		default:
			g.addRelation()
			derived--
		}
	}
	if last := g.program.Relations[len(g.program.Relations)-1]; !last.Output {
		last.Output, last.Declared = true, true
	}
}

func (g *generator) group() int {
	g.groups++
	return g.groups
}

func (g *generator) newRelation(group int) *Relation {
	r := &Relation{Name: fmt.Sprintf("rel%d", len(g.program.Relations)), Group: group}
	if g.chance(10) {
		r.Name = fmt.Sprintf("dotted.name.Rel%d", len(g.program.Relations))
	}
	r.Declared = !g.chance(20)
	r.Output = r.Declared && g.chance(85)
	return r
}

// addRelation adds a relation that does not depend on itself; its first rule decides on its
// columns.
func (g *generator) addRelation() {
	r := g.newRelation(g.group())
	lower := g.program.Relations
	b := g.newBody(lower, lower)
	var first *syntax.Clause
	if g.chance(40) {
		first, r.Types = b.aggregateRule(r.Name)
	} else {
		first, r.Types = b.plainRule(r.Name)
	}
	r.Rules = append(r.Rules, first)
	g.program.Relations = append(g.program.Relations, r)
	for range g.intn(3) {
		g.addRule(r)
	}
	if g.chance(8) {
		g.addFact(r)
	}
}

// addRecursion adds a group of one to three relations of the same columns, each of which may
// depend on all, and returns how many.
func (g *generator) addRecursion() int {
	n := pick(g, []int{1, 1, 2, 2, 3})
	group := g.group()
	types := base0Types
	if g.chance(40) {
		types = nil
		for range 1 + g.intn(3) {
			types = append(types, pick(g, []relations.Type{numberType, numberType, stringType}))
		}
	}
	first := len(g.program.Relations)
	for range n {
		r := g.newRelation(group)
		r.Types = types
		g.program.Relations = append(g.program.Relations, r)
	}
	members := g.program.Relations[first:]
	if slices.EqualFunc(types, base0Types, relations.Type.Equal) && g.chance(40) {
		g.addClosure(members[0])
	}
	for i, r := range members {
		if i == 0 || g.chance(50) {
			r.add(g.fittingRule(r, g.program.Relations[:first], nil))
		}
		// Each reads its neighbour, so that the group is one component.
		r.add(g.fittingRule(r, g.program.Relations[:first], members[(i+n-1)%n]))
		for range g.intn(2) {
			r.add(g.fittingRule(r, g.program.Relations[:first], pick(g, members)))
		}
		r.Declared = true // a member may have no rule that shows its types
	}
	return n
}

// addClosure adds the transitive closure of base0, in one of its three forms.
func (g *generator) addClosure(r *Relation) {
	atom := func(name, x, y string) *syntax.Atom {
		return &syntax.Atom{Pred: name,
			Args: []syntax.Term{&syntax.Var{Name: x}, &syntax.Var{Name: y}}}
	}
	steps := [][]string{{r.Name, r.Name}, {"base0", r.Name}, {r.Name, "base0"}}[g.intn(3)]
	r.Rules = append(r.Rules,
		&syntax.Clause{Head: atom(r.Name, "X", "Y"),
			Body: []syntax.Literal{&syntax.Match{Atom: atom("base0", "X", "Y")}}},
		&syntax.Clause{Head: atom(r.Name, "X", "Z"),
			Body: []syntax.Literal{&syntax.Match{Atom: atom(steps[0], "X", "Y")},
				&syntax.Match{Atom: atom(steps[1], "Y", "Z")}}})
}

func (r *Relation) add(c *syntax.Clause) {
	if c != nil {
		r.Rules = append(r.Rules, c)
	}
}

// addRule adds one more rule to a derived relation.
func (g *generator) addRule(r *Relation) {
	var lower, members []*Relation
	for _, other := range g.program.Relations {
		switch {
		case other.Group < r.Group:
			lower = append(lower, other)
		case other.Group == r.Group:
			members = append(members, other)
		}
	}
	if r.Operator != nil {
		return
	}
	if g.isRecursive(r) {
		r.add(g.fittingRule(r, lower, pick(g, members)))
		return
	}
	b := g.newBody(lower, lower)
	if g.chance(25) {
		if c := b.aggregateFor(r.Name, r.Types); c != nil {
			r.add(c)
			return
		}
	}
	r.add(g.fittingRule(r, lower, nil))
}

// isRecursive reports whether a rule of the relation reads its group.
func (g *generator) isRecursive(r *Relation) bool {
	for _, c := range r.Rules {
		for _, l := range c.Body {
			if m, ok := l.(*syntax.Match); ok {
				if other := g.program.relation(m.Atom.Pred); other != nil && other.Group == r.Group {
					return true
				}
			}
		}
	}
	return false
}

// addFact adds a fact to the program if there are constants of all the columns' types.
func (g *generator) addFact(r *Relation) {
	head := &syntax.Atom{Pred: r.Name}
	for _, t := range r.Types {
		c := g.constant(t)
		if c == nil {
			return
		}
		head.Args = append(head.Args, c)
	}
	r.Rules = append(r.Rules, &syntax.Clause{Head: head})
}
