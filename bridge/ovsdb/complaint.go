package ovsdb

import (
	"context"
	"crypto/x509"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"net"
	"syscall"
	"time"
)

// complain logs why a connection ended. The same trouble of the same remote is told once, and is
// detail from then on, until a connection was good.
func (l *loop) complain(err error, wait time.Duration) {
	if l.failures == 0 {
		clear(l.complained)
	}
	level := slog.LevelWarn
	trouble := l.remote.String() + " " + err.Error()
	repeated := l.complained[trouble]
	switch {
	case repeated:
		level = slog.LevelDebug
	case l.drop != nil || errors.Is(err, errUnfit):
		level = slog.LevelInfo
	}
	l.complained[trouble] = true
	message := "database connection failed"
	if !l.goodSince.IsZero() {
		message = "database connection lost"
	}
	attributes := []slog.Attr{
		slog.String("remote", l.remote.String()),
		slog.String("error", err.Error()),
	}
	if hint := connectHint(err); hint != "" {
		attributes = append(attributes, slog.String("hint", hint))
	}
	if wait > 0 {
		attributes = append(attributes, slog.Duration("retry_in", wait))
	}
	l.log.LogAttrs(context.Background(), level, message, attributes...)
}

// connectHint says what to look at when connecting fails for a reason that people can mend.
func connectHint(err error) string {
	var unknownAuthority x509.UnknownAuthorityError
	var name *net.DNSError
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return "is ovsdb-server running, and is this the path of its socket?"
	case errors.Is(err, syscall.ECONNREFUSED):
		return "nothing listens there: start ovsdb-server, or correct the remote"
	case errors.Is(err, fs.ErrPermission):
		return "run as a user who may open the socket, or change its permissions"
	case errors.As(err, &name):
		return "the host's name has no address: check its spelling and the resolver"
	case errors.As(err, &unknownAuthority):
		return "the CA certificate given is not the one that signed the server's certificate"
	case errors.Is(err, errNoDatabase):
		return "check the remote and the database's name; ovsdb-client list-dbs shows what is there"
	}
	return ""
}

// errNoDatabase is what errors wrap when a server does not have the session's database.
var errNoDatabase = errors.New("the server does not have the database")

// noDatabase says which databases the server has instead.
func noDatabase(name, others string) error {
	if others == "" {
		return fmt.Errorf("%w %s", errNoDatabase, name)
	}
	return fmt.Errorf("%w %s (it has: %s)", errNoDatabase, name, others)
}
