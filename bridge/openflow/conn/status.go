package conn

import "time"

// State is the state of a session's connection.
type State uint8

const (
	// StateBackoff waits before the next attempt to connect.
	StateBackoff State = iota
	// StateConnecting waits for the transport.
	StateConnecting
	// StateNegotiating waits for the switch's versions.
	StateNegotiating
	// StateConnected is the normal state.
	StateConnected
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
	case StateConnected:
		return "connected"
	case StateClosed:
		return "closed"
	}
	return "unknown"
}

// Status describes a session for people and status commands.
type Status struct {
	State       State
	Since       time.Time // when the state was entered
	Remote      string
	LastError   string // why the last connection or attempt ended; empty before the first trouble
	Connections int    // how often StateConnected was reached so far
}

// Status describes the session as of its last change. It may be called from any goroutine.
func (s *Session) Status() Status {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	return s.status
}
