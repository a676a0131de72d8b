package naive

import (
	"fmt"

	"woven/engine/syntax"
)

// operator is a declaration whose relation is not derived by clauses.
type operator struct {
	head   string
	inputs []string
	// afterMax is the policy of an allocator that prefers the numbers behind those in use.
	afterMax bool
	apply    func(r *run, o *operator, before Result) ([]Row, error)
}

// readOperators finds the annotations that make a relation an operator's.
func (e *Evaluator) readOperators(d *syntax.Decl) error {
	for _, a := range d.Descr {
		o := &operator{head: d.Pred}
		count := 0
		switch a.Name {
		case "components":
			o.apply, count = (*run).components, 1
		case "allocator":
			o.apply, count = (*run).allocate, 4
		default:
			continue
		}
		for _, t := range a.Args {
			if c, ok := t.(*syntax.Const); ok && c.Kind == syntax.StringConst {
				o.inputs = append(o.inputs, c.Str)
			}
		}
		if n := len(o.inputs); a.Name == "allocator" && n == 5 && o.inputs[4] == "after_max" {
			o.inputs, o.afterMax = o.inputs[:4], true
		}
		if len(o.inputs) != count {
			return fmt.Errorf("%s: %s names %d relations", a.Pos, a.Name, count)
		}
		e.operators = append(e.operators, o)
	}
	return nil
}

// components relates every node of an undirected graph with the least node that it is
// connected with. Each edge makes one component of two, until none does.
func (r *run) components(o *operator, _ Result) ([]Row, error) {
	least := map[string]Datum{} // by the node's text
	nodes := map[string]Datum{}
	for _, edge := range r.facts[o.inputs[0]].rows {
		for _, n := range edge[:2] {
			nodes[n.text], least[n.text] = n, n
		}
	}
	for joined := true; joined; {
		joined = false
		for _, edge := range r.facts[o.inputs[0]].rows {
			a, b := least[edge[0].text], least[edge[1].text]
			if a.same(b) {
				continue
			}
			if r.store.Compare(a.Type, a.Value, b.Value) > 0 {
				a, b = b, a
			}
			for text, d := range least {
				if d.same(b) {
					least[text] = a
				}
			}
			joined = true
		}
	}
	var rows []Row
	for text, d := range least {
		rows = append(rows, Row{nodes[text], d})
	}
	return rows, nil
}
