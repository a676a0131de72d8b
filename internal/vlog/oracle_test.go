package vlog

import (
	"context"
	"errors"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"woven/internal/unixctl"
)

// peerLog is a daemon whose logging is driven over its control socket.
type peerLog struct{ ctl, file string }

// call returns a command's output, or the text of its refusal after "error: ".
func (p peerLog) call(t *testing.T, command string, args ...string) string {
	t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), 30*time.Second)
	defer cancel()
	text, err := unixctl.Call(ctx, p.ctl, command, args...)
	var refused *unixctl.CommandError
	if errors.As(err, &refused) {
		return "error: " + refused.Text
	}
	require.NoError(t, err)
	return text
}

// startReference runs a private ovsdb-server, the oracle.
func startReference(t *testing.T) peerLog {
	t.Helper()
	dir := t.TempDir()
	t.Setenv("OVS_RUNDIR", dir)
	db, schema := filepath.Join(dir, "r.db"), filepath.Join(dir, "r.ovsschema")
	require.NoError(t, os.WriteFile(schema,
		[]byte(`{"name":"R","version":"1.0.0","tables":{}}`), 0o600))
	require.NoError(t, exec.Command("ovsdb-tool", "create", db, schema).Run())
	p := peerLog{ctl: filepath.Join(dir, "r.ctl"), file: filepath.Join(dir, "r.log")}
	out, err := exec.Command("ovsdb-server", "--unixctl="+p.ctl, "--log-file="+p.file, "--detach",
		"--pidfile="+filepath.Join(dir, "r.pid"), "-vconsole:off", "-vsyslog:off", db).CombinedOutput()
	require.NoError(t, err, string(out))
	t.Cleanup(func() { p.call(t, "exit") })
	return p
}

// startOurs serves a Log with the modules that the comparison looks at.
func startOurs(t *testing.T) peerLog {
	t.Helper()
	dir := t.TempDir()
	l := New("ovsdb-server")
	l.SetConsole(io.Discard)
	for _, name := range []string{"vlog", "jsonrpc", "ovsdb_jsonrpc_server", "reconnect"} {
		l.Module(name)
	}
	require.NoError(t, l.Set("console:off"))
	require.NoError(t, l.Set("syslog:off"))
	p := peerLog{ctl: filepath.Join(dir, "o.ctl"), file: filepath.Join(dir, "o.log")}
	require.NoError(t, l.OpenFile(p.file))
	s := unixctl.NewServer("ours 1", l.Module("unixctl"))
	l.Register(s)
	require.NoError(t, s.Listen(p.ctl))
	s.Serve()
	t.Cleanup(func() { require.NoError(t, s.Close()); l.CloseFile() })
	return p
}

// modulesOf keeps the heading of vlog/list and the modules that both programs have.
func modulesOf(list string) string {
	var kept []string
	for i, line := range strings.Split(list, "\n") {
		name, _, _ := strings.Cut(line, " ")
		switch name {
		case "vlog", "jsonrpc", "ovsdb_jsonrpc_server", "reconnect":
			kept = append(kept, line)
		default:
			if i < 2 {
				kept = append(kept, line)
			}
		}
	}
	return strings.Join(kept, "\n")
}

// TestCommandsAgainstReference gives the C daemon and ours the same commands, one after the
// other, and wants the same answers and the same state after each.
func TestCommandsAgainstReference(t *testing.T) {
	theirs, ours := startReference(t), startOurs(t)
	for _, c := range []string{
		"vlog/list", "vlog/list-pattern", "vlog/set foo", "vlog/set foo:file", "vlog/set jsonrpc:file:dbg",
		"vlog/set dbg:info", "vlog/set file:console:info", "vlog/set jsonrpc:vlog:info",
		"vlog/set Vlog,FILE,Warn", "vlog/set any:console:err", "vlog/set any:off", "vlog/set ANY:DBG:any",
		"vlog/set info console:warn jsonrpc:file:emer", "vlog/set reconnect:err nope vlog:err",
		"vlog/set jsonrpc", "vlog/set console", "vlog/set", "vlog/set syslog:off", "vlog/set console:off",
		"vlog/set PATTERN", "vlog/set PATTERN:foo:x", "vlog/set PATTERN:console", "vlog/set PATTERN:any:%m",
		"vlog/set PATTERN:syslog:a:b", "vlog/set Pattern:File:%p", "vlog/set FACILITY:local3",
		"vlog/set FACILITY:zz", "vlog/set FACILITY:", "vlog/set FACILITY:LPR", "vlog/set facility:lpr",
		"vlog/disable-rate-limit jsonrpc", "vlog/disable-rate-limit jsonrpc nope",
		"vlog/enable-rate-limit nope", "vlog/enable-rate-limit jsonrpc", "vlog/disable-rate-limit",
		"vlog/enable-rate-limit reconnect", "vlog/enable-rate-limit", "vlog/close", "vlog/reopen",
		"vlog/list x", "vlog/reopen x",
	} {
		words := strings.Fields(c)
		want, got := theirs.call(t, words[0], words[1:]...), ours.call(t, words[0], words[1:]...)
		if words[0] != "vlog/list" || len(words) > 1 {
			require.Equal(t, want, got, c)
		}
		require.Equal(t, modulesOf(theirs.call(t, "vlog/list")), modulesOf(ours.call(t, "vlog/list")), c)
		require.Equal(t, theirs.call(t, "vlog/list-pattern"), ours.call(t, "vlog/list-pattern"), c)
	}
}

// reopened makes a daemon log one message with the pattern and returns the line.
func (p peerLog) reopened(t *testing.T, pattern string) string {
	t.Helper()
	require.Empty(t, p.call(t, "vlog/set", "PATTERN:file:"+pattern))
	require.Empty(t, p.call(t, "vlog/close"))
	require.NoError(t, os.Remove(p.file))
	require.Empty(t, p.call(t, "vlog/reopen"))
	var line []byte
	require.Eventually(t, func() bool { // the C daemon writes its file from another thread
		line, _ = os.ReadFile(p.file)
		return len(line) > 0 && line[len(line)-1] == '\n'
	}, 30*time.Second, time.Millisecond)
	return strings.ReplaceAll(string(line), p.file, "LOG")
}

// TestPatternsAgainstReference lets both programs log the same message with every escape whose
// value does not depend on the process.
func TestPatternsAgainstReference(t *testing.T) {
	theirs, ours := startReference(t), startOurs(t)
	for _, pattern := range []string{
		"%m", "%c|%p|%m", "%c%T|%t", "%A %B %E", "%-10p|%10p|%010p|%-010p|", "%-20c|%20c|", "%-10T|%5T|",
		"%z|%5|%Q|%{x}|", "%ü|", "100%%|%5%|", "%n%m", "end %", "%p %-", "%0m", "%1c", "%D{%Y",
		"%D{%Y %F %%}", "%D{x%qx}", "%d{%Y %Z}", "%D{%j %y %b %h %a %A %B %Z %z}", "plain",
	} {
		// The C daemon writes a NUL where a pattern ends within an escape; ours writes nothing.
		want := strings.ReplaceAll(theirs.reopened(t, pattern), "\x00", "")
		require.Equal(t, want, ours.reopened(t, pattern), pattern)
	}
}
