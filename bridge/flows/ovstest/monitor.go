package ovstest

import (
	"bufio"
	"os/exec"
	"sync"
)

// Monitor is told by the switch of every change of its flows.
type Monitor struct {
	process *process
	mutex   sync.Mutex
	lines   []string
}

// Monitor begins to note the changes of the bridge's flows, and those that are there.
func (s *Switch) Monitor() (*Monitor, error) {
	// What goes into a pipe would be held back.
	cmd := exec.Command("stdbuf", "-oL", "ovs-ofctl", "monitor", s.Socket(), "watch:")
	cmd.Env = s.environment()
	out, err := cmd.StdoutPipe()
	if err != nil {
		return nil, err
	}
	cmd.Stderr = cmd.Stdout // what changes later goes there
	p, err := launch(cmd)
	if err != nil {
		return nil, err
	}
	m := &Monitor{process: p}
	go func() {
		for lines := bufio.NewScanner(out); lines.Scan(); {
			m.mutex.Lock()
			m.lines = append(m.lines, lines.Text())
			m.mutex.Unlock()
		}
	}()
	return m, nil
}

// Lines are what was told so far, in ovs-ofctl's words: " event=DELETED …".
func (m *Monitor) Lines() []string {
	m.mutex.Lock()
	defer m.mutex.Unlock()
	return append([]string(nil), m.lines...)
}

// Stop ends the monitor.
func (m *Monitor) Stop() { m.process.kill() }
