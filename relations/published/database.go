package published

import (
	"fmt"
	"sync/atomic"

	"github.com/hashicorp/go-memdb"

	"woven/relations"
)

// Database is the published relations. One goroutine writes, any number of them read.
type Database struct {
	state atomic.Pointer[state]
}

// state is a set of relations with their rows; a replaced program makes another.
type state struct {
	schemas map[string]relations.Schema
	memory  *memdb.MemDB // nil without relations
}

// Rows is a list of rows.
type Rows interface {
	Len() int
	At(i int) []relations.Value
}

// Content is a relation with all its rows.
type Content struct {
	relations.Schema
	Rows Rows
}

// Change is what became of a relation in one batch.
type Change struct {
	Relation          string
	Deleted, Inserted Rows
}

// New returns a database without relations.
func New() *Database {
	d := &Database{}
	d.state.Store(&state{})
	return d
}

// Load replaces everything. Readers see the relations from before or these, nothing between.
func (d *Database) Load(store *relations.Store, contents []Content) error {
	next := &state{schemas: map[string]relations.Schema{}}
	tables := &memdb.DBSchema{Tables: map[string]*memdb.TableSchema{}}
	for _, c := range contents {
		next.schemas[c.Name] = c.Schema
		tables.Tables[c.Name] = &memdb.TableSchema{Name: c.Name, Indexes: map[string]*memdb.IndexSchema{
			rowIndex: {Name: rowIndex, Unique: true, Indexer: indexer{whole: true}},
			keyIndex: {Name: keyIndex, Indexer: indexer{}},
		}}
	}
	if len(contents) > 0 {
		memory, err := memdb.NewMemDB(tables)
		if err != nil {
			return fmt.Errorf("published relations: %w", err)
		}
		next.memory = memory
	}
	var changes []Change
	for _, c := range contents {
		changes = append(changes, Change{Relation: c.Name, Inserted: c.Rows})
	}
	if err := next.apply(store, changes); err != nil {
		return err
	}
	d.state.Store(next)
	return nil
}

// Apply makes the changes of a batch. Readers see all of them or none; an error makes none.
// Relations that are not in the database are passed over.
func (d *Database) Apply(store *relations.Store, changes []Change) error {
	return d.state.Load().apply(store, changes)
}

func (s *state) apply(store *relations.Store, changes []Change) error {
	if s.memory == nil {
		return nil
	}
	txn := s.memory.Txn(true)
	defer txn.Abort() // does nothing once it is committed
	for _, c := range changes {
		schema, ok := s.schemas[c.Relation]
		if !ok {
			continue
		}
		for _, step := range []struct {
			rows Rows
			do   func(table string, row any) error
		}{{c.Deleted, txn.Delete}, {c.Inserted, txn.Insert}} {
			for i := 0; step.rows != nil && i < step.rows.Len(); i++ {
				row := newRow(store, schema, step.rows.At(i))
				if err := step.do(c.Relation, row); err != nil {
					return fmt.Errorf("published relation %s, row %s: %w", c.Relation, row, err)
				}
			}
		}
	}
	txn.Commit()
	return nil
}

// Snapshot returns the relations as they are now.
func (d *Database) Snapshot() *Snapshot {
	s := d.state.Load()
	if s.memory == nil {
		return &Snapshot{}
	}
	return &Snapshot{schemas: s.schemas, txn: s.memory.Txn(false)}
}
