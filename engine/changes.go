package engine

import "woven/relations"

// Changes are the net changes that one transaction made to the output and published relations.
// The values stay readable, from any goroutine, until Release.
type Changes struct {
	Batch     uint64 // counts the engine's transactions
	Relations []RelationChange
	hold      *relations.Hold
}

// RelationChange is the change of one relation: every row is in at most one of the two lists.
type RelationChange struct {
	Relation *Relation
	Deleted  Rows
	Inserted Rows
}

// Rows is a list of rows of one width.
type Rows struct {
	width  int
	count  int
	values []relations.Value
}

// Len returns the number of rows.
func (r *Rows) Len() int { return r.count }

// At returns row i, which must not be changed.
func (r *Rows) At(i int) []relations.Value {
	return r.values[i*r.width : (i+1)*r.width : (i+1)*r.width]
}

func (r *Rows) add(row []relations.Value) {
	r.width = len(row)
	r.values = append(r.values, row...)
	r.count++
}

// copyRows returns the rows with the given ids.
func (r *relation) copyRows(ids []uint32) Rows {
	out := Rows{width: r.width, count: len(ids),
		values: make([]relations.Value, len(ids)*r.width)}
	for i, id := range ids {
		copy(out.values[i*r.width:], r.row(id))
	}
	return out
}

// Release lets the values of the changes go. It may be called from any goroutine, and twice.
func (c *Changes) Release() { c.hold.Close() }

// collect copies the changes of the output relations before the transaction ends.
func (e *Engine) collect() *Changes {
	c := &Changes{Batch: e.batch, hold: e.store.Hold()}
	for _, r := range e.graph.changed {
		if !r.delivered || len(r.born)+len(r.died) == 0 {
			continue
		}
		c.Relations = append(c.Relations, RelationChange{Relation: r.publicHandle(),
			Deleted: r.copyRows(r.died), Inserted: r.copyRows(r.born)})
	}
	return c
}
