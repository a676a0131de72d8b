package controller

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"
)

// Under the name ovn-controller the daemon takes the reference's place in Debian's scripts, which
// find it on the PATH.
func TestOvnCtl(t *testing.T) {
	s := newSite(t, ours())
	require.NoError(t, s.hv.Controller.Exit("--restart"))
	bin := t.TempDir()
	require.NoError(t, os.Symlink(ours().Path, filepath.Join(bin, "ovn-controller")))
	ctl := func(args ...string) {
		t.Helper()
		cmd := s.hv.Command("/usr/share/ovn/scripts/ovn-ctl", args...)
		cmd.Env = append(cmd.Env, "PATH="+bin+":"+os.Getenv("PATH"))
		out, err := cmd.CombinedOutput()
		require.NoError(t, err, "ovn-ctl %s: %s", args, out)
	}
	stopped := false
	t.Cleanup(func() {
		if !stopped {
			ctl("stop_controller", "--no-monitor", "--restart")
		}
	})
	ctl("start_controller", "--ovn-manage-ovsdb=no", "--no-monitor", "--ovn-controller-priority=")
	ctl("status_controller")
	require.NoError(t, s.bed.Settle())
	for command, answer := range map[string]string{"connection-status": "connected\n", "version": "woven"} {
		out, err := s.hv.Command("ovn-appctl", "-t", "ovn-controller", command).Output()
		require.NoError(t, err)
		require.Contains(t, string(out), answer, command)
	}

	// As a service is stopped: the chassis leaves the network.
	ctl("stop_controller", "--no-monitor")
	stopped = true
	require.NoFileExists(t, filepath.Join(s.hv.Folder(), "ovn-controller.pid"))
	chassis, err := s.bed.Central.SBCtl("--bare", "--columns=name", "list", "Chassis")
	require.NoError(t, err)
	require.Empty(t, chassis)
}
