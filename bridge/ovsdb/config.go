package ovsdb

import (
	"log/slog"
	"time"
)

// TableRequest asks for a table's rows.
type TableRequest struct {
	Table string
	// Columns are those to read; none asks for the rows alone.
	Columns []string
	// Where restricts the rows; with several conditions, one must hold. None asks for all rows.
	// SetConditions replaces it.
	Where []Condition
}

// Default timings: those of the C client.
const (
	DefaultProbeInterval  = 5 * time.Second
	DefaultBackoffMinimum = 1 * time.Second
	DefaultBackoffMaximum = 8 * time.Second
)

// Backoff is how long to wait between attempts to connect when all remotes failed in turn: Minimum
// at first, doubled up to Maximum. Zero fields mean the defaults.
type Backoff struct{ Minimum, Maximum time.Duration }

// TLSFiles are the PEM files that ssl: remotes need. They are read anew for each connection, so
// that replaced files are used from the next connection on.
type TLSFiles struct {
	PrivateKey  string
	Certificate string
	// CACertificate is what the server's certificate must be signed by. As in Open vSwitch, the
	// server's name is not compared.
	CACertificate string
}

// Config describes a session.
type Config struct {
	// Database is the database's name, such as "OVN_Northbound".
	Database string
	// Remotes is the list of servers in the form that ParseRemotes reads. They are tried in random
	// order.
	Remotes string
	TLS     TLSFiles
	// LeaderOnly refuses servers of a cluster that are not its leader.
	LeaderOnly bool
	// Cluster refuses servers of any other cluster; zero allows all.
	Cluster UUID
	// Tables are the tables to monitor. What the server's schema lacks is left out and reported in
	// Status.Missing.
	Tables []TableRequest
	Sink   Sink
	Events Events
	// Lock is the lock to ask for from the start; empty for none. SetLock replaces it.
	Lock string
	// ProbeInterval is how long the server may be silent before it is asked for a sign of life, and
	// again before the connection is given up; negative turns this off, zero means the default.
	ProbeInterval time.Duration
	Backoff       Backoff
	// Logger receives messages with the attribute module=ovsdb; nil means slog.Default().
	Logger *slog.Logger
}

// Events are told on the session's goroutine, in order with the calls of the sink. Each may be nil.
type Events struct {
	// State is called after each change of the connection's state.
	State func(State)
	// Lock is called after each change of the lock's state.
	Lock func(LockState)
	// Conditions is called when the server has applied all monitor conditions that SetConditions
	// had set when it returned this number, and the sink has seen the effect. The error, if any, is
	// the server's refusal: then the conditions before stay in force.
	Conditions func(sequence uint64, err error)
}
