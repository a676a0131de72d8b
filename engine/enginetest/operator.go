package enginetest

import (
	"slices"

	"woven/engine/syntax"
	"woven/relations"
)

func (o *Operator) feature(p *Program) string {
	if o.Kind == "components" {
		return Components
	}
	if owners := p.relation(o.Inputs[0]); owners != nil && len(owners.Types) > 2 {
		return BlockAllocation
	}
	return Allocation
}

// addComponents adds the connected components of a relation that can be a graph, and returns
// how many relations that made.
func (g *generator) addComponents() int {
	graphs := slices.DeleteFunc(slices.Clone(g.program.Relations), func(r *Relation) bool {
		return len(r.Types) != 2 || !r.Types[0].Equal(r.Types[1])
	})
	edge := pick(g, graphs) // base0 is one
	r := g.newRelation(g.group())
	r.Types, r.Declared, r.Output = edge.Types, true, true
	r.Operator = &Operator{Kind: "components", Inputs: []string{edge.Name}}
	g.program.Relations = append(g.program.Relations, r)
	return 1
}

// addAllocator adds an allocator and the four relations that it reads, and returns how many
// relations that made.
func (g *generator) addAllocator() int {
	owner := pick(g, []relations.Type{numberType, stringType})
	owners := []relations.Type{numberType, owner}
	if g.chance(60) {
		owners = append(owners, numberType)
	}
	o := &Operator{Kind: "allocator"}
	for i, types := range [][]relations.Type{owners, {numberType, numberType, numberType},
		{numberType, owner, numberType}, {numberType, owner, numberType}} {
		input := g.newRelation(g.group())
		input.Types, input.Declared = types, true
		lower := g.program.Relations
		g.program.Relations = append(g.program.Relations, input)
		if i == 1 {
			g.addRanges(input)
		} else {
			for range 1 + g.intn(2) {
				input.add(g.claimRule(input, lower, i == 0))
			}
		}
		o.Inputs = append(o.Inputs, input.Name)
	}
	r := g.newRelation(g.group())
	r.Types, r.Declared, r.Output = []relations.Type{numberType, owner, numberType}, true, true
	r.Operator = o
	g.program.Relations = append(g.program.Relations, r)
	return 5
}

// addRanges makes pools 0 and 1, the second of which exists while a relation has a certain row.
func (g *generator) addRanges(r *Relation) {
	number := func(n int) syntax.Term {
		return &syntax.Const{Kind: syntax.NumberConst, Num: int64(n)}
	}
	for pool := range 2 {
		lowest := g.intn(3)
		head := &syntax.Atom{Pred: r.Name,
			Args: []syntax.Term{number(pool), number(lowest), number(lowest + g.intn(6))}}
		c := &syntax.Clause{Head: head}
		if pool == 1 {
			c.Body = []syntax.Literal{&syntax.Match{Atom: &syntax.Atom{Pred: "base0",
				Args: []syntax.Term{number(g.intn(6)), blank()}}}}
		}
		r.add(c)
	}
}

// claimRule makes a rule for an owner, a request or a number that is held, from one or two
// atoms. Most are about the first pools; blocks are small.
func (g *generator) claimRule(r *Relation, lower []*Relation, sized bool) *syntax.Clause {
	b := g.newBody(lower, lower)
	b.atom(b.source())
	if g.chance(30) {
		b.atom(b.source())
	}
	c := &syntax.Clause{Head: &syntax.Atom{Pred: r.Name}, Body: b.literals}
	for i, t := range r.Types {
		a := b.headTerm(t)
		switch {
		case i == 0 && g.chance(75):
			a = &syntax.Const{Kind: syntax.NumberConst, Num: int64(g.intn(2))}
		case i == 2 && sized:
			a = &syntax.Const{Kind: syntax.NumberConst, Num: int64(g.intn(4))}
		}
		if a == nil {
			return nil
		}
		c.Head.Args = append(c.Head.Args, a)
	}
	return c
}
