package flows

import (
	"woven/engine"
	"woven/relations"
)

// fact is a row of a relation that the rules are told, of which the first columns count.
type fact [4]relations.Value

// told keeps account of the base facts that the engine was told of. What the rules say is complete
// only when they have been committed.
type told struct {
	waiting  int // functions that were handed over
	executed int // of them, those that ran since the last commit
	facts    map[*engine.Relation]map[fact]bool
}

// say makes the facts of a relation be some, which a function makes in the transaction.
func (s *Sink) say(r *engine.Relation, make func() map[fact]bool) {
	s.told.waiting++
	width := len(r.Types())
	s.host.Tell(func(txn *engine.Txn) error {
		s.told.executed++
		before, now := s.told.facts[r], make()
		s.told.facts[r] = now
		for f := range before {
			if !now[f] {
				if err := txn.Delete(r, f[:width]...); err != nil {
					return err
				}
			}
		}
		for f := range now {
			if err := txn.Insert(r, f[:width]...); err != nil {
				return err
			}
		}
		return nil
	})
}

// committed takes in that a transaction was committed.
func (t *told) committed() {
	t.waiting -= t.executed
	t.executed = 0
}

// isComplete reports whether everything that was told is in what the rules say.
func (t *told) isComplete() bool { return t.waiting == 0 }
