package engine

import "woven/relations"

// Changes are the net changes that one transaction made to the output relations. The values
// stay readable, from any goroutine, until Release.
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

// Release lets the values of the changes go. It may be called from any goroutine, and twice.
func (c *Changes) Release() { c.hold.Close() }

// collect copies the changes of the output relations before the transaction ends.
func (e *Engine) collect() *Changes {
	c := &Changes{Batch: e.batch, hold: e.store.Hold()}
	for _, r := range e.graph.changed {
		if r.info == nil || !r.info.Output || len(r.born)+len(r.died) == 0 {
			continue
		}
		h, _ := e.Relation(r.name)
		rc := RelationChange{Relation: h}
		for _, id := range r.died {
			rc.Deleted.add(r.row(id))
		}
		for _, id := range r.born {
			rc.Inserted.add(r.row(id))
		}
		c.Relations = append(c.Relations, rc)
	}
	return c
}
