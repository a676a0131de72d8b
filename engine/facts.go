package engine

import "woven/relations"

// Lookup finds the rows of a relation by some of their columns, through an index that is kept
// from then on. It shows the state between transactions: changes of the one that is open are
// seen after their commit.
type Lookup struct {
	relation *Relation
	columns  []int
	of       *relation // whose index it is; another one after a replacement of the program
	index    *index
}

// Lookup makes a lookup by the columns, which count from 0.
func (r *Relation) Lookup(columns ...int) *Lookup {
	l := &Lookup{relation: r, columns: columns}
	l.find()
	return l
}

func (l *Lookup) find() {
	if l.of != l.relation.r {
		l.of = l.relation.r
		l.index = l.of.indexOn(l.columns)
	}
}

// Each visits the rows with this key, in no order, until f returns false. The rows must not be
// changed; f may insert and delete facts in the open transaction.
func (l *Lookup) Each(f func(row []relations.Value) bool, key ...relations.Value) {
	l.find()
	for id := l.index.first(l.of, key); id != none; id = l.index.next(id) {
		if *l.of.flags(id)&flagLive != 0 && !f(l.of.row(id)) {
			return
		}
	}
}

// Place returns a number by which At finds the row for as long as it holds; ok is false if it
// does not hold.
func (r *Relation) Place(row ...relations.Value) (place uint32, ok bool) {
	id := r.r.lookup(row)
	return id, id != none && *r.r.flags(id)&flagLive != 0
}

// At returns the row of a place, which must not be changed.
func (r *Relation) At(place uint32) []relations.Value { return r.r.row(place) }

// Batch is the number of transactions that were committed.
func (e *Engine) Batch() uint64 { return e.batch }

// Live reports whether the row of a place still holds. It is of use right after a commit: later
// the place may be another row's.
func (r *Relation) Live(place uint32) bool { return *r.r.flags(place)&flagLive != 0 }
