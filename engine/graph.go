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

// aggregate splits an aggregating clause into the rule of its body, whose head is a relation of
// the engine's own, and what makes the head of a group.
func (c *compiler) aggregate(l *lowering, clause *check.Clause) (*rule, error) {
	body := l.rule
	a := &aggregation{}
	for _, v := range orderedVars(clause.Clause) {
		body.headRegs = append(body.headRegs, body.vars[v])
	}
	fin := &lowering{c: c, types: clause.Types, plain: map[string]bool{},
		rule: &rule{clause: clause, name: clause.Name, place: clause.Pos, vars: map[string]int{}}}
	for _, v := range clause.Transform.GroupBy {
		a.keys = append(a.keys, body.headColumn(body.vars[v.Name]))
		fin.rule.inputs = append(fin.rule.inputs, fin.varReg(v.Name))
	}
	for _, let := range clause.Transform.Lets {
		reducer, ok := c.registry.Reducers[let.Fn.Fn]
		if !ok {
			if err := fin.call(let.Fn, fin.varReg(let.Var.Name), true); err != nil {
				return nil, err
			}
			continue
		}
		x := reduction{reducer: reducer}
		for _, arg := range let.Fn.Args {
			reg, err := l.term(arg)
			if err != nil {
				return nil, err
			}
			x.columns = append(x.columns, body.headColumn(reg))
			x.types = append(x.types, clause.Types[arg])
		}
		a.reducers = append(a.reducers, x)
		fin.rule.results = append(fin.rule.results, fin.varReg(let.Var.Name))
	}
	fin.rule.inputs = append(fin.rule.inputs, fin.rule.results...)
	fin.rule.head = c.relation(clause.Head.Pred)
	if err := fin.head(clause); err != nil {
		return nil, err
	}
	a.finisher = newPlan(fin.rule, loadDriver)
	return body, c.placeAggregation(a, l, clause)
}

// placeAggregation makes the body's relation and gives it its turn.
func (c *compiler) placeAggregation(a *aggregation, l *lowering, clause *check.Clause) error {
	body := l.rule
	types := make([]relations.Type, len(body.headRegs))
	for i, r := range body.headRegs {
		types[i] = l.regType(r)
	}
	body.canonical = make([]bool, len(types))
	for i, t := range types {
		body.canonical[i] = t.Kind == relations.String
	}
	a.source = newRelation(clause.Name+" body", types, false)
	a.source.order = c.position(a.source)
	a.source.groups = append(a.source.groups, a)
	a.source.definition = clause.Text
	for c.graph.bodies[a.source.definition] != nil { // a clause that is written twice
		a.source.definition += " again"
	}
	a.source.inputs = c.bodyRelations(clause)
	c.graph.bodies[a.source.definition] = a
	c.graph.aggregations = append(c.graph.aggregations, a)
	body.head = a.source
	keyTypes := make([]relations.Type, len(a.keys))
	for i, k := range a.keys {
		keyTypes[i] = types[k]
	}
	a.ids = newRelation(clause.Name+" groups", keyTypes, false)
	a.row = make([]value, 0, len(a.keys)+len(a.reducers))
	c.graph.stateful = append(c.graph.stateful, a)
	return nil
}

// headColumn returns the head's column that a register fills, adding one if there is none.
func (r *rule) headColumn(reg int) int {
	for i, x := range r.headRegs {
		if x == reg {
			return i
		}
	}
	r.headRegs = append(r.headRegs, reg)
	return len(r.headRegs) - 1
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
