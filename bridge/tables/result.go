package tables

import (
	"errors"
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
		w.limit = min(2*w.limit, w.config.Most)
		w.retryStrays(b)
	case result.Outcome == ovsdb.Refused && !errors.Is(result.Err, ovsdb.ErrTryAgain) &&
		!errors.Is(result.Err, ovsdb.ErrNotOwner):
		w.refused(b, result.Errors)
	default:
		// No connection, or no lock: the next call of Write tries again.
		return
	}
	w.Write(w.upTo)
}

// retryStrays tries deletions again that were refused, after others have succeeded.
func (w *Writer) retryStrays(b *Batch) {
	for _, it := range b.items {
		if !it.stray {
			continue
		}
		for _, s := range w.states {
			for row := range s.stray {
				w.retry(s, row)
			}
		}
		return
	}
}

// arrived forgets that a handle's row was on its way. If it did not come, what refers to it has
// to be looked at again, and so has the row.
func (w *Writer) arrived(it item, committed bool) {
	s, h := it.state, it.value
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
	blamed := 0
	for _, reason := range reasons {
		text := reason.Name
		if reason.Details != "" {
			text += ": " + reason.Details
		}
		if i := reason.Index - b.asserted; i >= 0 && i < len(b.owners) {
			w.setAside(b.owners[i], text)
			blamed++
			continue
		}
		blamed += w.blame(b, reason.Details, text)
	}
	if blamed > 0 {
		return
	}
	if len(b.owners) == 1 && len(reasons) > 0 {
		w.setAside(b.owners[0], reasons[0].Name+": "+reasons[0].Details)
		return
	}
	w.limit = max(1, len(b.owners)/2)
}

// blame reads the rows that a refusal names. If one of them is about to change anyway, only not
// in this transaction, it is brought forward instead; else those of this transaction are set
// aside.
func (w *Writer) blame(b *Batch, details, text string) (blamed int) {
	var ours []owner
	for _, u := range uuidsIn(details) {
		known := false
		for _, o := range b.owners {
			if o.row == u {
				ours = append(ours, o)
				known = true
				break
			}
		}
		if !known && w.hurry(u) {
			blamed++
		}
	}
	if blamed > 0 || len(ours) == 0 {
		return blamed
	}
	// Where two rows of ours collide, the later one gives way: usually it is the newer.
	w.setAside(ours[len(ours)-1], text)
	return 1
}

// hurry brings forward what is to be done with a row; false if nothing is.
func (w *Writer) hurry(row ovsdb.UUID) bool {
	v := w.d.store.UUID(row)
	for _, s := range w.states {
		switch h, bound := s.handleOf[v]; {
		case s.stray[v] && !s.aside[v]:
			w.urgent = append(w.urgent, item{state: s, value: v, stray: true})
			return true
		case bound && s.changes[h] != nil && !s.aside[h]:
			w.urgent = append(w.urgent, item{state: s, value: h})
			return true
		}
	}
	return false
}

func (w *Writer) setAside(o owner, reason string) {
	if o.extension {
		w.config.Extension.Refuse(o.number, reason)
		return
	}
	s, v := o.item.state, o.item.value
	s.aside[v] = true
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
