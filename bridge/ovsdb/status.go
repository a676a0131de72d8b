package ovsdb

import "time"

// State is the state of a session's connection.
type State uint8

const (
	// StateBackoff waits before the next attempt to connect.
	StateBackoff State = iota
	// StateConnecting waits for the transport.
	StateConnecting
	// StateNegotiating asks the server for its state, its schema, and the first copy.
	StateNegotiating
	// StateMonitoring is the normal state: the sink is up to date, transactions are taken.
	StateMonitoring
	// StateClosed is the end.
	StateClosed
)

// String is the state in words.
func (s State) String() string {
	switch s {
	case StateBackoff:
		return "backoff"
	case StateConnecting:
		return "connecting"
	case StateNegotiating:
		return "negotiating"
	case StateMonitoring:
		return "monitoring"
	case StateClosed:
		return "closed"
	}
	return "unknown"
}

// LockState is the state of the lock that a session asks for.
type LockState uint8

const (
	// LockNone means that no lock was asked for.
	LockNone LockState = iota
	// LockRequested means that there is no answer yet, or no connection.
	LockRequested
	// LockContended means that another client holds the lock, or stole it.
	LockContended
	// LockHeld means that this session holds the lock.
	LockHeld
)

// String is the lock's state in words.
func (s LockState) String() string {
	switch s {
	case LockNone:
		return "none"
	case LockRequested:
		return "requested"
	case LockContended:
		return "contended"
	case LockHeld:
		return "held"
	}
	return "unknown"
}

// Status describes a session for people and status commands.
type Status struct {
	State     State
	Since     time.Time // when the state was entered
	Remote    string    // the remote in use, or tried last
	LastError string    // why the last connection or attempt ended; empty before the first trouble

	Lock      string // the lock asked for
	LockState LockState

	Model         string // "standalone", "clustered" or "relay"; empty if the server does not say
	Leader        bool
	SchemaVersion string
	// Missing lists requested tables and columns (Table.column) that the server's schema lacks.
	Missing []string

	// ConditionsAcked is the greatest number that Events.Conditions was called with.
	ConditionsAcked uint64
	// Transaction is the last transaction that the sink has seen, if the server tells.
	Transaction UUID
	InFlight    int // transactions without an answer
	Connections int // connections that reached StateMonitoring so far
}
