package flows

import (
	"fmt"
	"slices"

	"woven/bridge/tables"
	"woven/relations"
)

// entry is a group or a meter that is wanted, or that the switch has, or that a flow refers to.
type entry struct {
	list *entries
	id   uint32
	// texts are those of the facts that say it; the least counts.
	texts []string
	held  digest // of what the switch has, if heldFlag is set
	// users are the flows that refer to it and are wanted.
	users map[uint32]struct{}

	isHeld    bool // the switch has it as noted
	isUnsure  bool // the switch may have something in its place
	isQueued  bool // it is in entries.puts
	isLeaving bool // it is in entries.deletions
	isAside   bool // it is not sent although it is wanted
	isWritten bool // it is part of the flight
	isAgain   bool // it is part of the flight in several versions
	// wasUsable is what the users were told last.
	wasUsable bool
}

// entries are the groups or the meters.
type entries struct {
	kind string // "group" or "meter"
	byID map[uint32]*entry
	// changed are those whose facts changed in the commit at hand. puts and deletions are those to
	// look at, in order.
	changed         []*entry
	puts, deletions []*entry
	problems        *problems
}

func newEntries(kind string, p *problems) *entries {
	return &entries{kind: kind, byID: map[uint32]*entry{}, problems: p}
}

// find returns the entry with a number, which may be new.
func (l *entries) find(id uint32) *entry {
	e := l.byID[id]
	if e == nil {
		e = &entry{list: l, id: id}
		l.byID[id] = e
	}
	return e
}

// take takes in that a fact came or went.
func (l *entries) take(store *relations.Store, row []relations.Value, came bool) {
	number, text := store.Int(row[0]), store.TextOf(row[1])
	most := int64(0xffffff00) // OFPG_MAX
	if l.kind == "meter" {
		most = 0xffff0000 // OFPM13_MAX
	}
	if number < 0 || number > most {
		key := problemKey{other: fmt.Sprintf("%s %d %s", l.kind, number, text)}
		if !came {
			l.problems.solve(key)
			return
		}
		l.problems.add(key, tables.Problem{Table: l.kind, Column: fmt.Sprint(number),
			Reason: fmt.Sprintf("the number is not between 0 and %d", most)})
		return
	}
	e := l.find(uint32(number))
	if came {
		e.texts = append(e.texts, text)
		slices.Sort(e.texts)
	} else if at := slices.Index(e.texts, text); at >= 0 {
		e.texts = slices.Delete(e.texts, at, at+1)
	}
	l.changed = append(l.changed, e)
}

// isUsable reports whether flows may refer to the entry.
func (e *entry) isUsable() bool { return len(e.texts) > 0 && !e.isAside }

// problem is a problem of the entry.
func (e *entry) problem(reason string) tables.Problem {
	return tables.Problem{Table: e.list.kind, Column: fmt.Sprint(e.id), Reason: reason}
}

// settleEntries draws the conclusions when all facts of a commit are known.
func (s *Sink) settleEntries(l *entries) {
	for _, e := range l.changed {
		e.isAside = false
		l.problems.solve(problemKey{entry: e})
		rivals := problemKey{entry: e, rivals: true}
		if n := len(e.texts); n > 1 && e.texts[0] != e.texts[n-1] {
			l.problems.add(rivals, e.problem("several "+l.kind+
				"s with this number are wanted: the one with the least text is sent"))
		} else {
			l.problems.solve(rivals)
		}
		s.queueEntry(e)
		s.tellUsers(e)
	}
	l.changed = l.changed[:0]
}

// queueEntry notes that an entry has to be looked at.
func (s *Sink) queueEntry(e *entry) {
	if s.phase == phaseSteady && !e.isQueued {
		e.isQueued = true
		e.list.puts = append(e.list.puts, e)
	}
}

// tellUsers has the flows that refer to an entry looked at if it became usable or ceased to be.
func (s *Sink) tellUsers(e *entry) {
	if usable := e.isUsable(); usable != e.wasUsable {
		e.wasUsable = usable
		for id := range e.users {
			s.reviveFlow(id)
			s.queueFlow(id)
		}
	}
}

// setAside takes an entry out of what is sent.
func (s *Sink) setAside(e *entry, reason string) {
	e.isAside = true
	s.problems.add(problemKey{entry: e}, e.problem(reason))
	s.queueEntry(e)
	s.tellUsers(e)
}

// tidy forgets an entry that nobody needs.
func (l *entries) tidy(e *entry) {
	if len(e.texts)+len(e.users) == 0 && !e.isHeld && !e.isUnsure && !e.isQueued && !e.isLeaving &&
		!e.isWritten {
		delete(l.byID, e.id)
	}
}

// reference is a group or a meter that a flow's actions name.
type reference struct {
	list *entries
	id   uint32
}

// setReferences notes which groups and meters a wanted flow refers to.
func (s *Sink) setReferences(id uint32, now []reference) {
	before := s.references[id]
	if len(before)+len(now) == 0 {
		return
	}
	for _, r := range before {
		if !slices.Contains(now, r) {
			e := r.list.byID[r.id]
			delete(e.users, id)
			r.list.tidy(e)
		}
	}
	for _, r := range now {
		e := r.list.find(r.id)
		if e.users == nil {
			e.users = map[uint32]struct{}{}
		}
		e.users[id] = struct{}{}
		e.wasUsable = e.isUsable()
	}
	if len(now) == 0 {
		delete(s.references, id)
		return
	}
	s.references[id] = slices.Clone(now)
}
