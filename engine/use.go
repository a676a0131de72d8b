package engine

import "time"

// use is a plan that changes of a relation drive: each row that appears or vanishes, or, under
// negation, each key that gets its first row or loses its last.
type use struct {
	plan *plan
	// keys finds the rows of a key of a negated literal; nil if the literal names every column.
	keys   *index
	inside bool // driver and head are in one recursive component
}

// drive runs the uses of a relation for what its turn has changed. Each plan sees first what
// vanished and then what appeared: only whole plans, one after the other, add up.
func (e *Engine) drive(r *relation) {
	if len(r.born)+len(r.died) == 0 {
		return
	}
	started := time.Since(e.began) // reads less of the clock than time.Now, and there are many rules
	for _, u := range r.uses {
		if u.inside {
			continue
		}
		found := e.driveUse(r, u)
		st := &u.plan.rule.stats
		now := time.Since(e.began)
		st.Time += now - started
		started = now
		st.In += uint64(len(r.born) + len(r.died))
		st.Out += found
	}
}

func (e *Engine) driveUse(r *relation, u *use) uint64 {
	if u.plan.rule.literals[u.plan.driver].negated {
		return e.driveNegated(r, u)
	}
	if len(r.born)+len(r.died) >= bulkRows && e.workers > 1 && !u.plan.rule.inner {
		return e.driveBulk(r, u)
	}
	f := e.frame(u.plan, 0)
	before := f.found
	e.sign = -1
	for _, id := range r.died {
		f.run(r.row(id))
	}
	e.sign = 1
	for _, id := range r.born {
		f.run(r.row(id))
	}
	return f.found - before
}

// driveNegated looks at each changed key once and compares whether it had rows with whether it
// has some.
func (e *Engine) driveNegated(r *relation, u *use) uint64 {
	f := e.frame(u.plan, 0)
	before := f.found
	if u.keys == nil {
		e.sign = 1
		for _, id := range r.died {
			f.run(r.row(id))
		}
		e.sign = -1
		for _, id := range r.born {
			f.run(r.row(id))
		}
		return f.found - before
	}
	for _, ids := range [2][]uint32{r.died, r.born} {
		for _, id := range ids {
			had, has := u.keys.presence(r, id)
			if had == has {
				continue
			}
			e.sign = 1
			if has {
				e.sign = -1
			}
			f.run(r.row(id))
		}
	}
	return f.found - before
}

// presence tells whether the key of a changed row had a visible row before the transaction and
// has one now. If that differs, all rows with the key have changed, and the first of them answers
// for all; to the others nothing seems to have happened. It reads as many rows as changed, plus one
// or two.
func (x *index) presence(r *relation, id uint32) (had, has bool) {
	var buf [maxColumns]value
	key := x.keyOf(r.rows.at(id), &buf)
	first := x.first(r, key)
	if first != id && fault != faultKeyTwice {
		return false, false
	}
	for i := first; i != none && !(had && has); i = x.next(i) {
		flags := *r.flags(i)
		live := flags&flagLive != 0
		has = has || live
		had = had || flags&flagDied != 0 || live && flags&flagBorn == 0
	}
	return had, has
}
