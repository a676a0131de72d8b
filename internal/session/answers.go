package session

import (
	"woven/bridge/ovsdb"
	"woven/bridge/tables"
	"woven/engine"
	"woven/relations"
)

// answers are what the session says to the rules: that a database holds what was derived, random
// numbers, and, to people, what the rules report as a problem.
type answers struct {
	s                      *Session
	ask, draw, problem     *engine.Relation // nil where the program has no such relation
	acked, drawn           *engine.Relation
	ackedByKey, drawnByKey *engine.Lookup

	asks     []question
	draws    []relations.Value
	standing standing
}

// question is an ask that has no answer yet.
type question struct {
	sink, key, value relations.Value
	batch            uint64
}

func newAnswers(s *Session) *answers {
	a := &answers{s: s, standing: newStanding(s.engine.Store())}
	find := func(name string) *engine.Relation {
		r, _ := s.engine.Relation(name)
		return r
	}
	a.ask, a.draw, a.problem = find("ask"), find("draw"), find("problem")
	a.acked, a.drawn = find("acked"), find("drawn")
	if a.acked != nil {
		a.ackedByKey = a.acked.Lookup(0, 1)
	}
	if a.drawn != nil {
		a.drawnByKey = a.drawn.Lookup(0)
	}
	for _, r := range []*engine.Relation{a.ask, a.draw} {
		if r != nil {
			s.engine.Each(r, func(row []relations.Value) bool {
				a.take(r, row)
				return true
			})
		}
	}
	return a
}

// absorb takes in the questions of a commit.
func (a *answers) absorb(changes *engine.Changes) {
	var left []askKey
	for _, c := range changes.Relations {
		for i := range c.Deleted.Len() {
			if c.Relation == a.ask {
				left = append(left, a.forget(c.Deleted.At(i)))
			}
		}
		for i := range c.Inserted.Len() {
			a.take(c.Relation, c.Inserted.At(i))
		}
	}
	a.standing.settle(left)
}

func (a *answers) take(r *engine.Relation, row []relations.Value) {
	store := a.s.engine.Store()
	switch r {
	case a.ask:
		q := question{store.Canonical(row[0]), store.Canonical(row[1]), row[2], a.s.engine.Batch()}
		store.Retain(relations.String, q.sink)
		store.Retain(relations.String, q.key)
		store.Retain(relations.Number, q.value)
		a.asks = append(a.asks, q)
		a.standing.add(askKey{q.sink, q.key})
	case a.draw:
		key := store.Canonical(row[0])
		store.Retain(relations.String, key)
		a.draws = append(a.draws, key)
	case a.problem:
		if a.s.turn.isOpen {
			a.report(row)
		}
	}
}

// forget drops the question that a row asked, if it has no answer yet, and tells by what key the
// answer would be found.
func (a *answers) forget(row []relations.Value) askKey {
	store := a.s.engine.Store()
	k := askKey{store.Canonical(row[0]), store.Canonical(row[1])}
	a.standing.remove(k)
	for i, q := range a.asks {
		if q.sink == k.sink && q.key == k.key && q.value == row[2] {
			a.release(q)
			a.asks = append(a.asks[:i], a.asks[i+1:]...)
			break
		}
	}
	return k
}

func (a *answers) release(q question) {
	store := a.s.engine.Store()
	store.Release(relations.String, q.sink)
	store.Release(relations.String, q.key)
	store.Release(relations.Number, q.value)
}

// open reports the problems that there are when every database is known.
func (a *answers) open() {
	if a.problem == nil {
		return
	}
	a.s.engine.Each(a.problem, func(row []relations.Value) bool {
		a.report(row)
		return true
	})
}

func (a *answers) report(row []relations.Value) {
	p := a.problemOf(row)
	a.s.log.Warn("cannot be used", "table", p.Table, "row", ovsdb.UUID(p.Row).String(),
		"column", p.Column, "reason", p.Reason)
}

func (a *answers) problemOf(row []relations.Value) tables.Problem {
	store := a.s.engine.Store()
	return tables.Problem{Table: store.TextOf(row[0]), Row: store.UUIDOf(row[1]),
		Column: store.TextOf(row[2]), Reason: store.TextOf(row[3])}
}

// list returns the problems that the rules report now.
func (a *answers) list() (problems []tables.Problem) {
	if a.problem != nil {
		a.s.engine.Each(a.problem, func(row []relations.Value) bool {
			problems = append(problems, a.problemOf(row))
			return true
		})
	}
	return problems
}

// give answers what can be answered now, and reports whether it did.
func (a *answers) give() (bool, error) {
	if !a.s.active {
		return false, nil
	}
	var due []question
	waiting := a.asks[:0]
	for _, q := range a.asks {
		if a.isDone(q) {
			due = append(due, q)
		} else {
			waiting = append(waiting, q)
		}
	}
	a.asks = waiting
	draws := a.draws
	a.draws = nil
	if len(due)+len(draws) == 0 {
		return false, nil
	}
	txn, err := a.s.engine.Begin()
	if err != nil {
		return false, err
	}
	now := a.s.engine.Store().Number(a.s.config.Now().UnixMilli())
	for _, q := range due {
		if err := a.replace(txn, a.acked, a.ackedByKey, 2, q.sink, q.key, q.value, now); err != nil {
			return false, err
		}
		a.release(q)
	}
	for _, key := range draws {
		number := a.s.engine.Store().Number(a.s.config.Random())
		if !a.known(a.drawnByKey, key) {
			if err := txn.Insert(a.drawn, key, number); err != nil {
				return false, err
			}
		}
		a.s.engine.Store().Release(relations.String, key)
	}
	return true, a.s.commit(txn, nil)
}

func (a *answers) known(by *engine.Lookup, key relations.Value) (found bool) {
	by.Each(func([]relations.Value) bool {
		found = true
		return false
	}, key)
	return found
}

// replace makes a fact true in place of those with the same first columns.
func (a *answers) replace(txn *engine.Txn, r *engine.Relation, by *engine.Lookup, key int,
	row ...relations.Value) (err error) {
	by.Each(func(old []relations.Value) bool {
		err = txn.Delete(r, old...)
		return err == nil
	}, row[:key]...)
	if err != nil {
		return err
	}
	return txn.Insert(r, row...)
}

// isDone reports whether a sink has everything up to the batch in which a question appeared. The
// sink "batch" is the engine itself.
func (a *answers) isDone(q question) bool {
	sink := a.s.engine.Store().TextOf(q.sink)
	if sink == "batch" {
		return true
	}
	for _, d := range a.s.parts {
		if d.Prefix == sink {
			return d.writer.Acked() >= q.batch
		}
	}
	for _, other := range a.s.config.Sinks {
		if other.Name() == sink {
			return other.Acked() >= q.batch
		}
	}
	return false
}
