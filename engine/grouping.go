package engine

import (
	"woven/engine/check"
	"woven/relations"
)

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
		var columns []int
		for _, arg := range let.Fn.Args {
			reg, err := l.term(arg)
			if err != nil {
				return nil, err
			}
			columns = append(columns, body.headColumn(reg))
			x.types = append(x.types, clause.Types[arg])
		}
		x.slot = a.remember(reducer, columns, x.types)
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
