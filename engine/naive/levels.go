package naive

import (
	"fmt"

	"woven/engine/syntax"
)

// assignLevels numbers the relations so that a relation lies at least as high as all it reads,
// and strictly above what it negates or aggregates. It raises numbers until all is as it
// should be; a number that exceeds that of the relations has been around a cycle.
func (e *Evaluator) assignLevels() error {
	e.levels = map[string]int{}
	for changed := true; changed; {
		changed = false
		for _, r := range e.rules {
			for _, l := range r.Body {
				m, ok := l.(*syntax.Match)
				if !ok || m.Atom.Pred[0] == ':' {
					continue
				}
				least := e.levels[m.Atom.Pred]
				if m.Negated || r.Transform != nil && r.Transform.Grouped {
					least++
				}
				if e.levels[r.Head.Pred] >= least {
					continue
				}
				if least > len(e.names) {
					return fmt.Errorf("%s: %s depends on itself through a negation or an aggregate",
						r.Pos, r.Head.Pred)
				}
				e.levels[r.Head.Pred] = least
				e.last = max(e.last, least)
				changed = true
			}
		}
	}
	return nil
}
