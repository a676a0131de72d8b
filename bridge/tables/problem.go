package tables

import "woven/relations"

// Problem is something that cannot be written as it is wanted.
type Problem struct {
	Table  string
	Row    [16]byte // the handle; for a row that cannot be deleted, the row
	Column string   // may be empty
	Reason string
}

type problemKey struct {
	state  *state
	value  relations.Value
	column *column
}

// problems are those that exist now. One is reported when it appears, or changes its reason.
type problems struct {
	report func(Problem)
	found  map[problemKey]Problem
	// waiting are those that are worth a report only if they are still there when all else is
	// written, such as a reference to a row that is not there yet.
	waiting map[problemKey]Problem
}

func (p *problems) add(key problemKey, problem Problem) {
	if p.found[key] == problem {
		return
	}
	p.found[key] = problem
	if p.report != nil {
		p.report(problem)
	}
}

func (p *problems) wait(key problemKey, problem Problem) {
	if p.waiting == nil {
		p.waiting = map[problemKey]Problem{}
	}
	p.waiting[key] = problem
}

// settle reports what was only waiting until now.
func (p *problems) settle() {
	for key, problem := range p.waiting {
		p.add(key, problem)
	}
	clear(p.waiting)
}

func (p *problems) remove(key problemKey) {
	delete(p.found, key)
	delete(p.waiting, key)
}

func (p *problems) list() []Problem {
	var list []Problem
	for _, problem := range p.found {
		list = append(list, problem)
	}
	return list
}

// Unsolved adds a problem of an extension's, under a number by which Solved removes it.
func (w *Writer) Unsolved(number uint32, p Problem) {
	w.problems.add(problemKey{value: relations.Value(number)}, p)
}

// Solved removes a problem of an extension's.
func (w *Writer) Solved(number uint32) {
	w.problems.remove(problemKey{value: relations.Value(number)})
}

// problem adds a problem of a handle's column, or of the whole handle if c is nil.
func (w *Writer) problem(s *state, v relations.Value, c *column, reason string) {
	key, problem := w.describe(s, v, c, reason)
	w.problems.add(key, problem)
}

func (w *Writer) describe(s *state, v relations.Value, c *column, reason string) (problemKey,
	Problem) {
	p := Problem{Table: s.name, Row: w.d.store.UUIDOf(v), Reason: reason}
	if c != nil {
		p.Column = c.Name
	}
	return problemKey{s, v, c}, p
}

// solve removes the problems of a handle.
func (w *Writer) solve(s *state, v relations.Value) {
	if len(w.problems.found)+len(w.problems.waiting) == 0 {
		return
	}
	w.problems.remove(problemKey{s, v, nil})
	for _, c := range s.columns {
		w.problems.remove(problemKey{s, v, c})
	}
}
