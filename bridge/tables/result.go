package tables

import (
	"errors"
	"slices"
	"strings"

	"woven/bridge/ovsdb"
	"woven/relations"
)

// result takes what became of a transaction. The rows that it wrote were absorbed before.
func (w *Writer) result(b *Batch, result ovsdb.Result) {
	w.inFlight = nil
	committed := result.Outcome == ovsdb.Committed
	for _, it := range b.items {
		if !it.stray {
			w.arrived(it, committed)
		}
	}
	if w.config.Extension != nil {
		w.config.Extension.Finish(committed)
	}
	switch {
	case committed:
		w.repeated = false
		if w.halving {
			w.limit *= 2
			w.halving = w.limit < w.config.Most
		}
		if !w.halving {
			w.limit = w.config.Most
		}
		w.retryOthers()
	case result.Outcome == ovsdb.Refused && !errors.Is(result.Err, ovsdb.ErrTryAgain) &&
		!errors.Is(result.Err, ovsdb.ErrNotOwner):
		w.repeated = b.disturbed && !w.repeated
		if !w.repeated {
			w.refused(b, result.Errors)
		}
		if b.disturbed {
			w.retryOthers()
		}
	default:
		// No connection, or no lock.
		w.blocked = true
		return
	}
	w.Write(w.upTo)
}

// Retry lets Write try again after a transaction that the database could not take at the time.
func (w *Writer) Retry() { w.blocked = false }

// refusal says why something was set aside.
type refusal uint8

const (
	accepted  refusal = iota // it was not
	forItself                // for what it contains
	forOthers                // for what other rows contain, such as the same key or a reference
)

// retryOthers looks again at what was refused because of other rows, which have changed.
func (w *Writer) retryOthers() {
	for _, s := range w.states {
		for v, why := range s.aside {
			if why != forOthers {
				continue
			}
			delete(s.aside, v)
			if !s.stray[v] {
				w.compareAll(s, v)
			}
		}
	}
}

// arrived forgets that a handle's row was on its way. If it did not come, what refers to it has
// to be looked at again, and so has the row.
func (w *Writer) arrived(it item, committed bool) {
	s, h := it.state, it.value
	if committed {
		w.problems.remove(problemKey{s, h, nil})
	}
	row, planned := s.planned[h]
	if planned {
		_, bound := s.rowOf[h]
		w.unplan(s, h)
		if !bound {
			w.moved(s, h, row, true)
			committed = committed && !s.root // else it is gone again already
		}
	}
	if !committed && (s.own.byUUID || w.d.engine.Holds(s.want, h)) {
		w.compareAll(s, h)
	}
	w.settle()
}

// refused finds who is to blame for a refusal, and sets them aside. If nobody is, the next
// transaction has half as much in it, until one is left.
func (w *Writer) refused(b *Batch, reasons []ovsdb.OperationError) {
	blamed := false
	for _, reason := range reasons {
		text := reason.Name
		if reason.Details != "" {
			text += ": " + reason.Details
		}
		switch i := reason.Index - b.asserted; {
		case i >= 0 && i < len(b.owners):
			w.setAside(b.owners[i], forItself, text)
			blamed = true
		case b.more && !w.halving:
			// Perhaps it only collides with what would come next, such as a deletion.
			w.limit = growth * max(w.limit, b.limit)
			return
		default:
			blamed = w.blame(b, reason.Details, text) || blamed
		}
	}
	if blamed {
		return
	}
	if len(b.owners) == 1 {
		w.setAside(b.owners[0], forOthers, reasons[0].Error())
		return
	}
	w.limit, w.halving = max(1, len(b.owners)/2), true
}

// growth is how much more a transaction may have after one that may have been refused for what
// was left out.
const growth = 8

// blame sets aside the row that a refusal names: if there are several of this transaction, the
// last one, which usually is the newer.
func (w *Writer) blame(b *Batch, details, text string) bool {
	uuids := uuidsIn(details)
	slices.Reverse(uuids)
	for _, u := range uuids {
		for _, o := range b.owners {
			if o.row == u {
				w.setAside(o, forOthers, text)
				return true
			}
		}
	}
	return false
}

func (w *Writer) setAside(o owner, why refusal, reason string) {
	if o.extension {
		w.config.Extension.Refuse(o.number, reason)
		return
	}
	s, v := o.item.state, o.item.value
	s.aside[v] = why
	w.forget(s, v)
	w.problem(s, v, nil, "the database refuses it: "+reason)
}

// uuidsIn returns the uuids that a text mentions, in order.
func uuidsIn(text string) (uuids []ovsdb.UUID) {
	for _, word := range strings.FieldsFunc(text, func(r rune) bool {
		return r != '-' && (r < '0' || r > '9') && (r < 'a' || r > 'f')
	}) {
		if u, ok := relations.ParseUUID(word); ok {
			uuids = append(uuids, u)
		}
	}
	return uuids
}
