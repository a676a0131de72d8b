package session

import (
	"context"

	"woven/engine"
	"woven/relations"
)

// tellGiven puts in what the daemon knows before anything else.
func (s *Session) tellGiven(known map[string]string) error {
	given, ok := s.engine.Relation("given")
	if !ok || len(known) == 0 {
		return nil
	}
	txn, err := s.engine.Begin()
	if err != nil {
		return err
	}
	for name, value := range known {
		store := s.engine.Store()
		if err := txn.Insert(given, store.String(name), store.String(value)); err != nil {
			return err
		}
	}
	changes, err := txn.Commit()
	if err == nil {
		changes.Release()
	}
	return err
}

// Give lets the daemon know something else than before; an empty value stands for nothing. The
// program must read the relation given.
func (s *Session) Give(ctx context.Context, name, value string) error {
	return s.Tell(ctx, func(e *engine.Engine, txn *engine.Txn) (err error) {
		given, ok := e.Relation("given")
		if !ok {
			return nil
		}
		key := e.Store().String(name)
		given.Lookup(0).Each(func(old []relations.Value) bool {
			err = txn.Delete(given, old...)
			return err == nil
		}, key)
		if err != nil || value == "" {
			return err
		}
		return txn.Insert(given, key, e.Store().String(value))
	})
}
