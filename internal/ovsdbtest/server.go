package ovsdbtest

import (
	"fmt"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// Patience is how long a test waits for something that should happen at once, before it fails.
const Patience = 60 * time.Second

// Server is an ovsdb-server with its databases in files of its own, so that it can be stopped and
// started again. Its methods fail the test when something goes wrong.
type Server struct {
	t         testing.TB
	directory string
	files     []string // databases
	arguments []string // besides the usual ones
	port      int
	secure    int // the TLS port, if any
	process   *exec.Cmd
	exited    chan struct{} // closed when the process ended
}

// Start starts a server with one standalone database for each schema file.
func Start(t testing.TB, schemas ...string) *Server {
	t.Helper()
	s := newServer(t)
	s.create(schemas)
	s.Restart()
	return s
}

// create makes a standalone database of each schema.
func (s *Server) create(schemas []string) {
	s.t.Helper()
	for i, schema := range schemas {
		file := filepath.Join(s.directory, fmt.Sprintf("%d.db", i))
		Run(s.t, "ovsdb-tool", "create", file, schema)
		s.files = append(s.files, file)
	}
}

// AddDatabase makes a further standalone database, adds it to the running server, and returns its
// file. A server that is started again does not have it.
func (s *Server) AddDatabase(schema string) string {
	s.t.Helper()
	file := filepath.Join(s.directory, "added.db")
	Run(s.t, "ovsdb-tool", "create", file, schema)
	s.Control("ovsdb-server/add-db", file)
	return file
}

// newServer prepares a server without databases. The directory's name is short, because the path of
// a unix socket is limited to some hundred bytes.
func newServer(t testing.TB) *Server {
	t.Helper()
	directory, err := os.MkdirTemp("", "ovsdb")
	require.NoError(t, err)
	s := &Server{t: t, directory: directory, port: freePort(t)}
	t.Cleanup(func() {
		s.Kill()
		if t.Failed() {
			t.Logf("ovsdb-server's log:\n%s", s.logTail())
		}
		os.RemoveAll(directory)
	})
	return s
}

// Schema writes a schema into a file and returns its path.
func Schema(t testing.TB, text string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "test.ovsschema")
	require.NoError(t, os.WriteFile(path, []byte(text), 0o600))
	return path
}

// Socket is the path of the server's unix socket.
func (s *Server) Socket() string { return filepath.Join(s.directory, "db.sock") }

// Unix is the remote of the server's unix socket.
func (s *Server) Unix() string { return "unix:" + s.Socket() }

// TCP is the remote of the server's TCP port on 127.0.0.1.
func (s *Server) TCP() string { return "tcp:127.0.0.1:" + strconv.Itoa(s.port) }

// Restart starts the server, again or for the first time, and waits until it answers.
func (s *Server) Restart() {
	s.t.Helper()
	s.Launch()
	deadline := time.Now().Add(Patience)
	for {
		client, err := Dial(s.Unix())
		if err == nil {
			_, err = client.Call("list_dbs")
			client.Close()
		}
		if err == nil {
			return
		}
		select {
		case <-s.exited:
			s.t.Fatalf("ovsdb-server ended at its start:\n%s", s.logTail())
		case <-time.After(5 * time.Millisecond):
		}
		if time.Now().After(deadline) {
			s.t.Fatalf("ovsdb-server does not answer: %v\n%s", err, s.logTail())
		}
	}
}

// Launch starts the server without waiting for it.
func (s *Server) Launch() {
	s.t.Helper()
	require.False(s.t, s.Running(), "the server runs already")
	arguments := []string{
		"--remote=punix:" + s.Socket(),
		fmt.Sprintf("--remote=ptcp:%d:127.0.0.1", s.port),
		"--unixctl=" + s.control(),
		"--log-file=" + filepath.Join(s.directory, "log"),
		"--no-chdir", "-vconsole:off", "-vsyslog:off", "-vfile:info",
	}
	arguments = append(append(arguments, s.arguments...), s.files...)
	process := exec.Command(find(s.t, "ovsdb-server"), arguments...)
	// Should the test's process die, its servers die too.
	process.SysProcAttr = &syscall.SysProcAttr{Pdeathsig: syscall.SIGKILL}
	require.NoError(s.t, process.Start())
	exited := make(chan struct{})
	go func() {
		process.Wait()
		close(exited)
	}()
	s.process, s.exited = process, exited
}

// Running reports whether the server's process lives.
func (s *Server) Running() bool {
	if s.process == nil {
		return false
	}
	select {
	case <-s.exited:
		return false
	default:
		return true
	}
}

// Kill ends the server as if by kill -9, and waits until it is gone. A server that is not running
// stays so.
func (s *Server) Kill() { s.end(syscall.SIGKILL) }

// Stop ends the server in an orderly way, and waits until it is gone.
func (s *Server) Stop() { s.end(syscall.SIGTERM) }

func (s *Server) end(signal syscall.Signal) {
	if !s.Running() {
		return
	}
	_ = s.process.Process.Signal(signal) // it may just have ended
	<-s.exited
}

// Freeze stops the server's process without ending it, until Thaw: it holds its connections and
// answers nothing.
func (s *Server) Freeze() { require.NoError(s.t, s.process.Process.Signal(syscall.SIGSTOP)) }

// Thaw lets a frozen server go on.
func (s *Server) Thaw() { require.NoError(s.t, s.process.Process.Signal(syscall.SIGCONT)) }

// Control runs a command of ovs-appctl on the server and returns what it prints.
func (s *Server) Control(arguments ...string) string {
	s.t.Helper()
	return Run(s.t, "ovs-appctl", append([]string{"-t", s.control()}, arguments...)...)
}

func (s *Server) control() string { return filepath.Join(s.directory, "ctl") }

// logTail is the end of the server's log.
func (s *Server) logTail() string {
	text, err := os.ReadFile(filepath.Join(s.directory, "log"))
	if err != nil {
		return err.Error()
	}
	lines := strings.Split(string(text), "\n")
	return strings.Join(lines[max(0, len(lines)-30):], "\n")
}

// Run runs a program of Open vSwitch and returns what it prints.
func Run(t testing.TB, program string, arguments ...string) string {
	t.Helper()
	output, err := exec.Command(find(t, program), arguments...).CombinedOutput()
	require.NoErrorf(t, err, "%s %v: %s", program, arguments, output)
	return string(output)
}

// find returns a program's path, also where the PATH of an unprivileged user does not lead.
func find(t testing.TB, program string) string {
	t.Helper()
	path, err := exec.LookPath(program)
	if err != nil {
		path, err = exec.LookPath("/usr/sbin/" + program)
	}
	require.NoErrorf(t, err, "%s is missing: install openvswitch-switch and openvswitch-common", program)
	return path
}

// freePort is a TCP port of 127.0.0.1 that nobody listens on.
func freePort(t testing.TB) int {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	require.NoError(t, err)
	defer listener.Close()
	return listener.Addr().(*net.TCPAddr).Port
}
