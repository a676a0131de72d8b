package daemon

import (
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"syscall"
)

// stage is the part that a process plays. The process that the user starts is the first; it is
// the worker itself unless it is to detach or to be monitored.
type stage string

const (
	first      stage = ""
	asUser     stage = "user"       // the first one again, after it has changed its user
	background stage = "background" // detached: the monitor, or the worker
	worker     stage = "worker"     // the monitor's child
)

// stageVariable tells a copy of the program its stage.
const stageVariable = "WOVEN_DAEMON_STAGE"

// readyDescriptor is where a copy finds the pipe to the process that waits for it.
const readyDescriptor = 3

// takeStage reads the stage, and hides it from further processes.
func takeStage() stage {
	s := stage(os.Getenv(stageVariable))
	_ = os.Unsetenv(stageVariable)
	return s
}

// environment is ours with the stage of the next process.
func (s stage) environment() []string {
	return append(os.Environ(), stageVariable+"="+string(s))
}

// readiness is a process's end of the pipe on which it says that it serves.
type readiness struct{ pipe *os.File }

// openReadiness finds the pipe; no copy of the program waits for the first process.
func openReadiness(s stage) *readiness {
	if s == first || s == asUser {
		return &readiness{}
	}
	syscall.CloseOnExec(readyDescriptor)
	return &readiness{pipe: os.NewFile(readyDescriptor, "readiness")}
}

// announce lets the waiting process go on. That it may be gone is no reason to stop.
func (r *readiness) announce() error {
	if r.pipe == nil {
		return nil
	}
	_, err := r.pipe.Write([]byte{1})
	err = errors.Join(err, r.pipe.Close())
	r.pipe = nil
	if errors.Is(err, syscall.EPIPE) {
		return nil
	}
	return err
}

// copyProcess is a running copy of the program.
type copyProcess struct {
	cmd  *exec.Cmd
	pipe *os.File
}

// start runs a copy of the program for a stage, with the same arguments and standard streams.
func (d *Daemon) start(s stage, dir string, attr *syscall.SysProcAttr) (*copyProcess, error) {
	path, err := os.Executable()
	if err != nil {
		return nil, err
	}
	read, write, err := os.Pipe()
	if err != nil {
		return nil, err
	}
	cmd := &exec.Cmd{
		Path: path, Args: os.Args, Dir: dir, SysProcAttr: attr,
		Env:   s.environment(),
		Stdin: os.Stdin, Stdout: os.Stdout, Stderr: os.Stderr,
		ExtraFiles: []*os.File{write},
	}
	err = cmd.Start()
	write.Close()
	if err != nil {
		read.Close()
		return nil, fmt.Errorf("could not start a process: %w", err)
	}
	return &copyProcess{cmd: cmd, pipe: read}, nil
}

// isReady waits until the copy announces that it serves, or until it, and with it the pipe, ends.
func (c *copyProcess) isReady() bool {
	defer c.pipe.Close()
	_, err := io.ReadFull(c.pipe, make([]byte, 1))
	return err == nil
}

// wait gives the status with which the copy ended.
func (c *copyProcess) wait() syscall.WaitStatus {
	_ = c.cmd.Wait() // An unhappy status is an error here, but a result for us.
	return c.cmd.ProcessState.Sys().(syscall.WaitStatus)
}

// describeStatus says how a process ended, in the C daemons' words.
func describeStatus(s syscall.WaitStatus) string {
	text := ""
	switch {
	case s.Exited():
		text = fmt.Sprintf("exit status %d", s.ExitStatus())
	case s.Signaled():
		text = fmt.Sprintf("killed (%s)", describe(s.Signal()))
	default:
		text = fmt.Sprintf("terminated abnormally (%x)", uint32(s))
	}
	if s.CoreDump() {
		text += ", core dumped"
	}
	return text
}
