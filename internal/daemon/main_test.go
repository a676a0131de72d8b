package daemon

import (
	"bytes"
	"context"
	"errors"
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

	"woven/internal/unixctl"
)

// asDaemon makes the test binary a daemon: the tests run it, and it runs itself again as a
// program that detaches does.
const asDaemon = "WOVEN_TEST_DAEMON"

func TestMain(m *testing.M) {
	if os.Getenv(asDaemon) == "" {
		os.Exit(m.Run())
	}
	os.Exit(sampleMain())
}

// sampleMain is a whole daemon, as short as a real main can be.
func sampleMain() int {
	d := New(Program{
		Name: "sample", Version: "sample 1.2.3\nOpen vSwitch Library 3.1.0",
		Summary: "a daemon for tests", Synopsis: "[OPTIONS]", MaxArgs: 1,
		Options: "  --mode=MODE               what to do\n", Modules: []string{"engine"},
		ExitUsage: "[refuse]", MaxExitArgs: 1,
		Exit: func(args []string) error {
			if len(args) > 0 {
				return errors.New("not now")
			}
			return nil
		},
	})
	mode := d.Flags().StringP("mode", "m", "", "what to do")
	return d.Main(os.Args[1:], func(ctx context.Context, d *Daemon) error {
		d.Unixctl.Register(unixctl.Command{Name: "whoami", Run: whoami})
		d.Unixctl.Register(unixctl.Command{Name: "panic",
			Run: func(context.Context, []string) (string, error) { panic("on purpose") }})
		d.Unixctl.Register(unixctl.Command{Name: "fail",
			Run: func(context.Context, []string) (string, error) {
				d.stop(errors.New("lost my way"))
				return "", nil
			}})
		switch *mode {
		case "fail early":
			return errors.New("no luck today")
		case "end early":
			return nil
		case "leave a child":
			child := exec.Command("sleep", "60")
			if err := child.Start(); err != nil {
				return err
			}
			return fmt.Errorf("left %d", child.Process.Pid)
		}
		if err := d.Ready(); err != nil {
			return err
		}
		<-ctx.Done()
		d.Log.Module("engine").Info("bye")
		if cause := context.Cause(ctx); cause.Error() == "lost my way" {
			return cause
		}
		return nil
	})
}

// whoami tells the test about the process that answers.
func whoami(context.Context, []string) (string, error) {
	cwd, err := os.Getwd()
	if err != nil {
		return "", err
	}
	stderr, err := os.Readlink("/proc/self/fd/2")
	capabilities, capErr := permittedCapabilities()
	groups, groupErr := os.Getgroups()
	return fmt.Sprintf("pid=%d ppid=%d uid=%d gid=%d groups=%v caps=%x cwd=%s stderr=%s stage=%q",
			os.Getpid(), os.Getppid(), os.Getuid(), os.Getgid(), groups, capabilities, cwd, stderr,
			os.Getenv(stageVariable)),
		errors.Join(err, capErr, groupErr)
}

// patience is far more than any step of these tests takes.
const patience = 30 * time.Second

// place is where one test's daemons live.
type place struct {
	t   *testing.T
	dir string
}

func newPlace(t *testing.T) place {
	t.Helper()
	p := place{t: t, dir: t.TempDir()}
	for _, dir := range []string{p.dir, filepath.Dir(p.dir)} { // --user's have to get here too
		require.NoError(t, os.Chmod(dir, 0o755))
	}
	return p
}

func (p place) path(name string) string { return filepath.Join(p.dir, name) }

// command is the daemon with arguments, in this place.
func (p place) command(args ...string) *exec.Cmd {
	cmd := exec.Command(os.Args[0], args...)
	cmd.Dir = p.dir
	cmd.Env = append(os.Environ(), asDaemon+"=1", "OVN_RUNDIR="+p.dir, "OVN_LOGDIR="+p.dir,
		"OVS_SYSLOG_METHOD=null")
	return cmd
}

// run starts the daemon, waits for the process that was started, and returns what it said.
func (p place) run(args ...string) (output string, status int) {
	p.t.Helper()
	// A file and not a pipe: a daemon keeps standard error until it is ready.
	file, err := os.CreateTemp(p.dir, "out")
	require.NoError(p.t, err)
	defer os.Remove(file.Name())
	defer file.Close()
	cmd := p.command(args...)
	cmd.Stdout, cmd.Stderr = file, file
	err = cmd.Run()
	if _, exited := errors.AsType[*exec.ExitError](err); !exited {
		require.NoError(p.t, err)
	}
	text, err := os.ReadFile(file.Name())
	require.NoError(p.t, err)
	return string(text), cmd.ProcessState.ExitCode()
}

// detached starts a daemon that must come up, and stops it at the end of the test.
func (p place) detached(args ...string) {
	p.t.Helper()
	output, status := p.run(append([]string{"--detach", "--pidfile", "-vconsole:off"}, args...)...)
	require.Zero(p.t, status, output)
	p.endAfterwards()
}

// endAfterwards stops the daemon that has the pidfile at the end of the test.
func (p place) endAfterwards() {
	p.t.Cleanup(func() {
		if pid, err := p.readPid(); err == nil && pid > 0 {
			_ = syscall.Kill(pid, syscall.SIGTERM)
			p.gone(pid)
		}
	})
}

func (p place) readPid() (int, error) {
	text, err := os.ReadFile(p.path("sample.pid"))
	if err != nil {
		return 0, err
	}
	return strconv.Atoi(strings.TrimSpace(string(text)))
}

// pid is the number in the pidfile.
func (p place) pid() int {
	p.t.Helper()
	pid, err := p.readPid()
	require.NoError(p.t, err)
	return pid
}

// appctl asks a daemon by its pidfile, through the real client.
func (p place) appctl(args ...string) (output string, status int) {
	p.t.Helper()
	cmd := exec.Command("ovn-appctl", append([]string{"-T", "30", "-t", "sample"}, args...)...)
	cmd.Env = append(os.Environ(), "OVN_RUNDIR="+p.dir)
	out, err := cmd.CombinedOutput()
	if _, exited := errors.AsType[*exec.ExitError](err); !exited {
		require.NoError(p.t, err)
	}
	return string(out), cmd.ProcessState.ExitCode()
}

// whoami is the answer of the process with that pidfile, as fields.
func (p place) whoami() map[string]string {
	p.t.Helper()
	output, status := p.appctl("whoami")
	require.Zero(p.t, status, output)
	fields := map[string]string{}
	for _, word := range strings.Fields(output) {
		name, value, _ := strings.Cut(word, "=")
		fields[name] = value
	}
	return fields
}

// gone waits for the end of a process that may or may not be our child.
func (p place) gone(pid int) {
	p.t.Helper()
	p.eventually(func() bool { return !alive(pid) }, "process %d does not end", pid)
}

// alive says if a process runs; one that only waits to be reaped does not.
func alive(pid int) bool {
	stat, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", pid))
	if err != nil {
		return false
	}
	_, after, _ := bytes.Cut(stat, []byte(") "))
	return !bytes.HasPrefix(after, []byte("Z")) && !bytes.HasPrefix(after, []byte("X"))
}

func (p place) eventually(condition func() bool, format string, args ...any) {
	p.t.Helper()
	require.Eventuallyf(p.t, condition, patience, 5*time.Millisecond, format, args...)
}

func (p place) log() string {
	text, _ := os.ReadFile(p.path("sample.log"))
	return string(text)
}
