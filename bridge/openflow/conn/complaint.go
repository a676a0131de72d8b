package conn

import (
	"context"
	"errors"
	"io/fs"
	"log/slog"
	"net"
	"syscall"
	"time"
)

// errClosed is why a link ends when the session does.
var errClosed = errors.New("the session is closed")

// errVersion is what errors wrap when a switch does not speak OpenFlow 1.5.
var errVersion = errors.New("the switch does not speak OpenFlow 1.5")

// complain logs why a connection ended. The same trouble in a row is told once, and is detail from
// then on.
func (s *Session) complain(wasGood bool, err error, wait time.Duration) {
	message, level := "switch connection failed", slog.LevelWarn
	if wasGood {
		message = "switch connection lost"
	}
	trouble := message + err.Error()
	if trouble == s.complained {
		level = slog.LevelDebug
	}
	s.complained = trouble
	attributes := []slog.Attr{slog.String("error", err.Error()), slog.Duration("retry_in", wait)}
	if hint := connectHint(err); hint != "" {
		attributes = append(attributes, slog.String("hint", hint))
	}
	s.log.LogAttrs(context.Background(), level, message, attributes...)
}

// connectHint says what to look at when connecting fails for a reason that people can mend.
func connectHint(err error) string {
	var name *net.DNSError
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return "is ovs-vswitchd running, and does the bridge exist?"
	case errors.Is(err, syscall.ECONNREFUSED):
		return "nothing listens there: start ovs-vswitchd, or correct the remote"
	case errors.Is(err, fs.ErrPermission):
		return "run as a user who may open the socket, or change its permissions"
	case errors.As(err, &name):
		return "the host's name has no address: check its spelling and the resolver"
	case errors.Is(err, errVersion):
		return "add OpenFlow15 to the bridge's protocols column, or clear the column"
	}
	return ""
}
