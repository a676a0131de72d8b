package northd

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"woven/internal/ovsdbtest"
	"woven/internal/unixctl"
)

// asNorthd makes the test binary woven-northd.
const asNorthd = "WOVEN_TEST_NORTHD"

func TestMain(m *testing.M) {
	if os.Getenv(asNorthd) == "" {
		os.Exit(m.Run())
	}
	os.Exit(Main(os.Args))
}

// patience is far more than any step of these tests takes.
const patience = 60 * time.Second

// site is a Northbound and a Southbound in servers of their own, and a folder for daemons.
type site struct {
	t      *testing.T
	dir    string
	nb, sb *ovsdbtest.Server
}

func newSite(t *testing.T) *site {
	t.Helper()
	// The name is short, because the path of a unix socket is limited to some hundred bytes.
	dir, err := os.MkdirTemp("", "northd")
	require.NoError(t, err)
	t.Cleanup(func() { os.RemoveAll(dir) })
	return &site{t: t, dir: dir,
		nb: ovsdbtest.Start(t, "/usr/share/ovn/ovn-nb.ovsschema"),
		sb: ovsdbtest.Start(t, "/usr/share/ovn/ovn-sb.ovsschema")}
}

func (c *site) path(name string) string { return filepath.Join(c.dir, name) }

// environment keeps programs away from the machine's own directories.
func (c *site) environment() []string {
	return append(os.Environ(), "OVN_RUNDIR="+c.dir, "OVS_RUNDIR="+c.dir, "OVN_LOGDIR="+c.dir,
		"OVS_LOGDIR="+c.dir, "OVS_SYSLOG_METHOD=null")
}

// server is a program that runs as our child and cannot outlive the test.
type server struct {
	c      *site
	name   string
	cmd    *exec.Cmd
	exited chan struct{}
}

// run starts a program that takes the options of OVN's daemons.
func (c *site) run(name, program string, args ...string) *server {
	c.t.Helper()
	s := &server{c: c, name: name, exited: make(chan struct{})}
	s.cmd = exec.Command(program, append([]string{"--log-file=" + c.path(name+".log"),
		"-vconsole:off", "-vsyslog:off"}, args...)...)
	s.cmd.Args[0] = filepath.Base(program)
	if program == os.Args[0] {
		s.cmd.Args[0] = "woven-northd"
	}
	s.cmd.Env = append(c.environment(), asNorthd+"=1")
	s.cmd.SysProcAttr = &syscall.SysProcAttr{Pdeathsig: syscall.SIGKILL}
	require.NoError(c.t, s.cmd.Start())
	go func() {
		_ = s.cmd.Wait()
		close(s.exited)
	}()
	c.t.Cleanup(func() {
		s.kill()
		if c.t.Failed() {
			c.t.Logf("the log of %s:\n%s", name, s.log())
		}
	})
	return s
}

// woven and reference start a northd between the two databases.
func (c *site) woven(name string, args ...string) *server {
	return c.run(name, os.Args[0], c.northdOptions(name, args)...)
}

func (c *site) reference(name string) *server {
	return c.run(name, "ovn-northd", c.northdOptions(name, nil)...)
}

func (c *site) northdOptions(name string, args []string) []string {
	return append([]string{c.unixctl(name), "--ovnnb-db=" + c.nb.Unix(),
		"--ovnsb-db=" + c.sb.Unix()}, args...)
}

// unixctl is the option that puts a program's control socket where ask looks for it.
func (c *site) unixctl(name string) string { return "--unixctl=" + c.path(name+".ctl") }

func (s *server) log() string {
	text, _ := os.ReadFile(s.c.path(s.name + ".log"))
	return string(text)
}

func (s *server) kill() {
	_ = s.cmd.Process.Kill() // it may have ended
	<-s.exited
}

// terminate ends the program in an orderly way.
func (s *server) terminate() {
	s.c.t.Helper()
	require.NoError(s.c.t, s.cmd.Process.Signal(syscall.SIGTERM))
	select {
	case <-s.exited:
	case <-time.After(patience):
		s.c.t.Fatalf("%s does not end", s.name)
	}
}

// ask asks over the control socket.
func (s *server) ask(command string, args ...string) (string, error) {
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	return unixctl.Call(ctx, s.c.path(s.name+".ctl"), command, args...)
}

// answer is what must be answered.
func (s *server) answer(command string, args ...string) string {
	s.c.t.Helper()
	text, err := s.ask(command, args...)
	require.NoError(s.c.t, err, "%s %s", command, args)
	return text
}

// becomes waits for an answer.
func (s *server) becomes(answer, command string, args ...string) {
	s.c.t.Helper()
	require.Eventually(s.c.t, func() bool {
		text, err := s.ask(command, args...)
		return err == nil && strings.TrimSpace(text) == answer
	}, patience, 5*time.Millisecond, "%s of %s is not %s", command, s.name, answer)
}

func (s *server) isActive() {
	s.c.t.Helper()
	s.becomes("Status: active", "status")
}

func (s *server) isOnStandby() {
	s.c.t.Helper()
	s.becomes("Status: standby", "status")
}

// nbctl runs ovn-nbctl and returns when the Southbound has what follows from it.
func (c *site) nbctl(args ...string) string {
	c.t.Helper()
	return c.client("ovn-nbctl", c.nb, append([]string{"--wait=sb"}, args...))
}

// change runs ovn-nbctl and waits for nothing.
func (c *site) change(args ...string) string {
	c.t.Helper()
	return c.client("ovn-nbctl", c.nb, args)
}

func (c *site) sbctl(args ...string) string {
	c.t.Helper()
	return c.client("ovn-sbctl", c.sb, args)
}

func (c *site) client(program string, db *ovsdbtest.Server, args []string) string {
	c.t.Helper()
	cmd := exec.Command(program, append([]string{"--timeout=60", "--db=" + db.Unix()}, args...)...)
	cmd.Env = c.environment()
	out, err := cmd.CombinedOutput()
	require.NoError(c.t, err, "%s %s: %s", program, args, out)
	return strings.TrimSpace(string(out))
}

// versions gives the version of every row of the Southbound but SB_Global's, which changes with
// every row that is written, whatever is written.
func (c *site) versions() map[string]string {
	c.t.Helper()
	client, err := ovsdbtest.Dial(c.sb.Unix())
	require.NoError(c.t, err)
	defer client.Close()
	answer, err := client.Call("get_schema", "OVN_Southbound")
	require.NoError(c.t, err)
	var schema struct{ Tables map[string]any }
	require.NoError(c.t, json.Unmarshal(answer, &schema))
	versions := map[string]string{}
	for table := range schema.Tables {
		if table == "SB_Global" {
			continue
		}
		results, err := client.Transact("OVN_Southbound", ovsdbtest.Operation{"op": "select",
			"table": table, "where": []any{}, "columns": []any{"_uuid", "_version"}})
		require.NoError(c.t, err)
		var found struct {
			Rows []struct {
				UUID    []string `json:"_uuid"`
				Version []string `json:"_version"`
			}
		}
		require.NoError(c.t, json.Unmarshal(results[0], &found))
		for _, row := range found.Rows {
			versions[table+" "+row.UUID[1]] = row.Version[1]
		}
	}
	return versions
}

// fill makes a small network.
func (c *site) fill() {
	c.t.Helper()
	args := []string{}
	for i := range 3 {
		args = append(args, "--", "ls-add", fmt.Sprintf("sw%d", i))
		for j := range 3 {
			port := fmt.Sprintf("p%d%d", i, j)
			args = append(args, "--", "lsp-add", fmt.Sprintf("sw%d", i), port,
				"--", "lsp-set-addresses", port, fmt.Sprintf("02:00:00:00:%02d:%02d 10.0.%d.%d", i, j, i, j+1))
		}
	}
	c.nbctl(args...)
}
