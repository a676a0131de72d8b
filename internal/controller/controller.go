package controller

import (
	"context"
	"errors"
	"log/slog"
	"path/filepath"
	"time"

	"woven/bridge/flows"
	"woven/bridge/ovsdb"
	"woven/engine"
	"woven/engine/check"
	"woven/internal/daemon"
	"woven/internal/inspect"
	"woven/internal/pinctrl"
	"woven/internal/pki"
	"woven/internal/program"
	"woven/internal/session"
	"woven/internal/stopwatch"
)

// version is what --version prints, in the form of the release whose work the daemon does:
// ovn-ctl(8) and scripts read it.
const version = " 23.03.1\nOpen vSwitch Library 3.1.0\nOpenFlow versions 0x6:0x6\n" +
	"SB DB Schema 20.27.0\nwoven: OVN 23.03.1 as rules"

// modules are the names of our loggers, besides those of any daemon.
var modules = []string{"ovsdb", "openflow", "pinctrl", "acl_log", "rules"}

// leavePatience is how long exit waits for the databases to take in that the chassis is gone.
const leavePatience = 30 * time.Second

// controller is the running daemon.
type controller struct {
	options   options
	daemon    *daemon.Daemon
	log       *slog.Logger
	program   *check.Program
	session   *session.Session
	flows     *flows.Sink
	inspector *inspect.Inspector
	watches   map[string]*stopwatch.Stopwatch // by database
	loop      *stopwatch.Stopwatch
}

// Main runs the daemon with a command line, the program's name first, and returns the exit status.
func Main(arguments []string) int {
	c := &controller{}
	// The name decides where ovn-appctl looks for the daemon, as it does with the C daemons; under
	// the name ovn-controller it takes that one's place.
	name := filepath.Base(arguments[0])
	c.daemon = daemon.New(daemon.Program{
		Name:        name,
		Version:     name + version,
		Summary:     "OVN controller",
		Synopsis:    "[OPTIONS] [OVS-DATABASE]",
		Options:     usage(),
		MaxArgs:     1,
		Modules:     modules,
		ExitUsage:   "[--restart]",
		MaxExitArgs: 1,
		Exit:        c.exit,
	})
	c.log = slog.Default()
	c.options.add(c.daemon.Flags())
	return c.daemon.Main(arguments[1:], c.run)
}

// run does the work until the context ends.
func (c *controller) run(ctx context.Context, d *daemon.Daemon) error {
	o := &c.options
	o.hasName = d.Flags().Changed("chassis")
	if o.pki.Files.CACertificate == "" {
		o.pki.Files.CACertificate = o.bootstrap
	}
	if err := errors.Join(o.pki.MakeAbsolute(), pki.MakeAbsolute(&o.rules)); err != nil {
		return err
	}
	o.pki.Check(c.log)
	remote := localRemote()
	if args := d.Args(); len(args) == 1 {
		remote = args[0]
	}
	if err := checkRemote(remote); err != nil {
		return err
	}
	if err := c.start(remote); err != nil {
		return err
	}
	c.inspector.Attach(c.session)
	c.registerCommands()
	if err := d.Ready(); err != nil {
		return err
	}
	return c.session.Run(ctx)
}

// start makes the session.
func (c *controller) start(remote string) error {
	var err error
	c.program, err = program.Load(c.options.rules, "controller", c.daemon.Log.Module("rules"))
	if err != nil {
		return err
	}
	c.inspector = inspect.New(c.program, c.log)
	c.watches = map[string]*stopwatch.Stopwatch{
		"ovs": c.daemon.Stopwatches.New("ovs-db-run", stopwatch.Msec),
		"sb":  c.daemon.Stopwatches.New("ovn-sb-db-run", stopwatch.Msec),
	}
	c.loop = c.daemon.Stopwatches.New("flow-generation", stopwatch.Msec)
	c.flows = flows.New(flows.Config{Logger: c.daemon.Log.Module("openflow")})
	packets := pinctrl.New(pinctrl.Config{Logger: c.daemon.Log.Module("pinctrl"),
		ACLLog: c.daemon.Log.Module("acl_log"), Coverage: c.daemon.Coverage})
	c.session, err = session.New(session.Config{
		Program: c.program,
		Databases: []session.Database{
			{Prefix: "ovs", OVSDB: c.connect(remote)},
			{Prefix: "sb", OVSDB: c.connect(""), Steered: true},
		},
		Sinks:     []session.Sink{sink{c.flows}, packets},
		Given:     given(&c.options, c.log),
		Logger:    c.log,
		Committed: c.committed,
	})
	return err
}

// connect describes the connection to a database. As the reference's, it may be any server of a
// cluster.
func (c *controller) connect(remotes string) ovsdb.Config {
	return ovsdb.Config{
		Remotes:       remotes,
		TLS:           c.options.pki.Files,
		ProbeInterval: -1, // until the rules say something else
		Logger:        c.daemon.Log.Module("ovsdb"),
	}
}

// sink lets the switch be a sink of the session's: what a session is for it is the same as for
// any sink.
type sink struct{ *flows.Sink }

// Attach implements [session.Sink].
func (s sink) Attach(e *engine.Engine, host session.Host) error { return s.Sink.Attach(e, host) }

// committed counts a commit.
func (c *controller) committed(_ *engine.Engine, _ *engine.Changes, prefix string,
	took time.Duration) {
	c.loop.Observe(took)
	c.inspector.Committed(prefix, took)
	if watch := c.watches[prefix]; watch != nil {
		watch.Observe(took)
	}
}

// exit ends the daemon. Unless it is to be started again at once, the chassis is taken out of the
// network first.
func (c *controller) exit(args []string) error {
	if len(args) == 1 && args[0] == "--restart" || c.session == nil {
		return nil
	}
	ctx, cancel := context.WithTimeout(context.Background(), leavePatience)
	defer cancel()
	err := c.session.Tell(ctx, func(e *engine.Engine, txn *engine.Txn) error {
		leaving, ok := e.Relation("leaving")
		if !ok {
			return nil
		}
		return txn.Insert(leaving)
	})
	if err != nil {
		return err
	}
	if !c.hasLeft(ctx) {
		c.log.Warn("the databases did not take in that this chassis leaves: its rows may be there still")
	}
	return nil
}

// hasLeft waits until everything is written.
func (c *controller) hasLeft(ctx context.Context) bool {
	for ctx.Err() == nil {
		if p, err := c.session.Progress(ctx); err == nil && p.Done {
			return true
		}
		// The pause between two looks.
		time.Sleep(10 * time.Millisecond)
	}
	return false
}
