package conn

import (
	"log/slog"
	"time"

	"woven/bridge/openflow"
)

// Default timings and limits.
const (
	DefaultBackoffMinimum = 100 * time.Millisecond
	DefaultBackoffMaximum = 8 * time.Second
	// DefaultLimit is as much as a switch takes in some 100 ms.
	DefaultLimit = 4 << 20
)

// Backoff is how long to wait between attempts to connect: Minimum at first, doubled up to Maximum.
// Zero fields mean the defaults. A switch that starts again has no flows until it is connected to,
// so the minimum is short.
type Backoff struct{ Minimum, Maximum time.Duration }

// Config describes a session.
type Config struct {
	// Remote is the switch, in the form that ParseRemote reads.
	Remote string
	Events Events
	// ProbeInterval is how long the switch may be silent before it is asked for a sign of life, and
	// again before the connection is given up; 0 turns this off.
	ProbeInterval time.Duration
	Backoff       Backoff
	// Limit is how many bytes may wait to be sent before Link.Full says so; 0 means DefaultLimit.
	Limit int
	// Logger receives messages with the attribute module=openflow; nil means slog.Default().
	Logger *slog.Logger
}

// Events are told on the session's goroutine but for Room, and in the order in which things
// happened. Each may be nil. They must return promptly, and must not call Close.
type Events struct {
	// Connected tells that the handshake is done.
	Connected func(*Link)
	// Lost tells that a link that was told of before has ended. Answers that did not come until then
	// will not come.
	Lost func(*Link, error)
	// Failed is called with the switch's errors about messages whose answers nobody waits for, by the
	// number (xid) of the message.
	Failed func(l *Link, xid uint32, err *openflow.Error)
	// Message is called with all other messages that nobody waits for, such as packets. The bytes
	// are valid until it returns.
	Message func(*Link, []byte)
	// Room is called from any goroutine when a link that was Full has room again.
	Room func(*Link)
}

func (c *Config) setDefaults() {
	if c.Backoff.Minimum <= 0 {
		c.Backoff.Minimum = DefaultBackoffMinimum
	}
	if c.Backoff.Maximum <= 0 {
		c.Backoff.Maximum = max(DefaultBackoffMaximum, c.Backoff.Minimum)
	}
	if c.Limit <= 0 {
		c.Limit = DefaultLimit
	}
	if c.Logger == nil {
		c.Logger = slog.Default()
	}
}
