package session

import "woven/relations"

// standing is what the rules ask for now. An answer is taken back when nobody asks any more: who
// asks again later wants to know whether it is true then.
type standing struct {
	store *relations.Store
	rows  map[askKey]int // how many rows of ask there are
	over  []askKey       // of which there were none after some commit
}

// askKey is what an answer is found by. While it is in a standing, its values are retained.
type askKey struct{ sink, key relations.Value }

func newStanding(store *relations.Store) standing {
	return standing{store: store, rows: map[askKey]int{}}
}

func (s *standing) add(k askKey) {
	if _, ok := s.rows[k]; !ok {
		s.store.Retain(relations.String, k.sink)
		s.store.Retain(relations.String, k.key)
	}
	s.rows[k]++
}

func (s *standing) remove(k askKey) { s.rows[k]-- }

// settle finds out for which keys, of those that a commit has removed rows of, nobody asks.
func (s *standing) settle(left []askKey) {
	for _, k := range left {
		if n, ok := s.rows[k]; ok && n == 0 {
			delete(s.rows, k)
			s.over = append(s.over, k)
		}
	}
}

// release ends the list of those that are over.
func (s *standing) release() {
	for _, k := range s.over {
		s.store.Release(relations.String, k.sink)
		s.store.Release(relations.String, k.key)
	}
	s.over = s.over[:0]
}

// retract takes back the answers to what nobody asked for after some commit, also if somebody has
// asked anew since. It comes before anything is written because of them.
func (a *answers) retract() error {
	if !a.s.active || len(a.standing.over) == 0 {
		return nil
	}
	txn, err := a.s.engine.Begin()
	if err != nil {
		return err
	}
	for _, k := range a.standing.over {
		a.ackedByKey.Each(func(row []relations.Value) bool {
			err = txn.Delete(a.acked, row...)
			return err == nil
		}, k.sink, k.key)
		if err != nil {
			return err
		}
	}
	a.standing.release()
	return a.s.commit(txn, nil)
}
