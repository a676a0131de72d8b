package parity

import (
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"strings"
	"syscall"
	"time"
)

// process is a server that runs as our child, so that it cannot outlive the comparison.
type process struct {
	cmd    *exec.Cmd
	output bytes.Buffer
	done   chan struct{}
	err    error
}

// startProcess starts a program in the foreground with env added to our environment.
func startProcess(env []string, name string, args ...string) (*process, error) {
	p := &process{cmd: exec.Command(name, args...), done: make(chan struct{})}
	p.cmd.Env = append(os.Environ(), env...)
	p.cmd.Stdout = &p.output
	p.cmd.Stderr = &p.output
	p.cmd.SysProcAttr = &syscall.SysProcAttr{Pdeathsig: syscall.SIGKILL}
	if err := p.cmd.Start(); err != nil {
		return nil, fmt.Errorf("starting %s: %w", name, err)
	}
	go func() {
		p.err = p.cmd.Wait()
		close(p.done)
	}()
	return p, nil
}

// exited returns an error with the program's output once the program has ended.
func (p *process) exited() error {
	select {
	case <-p.done:
		return fmt.Errorf("%s ended: %v: %s", p.cmd.Path, p.err, strings.TrimSpace(p.output.String()))
	default:
		return nil
	}
}

// terminate asks the program to end and waits for it; one that does not end in time is killed and
// reported.
func (p *process) terminate() error {
	if p.exited() != nil {
		return nil
	}
	if err := p.cmd.Process.Signal(syscall.SIGTERM); err != nil {
		return err
	}
	select {
	case <-p.done:
		return nil
	case <-time.After(20 * time.Second):
		p.kill()
		return fmt.Errorf("%s did not end on SIGTERM", p.cmd.Path)
	}
}

// kill ends the program without giving it a chance to clean up.
func (p *process) kill() {
	_ = p.cmd.Process.Kill()
	<-p.done
}
