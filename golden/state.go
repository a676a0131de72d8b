package golden

import (
	"fmt"
	"slices"
	"strings"

	"woven/engine/check"
	"woven/engine/syntax"
	"woven/relations"
)

// fact is a base fact: its relation and the texts of its arguments, each with a zero byte behind
// it, so that no argument and an empty one differ.
type fact struct{ relation, args string }

func newFact(relation string, args ...string) fact {
	var b strings.Builder
	for _, a := range args {
		b.WriteString(a + "\x00")
	}
	return fact{relation, b.String()}
}

func (f fact) texts() []string {
	parts := strings.Split(f.args, "\x00")
	return parts[:len(parts)-1]
}

// state is what the databases hold.
type state struct {
	p     *Program
	names *names
	facts map[fact]bool
}

func newState(p *Program) *state {
	return &state{p: p, names: newNames(), facts: map[fact]bool{}}
}

// change is what a transaction does, without what cancels out.
type change struct{ del, ins []fact }

func (c change) reversed() change { return change{del: c.ins, ins: c.del} }

// apply makes the changes of a transaction's statements.
func (s *state) apply(statements []*Statement) (change, int, *fault) {
	before := make(map[fact]bool, len(s.facts))
	for f := range s.facts {
		before[f] = true
	}
	for _, st := range statements {
		if err := s.statement(st); err != nil {
			return change{}, st.Line, err
		}
	}
	var c change
	for f := range before {
		if !s.facts[f] {
			c.del = append(c.del, f)
		}
	}
	for f := range s.facts {
		if !before[f] {
			c.ins = append(c.ins, f)
		}
	}
	sortFacts(c.del)
	sortFacts(c.ins)
	return c, 0, nil
}

func sortFacts(list []fact) {
	slices.SortFunc(list, func(a, b fact) int {
		if n := strings.Compare(a.relation, b.relation); n != 0 {
			return n
		}
		return strings.Compare(a.args, b.args)
	})
}

func (s *state) statement(st *Statement) *fault {
	if st.Fact != "" {
		return s.single(st)
	}
	t := s.p.table(st.Table)
	if t == nil {
		return faultf("a table of another database is written with it: sb.Chassis",
			"there is no table %s", st.Table)
	}
	if st.Delete {
		return s.delete(t, st.Row)
	}
	row := s.names.row(st.Row)
	s.names.rows[st.Row] = true
	s.insert(t, st.Row, row)
	for _, a := range st.Columns {
		c := t.columns[a.column]
		if c == nil {
			return faultf("", "table %s has no column %s", t.name, a.column)
		}
		if err := s.assign(c, row, a); err != nil {
			return err
		}
	}
	return nil
}

// insert makes a row if it is not there, with defaults where a row must have a value. A column
// called name gets the row's own name.
func (s *state) insert(t *table, name, row string) {
	if s.facts[newFact(t.name, row)] {
		return
	}
	s.facts[newFact(t.name, row)] = true
	for _, c := range t.scalars {
		text := ""
		switch c.relation.Columns[1].Type.Kind {
		case relations.UUID:
			continue
		case relations.Number:
			text = "0"
		case relations.Float:
			text = "0.0"
		case relations.Name:
			text = "/false"
		case relations.String:
			if c.name == "name" {
				text = name
			}
		}
		s.facts[newFact(c.relation.Name, row, text)] = true
	}
}

// delete takes a row away, and it out of the columns that refer to it.
func (s *state) delete(t *table, name string) *fault {
	row := s.names.row(name)
	if !s.facts[newFact(t.name, row)] {
		return faultf("", "there is no row %s in %s", name, t.name)
	}
	delete(s.facts, newFact(t.name, row))
	for _, c := range t.columns {
		s.clear(c, row)
	}
	for _, c := range s.p.references(t) {
		for f := range s.facts {
			if texts := f.texts(); f.relation == c.relation.Name && texts[len(texts)-1] == row {
				delete(s.facts, f)
			}
		}
	}
	return nil
}

// clear takes out what a column of a row holds, or the entry of a map behind the row.
func (s *state) clear(c *column, start ...string) {
	for f := range s.facts {
		if f.relation == c.relation.Name && slices.Equal(f.texts()[:len(start)], start) {
			delete(s.facts, f)
		}
	}
}

// assign changes a column of a row.
func (s *state) assign(c *column, row string, a assign) *fault {
	several := c.kind == "set" || c.kind == "map"
	switch {
	case a.op != ":" && !several:
		return faultf("write "+c.name+": value", "%s has one value", c.name)
	case (a.value.kind == 'm') != (c.kind == "map"):
		return faultf("a map is written { key: value }, a set [value, value]", "%s is a %s", c.name,
			c.kind)
	case !several && len(a.value.items) > 1, c.kind == "scalar" && a.value.kind != 's':
		return faultf("", "%s has one value", c.name)
	}
	items := a.value.items
	if a.value.kind == 's' {
		items = []value{a.value}
	}
	if a.op == ":" {
		s.clear(c, row)
	}
	for i, item := range items {
		args := []string{row}
		if c.kind == "map" {
			args = append(args, a.value.keys[i])
		}
		text, err := s.names.read(c.relation.Columns[len(args)].Type, item.text)
		if err != nil {
			return err
		}
		if c.kind == "map" && a.op == "+=" {
			s.clear(c, args...) // a key has one value, the new one
		}
		s.facts[newFact(c.relation.Name, append(args, text)...)] = a.op != "-="
	}
	for f, holds := range s.facts {
		if !holds {
			delete(s.facts, f)
		}
	}
	return nil
}

// single puts in or takes away a fact of a relation that belongs to no table.
func (s *state) single(st *Statement) *fault {
	file, errs := syntax.Parse("", []byte(st.Fact+".\n"))
	if len(errs) > 0 {
		return faultf(errs[0].Hint, "%s", errs[0].Message)
	}
	head := file.Clauses[0].Head
	r := s.p.checked.Relations[head.Pred]
	if r == nil || !r.Base || len(r.Columns) != len(head.Args) {
		return faultf("", "there is no extensional relation %s with %d columns", head.Pred, len(head.Args))
	}
	var args []string
	for i, t := range head.Args {
		text, err := s.constant(r, i, t)
		if err != nil {
			return err
		}
		args = append(args, text)
	}
	if st.Delete {
		delete(s.facts, newFact(r.Name, args...))
	} else {
		s.facts[newFact(r.Name, args...)] = true
	}
	return nil
}

func (s *state) constant(r *check.Relation, i int, t syntax.Term) (string, *fault) {
	c, ok := t.(*syntax.Const)
	if !ok {
		return "", faultf("", "%s is no constant", t)
	}
	text := c.Str
	if c.Kind == syntax.NumberConst {
		text = fmt.Sprint(c.Num)
	}
	return s.names.read(r.Columns[i].Type, text)
}
