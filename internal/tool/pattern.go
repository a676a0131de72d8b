package tool

import (
	"slices"
	"strings"

	"woven/engine"
	"woven/engine/syntax"
	"woven/relations"
)

// matchedFact is a fact that a pattern matches.
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
