package docs_test

import (
	"os"
	"os/exec"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"
)

// Whoever follows the page about operation swaps the daemons and gets back. The cloud is two
// private servers with one switch; Debian's ovn-northd is active at the page's beginning.
func TestOperating(t *testing.T) {
	p := newPlace(t)
	run := filepath.Join(p.folder, "run")
	require.NoError(t, os.Mkdir(run, 0o755))
	for _, variable := range []string{"OVN_RUNDIR", "OVN_LOGDIR", "OVS_RUNDIR", "OVS_LOGDIR"} {
		p.environment = append(p.environment, variable+"="+run)
	}
	for _, database := range []string{"nb", "sb"} {
		file := filepath.Join(run, database+".db")
		p.must(t, "ovsdb-tool", "create", file, "/usr/share/ovn/ovn-"+database+".ovsschema")
		server := exec.Command("ovsdb-server", file, "--unixctl="+filepath.Join(run, database+".ctl"),
			"--remote=punix:"+filepath.Join(run, "ovn"+database+"_db.sock"))
		server.Env = p.environment
		require.NoError(t, server.Start())
		t.Cleanup(func() {
			_ = server.Process.Kill()
			_ = server.Wait()
		})
	}
	p.must(t, "ovn-northd", "--pidfile", "--detach", "--log-file")
	t.Cleanup(func() {
		for _, name := range []string{"ovn-northd", "woven-northd"} {
			// Whichever of them still runs, because the page was not followed to its end.
			_ = p.command("ovn-appctl", "-t", name, "exit").Run()
		}
	})
	p.must(t, "ovn-nbctl", "--wait=sb", "ls-add", "sw0", "--", "lsp-add", "sw0", "p1", "--",
		"lsp-set-addresses", "p1", "02:00:00:00:00:01 10.0.0.1", "--",
		"acl-add", "sw0", "to-lport", "1000", "ip4", "drop")
	checkPage(t, "operating.md", p)
}

func (p place) command(name string, arguments ...string) *exec.Cmd {
	cmd := exec.Command(name, arguments...)
	cmd.Dir, cmd.Env = p.folder, p.environment
	return cmd
}

func (p place) must(t *testing.T, name string, arguments ...string) {
	t.Helper()
	text, err := p.command(name, arguments...).CombinedOutput()
	require.NoError(t, err, "%s: %s", name, text)
}
