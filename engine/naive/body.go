package naive

import (
	"fmt"
	"maps"

	"woven/engine/syntax"
	"woven/relations"
)

// bindings says what each variable stands for.
type bindings map[string]Datum

func (b bindings) clone() bindings { return maps.Clone(b) }

// solve calls yield for every way to make all literals true. The bindings that yield gets are
// its own only until it returns.
func (r *run) solve(literals []syntax.Literal, b bindings, yield func(bindings) error) error {
	if len(literals) == 0 {
		return yield(b)
	}
	rest := func(b bindings) error { return r.solve(literals[1:], b, yield) }
	switch l := literals[0].(type) {
	case *syntax.Compare:
		return r.compare(l, b, rest)
	case *syntax.Match:
		if !l.Negated {
			return r.match(l.Atom, b, rest)
		}
		found := false
		err := r.match(l.Atom, b, func(bindings) error {
			found = true
			return nil
		})
		if err != nil || found {
			return err
		}
		return rest(b)
	}
	return fmt.Errorf("a literal of an unknown kind: %v", literals[0])
}

// match finds the rows that an atom describes.
func (r *run) match(atom *syntax.Atom, b bindings, rest func(bindings) error) error {
	if atom.Pred[0] == ':' {
		return r.flatten(atom, b, rest)
	}
	for _, row := range r.facts[atom.Pred].rows {
		if err := r.unify(atom.Args, row, b, rest); err != nil {
			return err
		}
	}
	return nil
}

// flatten runs a flattening predicate on its inputs and matches the rows that it emits.
func (r *run) flatten(atom *syntax.Atom, b bindings, rest func(bindings) error) error {
	p := r.reg.Predicates[atom.Pred]
	if p == nil {
		return fmt.Errorf("%s: there is no predicate %s", atom.Pos, atom.Pred)
	}
	if len(atom.Args) != len(p.In)+len(p.Out) {
		return fmt.Errorf("%s: %s has %d arguments", atom.Pos, atom.Pred, len(atom.Args))
	}
	vars := typeVars{}
	inputs := make([]relations.Value, len(p.In))
	for i, column := range p.In {
		d, err := r.eval(atom.Args[i], b)
		if err != nil {
			return err
		}
		vars.bind(column.Type, d.Type)
		inputs[i] = d.Value
	}
	var rows []Row
	p.Eval(r.store, inputs, func(out []relations.Value) {
		row := make(Row, len(out))
		for i, v := range out {
			row[i] = NewDatum(r.store, vars.apply(p.Out[i].Type), v)
		}
		rows = append(rows, row)
	})
	for _, row := range rows {
		if err := r.unify(atom.Args[len(inputs):], row, b, rest); err != nil {
			return err
		}
	}
	return nil
}

// unify continues with rest if the row fits the arguments, with the arguments' free variables
// bound to the row's values. Calls are computed last: they may use what the row binds.
func (r *run) unify(args []syntax.Term, row Row, b bindings, rest func(bindings) error) error {
	if len(args) != len(row) {
		return fmt.Errorf("%d arguments for %d columns", len(args), len(row))
	}
	var fresh []string
	defer func() {
		for _, name := range fresh {
			delete(b, name)
		}
	}()
	for i, t := range args {
		switch t := t.(type) {
		case *syntax.Const:
			if !r.constant(t).same(row[i]) {
				return nil
			}
		case *syntax.Var:
			if d, bound := b[t.Name]; bound && !d.same(row[i]) {
				return nil
			} else if !bound && t.Name != "_" {
				b[t.Name] = row[i]
				fresh = append(fresh, t.Name)
			}
		}
	}
	for i, t := range args {
		if _, ok := t.(*syntax.Call); !ok {
			continue
		}
		if d, err := r.eval(t, b); err != nil || !d.same(row[i]) {
			return err
		}
	}
	return rest(b)
}

// compare tests a comparison, or binds the free variable of an equation.
func (r *run) compare(c *syntax.Compare, b bindings, rest func(bindings) error) error {
	for _, sides := range [][2]syntax.Term{{c.L, c.R}, {c.R, c.L}} {
		v, ok := sides[0].(*syntax.Var)
		if !ok || c.Op != "=" {
			continue
		}
		if _, bound := b[v.Name]; bound {
			continue
		}
		d, err := r.eval(sides[1], b)
		if err != nil {
			return err
		}
		b[v.Name] = d
		defer delete(b, v.Name)
		return rest(b)
	}
	left, err := r.eval(c.L, b)
	if err != nil {
		return err
	}
	right, err := r.eval(c.R, b)
	if err != nil {
		return err
	}
	if !r.holds(c.Op, left, right) {
		return nil
	}
	return rest(b)
}

func (r *run) holds(op string, left, right Datum) bool {
	switch op {
	case "=":
		return left.same(right)
	case "!=":
		return !left.same(right)
	}
	order := r.store.Compare(left.Type, left.Value, right.Value)
	switch op {
	case "<":
		return order < 0
	case "<=":
		return order <= 0
	case ">":
		return order > 0
	}
	return order >= 0
}
