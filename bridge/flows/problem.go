package flows

import (
	"encoding/binary"
	"fmt"
	"log/slog"

	"woven/bridge/ovsdb"
	"woven/bridge/tables"
	"woven/relations"
)

// problemKey says what a problem is about; the other fields are zero.
type problemKey struct {
	flow       uint32 // the record's number
	rivals     bool   // several facts say the flow or the entry
	unreadable unreadable
	entry      *entry
	flush      flushKey
	other      string
}

// problems are those that exist now. One is logged when it appears, or changes its reason.
type problems struct {
	log   *slog.Logger
	found map[problemKey]tables.Problem
}

func (p *problems) add(key problemKey, problem tables.Problem) {
	if p.found[key] == problem {
		return
	}
	p.found[key] = problem
	p.log.Warn("cannot be in the switch as wanted", "table", problem.Table,
		"row", ovsdb.UUID(problem.Row).String(), "column", problem.Column, "reason", problem.Reason)
}

func (p *problems) solve(key problemKey) {
	if len(p.found) > 0 {
		delete(p.found, key)
	}
}

// Problems lists what the switch does not have as it is wanted, in no order. Table is
// "Logical_Flow", and Row begins with the flow's cookie, if it has one; else Table is "flow",
// "group", "meter" or the name of another relation of the program. Column tells which one.
func (s *Sink) Problems() []tables.Problem {
	var list []tables.Problem
	for _, p := range s.problems.found {
		list = append(list, p)
	}
	return list
}

// describe is a problem of a flow without its reason.
func (s *Sink) describe(cookie uint32, table, priority int64, match relations.Value) tables.Problem {
	p := tables.Problem{Table: "flow", Column: fmt.Sprintf("table=%d,priority=%d", table, priority)}
	if text := s.store.TextOf(match); text != "" {
		p.Column += "," + text
	}
	if cookie != 0 {
		p.Table = "Logical_Flow"
		binary.BigEndian.PutUint32(p.Row[:], cookie)
	}
	return p
}

// describeFlow is the same for a flow that is wanted.
func (s *Sink) describeFlow(id uint32) tables.Problem {
	x := s.flows.at(id)
	return s.describe(x.cookie, int64(x.table), int64(x.priority), x.match)
}
