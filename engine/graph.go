package engine

import (
	"fmt"

	"woven/engine/check"
	"woven/engine/function"
	"woven/engine/syntax"
	"woven/relations"
)

// graph is a compiled program: its relations, and the order in which their changes are worked
// through.
type graph struct {
	program      *check.Program
	relations    map[string]*relation
	bodies       map[string]*aggregation // by the definition of their source
	aggregations []*aggregation          // the same, in the order of the program
	order        []node
	rules        []*rule
	stateful     []stateful
	operators    map[*relation]operator // by the relation whose rows they keep
	pinned       []constant             // values that the program itself holds
	changed      []*relation            // relations with touched rows in the running transaction
	driven       []*rule                // rules that gained or lost derivations in it
}

// compiler builds a graph.
type compiler struct {
	graph    *graph
	store    *relations.Store
	registry *function.Registry
	lazyText bool
	lazy     map[*check.Relation][]bool
}

// compile makes a program's graph. If it cannot, nothing is left of it.
func compile(p *check.Program, store *relations.Store, opts Options) (*graph, error) {
	c := &compiler{store: store, registry: p.Registry, lazyText: opts.LazyText,
		graph: &graph{program: p, relations: map[string]*relation{},
			bodies: map[string]*aggregation{}, operators: map[*relation]operator{}}}
	if err := c.compile(p); err != nil {
		c.graph.unpin(store)
		return nil, err
	}
	return c.graph, nil
}

func (c *compiler) compile(p *check.Program) error {
	c.lazy = lazyColumns(p, c.lazyText)
	for _, members := range p.Order {
		for _, info := range members {
			r := newRelation(info.Name, columnTypes(info), p.Recursive[info])
			r.info, r.base = info, info.Base
			_, published := info.Annotation("published")
			r.delivered = info.Output || published
			c.graph.relations[info.Name] = r
		}
	}
	for _, r := range c.graph.relations {
		c.define(r)
	}
	for _, members := range p.Order {
		if err := c.place(members, p.Recursive[members[0]]); err != nil {
			return err
		}
	}
	return nil
}

func columnTypes(info *check.Relation) []relations.Type {
	var types []relations.Type
	for _, c := range info.Columns {
		types = append(types, c.Type)
	}
	return types
}

func (c *compiler) relation(name string) *relation { return c.graph.relations[name] }

// place gives a component's relations their turns, after those of the bodies that they
// aggregate, and plans their rules.
func (c *compiler) place(members []*check.Relation, recursive bool) error {
	var comp *component
	if recursive {
		comp = &component{}
		for _, info := range members {
			r := c.relation(info.Name)
			r.component = comp
			comp.relations = append(comp.relations, r)
		}
	}
	var plain []*rule
	for _, info := range members {
		for _, clause := range info.Clauses {
			r, err := c.rule(clause)
			if err != nil {
				return fmt.Errorf("%s: %w", clause.Pos, err)
			}
			plain = append(plain, r)
		}
		if err := c.placeOperator(info); err != nil {
			return err
		}
	}
	if recursive {
		comp.position = c.position(comp)
		for _, r := range comp.relations {
			r.order = comp.position
		}
	} else {
		r := c.relation(members[0].Name)
		r.order = c.position(r)
	}
	for _, r := range plain {
		c.planRule(r)
	}
	return nil
}

func (c *compiler) position(n node) int {
	c.graph.order = append(c.graph.order, n)
	return len(c.graph.order) - 1
}

// rule lowers a clause; for an aggregating one it returns the rule of its body.
func (c *compiler) rule(clause *check.Clause) (*rule, error) {
	l := c.lowering(clause)
	if err := l.body(clause.Body); err != nil {
		return nil, err
	}
	if clause.Aggregate {
		return c.aggregate(l, clause)
	}
	if clause.Transform != nil {
		for _, let := range clause.Transform.Lets {
			if err := l.call(let.Fn, l.varReg(let.Var.Name),
				!c.lazyText || l.plain[let.Var.Name]); err != nil {
				return nil, err
			}
		}
	}
	l.rule.head = c.relation(clause.Head.Pred)
	return l.rule, l.head(clause)
}

func (c *compiler) lowering(clause *check.Clause) *lowering {
	r := &rule{clause: clause, name: clause.Name, place: clause.Pos, vars: map[string]int{}}
	return &lowering{c: c, types: clause.Types, rule: r, plain: plainVars(clause)}
}

// head lowers the head's arguments.
func (l *lowering) head(clause *check.Clause) error {
	lazy := l.c.lazy[l.rule.head.info]
	for i, a := range clause.Head.Args {
		var reg int
		var err error
		if call, ok := a.(*syntax.Call); ok {
			reg = l.newReg()
			err = l.call(call, reg, !lazy[i])
		} else {
			reg, err = l.term(a)
		}
		if err != nil {
			return err
		}
		l.rule.headRegs = append(l.rule.headRegs, reg)
		isText := l.rule.head.types[i].Kind == relations.String
		l.rule.canonical = append(l.rule.canonical, isText && !lazy[i])
	}
	return nil
}

// planRule makes a plan for every atom, so that a change of any of them is followed.
func (c *compiler) planRule(r *rule) {
	c.graph.rules = append(c.graph.rules, r)
	r.head.rules = append(r.head.rules, r)
	for i := range r.literals {
		lit := &r.literals[i]
		r.inner = r.inner || lit.kind == atomLiteral && lit.rel.component != nil &&
			lit.rel.component == r.head.component
	}
	for i := range r.literals {
		lit := &r.literals[i]
		if lit.kind != atomLiteral {
			continue
		}
		p := newPlan(r, i)
		u := &use{plan: p}
		u.inside = lit.rel.component != nil && lit.rel.component == r.head.component
		if lit.negated {
			u.keys = negationKeys(lit)
		}
		lit.rel.uses = append(lit.rel.uses, u)
	}
}

// negationKeys returns the index on the columns that a negated literal names, or nil if it
// names all.
func negationKeys(lit *literal) *index {
	var columns []int
	for i, r := range lit.args {
		if r != wildcard {
			columns = append(columns, i)
		}
	}
	if len(columns) == len(lit.args) {
		return nil
	}
	return lit.rel.indexOn(columns)
}

// orderedVars returns the named variables of a clause's body in the order they appear.
func orderedVars(c *syntax.Clause) []string {
	var out []string
	seen := map[string]bool{}
	eachVar(c.Body, func(v *syntax.Var) {
		if !seen[v.Name] {
			seen[v.Name] = true
			out = append(out, v.Name)
		}
	})
	return out
}

// eachVar visits the named variables of conditions.
func eachVar(body []syntax.Literal, f func(*syntax.Var)) {
	for _, b := range body {
		switch b := b.(type) {
		case *syntax.Match:
			for _, t := range b.Atom.Args {
				termVars(t, f)
			}
		case *syntax.Compare:
			termVars(b.L, f)
			termVars(b.R, f)
		}
	}
}

func termVars(t syntax.Term, f func(*syntax.Var)) {
	switch t := t.(type) {
	case *syntax.Var:
		if t.Name != "_" {
			f(t)
		}
	case *syntax.Call:
		for _, a := range t.Args {
			termVars(a, f)
		}
	}
}
