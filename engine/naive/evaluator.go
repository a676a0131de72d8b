package naive

import (
	"fmt"
	"slices"

	"woven/engine/function"
	"woven/engine/syntax"
	"woven/relations"
)

// Evaluator evaluates one program.
type Evaluator struct {
	store     *relations.Store
	reg       *function.Registry
	names     []string // every relation that the program mentions
	rules     []*rule
	operators []*operator
	levels    map[string]int
	last      int // the highest level
	callees   map[callSite]callee
	constants map[*syntax.Const]Datum
}

// rule is a clause with its body in an order in which every literal finds its inputs bound.
type rule struct {
	*syntax.Clause
	body []syntax.Literal
	vars []string // the named variables of the body
}

// Result holds the facts of every relation that the program mentions, sorted, each as
// Row.String spells it. A relation without facts has an empty slice.
type Result map[string][]string

// New prepares the program that the files make together. Its values live in store, where
// nothing may be reclaimed while the evaluator is in use.
func New(files []*syntax.File, reg *function.Registry, store *relations.Store) (*Evaluator, error) {
	e := &Evaluator{store: store, reg: reg, callees: map[callSite]callee{},
		constants: map[*syntax.Const]Datum{}}
	seen := map[string]bool{}
	mention := func(name string) {
		if name[0] != ':' && !seen[name] {
			seen[name] = true
			e.names = append(e.names, name)
		}
	}
	for _, f := range files {
		for _, d := range f.Decls {
			mention(d.Pred)
			if err := e.readOperators(d); err != nil {
				return nil, err
			}
		}
		for _, c := range f.Clauses {
			mention(c.Head.Pred)
			for _, l := range c.Body {
				if m, ok := l.(*syntax.Match); ok {
					mention(m.Atom.Pred)
				}
			}
			r, err := e.prepare(c)
			if err != nil {
				return nil, err
			}
			e.rules = append(e.rules, r)
		}
	}
	for _, o := range e.operators {
		for _, name := range o.inputs {
			mention(name)
		}
	}
	return e, e.assignLevels()
}

// Eval computes every relation from the facts of the base relations. The data must live in the
// evaluator's store. Allocators remember what before, the result before this one, says of their
// numbers and owners; it is nil for a program that has just started.
func (e *Evaluator) Eval(base map[string][]Row, before Result) (Result, error) {
	run := &run{Evaluator: e, facts: map[string]*table{}}
	for _, name := range e.names {
		run.facts[name] = newTable()
	}
	for name, rows := range base {
		if run.facts[name] == nil {
			return nil, fmt.Errorf("the program has no relation %s", name)
		}
		for _, row := range rows {
			run.facts[name].add(row)
		}
	}
	for level := 0; level <= e.last; level++ {
		if err := run.operate(level, before); err != nil {
			return nil, err
		}
		if err := run.saturate(level); err != nil {
			return nil, err
		}
	}
	result := Result{}
	for name, t := range run.facts {
		result[name] = t.texts()
	}
	return result, nil
}

// run is one evaluation.
type run struct {
	*Evaluator
	facts map[string]*table
}

// operate fills the relations of operators that lie in a level.
func (r *run) operate(level int, before Result) error {
	for _, o := range r.operators {
		if r.levels[o.head] != level {
			continue
		}
		rows, err := o.apply(r, o, before)
		if err != nil {
			return err
		}
		for _, row := range rows {
			r.facts[o.head].add(row)
		}
	}
	return nil
}

// saturate applies the rules of a level until none yields a new fact.
func (r *run) saturate(level int) error {
	for {
		var grown bool
		for _, rule := range r.rules {
			if r.levels[rule.Head.Pred] != level {
				continue
			}
			rows, err := r.apply(rule)
			if err != nil {
				return fmt.Errorf("%s: %w", rule.Pos, err)
			}
			for _, row := range rows {
				grown = r.facts[rule.Head.Pred].add(row) || grown
			}
		}
		if !grown {
			return nil
		}
	}
}

// apply returns the facts that a rule derives from what is known.
func (r *run) apply(rule *rule) ([]Row, error) {
	if rule.Transform != nil && rule.Transform.Grouped {
		return r.aggregate(rule)
	}
	var rows []Row
	err := r.solve(rule.body, bindings{}, func(b bindings) error {
		if rule.Transform != nil {
			b = b.clone()
			for _, let := range rule.Transform.Lets {
				d, err := r.eval(let.Fn, b)
				if err != nil {
					return err
				}
				b[let.Var.Name] = d
			}
		}
		row, err := r.row(rule.Head, b)
		rows = append(rows, row)
		return err
	})
	return rows, err
}

// row computes the arguments of a head.
func (r *run) row(head *syntax.Atom, b bindings) (Row, error) {
	row := make(Row, len(head.Args))
	for i, t := range head.Args {
		d, err := r.eval(t, b)
		if err != nil {
			return nil, err
		}
		row[i] = d
	}
	return row, nil
}

// table holds the facts of one relation in the order in which they were found.
type table struct {
	rows  []Row
	known map[string]bool
}

func newTable() *table { return &table{known: map[string]bool{}} }

func (t *table) add(row Row) bool {
	text := row.String()
	if t.known[text] {
		return false
	}
	t.known[text] = true
	t.rows = append(t.rows, row)
	return true
}

func (t *table) texts() []string {
	out := make([]string, 0, len(t.rows))
	for _, row := range t.rows {
		out = append(out, row.String())
	}
	slices.Sort(out)
	return out
}
