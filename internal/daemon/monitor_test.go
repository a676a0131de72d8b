package daemon

import (
	"fmt"
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

// TestMonitorRestartsAfterCrashes ends the daemon in the ways in which mistakes end it.
func TestMonitorRestartsAfterCrashes(t *testing.T) {
	for name, crash := range map[string]func(p place, pid int){
		"SEGV from outside": func(p place, pid int) {
			require.NoError(p.t, syscall.Kill(pid, syscall.SIGSEGV))
		},
		"panic": func(p place, _ int) { p.appctl("panic") },
	} {
		t.Run(name, func(t *testing.T) {
			p := newPlace(t)
			p.detached("--monitor", "--log-file", "--no-chdir")
			pid := p.pid()
			monitor := p.whoami()["ppid"]
			comm, err := os.ReadFile("/proc/" + monitor + "/comm")
			require.NoError(t, err)
			require.Equal(t, "monitor\n", string(comm))

			crash(p, pid)
			p.eventually(func() bool {
				now, err := p.readPid()
				if err != nil || now == pid {
					return false
				}
				_, status := p.appctl("version")
				return status == 0
			}, "the daemon is not restarted")
			who := p.whoami()
			require.Equal(t, monitor, who["ppid"])
			require.Equal(t, p.dir, who["cwd"])
			require.Equal(t, "/dev/null", who["stderr"])
			sockets, err := filepath.Glob(p.path("*.ctl"))
			require.NoError(t, err)
			require.Len(t, sockets, 1, "the crashed daemon's socket is still there")
			require.Regexp(t, fmt.Sprintf(`\|daemon\(monitor\)\|ERR\|1 crashes: pid %d died, `+
				`exit status 2, restarting\n`, pid), p.log())
			if name == "panic" {
				require.Contains(t, p.log(), "panic: on purpose", "the report must be in the log")
				require.Contains(t, p.log(), "awaitSignal", "with all goroutines")
			}

			// An exit that was asked for ends the monitor too.
			second := p.pid()
			output, status := p.appctl("exit")
			require.Zero(t, status, output)
			number, err := strconv.Atoi(monitor)
			require.NoError(t, err)
			p.gone(number)
			require.Contains(t, p.log(), fmt.Sprintf(
				"|daemon(monitor)|INFO|pid %d died, exit status 0, exiting\n", second))
			require.NoFileExists(t, p.path("sample.pid"))
		})
	}
}

// TestMonitorDoesNotRestartWhatWasKilled sends the signal to the daemon, and to the monitor,
// which passes it on.
func TestMonitorDoesNotRestartWhatWasKilled(t *testing.T) {
	for _, whom := range []string{"daemon", "monitor"} {
		p := newPlace(t)
		p.detached("--monitor", "--log-file")
		pid := p.pid()
		monitor, err := strconv.Atoi(p.whoami()["ppid"])
		require.NoError(t, err)
		target := map[string]int{"daemon": pid, "monitor": monitor}[whom]
		require.NoError(t, syscall.Kill(target, syscall.SIGTERM))
		p.gone(pid)
		p.gone(monitor)
		require.Contains(t, p.log(), fmt.Sprintf(
			"|daemon(monitor)|INFO|pid %d died, killed (Terminated), exiting\n", pid))
		require.NoFileExists(t, p.path("sample.pid"))
	}
}

// TestSecondCrashWaits wants the pause between two restarts to be announced, and a signal to end
// the wait.
func TestSecondCrashWaits(t *testing.T) {
	p := newPlace(t)
	p.detached("--monitor", "--log-file")
	monitor, err := strconv.Atoi(p.whoami()["ppid"])
	require.NoError(t, err)
	last := 0
	p.eventually(func() bool {
		// On a slow machine a crash may come too late for a pause; then there is another one.
		if now, err := p.readPid(); err == nil && now != last {
			last = now
			require.NoError(t, syscall.Kill(now, syscall.SIGSEGV))
		}
		return strings.Contains(p.log(), ", waiting until 10 seconds since last restart\n")
	}, "the monitor does not wait")
	require.NoError(t, syscall.Kill(monitor, syscall.SIGTERM))
	p.gone(monitor)
}

func TestRestartDelay(t *testing.T) {
	now := time.Now()
	require.Zero(t, restartDelay(time.Time{}, now))
	require.Equal(t, 7*time.Second, restartDelay(now.Add(-3*time.Second), now))
	require.Zero(t, restartDelay(now.Add(-10*time.Second), now))
	require.Zero(t, restartDelay(now.Add(-time.Hour), now))
}

// TestDescribeStatus lets real processes end in each way.
func TestDescribeStatus(t *testing.T) {
	for script, want := range map[string]struct {
		text  string
		crash bool
	}{
		"exit 0": {"exit status 0", false}, "exit 3": {"exit status 3", false},
		"exit 2":        {"exit status 2", true},
		"kill -TERM $$": {"killed (Terminated)", false}, "kill -KILL $$": {"killed (Killed)", false},
		"ulimit -c 0; kill -SEGV $$": {"killed (Segmentation fault)", true},
		"ulimit -c 0; kill -ABRT $$": {"killed (Aborted)", true},
		"ulimit -c 0; kill -FPE $$":  {"killed (Floating point exception)", true},
	} {
		cmd := exec.Command("/bin/sh", "-c", script)
		_ = cmd.Run() // The status is what counts.
		status := cmd.ProcessState.Sys().(syscall.WaitStatus)
		require.Equal(t, want.text, describeStatus(status), script)
		require.Equal(t, want.crash, isCrash(status), script)
	}
}
