package tool

import (
	"fmt"
	"slices"
	"strings"

	"woven/examples"
	"woven/relations"
)

// cloud is a small network at work in one process: a northd and the controllers of hypervisors,
// each its rules in an engine of its own, and the databases between them as facts. What a daemon
// wants in a database is there at once, and a row's handle is its uuid.
type cloud struct {
	northd      *member
	hypervisors []*member
	flows       []*logicalFlow // those of the Southbound
}

// member is a daemon of a cloud.
type member struct {
	*world
	name string
	// own is the database that only this daemon reads: the Northbound, or a hypervisor's
	// Open_vSwitch database.
	own  database
	told database // what the engine has been told
}

// mostRounds is how often the daemons of a cloud may answer each other before something must be
// wrong.
const mostRounds = 50

// answers are the relations by which sessions and switches answer, by those that ask. The answer
// repeats the question and adds something: all is acknowledged at the time 0, each number that is
// drawn is 0, and the first field for options of tunnels is free.
var answers = []struct{ question, answer, addition string }{
	{"ask", "acked", "0"}, {"draw", "drawn", "0"}, {"monitor", "monitored", ""}, {"timer", "expired", ""},
	{"tunnel_option", "tunnel_field", "0"},
}

// exampleCloud is the example on its two hypervisors.
func exampleCloud(rules string) (*cloud, error) {
	northd, err := newMember(rules, "northd", exampleName, examples.TwoSwitches)
	if err != nil {
		return nil, err
	}
	c := &cloud{northd: northd}
	for _, hv := range []struct {
		name string
		rows []byte
	}{{"hv1", examples.HV1}, {"hv2", examples.HV2}} {
		m, err := newMember(rules, "controller", "examples/"+hv.name+rowExtension, hv.rows)
		if err != nil {
			return nil, err
		}
		m.name = hv.name
		c.hypervisors = append(c.hypervisors, m)
	}
	return c, c.settle()
}

// newMember makes a daemon that has been told nothing yet.
func newMember(rules, daemon, file string, rows []byte) (*member, error) {
	w, _, err := newWorld(&source{rules: rules, daemon: daemon}, nil)
	if err != nil {
		return nil, err
	}
	m := &member{world: w, name: daemon, own: database{}, told: database{}}
	transactions, err := w.reader.rows.Read(file, rows)
	if err != nil {
		return nil, finding{err}
	}
	for _, t := range transactions {
		for _, f := range t.Insert {
			m.own.put(w.program.checked, f.Relation, f.Arguments...)
		}
	}
	return m, nil
}

// settle lets the daemons work until none has anything to add to what the others have said.
func (c *cloud) settle() error {
	for range mostRounds {
		southbound, err := c.southbound()
		if err != nil {
			return err
		}
		still := true
		for _, m := range append([]*member{c.northd}, c.hypervisors...) {
			next := m.surroundings(southbound)
			t := m.difference(m.told, next)
			if err := m.commit(t); err != nil {
				return fmt.Errorf("%s: %w", m.name, err)
			}
			m.told, still = next, still && len(t) == 0
		}
		if still {
			return nil
		}
	}
	return found("the example does not come to rest: after %d rounds the daemons still write",
		mostRounds)
}

// southbound is what all daemons together want it to hold. Where northd only begins a value, a
// hypervisor's holds.
func (c *cloud) southbound() (database, error) {
	out := database{}
	var err error
	if c.flows, err = c.northd.logicalFlows(); err != nil {
		return nil, err
	}
	addLogicalFlows(out, c.northd.program.checked, c.flows)
	c.northd.write(out, "sb")
	for _, h := range c.hypervisors {
		h.write(out, "sb")
	}
	out.complete(c.northd.program.checked, "sb")
	return out, nil
}

// surroundings is what a daemon is to know: the databases, and answers to what its rules ask.
func (m *member) surroundings(southbound database) database {
	out := database{}
	out.add(southbound)
	out.add(m.own)
	m.write(out, "ovs")
	out.complete(m.program.checked, "ovs")
	m.number(out)
	for _, a := range answers {
		for _, row := range m.texts(a.question) {
			if a.addition != "" {
				row = append(row, a.addition)
			}
			out.put(m.program.checked, a.answer, row...)
		}
	}
	return out
}

// write puts what the rules want in a database there. What is wanted of a row that is the
// daemon's own is found by its name.
func (m *member) write(d database, prefix string) {
	rows := map[string]string{} // by handle
	for name := range m.program.checked.Relations {
		table, found := strings.CutSuffix(name, ".name")
		if !found || !strings.HasPrefix(table, "want."+prefix+".") {
			continue
		}
		for _, wanted := range m.texts(name) {
			for _, own := range m.own.rows(strings.TrimPrefix(name, "want.")) {
				if own[1] == wanted[1] {
					rows[wanted[0]] = own[0]
				}
			}
		}
	}
	for name, r := range m.program.checked.Relations {
		if !strings.HasPrefix(name, "want."+prefix+".") {
			continue
		}
		for _, row := range m.texts(name) {
			for i, column := range r.Columns {
				if own, ok := rows[row[i]]; ok && column.Type.Kind == relations.UUID {
					row[i] = own
				}
			}
			d.put(m.program.checked, strings.TrimPrefix(name, "want."), row...)
		}
	}
}

// number does what Open vSwitch does for a new interface: it gives it the next OpenFlow port.
func (m *member) number(d database) {
	const column = "ovs.Interface.ofport"
	most, numbered := 0, map[string]bool{}
	for _, row := range d.rows(column) {
		number := 0
		_, _ = fmt.Sscan(row[1], &number) // the reader of rows has checked it
		most, numbered[row[0]] = max(most, number), true
	}
	names := d.rows("ovs.Interface.name")
	slices.SortFunc(names, func(a, b []string) int { return strings.Compare(a[1], b[1]) })
	for _, row := range names {
		if !numbered[row[0]] {
			most++
			d.put(m.program.checked, column, row[0], fmt.Sprint(most))
		}
	}
}
