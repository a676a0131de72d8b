package naive

import (
	"errors"

	"woven/engine/syntax"
)

// assignLevels numbers the relations so that a relation lies at least as high as all it reads,
// and strictly above what it negates or aggregates and what its operator reads. It raises
// numbers until all is as it should be; a number that exceeds that of the relations has been
// around a cycle.
func (e *Evaluator) assignLevels() error {
	e.levels = map[string]int{}
	for raised := true; raised; {
		raised = false
		for _, r := range e.rules {
			for _, l := range r.Body {
				m, ok := l.(*syntax.Match)
				if !ok || m.Atom.Pred[0] == ':' {
					continue
				}
				strict := m.Negated || r.Transform != nil && r.Transform.Grouped
				raised = e.raise(r.Head.Pred, m.Atom.Pred, strict) || raised
			}
		}
		for _, o := range e.operators {
			for _, name := range o.inputs {
				raised = e.raise(o.head, name, true) || raised
			}
		}
		if e.last > len(e.names) {
			return errors.New("a relation depends on itself through a negation, an aggregate or " +
				"an operator")
		}
	}
	return nil
}

// raise puts a relation above one that it reads, and reports whether it was not there.
func (e *Evaluator) raise(head, reads string, strict bool) bool {
	least := e.levels[reads]
	if strict {
		least++
	}
	if e.levels[head] >= least {
		return false
	}
	e.levels[head] = least
	e.last = max(e.last, least)
	return true
}
