package northd

import (
	"context"
	"fmt"
	"log/slog"
	"path/filepath"
	"sync/atomic"
	"time"

	"woven/bridge/ovsdb"
	"woven/bridge/sbdb"
	"woven/bridge/tables"
	"woven/engine"
	"woven/engine/check"
	"woven/internal/daemon"
	"woven/internal/inspect"
	"woven/internal/pki"
	"woven/internal/program"
	"woven/internal/session"
	"woven/internal/stopwatch"
)

// ovnVersion is the release of ovn-northd whose work the daemon does, as clients and scripts of
// that release expect it.
const ovnVersion = "23.03.1"

// lock is the name of the Southbound's lock that the active northd holds.
const lock = "ovn_northd"

// modules are the names of our loggers, besides those of any daemon.
var modules = []string{"ovsdb", "rules"}

// northd is the running daemon.
type northd struct {
	options options
	daemon  *daemon.Daemon
	log     *slog.Logger
	session *session.Session

	program *check.Program

	threads   atomic.Int64
	watches   map[string]*stopwatch.Stopwatch // by database
	loop      *stopwatch.Stopwatch
	inspector *inspect.Inspector
}

// Main runs the daemon with a command line, the program's name first, and returns the exit status.
func Main(arguments []string) int {
	n := &northd{}
	// The name decides where ovn-appctl looks for the daemon, as it does with the C daemons; under
	// the name ovn-northd it takes that one's place.
	name := filepath.Base(arguments[0])
	n.daemon = daemon.New(daemon.Program{
		Name:     name,
		Version:  name + " " + ovnVersion + "\nwoven: OVN " + ovnVersion + " as rules",
		Summary:  "OVN northbound management daemon",
		Synopsis: "[OPTIONS]",
		Options:  usage(),
		MaxArgs:  len(arguments), // as the reference, which ignores them
		Modules:  modules,
	})
	n.log = slog.Default()
	n.options.add(n.daemon.Flags())
	return n.daemon.Main(arguments[1:], n.run)
}

// run does the work until the context ends.
func (n *northd) run(ctx context.Context, d *daemon.Daemon) error {
	if err := n.options.pki.MakeAbsolute(); err != nil {
		return err
	}
	if err := pki.MakeAbsolute(&n.options.rules); err != nil {
		return err
	}
	n.checkOptions()
	if err := n.start(); err != nil {
		return err
	}
	n.inspector.Attach(n.session)
	n.registerCommands()
	if err := d.Ready(); err != nil {
		return err
	}
	return n.session.Run(ctx)
}

// checkOptions warns of options that do not do what they say.
func (n *northd) checkOptions() {
	count, ok := threadCount(n.options.threads)
	if !ok {
		n.log.Warn(fmt.Sprintf("Setting n_threads to 1 as --n-threads option was set to : [%s]",
			n.options.threads))
	}
	n.threads.Store(int64(count))
	n.options.pki.Check(n.log)
}

// start makes the session.
func (n *northd) start() error {
	var err error
	n.program, err = program.Load(n.options.rules, "northd", n.daemon.Log.Module("rules"))
	if err != nil {
		return err
	}
	n.inspector = inspect.New(n.program, n.log)
	n.watches = map[string]*stopwatch.Stopwatch{
		"nb": n.daemon.Stopwatches.New("ovnnb_db_run", stopwatch.Msec),
		"sb": n.daemon.Stopwatches.New("ovnsb_db_run", stopwatch.Msec),
	}
	n.loop = n.daemon.Stopwatches.New("ovn-northd-loop", stopwatch.Msec)
	n.session, err = session.New(session.Config{
		Program: n.program,
		Databases: []session.Database{
			{Prefix: "nb", OVSDB: n.connect(n.options.nb, "")},
			{Prefix: "sb", OVSDB: n.connect(n.options.sb, lock), Part: logicalFlows},
		},
		Logger:    n.log,
		Paused:    n.options.dryRun,
		Changed:   n.changed,
		Committed: n.committed,
	})
	return err
}

// connect describes the connection to a database. Only the leader of a cluster will do, as the
// reference has it: decisions must not stand on old data.
func (n *northd) connect(remotes, lock string) ovsdb.Config {
	return ovsdb.Config{
		Remotes:       remotes,
		TLS:           n.options.pki.Files,
		LeaderOnly:    true,
		Lock:          lock,
		ProbeInterval: probeInterval(remotes, 0, false),
		Logger:        n.daemon.Log.Module("ovsdb"),
	}
}

// logicalFlows makes what writes the tables that are too large for facts.
func logicalFlows(e *engine.Engine, _ *tables.Database) (session.Part, error) {
	return sbdb.New(e)
}

// changed says in the log what the reference says there.
func (n *northd) changed(state session.State) {
	switch state {
	case session.Active:
		n.log.Info("ovn-northd lock acquired. This ovn-northd instance is now active.")
	case session.Standby:
		n.log.Info("ovn-northd lock lost. This ovn-northd instance is now on standby.")
	case session.Paused:
		n.log.Info("This ovn-northd instance is now paused.")
	}
}

// committed counts a commit, and follows what it says about the daemon itself.
func (n *northd) committed(e *engine.Engine, changes *engine.Changes, prefix string, took time.Duration) {
	n.loop.Observe(took)
	n.inspector.Committed(prefix, took)
	if watch := n.watches[prefix]; watch != nil {
		watch.Observe(took)
	}
	for _, c := range changes.Relations {
		if c.Relation.Name() == probeRelation {
			n.followProbeInterval(c.Relation, e)
		}
	}
}
