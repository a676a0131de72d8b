package engine

import "woven/relations"

// Each visits every row of a relation, in no order, until f returns false. It is called between
// transactions; f must not change the row or the engine.
func (e *Engine) Each(r *Relation, f func(row []relations.Value) bool) {
	for id := range r.r.top {
		if *r.r.flags(id)&flagLive != 0 && !f(r.r.row(id)) {
			return
		}
	}
}

// Holds reports whether a fact holds.
func (e *Engine) Holds(r *Relation, row ...relations.Value) bool { return r.r.has(row) }
