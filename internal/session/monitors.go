package session

import (
	"fmt"

	"woven/bridge/ovsdb"
	"woven/bridge/tables"
	"woven/engine"
	"woven/relations"
)

// monitors asks servers for the rows that the rules want, and tells the rules which are there.
type monitors struct {
	s                  *Session
	monitor, monitored *engine.Relation // nil where the program has no such relation
	wanted             map[*database]map[string][]*selection
	problems           map[[5]relations.Value]tables.Problem
}

// selection is one row of the relation monitor. Its values are retained.
type selection struct {
	row       [5]relations.Value
	condition ovsdb.Condition
	since     uint64 // the sequence of conditions that has it first; 0 while not yet asked for
	told      bool   // the rules know that the rows are there
}

func newMonitors(s *Session) *monitors {
	m := &monitors{s: s, wanted: map[*database]map[string][]*selection{},
		problems: map[[5]relations.Value]tables.Problem{}}
	m.monitor, _ = s.engine.Relation("monitor")
	m.monitored, _ = s.engine.Relation("monitored")
	for _, d := range s.parts {
		m.wanted[d] = map[string][]*selection{}
		for _, table := range d.tables.Conditional() {
			m.wanted[d][table] = nil
		}
	}
	each(s.engine, m.monitor, func(row []relations.Value) { m.add(row) })
	return m
}

// absorb takes in what a commit changed, and asks the servers. The length of a table's list of
// conditions goes with the ports and datapaths of this hypervisor, not with the cloud.
func (m *monitors) absorb(changes *engine.Changes) {
	changed := map[*database]map[string]bool{}
	note := func(d *database, table string) {
		if d == nil {
			return
		}
		if changed[d] == nil {
			changed[d] = map[string]bool{}
		}
		changed[d][table] = true
	}
	for _, c := range changes.Relations {
		if c.Relation != m.monitor {
			continue
		}
		for i := range c.Deleted.Len() {
			note(m.remove(c.Deleted.At(i)))
		}
		for i := range c.Inserted.Len() {
			note(m.add(c.Inserted.At(i)))
		}
	}
	for d, names := range changed {
		m.ask(d, names)
	}
}

// canonical returns a row of the relation monitor as texts that can be compared.
func (m *monitors) canonical(row []relations.Value) (out [5]relations.Value) {
	for i := range out {
		out[i] = m.s.engine.Store().Canonical(row[i])
	}
	return out
}

// add takes in a row; d is nil if it asks for nothing that there is.
func (m *monitors) add(values []relations.Value) (d *database, table string) {
	store := m.s.engine.Store()
	row := m.canonical(values)
	text := func(i int) string { return store.TextOf(row[i]) }
	table = text(1)
	for v := range m.wanted {
		if v.Prefix == text(0) {
			d = v
		}
	}
	fault := func(reason string) (*database, string) {
		p := tables.Problem{Table: table, Column: text(2), Reason: "monitor: " + reason}
		m.problems[row] = p
		m.s.log.Error("cannot ask for rows", "database", text(0), "table", table, "column", p.Column,
			"reason", p.Reason)
		return nil, ""
	}
	if d == nil {
		return fault(fmt.Sprintf("there is no database %q", text(0)))
	}
	if _, ok := m.wanted[d][table]; !ok {
		return fault(fmt.Sprintf("table.%s.%s does not say conditional()", d.Prefix, table))
	}
	condition := ovsdb.Always()
	if text(3) != "true" {
		var err error
		if condition, err = d.tables.Condition(table, text(2), text(3), text(4)); err != nil {
			return fault(err.Error())
		}
	}
	for _, v := range row {
		store.Retain(relations.String, v)
	}
	m.wanted[d][table] = append(m.wanted[d][table], &selection{row: row, condition: condition})
	return d, table
}

// remove forgets a row, and at once that its rows are there.
func (m *monitors) remove(values []relations.Value) (*database, string) {
	store := m.s.engine.Store()
	row := m.canonical(values)
	delete(m.problems, row)
	table := store.TextOf(row[1])
	for d, byTable := range m.wanted {
		for i, s := range byTable[table] {
			if s.row != row {
				continue
			}
			byTable[table] = append(byTable[table][:i], byTable[table][i+1:]...)
			host{m.s}.Tell(func(txn *engine.Txn) error {
				defer func() {
					for _, v := range row {
						store.Release(relations.String, v)
					}
				}()
				if !s.told {
					return nil
				}
				s.told = false
				return txn.Delete(m.monitored, row[:]...)
			})
			return d, table
		}
	}
	return nil, ""
}

// list returns the conditions of a table.
func (m *monitors) list(d *database, table string) []ovsdb.Condition {
	list := make([]ovsdb.Condition, 0, len(m.wanted[d][table]))
	for _, s := range m.wanted[d][table] {
		list = append(list, s.condition)
	}
	if len(list) == 0 {
		return []ovsdb.Condition{ovsdb.Never()}
	}
	return list
}

// prepare puts the conditions that are known already into the first request.
func (m *monitors) prepare(d *database) {
	for i := range d.OVSDB.Tables {
		table := d.OVSDB.Tables[i].Table
		if _, ok := m.wanted[d][table]; !ok {
			continue
		}
		d.OVSDB.Tables[i].Where = m.list(d, table)
		for _, s := range m.wanted[d][table] {
			s.since = 1
		}
	}
}

// ask sends the conditions of some tables.
func (m *monitors) ask(d *database, names map[string]bool) {
	session := d.session.Load()
	if session == nil {
		return
	}
	conditions := map[string][]ovsdb.Condition{}
	for table := range names {
		conditions[table] = m.list(d, table)
	}
	sequence, err := session.SetConditions(conditions)
	if err != nil {
		m.s.fail(err) // what Condition made can be sent
		return
	}
	for table := range names {
		for _, s := range m.wanted[d][table] {
			if s.since == 0 {
				s.since = sequence
			}
		}
	}
	if sequence <= session.Status().ConditionsAcked {
		m.inForce(d, sequence, nil) // the same conditions were in force before
	}
}

// inForce tells the rules of the selections that a sequence of conditions has.
func (m *monitors) inForce(d *database, sequence uint64, failure error) {
	if failure != nil {
		m.s.log.Error("the server refuses to be asked for rows", "database", d.tables.Name,
			"error", failure)
		return
	}
	if m.monitored == nil {
		return
	}
	host{m.s}.Tell(func(txn *engine.Txn) error {
		for _, selections := range m.wanted[d] {
			for _, s := range selections {
				if s.told || s.since == 0 || s.since > sequence {
					continue
				}
				s.told = true
				if err := txn.Insert(m.monitored, s.row[:]...); err != nil {
					return err
				}
			}
		}
		return nil
	})
}
