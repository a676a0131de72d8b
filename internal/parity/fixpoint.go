package parity

import (
	"fmt"
	"slices"
)

// Versions is the version of every row of a database: it changes exactly when somebody writes the
// row, whatever the value.
type Versions map[string]string

// Versions reads the version of every row.
func (db *Database) Versions() (Versions, error) {
	snapshot, err := db.Snapshot()
	if err != nil {
		return nil, err
	}
	versions := Versions{}
	for table, rows := range snapshot {
		if table == "NB_Global" || table == "SB_Global" {
			// nb_cfg goes through these rows to show that the northd is done; what else they
			// hold is compared as text.
			continue
		}
		for _, row := range rows {
			versions[table+" "+row.uuid()] = refOf(row["_version"])
		}
	}
	return versions, nil
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
	var st state
	var err error
	if st.nb, err = s.NB.Versions(); err != nil {
		return st, err
	}
	if st.sb, err = s.SB.Versions(); err != nil {
		return st, err
	}
	st.text, err = s.Text(Seeded)
	return st, err
}
