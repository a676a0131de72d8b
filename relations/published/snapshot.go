package published

import (
	"fmt"

	"github.com/hashicorp/go-memdb"

	"woven/relations"
)

// Snapshot is all relations as of one batch. It needs no closing.
type Snapshot struct {
	schemas map[string]relations.Schema
	txn     *memdb.Txn
}

// ErrNotPublished says that a snapshot has no such relation.
type ErrNotPublished struct{ Relation string }

// Error names the relation, and says what it lacks.
func (e ErrNotPublished) Error() string {
	return fmt.Sprintf("the relation %s is not published: its declaration needs published()", e.Relation)
}

// Schema returns the shape of a relation; ok is false if it is not published.
func (s *Snapshot) Schema(relation string) (schema relations.Schema, ok bool) {
	schema, ok = s.schemas[relation]
	return schema, ok
}

// All visits every row of a relation until f returns false. The order is that of the rows' text.
func (s *Snapshot) All(relation string, f func(Row) bool) error {
	return s.visit(relation, f, rowIndex)
}

// ByKey visits the rows whose first column has the value, until f returns false.
func (s *Snapshot) ByKey(relation string, key any, f func(Row) bool) error {
	return s.visit(relation, f, keyIndex, key)
}

func (s *Snapshot) visit(relation string, f func(Row) bool, index string, args ...any) error {
	if _, ok := s.schemas[relation]; !ok {
		return ErrNotPublished{relation}
	}
	var rows memdb.ResultIterator
	var err error
	if index == rowIndex {
		rows, err = s.txn.LowerBound(relation, index)
	} else {
		rows, err = s.txn.Get(relation, index, args...)
	}
	if err != nil {
		return fmt.Errorf("published relation %s: %w", relation, err)
	}
	for x := rows.Next(); x != nil; x = rows.Next() {
		if !f(x.(Row)) {
			break
		}
	}
	return nil
}
