package northd

import (
	"os"
	"os/exec"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"
)

// Under the name ovn-northd the daemon takes the reference's place in Debian's scripts.
func TestOvnCtl(t *testing.T) {
	c := newSite(t)
	bin := t.TempDir()
	require.NoError(t, os.Symlink(os.Args[0], filepath.Join(bin, "ovn-northd")))
	environment := append(c.environment(), asNorthd+"=1", "PATH="+bin+":"+os.Getenv("PATH"))
	run := func(program string, args ...string) (string, error) {
		cmd := exec.Command(program, args...)
		cmd.Env = environment
		out, err := cmd.CombinedOutput()
		return string(out), err
	}
	ctl := func(args ...string) {
		t.Helper()
		out, err := run("/usr/share/ovn/scripts/ovn-ctl", args...)
		require.NoError(t, err, "ovn-ctl %s: %s", args, out)
	}
	t.Cleanup(func() {
		_, _ = run("ovn-appctl", "-t", "ovn-northd", "exit") // if the test did not come that far
	})
	ctl("start_northd", "--ovn-manage-ovsdb=no", "--ovn-northd-priority=",
		"--ovn-northd-nb-db="+c.nb.Unix(), "--ovn-northd-sb-db="+c.sb.Unix())
	c.nbctl("ls-add", "sw0")
	out, err := run("ovn-appctl", "-t", "ovn-northd", "status")
	require.NoError(t, err)
	require.Equal(t, "Status: active\n", out)
	ctl("status_northd")
	ctl("stop_northd", "--ovn-manage-ovsdb=no")
	require.NoFileExists(t, c.path("ovn-northd.pid"))
	log, err := os.ReadFile(c.path("ovn-northd.log"))
	require.NoError(t, err)
	require.Contains(t, string(log), "This ovn-northd instance is now active")
}
