package flows

import (
	"fmt"

	"woven/bridge/tables"
	"woven/relations"
)

// flushKey is a fact of ct_flush.
type flushKey struct {
	zone int64
	user relations.Value
}

type flushState uint8

const (
	flushDue flushState = iota
	flushSent
	flushDone
)

// flushes are the connections that the switch is to forget, once for each fact.
type flushes struct {
	facts map[flushKey]flushState
	due   []flushKey // some may be gone
}

// takeFlush takes in a fact of ct_flush.
func (s *Sink) takeFlush(row []relations.Value, came bool) {
	key, f := flushKey{s.store.Int(row[0]), row[1]}, &s.flushes
	if !came {
		delete(f.facts, key)
		s.problems.solve(problemKey{flush: key})
		return
	}
	f.facts[key] = flushDue
	f.due = append(f.due, key)
}

// next returns a zone that is to be flushed, and notes that this is being done.
func (f *flushes) next() (key flushKey, ok bool) {
	for len(f.due) > 0 {
		key, f.due = f.due[0], f.due[1:]
		if state, there := f.facts[key]; there && state == flushDue {
			f.facts[key] = flushSent
			return key, true
		}
	}
	return flushKey{}, false
}

// done notes that the switch has done it.
func (f *flushes) done(key flushKey) {
	if _, there := f.facts[key]; there {
		f.facts[key] = flushDone
	}
}

// repeat has everything that was sent without an answer sent again.
func (f *flushes) repeat() {
	for key, state := range f.facts {
		if state == flushSent {
			f.facts[key] = flushDue
			f.due = append(f.due, key)
		}
	}
}

// flushProblem is the problem that a zone cannot be flushed.
func flushProblem(key flushKey, reason string) tables.Problem {
	return tables.Problem{Table: "ct_flush", Column: fmt.Sprintf("zone %d", key.zone), Reason: reason}
}
