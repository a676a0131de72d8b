package tool

import (
	"slices"
	"strings"

	"woven/engine"
	"woven/engine/syntax"
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

// named puts the names of rows in the place of their uuids.
func (r *factReader) named(text string) string {
	var pairs []string
	for uuid, name := range r.rows.Names() {
		pairs = append(pairs, uuid, name)
	}
	if len(pairs) == 0 {
		return text
	}
	return strings.NewReplacer(pairs...).Replace(text)
}

// match is a fact that a pattern matches.
type matchedFact struct {
	relation *engine.Relation
	row      []relations.Value
	text     string
}

// match finds the facts that a pattern such as path("home", X) matches, in the order of their
// texts. A variable matches anything, the same at each mention; _ matches anything.
func (w *world) match(pattern string) ([]matchedFact, error) {
	atom, err := parsePattern(pattern)
	if err != nil {
		return nil, err
	}
	r, ok := w.engine.Relation(atom.Pred)
	if !ok {
		return nil, fault(atom.Pos, "the program has no relation %s", atom.Pred)
	}
	if len(r.Types()) != len(atom.Args) {
		return nil, fault(atom.Pos, "%s has %s, the pattern has %d", atom.Pred,
			count(len(r.Types()), "column"), len(atom.Args))
	}
	same, err := w.filter(r, atom.Args)
	if err != nil {
		return nil, err
	}
	var out []matchedFact
	w.engine.Each(r, func(row []relations.Value) bool {
		if same(row) {
			row = slices.Clone(row)
			out = append(out, matchedFact{r, row, w.reader.named(w.engine.FactText(r, row))})
		}
		return true
	})
	slices.SortFunc(out, func(a, b matchedFact) int { return strings.Compare(a.text, b.text) })
	return out, nil
}

// filter makes the condition of a pattern's arguments. A row's name that nobody has used is a
// mistake here.
func (w *world) filter(r *engine.Relation, args []syntax.Term) (func([]relations.Value) bool, error) {
	known := map[string]string{}
	for uuid, name := range w.reader.rows.Names() {
		known[name] = uuid
	}
	in := interner{w.engine.Store(), func(name string) (string, bool) {
		uuid, ok := known[name]
		return uuid, ok
	}}
	t, err := w.engine.Begin()
	if err != nil {
		return nil, err
	}
	defer t.Rollback()
	first := map[string]int{} // the column where a variable is mentioned first
	like := make([]int, len(args))
	constant := make([]relations.Value, len(args))
	for i, a := range args {
		like[i] = i
		v, isVar := a.(*syntax.Var)
		switch {
		case !isVar:
			like[i] = -1
			if constant[i], err = in.value(r.Types()[i], a); err != nil {
				return nil, err
			}
		case v.Name != "_":
			if at, seen := first[v.Name]; seen {
				like[i] = at
			} else {
				first[v.Name] = i
			}
		}
	}
	return func(row []relations.Value) bool {
		for i, v := range row {
			if like[i] < 0 && v != constant[i] || like[i] >= 0 && v != row[like[i]] {
				return false
			}
		}
		return true
	}, nil
}

// parsePattern reads one atom.
func parsePattern(text string) (*syntax.Atom, error) {
	text = strings.TrimSuffix(strings.TrimSpace(text), ".")
	file, faults := syntax.Parse("pattern", []byte(text+".\n"))
	switch {
	case len(faults) > 0:
		return nil, found("%s: %s", faults[0].Pos, faults[0].Message)
	case len(file.Clauses) != 1 || len(file.Clauses[0].Body) > 0 || len(file.Decls) > 0:
		return nil, found(`pattern: %q is not one fact such as path("home", X)`, text)
	}
	return file.Clauses[0].Head, nil
}
