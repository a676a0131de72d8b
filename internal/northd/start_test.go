package northd

import (
	"os"
	"os/exec"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"

	"woven/internal/ovsdbtest"
)

// A northd that knows one database only must not take the other one's rows for foreign, or the
// network for empty.
func TestDatabasesComeLate(t *testing.T) {
	for name, order := range map[string]func(c *site) (first, second *ovsdbtest.Server, asked string){
		"the Northbound first": func(c *site) (_, _ *ovsdbtest.Server, _ string) { return c.nb, c.sb, "nb" },
		"the Southbound first": func(c *site) (_, _ *ovsdbtest.Server, _ string) { return c.sb, c.nb, "sb" },
	} {
		t.Run(name, func(t *testing.T) {
			c := newSite(t)
			n := c.woven("before")
			c.fill()
			n.terminate()
			before := c.versions()
			first, second, asked := order(c)
			c.nb.Stop()
			c.sb.Stop()

			n = c.woven("after")
			n.becomes("not connected", "nb-connection-status")
			n.becomes("Status: standby", "status")
			first.Restart()
			n.becomes("connected", asked+"-connection-status")
			second.Restart()
			n.isActive()
			c.nbctl("sync")
			require.Equal(t, keys(before), keys(c.versions()), "no row was deleted or inserted")
		})
	}
}

// keys drops the versions, which a server gives anew when it starts.
func keys(versions map[string]string) map[string]bool {
	rows := map[string]bool{}
	for row := range versions {
		rows[row] = true
	}
	return rows
}

func TestKillAndRestart(t *testing.T) {
	c := newSite(t)
	n := c.woven("one")
	c.fill()
	n.kill()
	before := c.versions()
	n = c.woven("two")
	c.nbctl("sync")
	require.Equal(t, before, c.versions(), "a restart writes nothing")
	n.kill()
	c.change("lsp-del", "p00", "--", "ls-del", "sw2", "--", "ls-add", "sw3")
	c.woven("three")
	c.nbctl("sync")
	ports := c.sbctl("--bare", "--columns=logical_port", "list", "Port_Binding")
	require.NotContains(t, ports, "p00")
	require.NotContains(t, ports, "p20")
	require.Contains(t, ports, "p10")
}

// The databases go away and come back while a northd runs, with changes in between.
func TestServersRestart(t *testing.T) {
	c := newSite(t)
	n := c.woven("one")
	c.fill()
	c.sb.Kill()
	n.isOnStandby()
	n.becomes("not connected", "sb-connection-status")
	c.change("lsp-del", "p00")
	c.sb.Restart()
	n.isActive()
	c.nbctl("sync")
	require.NotContains(t, c.sbctl("--bare", "--columns=logical_port", "list", "Port_Binding"), "p00")
	c.nb.Kill()
	c.nb.Restart()
	c.nbctl("lsp-add", "sw0", "new")
	require.Contains(t, c.sbctl("--bare", "--columns=logical_port", "list", "Port_Binding"), "new")
}

// What one user asks for and cannot get does not keep others from what they want, and is reported.
func TestImpossibleRequest(t *testing.T) {
	c := newSite(t)
	n := c.woven("one")
	c.fill()
	c.nbctl("lsp-add", "sw0", "greedy", "--",
		"lsp-set-options", "greedy", "requested-tnl-key=40000", "--",
		"ls-add", "big", "--", "set", "Logical_Switch", "big", "other_config:requested-tnl-key=20000000")
	c.nbctl("lsp-add", "sw1", "modest")
	ports := c.sbctl("--bare", "--columns=logical_port", "list", "Port_Binding")
	require.Contains(t, ports, "greedy")
	require.Contains(t, ports, "modest")
	problems := n.answer("problems")
	require.Contains(t, problems, "options:requested-tnl-key: tunnel key 40000 is out of range")
	require.Contains(t, problems, "other_config:requested-tnl-key: tunnel key 20000000 is out of range")
	require.Contains(t, n.log(), "tunnel key 40000")
	c.nbctl("lsp-set-options", "greedy", "requested-tnl-key=400")
	require.NotContains(t, n.answer("problems"), "40000")
	require.Equal(t, "400", c.sbctl("--bare", "--columns=tunnel_key", "find", "Port_Binding",
		"logical_port=greedy"))
}

func TestRulesOfAFolder(t *testing.T) {
	c := newSite(t)
	folder := t.TempDir()
	require.NoError(t, os.CopyFS(folder, os.DirFS("../../rules")))
	option := filepath.Join(folder, "northd", "global", "option.mg")
	text, err := os.ReadFile(option)
	require.NoError(t, err)
	require.NoError(t, os.WriteFile(option,
		append(text, []byte("\n# One more.\nglobal_option(\"our_own\", \"value\").\n")...), 0o644))
	c.woven("one", "--rules="+folder)
	c.nbctl("sync")
	require.Contains(t, c.sbctl("--bare", "--columns=options", "list", "SB_Global"), "our_own=value")

	// Rules with a mistake are not run.
	require.NoError(t, os.WriteFile(option,
		append(text, []byte("\n# A misspelt relation.\nglobal_option(Key, Value) :- stored_options(Key, Value).\n")...), 0o644))
	cmd := exec.Command(os.Args[0], "-vsyslog:off", "--unixctl="+c.path("two.ctl"), "--rules="+folder)
	cmd.Env = append(c.environment(), asNorthd+"=1")
	out, err := cmd.CombinedOutput()
	require.Error(t, err)
	require.Regexp(t, `northd/global/option\.mg:\d+:\d+: error: .*stored_options`, string(out))
}
