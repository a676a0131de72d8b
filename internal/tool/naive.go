package tool

import (
	"slices"

	"woven/engine/naive"
	"woven/internal/logical"
	"woven/relations"
)

// naiveWorld runs a program on the naive evaluator.
type naiveWorld struct {
	store     *relations.Store
	reader    *factReader
	evaluator *naive.Evaluator
	base      map[string][]naive.Row
	result    naive.Result
}

func newNaiveWorld(p *program, r *factReader) (*naiveWorld, error) {
	w := &naiveWorld{store: relations.NewStore(), reader: r, base: map[string][]naive.Row{}}
	var err error
	w.evaluator, err = naive.New(p.checked.Files, logical.Registry(), w.store)
	return w, err
}

func (w *naiveWorld) commit(changes transaction) error {
	in := interner{w.store, func(name string) (string, bool) { return w.reader.rows.Row(name), true }}
	for _, c := range changes {
		var row naive.Row
		for i, term := range c.arguments {
			t := c.relation.Columns[i].Type
			v, err := in.value(t, term)
			if err != nil {
				return err
			}
			row = append(row, naive.NewDatum(w.store, t, v))
		}
		name, text := c.relation.Name, row.String()
		w.base[name] = slices.DeleteFunc(w.base[name], func(r naive.Row) bool {
			return r.String() == text
		})
		if !c.delete {
			w.base[name] = append(w.base[name], row)
		}
	}
	var err error
	w.result, err = w.evaluator.Eval(w.base, w.result)
	if err != nil {
		return finding{err}
	}
	return nil
}

func (w *naiveWorld) facts(relation string) ([]string, error) {
	var out []string
	for _, row := range w.result[relation] {
		out = append(out, relation+"("+row+")")
	}
	slices.Sort(out)
	return out, nil
}
