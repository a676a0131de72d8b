package openflow

import (
	"bytes"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"woven/internal/ovsdbtest"
)

// testSwitch is an Open vSwitch with a datapath that exists in its own memory only, and one bridge
// with the ports 1 and 2.
type testSwitch struct {
	t         testing.TB
	directory string
	database  *ovsdbtest.Server
}

// startSwitch starts a switch that ends with the test.
func startSwitch(t testing.TB) *testSwitch {
	t.Helper()
	directory, err := os.MkdirTemp("", "ofcodec")
	require.NoError(t, err)
	t.Cleanup(func() { os.RemoveAll(directory) })
	s := &testSwitch{t: t, directory: directory,
		database: ovsdbtest.Start(t, "/usr/share/openvswitch/vswitch.ovsschema")}
	s.run("ovs-vsctl", "--no-wait", "init")
	daemon := s.command("ovs-vswitchd", s.database.Unix(), "--disable-system", "--enable-dummy",
		"--no-chdir", "-vconsole:off", "-vsyslog:off", "--log-file="+filepath.Join(directory, "log"),
		"--unixctl="+filepath.Join(directory, "vswitchd.ctl"))
	// Should the test's process die, the switch dies too.
	daemon.SysProcAttr = &syscall.SysProcAttr{Pdeathsig: syscall.SIGKILL}
	require.NoError(t, daemon.Start())
	t.Cleanup(func() {
		daemon.Process.Kill()
		daemon.Wait()
		if t.Failed() {
			log, _ := os.ReadFile(filepath.Join(directory, "log"))
			t.Logf("the log of ovs-vswitchd ends:\n%s", log[max(0, len(log)-4000):])
		}
	})
	// ovs-vsctl waits until the bridge exists.
	s.run("ovs-vsctl", "--timeout=60", "add-br", "br", "--", "set", "bridge", "br",
		"datapath_type=dummy", "fail-mode=secure",
		"--", "add-port", "br", "p1", "--", "set", "interface", "p1", "type=dummy", "ofport_request=1",
		"--", "add-port", "br", "p2", "--", "set", "interface", "p2", "type=dummy", "ofport_request=2")
	return s
}

// command prepares a command that finds the switch.
func (s *testSwitch) command(name string, arguments ...string) *exec.Cmd {
	switch name {
	case "ovs-vsctl":
		arguments = append([]string{"--db=" + s.database.Unix()}, arguments...)
	case "ovs-ofctl":
		arguments = append([]string{"-vconsole:off"}, arguments...)
	}
	path, err := exec.LookPath(name)
	if err != nil {
		path = filepath.Join("/usr/sbin", name)
	}
	c := exec.Command(path, arguments...)
	c.Env = append(os.Environ(), "OVS_RUNDIR="+s.directory, "OVS_LOGDIR="+s.directory,
		"OVS_DBDIR="+s.directory, "OVS_SYSCONFDIR="+s.directory)
	return c
}

// run runs a command that has to succeed, and returns its output.
func (s *testSwitch) run(name string, arguments ...string) string {
	s.t.Helper()
	out, err := s.command(name, arguments...).CombinedOutput()
	require.NoError(s.t, err, "%s %s: %s", name, strings.Join(arguments, " "), out)
	return string(out)
}

// management is the socket on which the bridge listens for controllers.
func (s *testSwitch) management() string { return filepath.Join(s.directory, "br.mgmt") }

// ofctl runs ovs-ofctl for the bridge.
func (s *testSwitch) ofctl(arguments ...string) string {
	s.t.Helper()
	all := append([]string{"-O", "OpenFlow15"}, arguments[:1]...)
	return s.run("ovs-ofctl", append(append(all, s.management()), arguments[1:]...)...)
}

// dump returns the lines of a dump that say an entry, without the blank that they begin with.
func (s *testSwitch) dump(command string, options ...string) []string {
	s.t.Helper()
	all := append(append([]string{"-O", "OpenFlow15"}, options...), command, s.management())
	var lines []string
	for line := range strings.Lines(s.run("ovs-ofctl", all...)) {
		line = strings.TrimRight(line, "\n")
		if strings.HasPrefix(line, "OFPST_") || strings.TrimSpace(line) == "" {
			continue
		}
		lines = append(lines, strings.TrimPrefix(line, " "))
	}
	return lines
}

// flows returns the dumped flows of the bridge.
func (s *testSwitch) flows() []string {
	s.t.Helper()
	return s.dump("dump-flows", "--no-stats", "--no-names")
}

// speaker is a bare OpenFlow connection to a switch.
type speaker struct {
	t      testing.TB
	socket net.Conn
	rest   []byte
	xid    uint32
}

// speak connects to the bridge and says hello.
func (s *testSwitch) speak() *speaker {
	s.t.Helper()
	socket, err := net.Dial("unix", s.management())
	require.NoError(s.t, err)
	s.t.Cleanup(func() { socket.Close() })
	p := &speaker{t: s.t, socket: socket}
	p.send(Hello{Versions: 1 << Version})
	header, message := p.receive()
	require.Equal(s.t, TypeHello, header.Type)
	hello, err := DecodeHello(message)
	require.NoError(s.t, err)
	require.NotZero(s.t, hello.Versions&(1<<Version))
	return p
}

// send sends messages and returns the xid of the last.
func (p *speaker) send(messages ...Message) uint32 {
	p.t.Helper()
	var b []byte
	for _, m := range messages {
		p.xid++
		var err error
		b, err = m.Append(b, p.xid)
		require.NoError(p.t, err)
	}
	_, err := p.socket.Write(b)
	require.NoError(p.t, err)
	return p.xid
}

// receive returns the next message that is no echo request.
func (p *speaker) receive() (Header, []byte) {
	p.t.Helper()
	require.NoError(p.t, p.socket.SetReadDeadline(time.Now().Add(ovsdbtest.Patience)))
	for {
		if len(p.rest) >= HeaderLen {
			h, err := DecodeHeader(p.rest)
			require.NoError(p.t, err)
			if len(p.rest) >= int(h.Length) {
				message := bytes.Clone(p.rest[:h.Length])
				p.rest = p.rest[h.Length:]
				if h.Type == TypeEchoRequest {
					p.send(Echo{Reply: true, Data: message[HeaderLen:]})
					continue
				}
				return h, message
			}
		}
		buffer := make([]byte, 65536)
		n, err := p.socket.Read(buffer)
		require.NoError(p.t, err)
		p.rest = append(p.rest, buffer[:n]...)
	}
}

// settle waits until the switch did all that was sent, and fails the test if it refused any.
func (p *speaker) settle() {
	p.t.Helper()
	xid := p.send(Barrier{})
	for {
		h, message := p.receive()
		if h.Type == TypeError {
			refused, err := DecodeErrorMessage(message)
			require.NoError(p.t, err)
			p.t.Fatalf("the switch refused a message: %v\n%x", refused, refused.Data)
		}
		if h.Type == TypeBarrierReply && h.XID == xid {
			return
		}
	}
}

// ask sends a multipart request and returns the bodies of all parts of the answer.
func (p *speaker) ask(m Message) [][]byte {
	p.t.Helper()
	xid := p.send(m)
	var bodies [][]byte
	for {
		h, message := p.receive()
		require.Equal(p.t, TypeMultipartReply, h.Type, "%x", message)
		require.Equal(p.t, xid, h.XID)
		part, err := DecodeMultipart(message)
		require.NoError(p.t, err)
		bodies = append(bodies, part.Body)
		if !part.More {
			return bodies
		}
	}
}
