package inspect

import (
	"context"
	"fmt"
	"log/slog"
	"strings"
	"sync/atomic"
	"time"

	"woven/bridge/ovsdb"
	"woven/engine/check"
	"woven/internal/session"
	"woven/internal/unixctl"
)

// slowCommit is how long a commit may take without being mentioned in the log, as in the reference.
const slowCommit = 500 * time.Millisecond

// Inspector answers the commands about a session.
type Inspector struct {
	session  *session.Session
	program  *check.Program
	log      *slog.Logger
	baseline baseline
	slow     atomic.Int64 // ns from which on a commit is worth a line in the log
}

// New makes an inspector, which the session's program was loaded for.
func New(program *check.Program, log *slog.Logger) *Inspector {
	i := &Inspector{program: program, log: log}
	i.slow.Store(int64(slowCommit))
	return i
}

// Attach says which session the commands are about.
func (i *Inspector) Attach(s *session.Session) { i.session = s }

// Register adds the commands.
func (i *Inspector) Register(server *unixctl.Server) {
	for _, c := range []unixctl.Command{
		{Name: "inc-engine/show-stats", Usage: "[NODE [COUNTER]]", MaxArgs: 2, Run: i.showStats},
		{Name: "inc-engine/clear-stats", Run: i.clearStats},
		{Name: "inc-engine/recompute", Run: i.Recompute},
		{Name: "inc-engine/compute-log-timeout", Usage: "MSEC", MinArgs: 1, MaxArgs: 1,
			Run: i.setLogTimeout},
		{Name: "rules/profile", Run: i.profile},
		{Name: "problems", Run: i.problems},
	} {
		server.Register(c)
	}
}

// Committed mentions a commit in the log that took long.
func (i *Inspector) Committed(prefix string, took time.Duration) {
	if slow := i.slow.Load(); took >= time.Duration(slow) {
		i.log.Info("a change took long to compute", "took", took, "from", prefix)
	}
}

// ConnectionStatus is the command that says whether a database is connected to.
func (i *Inspector) ConnectionStatus(prefix string) unixctl.Handler {
	return func(context.Context, []string) (string, error) {
		if c := i.session.Connection(prefix); c != nil && c.Status().State == ovsdb.StateMonitoring {
			return "connected\n", nil
		}
		return "not connected\n", nil
	}
}

// ResetCluster is the command that lets a cluster be accepted that was restored from a backup.
func (i *Inspector) ResetCluster(prefix string) unixctl.Handler {
	return func(context.Context, []string) (string, error) {
		i.log.Info("Resetting cluster state of database", "database", prefix)
		if c := i.session.Connection(prefix); c != nil {
			c.ResetClusterState()
		}
		return "", nil
	}
}

// problems lists what cannot be used or written, a line each.
func (i *Inspector) problems(ctx context.Context, _ []string) (string, error) {
	problems, err := i.session.Problems(ctx)
	var b strings.Builder
	for _, p := range problems {
		fmt.Fprintf(&b, "%s %s", p.Table, ovsdb.UUID(p.Row))
		if p.Column != "" {
			fmt.Fprintf(&b, " %s", p.Column)
		}
		fmt.Fprintf(&b, ": %s\n", p.Reason)
	}
	return b.String(), err
}
