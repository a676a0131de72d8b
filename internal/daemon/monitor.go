package daemon

import (
	"fmt"
	"os"
	"os/signal"
	"slices"
	"syscall"
	"time"

	"woven/internal/dirs"
	"woven/internal/unixctl"
)

// restartInterval is how much time lies at least between two restarts, so that a daemon that
// cannot live does not eat up the machine.
const restartInterval = 10 * time.Second

// crashes are the signals that mean a mistake in the program, see --monitor in ovn-northd(8). A
// daemon that dies in another way was told to.
var crashes = []syscall.Signal{syscall.SIGABRT, syscall.SIGALRM, syscall.SIGBUS, syscall.SIGFPE,
	syscall.SIGILL, syscall.SIGPIPE, syscall.SIGSEGV, syscall.SIGXCPU, syscall.SIGXFSZ}

// crashStatus is how the Go runtime exits after a panic and after most of these signals, as long
// as GOTRACEBACK does not ask for a core; Main has no such status.
const crashStatus = 2

// isCrash says if a daemon that ended so is to be started again.
func isCrash(s syscall.WaitStatus) bool {
	return s.Signaled() && slices.Contains(crashes, s.Signal()) ||
		s.Exited() && s.ExitStatus() == crashStatus
}

// restartDelay is how long to wait before a restart, when the last one was at last (zero: there
// was none).
func restartDelay(last, now time.Time) time.Duration {
	if last.IsZero() {
		return 0
	}
	return max(0, restartInterval-now.Sub(last))
}

// monitor runs the daemon as a child, and starts it again when it has crashed. Signals that end
// a daemon are passed on to it.
func (d *Daemon) monitor(ready *readiness) (int, error) {
	d.Log.SetSubprogram("monitor")
	// The name that ps shows, so that a search for the daemon by its name finds only the daemon.
	_ = os.WriteFile("/proc/self/comm", []byte("monitor"), 0)
	dir, err := os.Getwd()
	if err != nil {
		return 0, fmt.Errorf("could not initiate process monitoring: %w", err)
	}
	signals := make(chan os.Signal, 1)
	signal.Notify(signals, terminating...)

	child, err := d.start(worker, dir, &syscall.SysProcAttr{})
	if err != nil {
		return 0, fmt.Errorf("could not initiate process monitoring: %w", err)
	}
	status, started := d.attend(child, signals, func() error {
		if d.options.detach {
			if err := d.leaveSession(); err != nil {
				return err
			}
		}
		return ready.announce()
	})
	if !started {
		if status.Exited() {
			return max(1, status.ExitStatus()), nil
		}
		return 0, fmt.Errorf("the daemon ended before it was ready (%s)", describeStatus(status))
	}
	return d.keepAlive(child, status, dir, signals)
}

// keepAlive goes on after the end of the first child.
func (d *Daemon) keepAlive(
	child *copyProcess, status syscall.WaitStatus, dir string, signals chan os.Signal,
) (int, error) {
	var last time.Time
	for count := 1; ; count++ {
		if err := d.openLog(); err != nil {
			return 0, err
		}
		if !isCrash(status) {
			d.log.Info(fmt.Sprintf("pid %d died, %s, exiting", child.cmd.Process.Pid,
				describeStatus(status)))
			return 0, nil
		}
		d.removeSocketOf(child.cmd.Process.Pid)
		what := fmt.Sprintf("%d crashes: pid %d died, %s", count, child.cmd.Process.Pid,
			describeStatus(status))
		if status.CoreDump() {
			// One core is enough to find the mistake; more of them fill the disk.
			_ = syscall.Setrlimit(syscall.RLIMIT_CORE, &syscall.Rlimit{})
		}
		if delay := restartDelay(last, time.Now()); delay > 0 {
			d.log.Warn(what + ", waiting until 10 seconds since last restart")
			select {
			case <-time.After(delay):
			case s := <-signals:
				d.log.Info(fmt.Sprintf("%v while waiting, exiting", s))
				return 0, nil
			}
		}
		d.log.Error(what + ", restarting")
		d.Log.CloseFile() // The daemon's own rotation must not leave us on an old file.
		last = time.Now()
		var err error
		if child, err = d.start(worker, dir, &syscall.SysProcAttr{}); err != nil {
			return 0, err
		}
		status, _ = d.attend(child, signals, func() error { return nil })
	}
}

// removeSocketOf deletes the control socket that a crashed daemon left. Its successor reuses a
// socket that --unixctl named, but has another one if the name holds the process id.
func (d *Daemon) removeSocketOf(pid int) {
	if d.options.unixctl == "" {
		_ = os.Remove(unixctl.DefaultPath(dirs.OVNRun(), d.program.Name, pid)) // It may be gone.
	}
}

// attend waits for the end of a child, passing signals on meanwhile. When the child is ready,
// onReady is called; what goes wrong there is logged, because the child is well.
func (d *Daemon) attend(
	child *copyProcess, signals <-chan os.Signal, onReady func() error,
) (status syscall.WaitStatus, started bool) {
	ready, ended := make(chan bool, 1), make(chan syscall.WaitStatus, 1)
	go func() { ready <- child.isReady() }()
	go func() { ended <- child.wait() }()
	for {
		select {
		case started = <-ready:
			ready = nil
			if started {
				if err := onReady(); err != nil {
					d.log.Warn("cannot detach", "error", err)
				}
			}
		case s := <-signals:
			_ = child.cmd.Process.Signal(s) // It may have ended just now.
		case status = <-ended:
			if ready != nil { // The child may have become ready and ended since.
				started = <-ready
			}
			return status, started
		}
	}
}
