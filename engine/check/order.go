package check

import "woven/engine/syntax"

// use is one step of a dependency: a relation's facts follow from those of another.
type use struct {
	of  *Relation
	pos syntax.Pos
	how stepKind
	by  *Clause // nil if an operator of the engine's reads it
}

// stepKind tells which steps may not be part of a cycle.
type stepKind uint8

const (
	plainStep stepKind = iota
	negatedStep
	groupedStep
	operatorStep
)

// read is one place where a relation is read.
type read struct {
	by   *Relation
	file string
	pos  syntax.Pos
	in   *Clause // nil if an annotation names the relation
}

// link collects what each relation depends on and what reads it.
func (c *checker) link() {
	c.uses = map[*Relation][]use{}
	for _, cl := range c.clauses {
		head := c.relations[cl.Head.Pred]
		for _, m := range matches(cl.Clause) {
			r := c.relations[m.Atom.Pred]
			if r == nil || head == nil {
				continue
			}
			how := plainStep
			if m.Negated {
				how = negatedStep
			} else if cl.Aggregate {
				how = groupedStep
			}
			c.uses[head] = append(c.uses[head], use{r, m.Atom.Pos, how, cl})
			c.reads[r] = append(c.reads[r], read{head, cl.Pos.File, m.Atom.Pos, cl})
		}
	}
	for _, r := range c.sorted {
		if a, ok := operatorOf(r); ok {
			c.linkOperator(r, a)
		}
	}
}

// order returns the strongly connected components, each after those it depends on, and the
// relations that depend on themselves (Tarjan's algorithm).
func (c *checker) order() ([][]*Relation, map[*Relation]bool) {
	t := &tarjan{uses: c.uses, index: map[*Relation]int{}, low: map[*Relation]int{},
		onStack: map[*Relation]bool{}}
	for _, r := range c.sorted {
		if t.index[r] == 0 {
			t.visit(r)
		}
	}
	recursive := map[*Relation]bool{}
	for _, comp := range t.components {
		for _, r := range comp {
			if len(comp) > 1 {
				recursive[r] = true
			}
			for _, u := range c.uses[r] {
				if u.of == r {
					recursive[r] = true
				}
			}
		}
	}
	return t.components, recursive
}

type tarjan struct {
	uses       map[*Relation][]use
	index, low map[*Relation]int // from 1
	stack      []*Relation
	onStack    map[*Relation]bool
	components [][]*Relation
}

func (t *tarjan) visit(r *Relation) {
	t.index[r] = len(t.index) + 1
	t.low[r] = t.index[r]
	t.stack = append(t.stack, r)
	t.onStack[r] = true
	for _, u := range t.uses[r] {
		if t.index[u.of] == 0 {
			t.visit(u.of)
			t.low[r] = min(t.low[r], t.low[u.of])
		} else if t.onStack[u.of] {
			t.low[r] = min(t.low[r], t.index[u.of])
		}
	}
	if t.low[r] != t.index[r] {
		return
	}
	var comp []*Relation
	for {
		last := t.stack[len(t.stack)-1]
		t.stack = t.stack[:len(t.stack)-1]
		t.onStack[last] = false
		comp = append(comp, last)
		if last == r {
			break
		}
	}
	t.components = append(t.components, comp)
}
