package parity

import (
	"fmt"
	"slices"
)

// Versions is the version of every row of a database: it changes exactly when somebody writes the
// row, whatever the value.
type Versions map[string]string

// Versions returns the version of every row of a snapshot, apart from the global rows: nb_cfg goes
// through these to show that a northd is done, and what else they hold is compared as text.
func (s Snapshot) Versions() Versions {
	versions := Versions{}
	for table, rows := range s {
		if table == "NB_Global" || table == "SB_Global" {
			continue
		}
		for _, row := range rows {
			versions[table+" "+row.uuid()] = refOf(row["_version"])
		}
	}
	return versions
}

// Changed lists the rows that were inserted, deleted or written between two readings.
func (v Versions) Changed(after Versions) []string {
	var changes []string
	for row, version := range v {
		switch now, ok := after[row]; {
		case !ok:
			changes = append(changes, "deleted "+row)
		case now != version:
			changes = append(changes, "written "+row)
		}
	}
	for row := range after {
		if _, ok := v[row]; !ok {
			changes = append(changes, "inserted "+row)
		}
	}
	slices.Sort(changes)
	return changes
}

// Fixpoint stops the stack's northd, starts n over the same databases, and returns an error that
// lists what n wrote. A northd that agrees with what it finds writes nothing. The northd n keeps
// running.
func (s *Stack) Fixpoint(n Northd) error {
	if err := s.StopNorthd(); err != nil {
		return err
	}
	before, err := s.state()
	if err != nil {
		return err
	}
	if err := s.StartNorthd(n); err != nil {
		return err
	}
	if err := s.Sync(); err != nil {
		return err
	}
	after, err := s.state()
	if err != nil {
		return err
	}
	changes := before.nb.Changed(after.nb)
	changes = append(changes, before.sb.Changed(after.sb)...)
	difference := Diff("before", before.text, "after", after.text, 20)
	if len(changes) == 0 && difference == "" {
		return nil
	}
	return fmt.Errorf("%s wrote %d rows where it should have written none: %s\n%s", n.Name,
		len(changes), changes[:min(len(changes), 5)], difference)
}

// state is what Fixpoint compares.
type state struct {
	nb, sb Versions
	text   string
}

func (s *Stack) state() (state, error) {
	nb, sb, err := s.Snapshots()
	return state{nb: nb.Versions(), sb: sb.Versions(), text: Text(nb, sb, Seeded)}, err
}
