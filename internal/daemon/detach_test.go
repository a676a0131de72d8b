package daemon

import (
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"syscall"
	"testing"

	"github.com/stretchr/testify/require"

	"woven/internal/unixctl"
)

func TestDetach(t *testing.T) {
	p := newPlace(t)
	p.detached("--log-file")
	// The parent is back, so everything is in place already.
	pid := p.pid()
	text, err := os.ReadFile(p.path("sample.pid"))
	require.NoError(t, err)
	require.Equal(t, strconv.Itoa(pid)+"\n", string(text))
	require.FileExists(t, p.path("sample."+strconv.Itoa(pid)+".ctl"))
	who := p.whoami()
	require.Equal(t, strconv.Itoa(pid), who["pid"])
	require.Equal(t, "/", who["cwd"])
	require.Equal(t, "/dev/null", who["stderr"])
	require.Equal(t, `""`, who["stage"], "the stage must not reach further processes")
	session, err := os.ReadFile("/proc/" + who["pid"] + "/stat")
	require.NoError(t, err)
	require.Contains(t, string(session), " "+who["pid"]+" "+who["pid"]+" ", "leads its own session")

	output, status := p.appctl("exit", "refuse")
	require.Equal(t, 2, status)
	require.Contains(t, output, "not now")
	require.True(t, alive(pid))
	output, status = p.appctl("exit")
	require.Zero(t, status, output)
	require.Empty(t, output)
	p.gone(pid)
	left, err := filepath.Glob(p.path("sample*"))
	require.NoError(t, err)
	require.Equal(t, []string{p.path("sample.log")}, left)
	require.Regexp(t, `^[^\n]*\|00001\|vlog\|INFO\|opened log file .*\n[^\n]*\|engine\|INFO\|bye\n$`,
		p.log())
}

func TestNoChdir(t *testing.T) {
	p := newPlace(t)
	p.detached("--no-chdir")
	require.Equal(t, p.dir, p.whoami()["cwd"])
}

func TestSecondStartIsRefused(t *testing.T) {
	p := newPlace(t)
	p.detached()
	pid := p.pid()
	want := "sample: " + p.path("sample.pid") + ": already running as pid " + strconv.Itoa(pid) +
		", aborting\n"
	for _, args := range [][]string{
		{"--pidfile"}, {"--pidfile", "--detach"}, {"--pidfile", "--monitor"},
		{"--pidfile", "--monitor", "--detach"},
	} {
		output, status := p.run(args...)
		require.Equal(t, 1, status, args)
		require.Equal(t, want, output, args)
	}
	require.Equal(t, pid, p.pid())
	require.True(t, alive(pid))

	// With --overwrite-pidfile it starts, and the first one's end leaves the new pidfile alone.
	p.detached("--overwrite-pidfile")
	second := p.pid()
	require.NotEqual(t, pid, second)
	require.NoError(t, syscall.Kill(pid, syscall.SIGTERM))
	p.gone(pid)
	require.Equal(t, second, p.pid())
}

// TestStalePidfile leaves behind what a killed daemon leaves behind.
func TestStalePidfile(t *testing.T) {
	p := newPlace(t)
	p.detached("--unixctl=fixed.ctl")
	pid := p.pid()
	require.NoError(t, syscall.Kill(pid, syscall.SIGKILL))
	p.eventually(func() bool { return checkAlone(p.path("sample.pid")) == nil },
		"the lock outlives the daemon")
	require.Equal(t, pid, p.pid())
	require.FileExists(t, p.path("fixed.ctl"))
	p.detached("--unixctl=fixed.ctl")
	require.NotEqual(t, pid, p.pid())
	require.True(t, alive(p.pid()))
}

func TestStartFailures(t *testing.T) {
	p := newPlace(t)
	for _, how := range [][]string{nil, {"--detach"}, {"--monitor"}, {"--detach", "--monitor"}} {
		for _, c := range []struct {
			args []string
			want string
		}{
			{[]string{"--mode=fail early"}, "sample: no luck today\n"},
			{[]string{"--pidfile=/nonexistent/x.pid"},
				"sample: /nonexistent/x.pid.tmp: create failed (no such file or directory)\n"},
			{[]string{"--unixctl=/nonexistent/x.ctl"},
				"sample: /nonexistent/x.ctl: could not initialize control socket: "},
			{[]string{"--log-file=/nonexistent/x", "-vconsole:emer"},
				"sample: failed to open /nonexistent/x for logging: no such file or directory\n"},
		} {
			output, status := p.run(append(c.args, how...)...)
			require.Equal(t, 1, status, "%v %v", how, c.args)
			require.Contains(t, output, c.want, "%v %v", how, c.args)
		}
	}
	output, status := p.run("--detach", "--mode=end early")
	require.Equal(t, 1, status)
	require.Equal(t, "sample: the daemon ended before it was ready (exit status 0)\n", output)
	left, err := os.ReadDir(p.dir)
	require.NoError(t, err)
	require.Empty(t, left)
}

// TestParentDoesNotWaitForGrandchildren: a helper that outlives a failed start must not hold the
// pipe on which the parent waits.
func TestParentDoesNotWaitForGrandchildren(t *testing.T) {
	p := newPlace(t)
	output, status := p.run("--detach", "--mode=leave a child")
	require.Equal(t, 1, status)
	var child int
	_, err := fmt.Sscanf(output, "sample: left %d", &child)
	require.NoError(t, err, output)
	require.True(t, alive(child), "the parent has waited for the helper")
	require.NoError(t, syscall.Kill(child, syscall.SIGKILL))
}

// TestSignalsEndTheDaemon wants an orderly end, and the signal as the reason of it.
func TestSignalsEndTheDaemon(t *testing.T) {
	for _, s := range []syscall.Signal{syscall.SIGTERM, syscall.SIGINT, syscall.SIGHUP} {
		p := newPlace(t)
		cmd := p.command("--pidfile", "--unixctl=fixed.ctl", "--log-file", "-vconsole:off")
		require.NoError(t, cmd.Start())
		p.eventually(func() bool {
			_, err := unixctl.Call(t.Context(), p.path("fixed.ctl"), "version")
			return err == nil
		}, "the daemon does not come up")
		require.NoError(t, cmd.Process.Signal(s))
		require.Error(t, cmd.Wait())
		status := cmd.ProcessState.Sys().(syscall.WaitStatus)
		require.True(t, status.Signaled())
		require.Equal(t, s, status.Signal())
		require.NoFileExists(t, p.path("sample.pid"))
		require.NoFileExists(t, p.path("fixed.ctl"))
		require.Contains(t, p.log(), "|daemon|WARN|terminating with signal "+
			strconv.Itoa(int(s))+" ("+describe(s)+")\n")
		require.Contains(t, p.log(), "|engine|INFO|bye\n")
	}
}

func TestFailureOfARunningDaemonIsLogged(t *testing.T) {
	p := newPlace(t)
	p.detached("--log-file")
	pid := p.pid()
	output, status := p.appctl("fail")
	require.Zero(t, status, output)
	p.gone(pid)
	require.Contains(t, p.log(), "|daemon|ERR|lost my way, exiting\n")
	require.NoFileExists(t, p.path("sample.pid"))
}

func TestWithoutControlSocket(t *testing.T) {
	p := newPlace(t)
	p.detached("--unixctl=none")
	left, err := filepath.Glob(p.path("*.ctl"))
	require.NoError(t, err)
	require.Empty(t, left)
}

// TestCommandsOfEveryDaemon lists what ovn-northd(8) and ovs-appctl(8) promise of every daemon.
func TestCommandsOfEveryDaemon(t *testing.T) {
	p := newPlace(t)
	p.detached()
	list, _ := p.appctl("list-commands")
	for _, name := range []string{"coverage/read-counter", "coverage/show", "exit", "list-commands",
		"memory/show", "stopwatch/reset", "stopwatch/show", "version", "vlog/close",
		"vlog/disable-rate-limit", "vlog/enable-rate-limit", "vlog/list", "vlog/list-pattern",
		"vlog/reopen", "vlog/set"} {
		require.Contains(t, list, "\n  "+name+" ")
	}
	modules, _ := p.appctl("vlog/list")
	for _, name := range []string{"daemon", "engine", "memory", "sample", "unixctl", "vlog"} {
		require.Contains(t, modules, "\n"+name+" ")
	}
	version, _ := p.appctl("version")
	require.Equal(t, "sample 1.2.3\nOpen vSwitch Library 3.1.0\n", version)
}
