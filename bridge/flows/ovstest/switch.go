package ovstest

import (
	"errors"
	"fmt"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"time"
)

// Patience is how long to wait for something that should happen at once, before giving up.
const Patience = 60 * time.Second

// Bridge is the name of the bridge that a switch has.
const Bridge = "br0"

// Switch is an ovs-vswitchd with its ovsdb-server and one bridge, private to a directory.
type Switch struct {
	directory string
	database  *process
	daemon    *process // nil while it is not running
}

// process is a program that was started here.
type process struct {
	*exec.Cmd
	exited chan struct{} // closed when it has ended
}

// Launch starts a switch in a directory, whose path has to be short because sockets are in it.
func Launch(directory string) (*Switch, error) {
	s := &Switch{directory: directory}
	conf := filepath.Join(directory, "conf.db")
	if _, err := s.run("ovsdb-tool", "create", conf, "/usr/share/openvswitch/vswitch.ovsschema"); err != nil {
		return nil, err
	}
	var err error
	s.database, err = s.start("ovsdb-server", conf, "--remote=punix:"+s.path("db.sock"),
		"--unixctl="+s.path("db.ctl"), "--log-file="+s.path("db.log"), "-vconsole:off", "-vsyslog:off")
	if err == nil {
		err = s.waitFor("db.sock")
	}
	if err == nil {
		_, err = s.VSCtl("--no-wait", "init", "--", "add-br", Bridge, "--", "set", "bridge", Bridge,
			"datapath_type=dummy", "fail-mode=secure", "--", "add-port", Bridge, "p1", "--", "set",
			"interface", "p1", "type=dummy", "ofport_request=1")
	}
	if err == nil {
		err = s.Start()
	}
	if err != nil {
		s.Stop()
		return nil, err
	}
	return s, nil
}

// Start starts ovs-vswitchd, for the first time or after Kill, and waits until the bridge is there.
func (s *Switch) Start() error {
	if s.daemon != nil {
		return errors.New("ovs-vswitchd runs already")
	}
	os.Remove(s.path(Bridge + ".mgmt"))
	var err error
	s.daemon, err = s.start("ovs-vswitchd", "unix:"+s.path("db.sock"), "--disable-system",
		"--enable-dummy", "--unixctl="+s.path("vs.ctl"), "--log-file="+s.path("vs.log"),
		"--pidfile="+s.path("vs.pid"), "-vconsole:off", "-vsyslog:off")
	if err != nil {
		return err
	}
	return s.waitFor(Bridge + ".mgmt")
}

// Kill ends ovs-vswitchd as kill -9 does, and with it all flows.
func (s *Switch) Kill() {
	s.daemon.kill()
	s.daemon = nil
}

// Stop ends everything.
func (s *Switch) Stop() {
	s.daemon.kill()
	s.database.kill()
}

// Freeze stops ovs-vswitchd without ending it, until Thaw: it reads nothing and answers nothing.
func (s *Switch) Freeze() error { return s.daemon.Process.Signal(syscall.SIGSTOP) }

// Thaw lets a frozen ovs-vswitchd go on.
func (s *Switch) Thaw() error { return s.daemon.Process.Signal(syscall.SIGCONT) }

// PID is the number of ovs-vswitchd's process.
func (s *Switch) PID() int { return s.daemon.Process.Pid }

// Socket is the path at which the bridge listens for controllers.
func (s *Switch) Socket() string { return s.path(Bridge + ".mgmt") }

// Remote is the same for those who connect.
func (s *Switch) Remote() string { return "unix:" + s.Socket() }

// OFCtl runs a command of ovs-ofctl that is about the bridge, with OpenFlow 1.5, and returns what it
// prints. The bridge's socket follows the command's name.
func (s *Switch) OFCtl(command string, args ...string) (string, error) {
	return s.run("ovs-ofctl", append([]string{"-O", "OpenFlow15", command, s.Socket()}, args...)...)
}

// VSCtl runs ovs-vsctl and returns what it prints.
func (s *Switch) VSCtl(args ...string) (string, error) {
	return s.run("ovs-vsctl", append([]string{"--db=unix:" + s.path("db.sock")}, args...)...)
}

// AppCtl runs a command of ovs-vswitchd's control socket and returns what it prints.
func (s *Switch) AppCtl(args ...string) (string, error) {
	return s.run("ovs-appctl", append([]string{"-t", s.path("vs.ctl")}, args...)...)
}

// Log is what ovs-vswitchd has logged.
func (s *Switch) Log() string {
	text, _ := os.ReadFile(s.path("vs.log"))
	return string(text)
}

func (s *Switch) path(name string) string { return filepath.Join(s.directory, name) }

func (s *Switch) environment() []string {
	return append(os.Environ(), "OVS_RUNDIR="+s.directory, "OVS_DBDIR="+s.directory,
		"OVS_LOGDIR="+s.directory, "OVS_SYSCONFDIR="+s.directory)
}

func (s *Switch) run(program string, args ...string) (string, error) {
	cmd := exec.Command(program, args...)
	cmd.Env = s.environment()
	var out, trouble strings.Builder
	cmd.Stdout, cmd.Stderr = &out, &trouble
	if err := cmd.Run(); err != nil {
		return out.String(), fmt.Errorf("%s %s: %w: %s", program, strings.Join(args, " "), err,
			strings.TrimSpace(trouble.String()))
	}
	return out.String(), nil
}

func (s *Switch) start(program string, args ...string) (*process, error) {
	cmd := exec.Command(program, args...)
	cmd.Env = s.environment()
	return launch(cmd)
}

// launch starts a command in the background.
func launch(cmd *exec.Cmd) (*process, error) {
	// Should the test's process die, its servers die too.
	cmd.SysProcAttr = &syscall.SysProcAttr{Pdeathsig: syscall.SIGKILL}
	if err := cmd.Start(); err != nil {
		return nil, fmt.Errorf("%w (Debian's openvswitch-switch is needed)", err)
	}
	p := &process{cmd, make(chan struct{})}
	go func() {
		_ = cmd.Wait() // how it ended does not matter: it was killed, or its log says why
		close(p.exited)
	}()
	return p, nil
}

func (p *process) kill() {
	if p != nil {
		_ = p.Process.Kill() // it may have ended just now
		<-p.exited
	}
}

// waitFor waits until something listens at a socket.
func (s *Switch) waitFor(name string) error {
	for end := time.Now().Add(Patience); time.Now().Before(end); {
		if socket, err := net.Dial("unix", s.path(name)); err == nil {
			return socket.Close()
		}
		// The pause between two looks.
		time.Sleep(2 * time.Millisecond)
	}
	return fmt.Errorf("%s did not appear; the log ends with:\n%.3000s", name, s.Log())
}
