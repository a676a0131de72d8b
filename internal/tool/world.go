package tool

import (
	"slices"

	"woven/engine"
	"woven/relations"
)

// world is an engine that runs a program on the facts of files.
type world struct {
	program *program
	reader  *factReader
	engine  *engine.Engine
}

// newWorld reads the program and the facts of a command line, and returns the engine before the
// first of the transactions.
func newWorld(src *source, paths []string) (*world, []transaction, error) {
	p, err := src.usable(paths)
	if err != nil {
		return nil, nil, err
	}
	e, err := engine.New(p.checked, relations.NewStore(), engine.Options{})
	if err != nil {
		return nil, nil, finding{err}
	}
	w := &world{p, newFactReader(p.checked), e}
	transactions, err := w.reader.files(p.facts)
	return w, transactions, err
}

// settled returns the engine after the last of the transactions.
func settled(src *source, paths []string) (*world, error) {
	w, transactions, err := newWorld(src, paths)
	if err != nil {
		return nil, err
	}
	for _, t := range transactions {
		if err := w.commit(t); err != nil {
			return nil, err
		}
	}
	return w, nil
}

// interner makes values of constants; a row that is not known yet gets a uuid.
func (w *world) interner() interner {
	return interner{w.engine.Store(), func(name string) (string, bool) {
		return w.reader.rows.Row(name), true
	}}
}

// commit makes a transaction.
func (w *world) commit(changes transaction) error {
	t, err := w.engine.Begin()
	if err != nil {
		return err
	}
	for _, c := range changes {
		if err := w.change(t, c); err != nil {
			t.Rollback()
			return err
		}
	}
	out, err := t.Commit()
	if err != nil {
		return finding{err}
	}
	out.Release()
	return nil
}

func (w *world) change(t *engine.Txn, c change) error {
	types := make([]relations.Type, len(c.arguments))
	for i, column := range c.relation.Columns {
		types[i] = column.Type
	}
	row, err := w.interner().values(c.arguments, func(i int) relations.Type { return types[i] })
	if err != nil {
		return err
	}
	r, _ := w.engine.Relation(c.relation.Name)
	if c.delete {
		return t.Delete(r, row...)
	}
	return t.Insert(r, row...)
}

// facts returns the facts of a relation as a file of facts writes them, in order.
func (w *world) facts(relation string) ([]string, error) {
	var out []string
	r, _ := w.engine.Relation(relation)
	w.engine.Each(r, func(row []relations.Value) bool {
		out = append(out, w.engine.FactText(r, row))
		return true
	})
	slices.Sort(out)
	return out, nil
}
