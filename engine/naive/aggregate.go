package naive

import (
	"fmt"
	"slices"

	"woven/engine/function"
	"woven/engine/syntax"
	"woven/relations"
)

// aggregate applies a grouped rule: the distinct assignments of the body's named variables are
// parted by the keys, and each part makes one fact.
func (r *run) aggregate(rule *rule) ([]Row, error) {
	groups := map[string][]bindings{}
	var order []string
	seen := map[string]bool{}
	err := r.solve(rule.body, bindings{}, func(b bindings) error {
		all := make(Row, len(rule.vars))
		for i, name := range rule.vars {
			all[i] = b[name]
		}
		if seen[all.String()] {
			return nil
		}
		seen[all.String()] = true
		keys := make(Row, len(rule.Transform.GroupBy))
		for i, key := range rule.Transform.GroupBy {
			keys[i] = b[key.Name]
		}
		if groups[keys.String()] == nil {
			order = append(order, keys.String())
		}
		groups[keys.String()] = append(groups[keys.String()], b.clone())
		return nil
	})
	if err != nil {
		return nil, err
	}
	var rows []Row
	for _, key := range order {
		row, err := r.reduce(rule, groups[key])
		if err != nil {
			return nil, err
		}
		rows = append(rows, row)
	}
	return rows, nil
}

// reduce makes the fact of one group, of which there is at least one assignment.
func (r *run) reduce(rule *rule, assignments []bindings) (Row, error) {
	result := bindings{}
	for _, key := range rule.Transform.GroupBy {
		result[key.Name] = assignments[0][key.Name]
	}
	for _, let := range rule.Transform.Lets {
		var d Datum
		var err error
		if reducer := r.reg.Reducers[let.Fn.Fn]; reducer != nil {
			d, err = r.finish(reducer, let.Fn, assignments)
		} else {
			d, err = r.eval(let.Fn, result)
		}
		if err != nil {
			return nil, err
		}
		result[let.Var.Name] = d
	}
	return r.row(rule.Head, result)
}

func (r *run) finish(reducer *function.Reducer, call *syntax.Call, assignments []bindings) (Datum,
	error) {
	if len(call.Args) != len(reducer.Params) {
		return Datum{}, fmt.Errorf("%s: %s has %d arguments", call.Pos, call.Fn, len(call.Args))
	}
	g := &group{store: r.store, tuples: make([]Row, len(assignments))}
	for i, b := range assignments {
		for _, t := range call.Args {
			d, err := r.eval(t, b)
			if err != nil {
				return Datum{}, err
			}
			g.tuples[i] = append(g.tuples[i], d)
		}
	}
	vars := typeVars{}
	types := make([]relations.Type, len(reducer.Params))
	for i, param := range reducer.Params {
		column := make(Row, len(g.tuples))
		for j, tuple := range g.tuples {
			column[j] = tuple[i]
		}
		types[i] = commonType(column)
		vars.bind(param, types[i])
	}
	g.types = types
	slices.SortFunc(g.tuples, g.compare)
	return NewDatum(r.store, vars.apply(reducer.Result), reducer.Finish(r.store, types, g)), nil
}

// group is what a reducer sees: the tuples of its arguments, sorted, equal ones side by side.
type group struct {
	store  *relations.Store
	types  []relations.Type
	tuples []Row
}

func (g *group) compare(a, b Row) int {
	for i, t := range g.types {
		if c := g.store.Compare(t, a[i].Value, b[i].Value); c != 0 {
			return c
		}
	}
	return 0
}

// Count returns the number of assignments.
func (g *group) Count() int64 { return int64(len(g.tuples)) }

// Sum adds the first arguments up.
func (g *group) Sum() int64 {
	var sum int64
	for _, tuple := range g.tuples {
		sum += g.store.Int(tuple[0].Value)
	}
	return sum
}

// First returns the least tuple.
func (g *group) First() []relations.Value { return plain(g.tuples[0]) }

// Last returns the greatest tuple.
func (g *group) Last() []relations.Value { return plain(g.tuples[len(g.tuples)-1]) }

// Distinct counts the different tuples.
func (g *group) Distinct() int {
	n := 0
	g.Each(func([]relations.Value, int64) bool {
		n++
		return true
	})
	return n
}

// Each visits the different tuples in order, each with the number of its assignments.
func (g *group) Each(f func(args []relations.Value, count int64) bool) {
	for i := 0; i < len(g.tuples); {
		j := i
		for j < len(g.tuples) && g.compare(g.tuples[i], g.tuples[j]) == 0 {
			j++
		}
		if !f(plain(g.tuples[i]), int64(j-i)) {
			return
		}
		i = j
	}
}

func plain(row Row) []relations.Value {
	values := make([]relations.Value, len(row))
	for i, d := range row {
		values[i] = d.Value
	}
	return values
}
