package ovsdb

import (
	"errors"
	"fmt"
	"slices"
	"strings"
)

// serverDatabaseName is the database in which a server describes its databases (ovsdb-server(5)).
const serverDatabaseName = "_Server"

// serverColumns are the columns of _Server's table Database that a session reads, in the order of
// serverDatabase.Row.
var serverColumns = []string{"name", "model", "connected", "leader", "index", "cid"}

// serverRow is what a server says of one database.
type serverRow struct {
	name      string
	model     string
	connected bool
	leader    bool
	index     int64 // of the last entry of the raft log, 0 if there is none
	cluster   UUID  // zero if there is none
}

// serverDatabase mirrors _Server.
type serverDatabase struct {
	monitor monitor
	rows    map[UUID]*serverRow
}

func (s *serverDatabase) init() {
	s.monitor = monitor{
		database: serverDatabaseName,
		requests: []TableRequest{{Table: "Database", Columns: serverColumns}},
		sink:     s,
	}
}

// Begin forgets the rows when all of them follow.
func (s *serverDatabase) Begin(batch Batch) {
	if batch.Kind != BatchUpdate || s.rows == nil {
		s.rows = map[UUID]*serverRow{}
	}
}

// Row takes a row. No column holds more than one element, so that no value is a difference.
func (s *serverDatabase) Row(_ *MonitoredTable, id UUID, change Change, values []ColumnValue) {
	if change == ChangeDelete {
		delete(s.rows, id)
		return
	}
	row := s.rows[id]
	if row == nil {
		row = &serverRow{}
		s.rows[id] = row
	}
	for i := range values {
		atom := Atom{}
		if values[i].Datum.Len() > 0 {
			atom = values[i].Datum.Keys[0]
		}
		switch values[i].Index {
		case 0:
			row.name = string(atom.Text())
		case 1:
			row.model = string(atom.Text())
		case 2:
			row.connected = atom.Boolean()
		case 3:
			row.leader = atom.Boolean()
		case 4:
			row.index = atom.Integer()
		case 5:
			row.cluster = atom.UUID()
		}
	}
}

// End does nothing: the rows are looked at when the message has been read.
func (s *serverDatabase) End() {}

// Abort does nothing: the connection ends.
func (s *serverDatabase) Abort() {}

// find returns the row of a database, nil if the server does not have it.
func (s *serverDatabase) find(name string) *serverRow {
	for _, row := range s.rows {
		if row.name == name {
			return row
		}
	}
	return nil
}

// names lists the server's databases.
func (s *serverDatabase) names() string {
	var names []string
	for _, row := range s.rows {
		names = append(names, row.name)
	}
	slices.Sort(names)
	return strings.Join(names, ", ")
}

// errUnfit is what errors wrap when another server of the cluster may serve better.
var errUnfit = errors.New("trying another server")

// unfit says why a server cannot serve what the configuration asks for, nil if it can. The index is
// that of the most recent data seen so far.
func (r *serverRow) unfit(config *Config, index int64) error {
	reason := ""
	switch {
	case !config.Cluster.IsZero() && r.cluster != config.Cluster:
		reason = fmt.Sprintf("the database belongs to cluster %v, not %v", r.cluster, config.Cluster)
	case r.model != "standalone" && !r.connected:
		reason = "the server is disconnected from its cluster"
	case r.model != "standalone" && config.LeaderOnly && !r.leader:
		reason = "the server is not the leader of its cluster"
	case r.model == "clustered" && r.index < index:
		reason = fmt.Sprintf("the server's data is stale: at index %d, and %d was seen before", r.index, index)
	default:
		return nil
	}
	return fmt.Errorf("%s; %w", reason, errUnfit)
}
