package session

import (
	"time"

	"woven/engine"
	"woven/relations"
)

// timers tell the rules when a deadline that they named has passed.
type timers struct {
	s              *Session
	timer, expired *engine.Relation // nil where the program has no such relation
	running        map[deadline]*time.Timer
}

// deadline is a timer's row. Its values are retained.
type deadline struct{ key, at relations.Value }

func newTimers(s *Session) *timers {
	t := &timers{s: s, running: map[deadline]*time.Timer{}}
	t.timer, _ = s.engine.Relation("timer")
	t.expired, _ = s.engine.Relation("expired")
	each(s.engine, t.timer, t.start)
	return t
}

// absorb takes in the timers of a commit.
func (t *timers) absorb(changes *engine.Changes) {
	for _, c := range changes.Relations {
		if c.Relation != t.timer {
			continue
		}
		for i := range c.Deleted.Len() {
			t.stop(c.Deleted.At(i))
		}
		for i := range c.Inserted.Len() {
			t.start(c.Inserted.At(i))
		}
	}
}

func (t *timers) start(row []relations.Value) {
	store := t.s.engine.Store()
	d := deadline{store.Canonical(row[0]), row[1]}
	store.Retain(relations.String, d.key)
	store.Retain(relations.Number, d.at)
	left := time.UnixMilli(store.Int(d.at)).Sub(t.s.config.Now())
	t.running[d] = time.AfterFunc(max(left, 0), func() {
		host{t.s}.Tell(func(txn *engine.Txn) error {
			if t.running[d] == nil {
				return nil
			}
			return txn.Insert(t.expired, d.key, d.at)
		})
	})
}

// stop forgets a timer, and that it has expired.
func (t *timers) stop(row []relations.Value) {
	store := t.s.engine.Store()
	d := deadline{store.Canonical(row[0]), row[1]}
	timer := t.running[d]
	if timer == nil {
		return
	}
	timer.Stop()
	delete(t.running, d)
	host{t.s}.Tell(func(txn *engine.Txn) error {
		defer store.Release(relations.String, d.key)
		defer store.Release(relations.Number, d.at)
		if t.running[d] != nil || !txn.Holds(t.expired, d.key, d.at) {
			return nil
		}
		return txn.Delete(t.expired, d.key, d.at)
	})
}

// close stops all timers.
func (t *timers) close() {
	for _, timer := range t.running {
		timer.Stop()
	}
}
