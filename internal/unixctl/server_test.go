package unixctl

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// patience is far more than any of these exchanges takes.
const patience = 30 * time.Second

// start runs a server with a few commands and returns its socket.
func start(t *testing.T, dir string, log *slog.Logger) (*Server, string) {
	t.Helper()
	if log == nil {
		log = slog.New(slog.DiscardHandler)
	}
	s := NewServer("tester 1.2.3\nOpen vSwitch Library 3.1.0", log)
	s.Register(Command{Name: "echo", Usage: "ARG...", MinArgs: 1, MaxArgs: 3,
		Run: func(_ context.Context, args []string) (string, error) {
			return strings.Join(args, "|"), nil
		}})
	s.Register(Command{Name: "silent", Run: func(context.Context, []string) (string, error) {
		return "", nil
	}})
	s.Register(Command{Name: "fail", MaxArgs: Unlimited,
		Run: func(context.Context, []string) (string, error) {
			return "", errors.New("it cannot be done")
		}})
	path := filepath.Join(dir, "tester.ctl")
	require.NoError(t, s.Listen(path))
	s.Serve()
	t.Cleanup(func() { require.NoError(t, s.Close()) })
	return s, path
}

// appctl runs the real client.
func appctl(t *testing.T, path string, args ...string) (stdout, stderr string, status int) {
	t.Helper()
	var out, errs bytes.Buffer
	cmd := exec.Command("ovs-appctl", append([]string{"-T", "30", "-t", path}, args...)...)
	cmd.Stdout, cmd.Stderr = &out, &errs
	err := cmd.Run()
	var exit *exec.ExitError
	if err != nil && !errors.As(err, &exit) {
		require.NoError(t, err)
	}
	return out.String(), errs.String(), cmd.ProcessState.ExitCode()
}

func TestRealClient(t *testing.T) {
	_, path := start(t, t.TempDir(), nil)
	for _, c := range []struct {
		args           []string
		stdout, stderr string
		status         int
	}{
		{[]string{"version"}, "tester 1.2.3\nOpen vSwitch Library 3.1.0\n", "", 0},
		{[]string{"echo", "a b", `q"ü\`}, "a b|q\"ü\\\n", "", 0},
		{[]string{"echo", "<&>\n"}, "<&>\n", "", 0},
		{[]string{"silent"}, "", "", 0},
		{[]string{"fail", "1", "2", "3", "4"}, "", "it cannot be done\n", 2},
		{[]string{"echo"}, "", "\"echo\" command requires at least 1 arguments\n", 2},
		{[]string{"version", "x"}, "", "\"version\" command takes at most 0 arguments\n", 2},
		{[]string{"nope"}, "", "\"nope\" is not a valid command " +
			"(use \"list-commands\" to see a list of valid commands)\n", 2},
		{[]string{"list-commands"}, "The available commands are:\n" +
			"  echo                    ARG...\n" +
			"  fail                    \n" +
			"  list-commands           \n" +
			"  silent                  \n" +
			"  version                 \n", "", 0},
	} {
		t.Run(strings.Join(c.args, " "), func(t *testing.T) {
			stdout, stderr, status := appctl(t, path, c.args...)
			require.Equal(t, c.status, status)
			require.Equal(t, c.stdout, stdout)
			if c.status != 0 {
				c.stderr += "ovs-appctl: " + path + ": server returned an error\n"
			}
			require.Equal(t, c.stderr, stderr)
		})
	}
}

func TestOwnClient(t *testing.T) {
	_, path := start(t, t.TempDir(), nil)
	ctx, cancel := context.WithTimeout(t.Context(), patience)
	defer cancel()
	text, err := Call(ctx, path, "echo", "1", "2")
	require.NoError(t, err)
	require.Equal(t, "1|2\n", text)
	_, err = Call(ctx, path, "fail")
	var refused *CommandError
	require.ErrorAs(t, err, &refused)
	require.EqualError(t, err, "it cannot be done")
	_, err = Call(ctx, path+"x", "fail")
	require.ErrorIs(t, err, os.ErrNotExist)
	require.False(t, errors.As(err, &refused))
}

func TestTarget(t *testing.T) {
	dir := t.TempDir()
	path, err := Target(dir, "/x/y.ctl")
	require.NoError(t, err)
	require.Equal(t, "/x/y.ctl", path)
	_, err = Target(dir, "d")
	require.ErrorIs(t, err, os.ErrNotExist)
	require.NoError(t, os.WriteFile(filepath.Join(dir, "d.pid"), []byte("17\n"), 0o600))
	path, err = Target(dir, "d")
	require.NoError(t, err)
	require.Equal(t, dir+"/d.17.ctl", path)
	require.NoError(t, os.WriteFile(filepath.Join(dir, "d.pid"), []byte("x\n"), 0o600))
	_, err = Target(dir, "d")
	require.ErrorContains(t, err, "is not a process id")
}

func TestManyClientsAtOnce(t *testing.T) {
	s, path := start(t, t.TempDir(), nil)
	arrived, open := make(chan struct{}), make(chan struct{})
	s.Register(Command{Name: "meet", Run: func(ctx context.Context, _ []string) (string, error) {
		arrived <- struct{}{}
		<-open
		return "met", nil
	}})
	ctx, cancel := context.WithTimeout(t.Context(), patience)
	defer cancel()
	const clients = 20
	errs := make([]error, clients)
	var wg sync.WaitGroup
	for i := range clients {
		wg.Go(func() { _, errs[i] = Call(ctx, path, "meet") })
	}
	// All of them are inside of the command before any is answered.
	for range clients {
		select {
		case <-arrived:
		case <-ctx.Done():
			t.Fatal("the clients are not served at the same time")
		}
	}
	close(open)
	wg.Wait()
	require.NoError(t, errors.Join(errs...))
}

func TestRawMessages(t *testing.T) {
	const version = `"tester 1.2.3\nOpen vSwitch Library 3.1.0\n"`
	for _, c := range []struct{ name, send, reply, log string }{
		{"two in one", `{"method":"silent","params":[],"id":0}{"method":"version","params":[],"id":"a"}`,
			`{"id":0,"result":"","error":null}` + "\n" + `{"id":"a","result":` + version +
				`,"error":null}` + "\n", ""},
		{"number as argument", `{"method":"echo","params":[1],"id":0}`,
			`{"id":0,"error":"\"echo\" command has non-string argument\n"}` + "\n", ""},
		{"object as params", `{"method":"version","params":{},"id":0}`, "", `"params" must be JSON array`},
		{"no params", `{"method":"version","id":0}`, "", `request must have "params"`},
		{"notification", `{"method":"version","params":[],"id":null}`, "", "unexpected notification"},
		{"reply", `{"id":1,"result":"x","error":null}`, "", "unexpected reply"},
		{"method is no string", `{"method":3,"params":[],"id":0}`, "", "method is not a JSON string"},
		{"no object", `[1]`, "", "message is not a JSON object"},
		{"no JSON", `hello`, "", "invalid character"},
		{"cut off", `{"method":`, "", "unexpected EOF"},
		{"endless", `{"method":"` + strings.Repeat("x", maxRequest), "", "at most 1048576 bytes"},
	} {
		t.Run(c.name, func(t *testing.T) {
			var log bytes.Buffer
			s, path := start(t, t.TempDir(), slog.New(slog.NewTextHandler(&log, nil)))
			conn, err := net.Dial("unix", path)
			require.NoError(t, err)
			defer conn.Close()
			require.NoError(t, conn.SetDeadline(time.Now().Add(patience)))
			// The server may hang up before it has taken everything.
			_, _ = io.WriteString(conn, c.send)
			_ = conn.(*net.UnixConn).CloseWrite()
			reply, err := io.ReadAll(conn)
			if err != nil {
				require.ErrorContains(t, err, "connection reset")
			}
			require.Equal(t, c.reply, string(reply))
			require.NoError(t, s.Close())
			if c.log == "" {
				require.Empty(t, log.String())
			} else {
				require.Contains(t, strings.ReplaceAll(log.String(), `\"`, `"`), c.log)
			}
		})
	}
}

func TestSocketFile(t *testing.T) {
	// A socket address has room for 107 bytes; this path is longer.
	dir := filepath.Join(t.TempDir(), strings.Repeat("d", 120))
	require.NoError(t, os.Mkdir(dir, 0o700))
	s, path := start(t, dir, nil)
	info, err := os.Stat(path)
	require.NoError(t, err)
	require.Equal(t, os.FileMode(0o750), info.Mode().Perm())
	stdout, _, _ := appctl(t, path, "echo", "far")
	require.Equal(t, "far\n", stdout)
	text, err := Call(t.Context(), path, "echo", "far")
	require.NoError(t, err)
	require.Equal(t, "far\n", text)

	// A second server takes the path over, and the first one's end does not remove it.
	second := NewServer("second 1", slog.New(slog.DiscardHandler))
	require.NoError(t, second.Listen(path))
	second.Serve()
	require.NoError(t, s.Close())
	text, err = Call(t.Context(), path, "version")
	require.NoError(t, err)
	require.Equal(t, "second 1\n", text)
	require.NoError(t, second.Close())
	require.NoFileExists(t, path)
}

func TestListenErrors(t *testing.T) {
	dir := t.TempDir()
	file := filepath.Join(dir, "file")
	require.NoError(t, os.WriteFile(file, []byte("precious"), 0o600))
	s := NewServer("x 1", slog.New(slog.DiscardHandler))
	require.ErrorContains(t, s.Listen(file), "not a socket")
	require.FileExists(t, file)
	require.ErrorContains(t, s.Listen(dir+"/no/x.ctl"), "could not initialize control socket")
}

// TestCloseLetsRepliesOut is what the exit command needs: its reply arrives although the server
// is closed by the very command.
func TestCloseLetsRepliesOut(t *testing.T) {
	for i := range 50 {
		t.Run(fmt.Sprint(i), func(t *testing.T) {
			s, path := start(t, t.TempDir(), nil)
			closed := make(chan error, 1)
			s.Register(Command{Name: "exit", Run: func(context.Context, []string) (string, error) {
				go func() { closed <- s.Close() }()
				return "bye", nil
			}})
			ctx, cancel := context.WithTimeout(t.Context(), patience)
			defer cancel()
			text, err := Call(ctx, path, "exit")
			require.NoError(t, err)
			require.Equal(t, "bye\n", text)
			require.NoError(t, <-closed)
			require.NoFileExists(t, path)
		})
	}
}
