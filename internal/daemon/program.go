package daemon

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"os/signal"
	"runtime/debug"
	"strings"
	"syscall"
	"time"

	"github.com/spf13/pflag"

	"woven/internal/coverage"
	"woven/internal/dirs"
	"woven/internal/memory"
	"woven/internal/stopwatch"
	"woven/internal/unixctl"
	"woven/internal/vlog"
)

// Program describes a daemon.
type Program struct {
	// Name names the pidfile, the control socket, the log file, and the program in messages.
	Name string
	// Version is what --version and the version command print, a line or more. ovn-ctl(8) takes
	// the last word of the first line for the version number.
	Version string
	// Summary says in a few words what the program is, for --help.
	Summary string
	// Synopsis is what follows the name in the usage line of --help, such as "[OPTIONS]".
	Synopsis string
	// Options is the part of --help about the program's own options, in lines.
	Options string
	// MaxArgs is how many arguments that are not options the program takes.
	MaxArgs int
	// Modules are the names of the logging modules, so that -v knows them from the start.
	Modules []string
	// ExitUsage describes the arguments of the exit command, of which there may be MaxExitArgs.
	ExitUsage   string
	MaxExitArgs int
	// Exit, if it is not nil, is called by the exit command before the daemon's context ends;
	// after an error the daemon goes on.
	Exit func(args []string) error
}

// Daemon is a running program.
type Daemon struct {
	program Program
	options options
	flags   *pflag.FlagSet
	args    []string
	ready   *readiness
	serving bool
	ctx     context.Context
	stop    context.CancelCauseFunc
	log     *slog.Logger

	// Log is the program's logging.
	Log *vlog.Log
	// Unixctl is the control socket: register commands before Ready.
	Unixctl *unixctl.Server
	// Stopwatches, Coverage and Memory are shown over the control socket.
	Stopwatches *stopwatch.Set
	Coverage    *coverage.Set
	Memory      *memory.Reporter
}

// New prepares a program; Main runs it.
func New(p Program) *Daemon {
	d := &Daemon{
		program:     p,
		flags:       pflag.NewFlagSet(p.Name, pflag.ContinueOnError),
		Log:         vlog.New(p.Name),
		Stopwatches: stopwatch.NewSet(),
		Coverage:    coverage.NewSet(),
		Memory:      memory.NewReporter(),
	}
	d.log = d.Log.Module("daemon")
	own := strings.ReplaceAll(p.Name, "-", "_")
	for _, name := range append([]string{own, "memory", "unixctl", "vlog"}, p.Modules...) {
		d.Log.Module(name)
	}
	slog.SetDefault(d.Log.Module(own))
	d.Unixctl = unixctl.NewServer(p.Version, d.Log.Module("unixctl"))
	d.options.add(d.flags, p.Name)
	d.options.logFile = d.Log.AddFlags(d.flags)
	return d
}

// Flags is where the program adds its own options, before Main.
func (d *Daemon) Flags() *pflag.FlagSet { return d.flags }

// Args are the arguments that are not options.
func (d *Daemon) Args() []string { return d.args }

// Main runs the program with the arguments that follow its name, and returns its exit status. In
// the process that is to do the work it calls run, whose context ends when the daemon is told to
// stop; run calls Ready once it serves. In the others (--help, the parent that waits for the
// daemon, the monitor) run is not called. If a signal ended the daemon, Main does not return:
// the process dies of that signal, as a C daemon would.
func (d *Daemon) Main(args []string, run func(context.Context, *Daemon) error) int {
	var err error
	if d.args, err = parse(d.flags, args); err == nil && len(d.args) > d.program.MaxArgs {
		err = fmt.Errorf("unexpected argument %q (use --help for help)", d.args[d.program.MaxArgs])
	}
	if err != nil {
		return d.fail(err)
	}
	if text := d.information(); text != "" {
		fmt.Print(text)
		return 0
	}
	status, err := d.play(takeStage(), run)
	if err != nil {
		return d.fail(err)
	}
	return status
}

// play takes the part that this process has.
func (d *Daemon) play(s stage, run func(context.Context, *Daemon) error) (int, error) {
	switch {
	case s == first && d.options.user != "":
		return 0, d.becomeUser()
	case (s == first || s == asUser) && d.options.detach:
		return d.detach()
	case s != worker && d.options.monitor:
		return d.monitor(openReadiness(s))
	}
	d.ready = openReadiness(s)
	return 0, d.work(run)
}

// fail reports what keeps the program from running: to the user as long as one waits, then to
// the log.
func (d *Daemon) fail(err error) int {
	if d.serving {
		d.log.Error(err.Error() + ", exiting")
		return 1
	}
	fmt.Fprintf(os.Stderr, "%s: %v\n", d.program.Name, err)
	return 1
}

// work is the daemon proper.
func (d *Daemon) work(run func(context.Context, *Daemon) error) (err error) {
	// A crash has to be found in the log, with all that went on at the time.
	debug.SetTraceback("all")
	d.Log.OnFile(func(f *os.File) {
		_ = debug.SetCrashOutput(f, debug.CrashOptions{}) // Standard error still gets the report.
	})
	if err := d.openLog(); err != nil {
		return err
	}
	pid, err := d.createPidfile()
	if err != nil {
		return err
	}
	defer pid.remove()
	d.ctx, d.stop = context.WithCancelCause(context.Background())
	defer d.stop(nil)
	signals := make(chan os.Signal, 1)
	signal.Notify(signals, terminating...)
	defer signal.Stop(signals)
	go d.awaitSignal(signals)
	d.registerCommands()
	if d.options.unixctl != "none" {
		if err := d.Unixctl.Listen(d.options.socketPath(d.program.Name)); err != nil {
			return err
		}
	}
	err = run(d.ctx, d)
	err = errors.Join(err, d.Unixctl.Close())
	if caught, ok := errors.AsType[signalError](context.Cause(d.ctx)); ok && err == nil {
		pid.remove()
		dieOf(caught.signal)
	}
	return err
}

// Ready says that the daemon serves from now on: clients of the control socket are answered, and
// the parent of a daemon that detaches returns to its caller.
func (d *Daemon) Ready() error {
	if d.options.detach {
		if err := d.leaveSession(); err != nil {
			return err
		}
	}
	d.serving = true
	d.Unixctl.Serve()
	go d.Coverage.Run(d.ctx)
	go d.Memory.Run(d.ctx, d.Log.Module("memory"))
	return d.ready.announce()
}

// Stop ends the context of the function that Main runs.
func (d *Daemon) Stop() { d.stop(context.Canceled) }

// registerCommands adds the commands that every daemon has.
func (d *Daemon) registerCommands() {
	d.Log.Register(d.Unixctl)
	d.Stopwatches.Register(d.Unixctl)
	d.Coverage.Register(d.Unixctl)
	d.Memory.Register(d.Unixctl)
	d.Unixctl.Register(unixctl.Command{
		Name: "exit", Usage: d.program.ExitUsage, MaxArgs: d.program.MaxExitArgs,
		Run: func(_ context.Context, args []string) (string, error) {
			if d.program.Exit != nil {
				if err := d.program.Exit(args); err != nil {
					return "", err
				}
			}
			d.Stop()
			return "", nil
		}})
}

// openLog opens the log file if there is to be one.
func (d *Daemon) openLog() error {
	if *d.options.logFile == "" {
		return nil
	}
	return d.Log.OpenFile(*d.options.logFile)
}

// createPidfile writes the pidfile if there is to be one; without, it returns nil.
func (d *Daemon) createPidfile() (*pidfile, error) {
	if d.options.pidfile == "" {
		return nil, nil
	}
	path := dirs.In(dirs.OVNRun(), d.options.pidfile)
	return createPidfile(path, d.options.overwritePidfile)
}

// terminating are the signals that end a daemon in an orderly way.
var terminating = []os.Signal{syscall.SIGTERM, syscall.SIGINT, syscall.SIGHUP}

// signalError is why a context ended: a signal came.
type signalError struct{ signal syscall.Signal }

// Error names the signal.
func (e signalError) Error() string {
	return fmt.Sprintf("terminating with signal %d (%s)", int(e.signal), describe(e.signal))
}

// awaitSignal turns the first signal into the end of the context; later ones change nothing.
func (d *Daemon) awaitSignal(signals <-chan os.Signal) {
	select {
	case s := <-signals:
		cause := signalError{s.(syscall.Signal)}
		d.log.Warn(cause.Error())
		d.stop(cause)
	case <-d.ctx.Done():
	}
}

// dieOf ends the process by a signal, so that its parent learns the reason.
func dieOf(s syscall.Signal) {
	signal.Reset(s)
	_ = syscall.Kill(os.Getpid(), s)
	// Another thread may be the one that the signal reaches, a moment later. If it is blocked, a
	// status has to say the same.
	time.Sleep(time.Second)
	os.Exit(128 + int(s))
}

// describe is a signal's description with the capital letter that strsignal(3) gives it.
func describe(s syscall.Signal) string {
	text := s.String()
	return strings.ToUpper(text[:1]) + text[1:]
}
