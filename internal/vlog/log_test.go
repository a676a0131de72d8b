package vlog

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/spf13/pflag"
	"github.com/stretchr/testify/require"
)

// quiet is a Log that writes nothing but to the returned buffer, with the console's pattern.
func quiet(t *testing.T) (*Log, *bytes.Buffer) {
	t.Helper()
	l, console := New("tester"), &bytes.Buffer{}
	l.SetConsole(console)
	require.NoError(t, l.Set("syslog:off"))
	return l, console
}

func TestDefaultLine(t *testing.T) {
	l, console := quiet(t)
	path := filepath.Join(t.TempDir(), "log")
	require.NoError(t, l.OpenFile(path))
	l.Module("northd").Info("hello")
	file, err := os.ReadFile(path)
	require.NoError(t, err)
	require.Regexp(t, `^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ\|00001\|vlog\|INFO\|opened log file `+
		regexp.QuoteMeta(path)+`\n.*Z\|00002\|northd\|INFO\|hello\n$`, console.String())
	require.Regexp(t, `\n\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z\|00002\|northd\|INFO\|hello\n$`,
		string(file))
	info, err := os.Stat(path)
	require.NoError(t, err)
	require.Zero(t, info.Mode().Perm()&0o007)
}

func TestAttributes(t *testing.T) {
	l, console := quiet(t)
	require.NoError(t, l.Set("PATTERN:console:%m"))
	log := l.Module("m").With("db", "nb").WithGroup("row").With("table", "ACL")
	log.Info("bad row", "name", "a b", "n", 3, "err", errors.New(`no "x"`), "empty", "",
		slog.Group("at", "line", 1), "when", time.Unix(0, 0), "multi", "a\nb", slog.Attr{})
	require.Equal(t, `bad row db=nb row.table=ACL row.name="a b" row.n=3 row.err="no \"x\"" `+
		`row.empty="" row.at.line=1 row.when=1970-01-01T00:00:00.000Z row.multi="a\nb"`+"\n",
		console.String())
}

func TestLevelsDecideWhatIsLogged(t *testing.T) {
	all := []slog.Level{slog.LevelDebug, slog.LevelInfo, slog.LevelWarn, slog.LevelError, LevelEmer}
	for i, setting := range []string{"off", "emer", "err", "warn", "info", "dbg"} {
		l, console := quiet(t)
		log := l.Module("m")
		require.NoError(t, l.Set("PATTERN:console:%p"))
		require.NoError(t, l.Set("m:console:"+setting))
		for _, level := range all {
			log.Log(context.Background(), level, "x")
		}
		want := []string{"EMER", "ERR", "WARN", "INFO", "DBG"}[:i]
		got := strings.Fields(console.String())
		require.ElementsMatch(t, want, got, setting)
	}
}

func TestEnabledFollowsTheLevels(t *testing.T) {
	l, _ := quiet(t)
	log := l.Module("m")
	require.False(t, log.Enabled(t.Context(), slog.LevelDebug))
	require.NoError(t, l.Set("m:console:dbg"))
	require.True(t, log.Enabled(t.Context(), slog.LevelDebug))
	require.NoError(t, l.Set("off"))
	require.False(t, log.Enabled(t.Context(), LevelEmer))
	require.False(t, l.Module("later").Enabled(t.Context(), LevelEmer))
}

func TestSerialNumbersAreInOrder(t *testing.T) {
	l, console := quiet(t)
	require.NoError(t, l.Set("PATTERN:console:%N"))
	var wg sync.WaitGroup
	const each = 200
	for range 4 {
		wg.Go(func() {
			for range each {
				l.Module("m").Info("x")
				l.Module("m").Debug("not logged, so not counted")
			}
		})
	}
	wg.Wait()
	var want strings.Builder
	for i := range 4 * each {
		fmt.Fprintln(&want, i+1)
	}
	require.Equal(t, want.String(), console.String())
}

func TestSubprogram(t *testing.T) {
	l, console := quiet(t)
	l.SetSubprogram("monitor")
	require.NoError(t, l.Set("PATTERN:console:%c%T %t"))
	l.Module("daemon").Info("x")
	require.Equal(t, "daemon(monitor) monitor\n", console.String())
}

func TestFileRotation(t *testing.T) {
	l, _ := quiet(t)
	require.NoError(t, l.Set("PATTERN:file:%m"))
	path := filepath.Join(t.TempDir(), "log")
	var events []bool
	l.OnFile(func(f *os.File) { events = append(events, f != nil) })
	require.NoError(t, l.OpenFile(path))
	require.NoError(t, l.ReopenFile(), "the same file stays open")
	require.NoError(t, os.Rename(path, path+".1"))
	l.Module("m").Info("late")
	require.NoError(t, l.ReopenFile())
	l.Module("m").Info("new")
	l.CloseFile()
	l.Module("m").Info("lost")
	old, _ := os.ReadFile(path + ".1")
	require.Equal(t, "opened log file "+path+"\nlate\nclosing log file\n", string(old))
	now, _ := os.ReadFile(path)
	require.Equal(t, "opened log file "+path+"\nnew\n", string(now))
	require.Equal(t, []bool{true, true, false}, events)

	err := l.OpenFile("/nonexistent/log")
	require.EqualError(t, err, "failed to open /nonexistent/log for logging: no such file or directory")
}

// receive returns the next datagram.
func receive(t *testing.T, conn net.PacketConn) string {
	t.Helper()
	require.NoError(t, conn.SetReadDeadline(time.Now().Add(30*time.Second)))
	buffer := make([]byte, 4096)
	n, _, err := conn.ReadFrom(buffer)
	require.NoError(t, err)
	return string(buffer[:n])
}

func TestSyslog(t *testing.T) {
	l, target := New("tester"), listenUDP(t)
	require.NoError(t, l.Set("console:off"))
	path := filepath.Join(t.TempDir(), "sock")
	system, err := net.ListenPacket("unixgram", path)
	require.NoError(t, err)
	flags := pflag.NewFlagSet("tester", pflag.ContinueOnError)
	l.AddFlags(flags)
	require.NoError(t, flags.Parse([]string{"--syslog-method=unix:" + path,
		"--syslog-target=" + target.LocalAddr().String()}))

	l.Module("m").Warn("one\ntwo")
	header := `^<132> \w{3} [ \d]\d \d\d:\d\d:\d\d \S+ tester: `
	for _, conn := range []net.PacketConn{system, target} {
		require.Regexp(t, header+`ovs\|00001\|m\|WARN\|one$`, receive(t, conn))
		require.Regexp(t, header+`two$`, receive(t, conn))
	}
	// The syslog daemon is restarted: the next message reaches the new one.
	require.NoError(t, system.Close())
	require.NoError(t, os.RemoveAll(path))
	l.Module("m").Info("into the void")
	require.Contains(t, receive(t, target), "void")
	system, err = net.ListenPacket("unixgram", path)
	require.NoError(t, err)
	defer system.Close()
	require.NoError(t, l.Set("FACILITY:user"))
	l.Module("m").Error("again")
	require.Regexp(t, `^<11> .*\|m\|ERR\|again$`, receive(t, system))

	require.NoError(t, flags.Parse([]string{"--syslog-method=null"}))
	l.Module("m").Info("only to the target")
	require.Contains(t, receive(t, target), "again")
	require.Contains(t, receive(t, target), "only")
}

func listenUDP(t *testing.T) net.PacketConn {
	t.Helper()
	conn, err := net.ListenPacket("udp", "127.0.0.1:0")
	require.NoError(t, err)
	t.Cleanup(func() { conn.Close() })
	return conn
}

func TestFlags(t *testing.T) {
	t.Setenv("OVN_LOGDIR", "/logs")
	for _, c := range []struct {
		args []string
		file string
		fail string
	}{
		{nil, "", ""},
		{[]string{"--log-file"}, "/logs/tester.log", ""},
		{[]string{"--log-file=/x/y"}, "/x/y", ""},
		{[]string{"--verbose=foo"}, "", `processing "foo": no destination, level, or module "foo"`},
		{[]string{"--syslog-method=foo"}, "", "unsupported syslog method 'foo'"},
		{[]string{"--syslog-method=udp:1.2.3.4"}, "", "want udp:IP:PORT"},
		{[]string{"--syslog-target=foo"}, "", "want IP:PORT"},
		{[]string{"--verbose", "--syslog-method=udp:[::1]:514", "--syslog-method=libc"}, "", ""},
	} {
		l, _ := quiet(t)
		flags := pflag.NewFlagSet("tester", pflag.ContinueOnError)
		file := l.AddFlags(flags)
		err := flags.Parse(c.args)
		if c.fail != "" {
			require.ErrorContains(t, err, c.fail)
			continue
		}
		require.NoError(t, err)
		require.Equal(t, c.file, *file)
	}
}

// sayHere is one place; inlined into its callers it would be several.
//
//go:noinline
func sayHere(log *slog.Logger) { log.Warn("here") }

func TestLimited(t *testing.T) {
	l, console := quiet(t)
	require.NoError(t, l.Set("PATTERN:console:%m"))
	now := time.Unix(1000, 0)
	log := limited(l.Module("m"), Rate{PerMinute: 6, Burst: 2}, func() time.Time { return now })
	say := func(i int) { sayHere(log.With("i", i)) }
	take := func() string { defer console.Reset(); return console.String() }

	for i := range 5 {
		say(i)
	}
	log.Warn("another place has its own allowance")
	require.Equal(t, "here i=0\nhere i=1\nanother place has its own allowance\n", take())
	now = now.Add(4 * time.Second)
	say(5)
	require.Empty(t, take())
	now = now.Add(6 * time.Second)
	say(6)
	say(7)
	require.Equal(t, "Dropped 4 log messages in last 10 seconds (most recently, 6 seconds ago) "+
		"due to excessive rate i=6\nhere i=6\n", take())

	l.modules["m"].limitsOff.Store(true)
	for i := range 9 {
		say(i)
	}
	require.Len(t, strings.Split(take(), "\n"), 10)
}
