package pinctrl

import (
	"errors"

	"woven/bridge/openflow"
	"woven/engine"
	"woven/relations"
)

// maxLearned is how many addresses may wait to be written.
const maxLearned = 1000

// place is an Ethernet address in a logical datapath, by the datapath's tunnel key.
type place struct {
	datapath uint64
	mac      string // spelled in lower case
}

var errNoPlace = errors.New("put_fdb is for packets with a datapath and a port")

// learn notes through which logical port the packet's source address was seen; both are in
// registers.
func learn(r *request, e effects) error {
	datapath, _ := r.in.Metadata.Get(openflow.FieldMetadata)
	port, _ := r.in.Metadata.Get(openflow.Reg(14))
	if datapath.Value.IsZero() || port.Value.IsZero() {
		return errNoPlace
	}
	e.learn(place{datapath.Value.Lo, mac(r.frame.source)}, port.Value.Lo)
	return nil
}

// learn tells the rules of an address, unless they know or too much waits to be written.
func (w world) learn(p place, port uint64) {
	s := w.s
	s.learning.Lock()
	defer s.learning.Unlock()
	before, known := s.learned[p]
	switch {
	case s.program.learned == nil || known && before == port:
		return
	case !known && len(s.learned) >= maxLearned:
		// The switch sends the next packet from there, too.
		s.counts.dropped.Add(1)
		return
	}
	s.learned[p] = port
	// The lock keeps what is told in order.
	s.host.Tell(func(txn *engine.Txn) error {
		if known {
			if err := txn.Delete(s.program.learned, s.fact(p, before)...); err != nil {
				return err
			}
		}
		return txn.Insert(s.program.learned, s.fact(p, port)...)
	})
}

// written takes in that an address is where all can read it.
func (s *Sink) written(row []relations.Value) {
	p := place{uint64(s.store.Int(row[0])), s.store.TextOf(row[1])}
	port := uint64(s.store.Int(row[2]))
	s.learning.Lock()
	defer s.learning.Unlock()
	if known, ok := s.learned[p]; !ok || known != port {
		return
	}
	delete(s.learned, p)
	s.host.Tell(func(txn *engine.Txn) error {
		return txn.Delete(s.program.learned, s.fact(p, port)...)
	})
}

// fact is the row that says where an address is.
func (s *Sink) fact(p place, port uint64) []relations.Value {
	return []relations.Value{s.store.Number(int64(p.datapath)), s.store.String(p.mac),
		s.store.Number(int64(port))}
}
