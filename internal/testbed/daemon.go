package testbed

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"time"

	"woven/internal/unixctl"
)

// Daemon is one server of a bed, which can be ended and started again. Its methods may be called
// from several goroutines.
type Daemon struct {
	name      string // of its log and its pidfile
	program   Program
	args      []string
	folder    string // its run-time directory: sockets, pidfile, log
	namespace *Namespace
	// ready is what has to be done whenever the daemon has started and answers; may be nil.
	ready func() error

	mu      sync.Mutex
	process *exec.Cmd
	exited  chan struct{} // closed when the process has ended for good
	ending  bool          // it is meant to end
	revived int           // how often it was started again because it had crashed
}

// revivals is how often a fragile program may crash before the bed gives up on it.
const revivals = 10

// Name is how the bed calls the daemon: its program's name, or that of its database.
func (d *Daemon) Name() string { return d.name }

// Start starts the daemon, for the first time or again, and waits until it answers on its control
// socket.
func (d *Daemon) Start() error {
	if d.Running() {
		return fmt.Errorf("%s runs already", d.name)
	}
	d.mu.Lock()
	d.exited, d.ending = make(chan struct{}), false
	err := d.launch()
	d.mu.Unlock()
	if err != nil {
		return err
	}
	err = Until(d.name+" answers", func() error {
		if !d.Running() {
			return nil // it never will
		}
		_, err := d.Call("version")
		return err
	})
	if err == nil && !d.Running() {
		err = fmt.Errorf("%s ended at its start: %s", d.name, d.process.ProcessState)
	}
	if err != nil {
		return fmt.Errorf("%w\nits log ends with:\n%s", err, d.LogTail())
	}
	if d.ready != nil {
		return d.ready()
	}
	return nil
}

// launch starts the process and has it watched. The daemon is locked.
func (d *Daemon) launch() error {
	process, err := d.command()
	if err == nil {
		err = process.Start()
	}
	if err != nil {
		close(d.exited)
		return fmt.Errorf("starting %s: %w", d.name, err)
	}
	d.process = process
	go d.watch(process)
	return nil
}

// command makes the command line and the surroundings of the process.
func (d *Daemon) command() (*exec.Cmd, error) {
	path, err := find(d.program.Path)
	if err != nil {
		return nil, err
	}
	args := append(append([]string{}, d.program.Args...), "--log-file="+d.file(".log"),
		"--pidfile="+d.file(".pid"), "-vconsole:off", "-vsyslog:off")
	process := d.namespace.command(path, append(args, d.args...)...)
	process.Env = environment(d.folder)
	process.Dir = d.folder // where a core would go
	// Should this process die, its daemons die too; but what a terminal sends to this process is
	// not meant for them.
	process.SysProcAttr = &syscall.SysProcAttr{Pdeathsig: syscall.SIGKILL, Setpgid: true}
	output, err := os.OpenFile(d.file(".out"), os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o600)
	if err != nil {
		return nil, err
	}
	process.Stdout, process.Stderr = output, output
	return process, nil
}

// watch waits for the process's end, and starts a fragile program again.
func (d *Daemon) watch(process *exec.Cmd) {
	_ = process.Wait() // how it ended is in its state
	_ = process.Stdout.(*os.File).Close()
	status, _ := process.ProcessState.Sys().(syscall.WaitStatus)
	crashed := status.Signaled() && status.Signal() == syscall.SIGSEGV
	d.mu.Lock()
	defer d.mu.Unlock()
	if crashed && !d.ending && d.program.Fragile && d.revived < revivals {
		d.revived++
		_ = d.launch() // a failure shows as a daemon that does not run
		return
	}
	close(d.exited)
}

// Running reports whether the daemon's process lives.
func (d *Daemon) Running() bool {
	exited := d.ended()
	select {
	case <-exited:
		return false
	default:
		return exited != nil
	}
}

func (d *Daemon) ended() chan struct{} {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.exited
}

// Revived says how often the program has crashed on its own and was started again.
func (d *Daemon) Revived() int {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.revived
}

// Kill ends the daemon as kill -9 does, and waits until it is gone. A daemon that is not running
// stays so.
func (d *Daemon) Kill() { _ = d.end(syscall.SIGKILL) }

// Stop ends the daemon with SIGTERM. One that does not end in time is killed, which is an error.
func (d *Daemon) Stop() error { return d.end(syscall.SIGTERM) }

// Exit ends the daemon with the command exit and its arguments, such as --restart.
func (d *Daemon) Exit(args ...string) error {
	d.mu.Lock()
	d.ending = true
	d.mu.Unlock()
	if _, err := d.Call("exit", args...); err != nil {
		return err
	}
	return d.gone()
}

func (d *Daemon) end(signal syscall.Signal) error {
	d.mu.Lock()
	d.ending = true
	process := d.process
	d.mu.Unlock()
	if process == nil {
		return nil
	}
	if err := process.Process.Signal(signal); errors.Is(err, os.ErrProcessDone) {
		return nil
	} else if err != nil {
		return fmt.Errorf("ending %s: %w", d.name, err)
	}
	return d.gone()
}

// gone waits until the process has ended, and kills it when it does not.
func (d *Daemon) gone() error {
	exited := d.ended()
	select {
	case <-exited:
		return nil
	case <-time.After(Patience):
	}
	d.mu.Lock()
	_ = d.process.Process.Kill() // it may just have ended
	d.mu.Unlock()
	<-exited
	return fmt.Errorf("%s did not end in %s and was killed", d.name, Patience)
}

// Call sends a command to the daemon's control socket, as ovs-appctl and ovn-appctl do, and
// returns its answer.
func (d *Daemon) Call(command string, args ...string) (string, error) {
	d.mu.Lock()
	process, exited := d.process, d.exited
	d.mu.Unlock()
	if process == nil {
		return "", fmt.Errorf("%s has not been started", d.name)
	}
	select {
	case <-exited:
		return "", fmt.Errorf("%s has ended: %s", d.name, process.ProcessState)
	default:
	}
	ctx, cancel := context.WithTimeout(context.Background(), Patience)
	defer cancel()
	return unixctl.Call(ctx, d.control(process.Process.Pid), command, args...)
}

// control is the path of the control socket that the daemon chooses by itself.
func (d *Daemon) control(pid int) string {
	return filepath.Join(d.folder, fmt.Sprintf("%s.%d.ctl", d.program.Name(), pid))
}

func (d *Daemon) file(suffix string) string { return filepath.Join(d.folder, d.name+suffix) }

// logLines is how many lines of a log a report shows.
const logLines = 40

// LogTail is the end of the daemon's log, and what it printed besides.
func (d *Daemon) LogTail() string {
	var tail []string
	for _, name := range []string{d.file(".log"), d.file(".out")} {
		text, err := os.ReadFile(name)
		if err != nil {
			tail = append(tail, err.Error())
			continue
		}
		lines := strings.Split(strings.TrimSpace(string(text)), "\n")
		tail = append(tail, lines[max(0, len(lines)-logLines):]...)
	}
	return strings.Join(tail, "\n")
}

// environment is ours, with the variables that keep programs away from the machine's own
// directories.
func environment(folder string) []string {
	own := os.Environ()
	for _, variable := range []string{"OVN_RUNDIR", "OVS_RUNDIR", "OVN_LOGDIR", "OVS_LOGDIR",
		"OVN_DBDIR", "OVS_DBDIR", "OVN_SYSCONFDIR", "OVS_SYSCONFDIR"} {
		own = append(own, variable+"="+folder)
	}
	return append(own, "OVS_SYSLOG_METHOD=null")
}
