package sandbox

import (
	"bufio"
	"bytes"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"github.com/stretchr/testify/require"

	"woven/internal/testbed"
)

// asSandbox makes the test binary a sandbox with the words of its value as command.
const asSandbox = "WOVEN_TEST_SANDBOX"

func TestMain(m *testing.M) {
	command := os.Getenv(asSandbox)
	if command == "" {
		os.Exit(m.Run())
	}
	err := Run(Options{Dummy: true, Command: strings.Fields(command),
		Stdin: os.Stdin, Stdout: os.Stdout, Stderr: os.Stderr})
	if err != nil {
		os.Exit(1)
	}
}

// run runs a script of sh in a sandbox.
func run(t *testing.T, o Options, script string) (stdout, stderr string, err error) {
	t.Helper()
	var out, said bytes.Buffer
	o.Stdin, o.Stdout, o.Stderr = strings.NewReader(""), &out, &said
	if script != "" {
		o.Command = []string{"sh", "-c", script}
	}
	err = Run(o)
	return out.String(), said.String(), err
}

// In namespaces machines are reached and run commands, hosts have their own switch, clients find the
// databases, and what users change takes effect.
func TestNamespaces(t *testing.T) {
	t.Parallel()
	out, said, err := run(t, Options{Northd: "ovn-northd", Controller: "ovn-controller"}, `
blue-client ping 10.0.1.1 && green-one ping fd00:2::2 1 && blue-web ip -br addr show eth0 || exit 1
hv2 ovs-vsctl list-ports br-int | grep blue && ovn-sbctl lflow-list blue | head -1 || exit 1
ovn-appctl -t ovn-northd status && hv1 ovn-appctl -t ovn-controller connection-status || exit 1
ovn-nbctl --wait=hv acl-add blue to-lport 2000 'outport == "blue-web" && icmp4' drop
blue-client ping 10.0.1.1 1 || echo "exit $?"; blue-client ping fd00:1::1 1; echo $WOVEN_SANDBOX`)
	require.NoError(t, err, said)
	for _, line := range []string{"3 of 3 answered\n", "reply from fd00:2::2 after", "10.0.1.1/24",
		"\nblue-client\n", `Datapath: "blue"`, "Status: active\n", "\nconnected\n", "\nexit 2\n",
		"reply from fd00:1::1 after"} {
		require.Contains(t, out, line)
	}
	require.Contains(t, said, "0 of 1 answered")
	folder := out[strings.LastIndex(strings.TrimSpace(out), "\n")+1:]
	require.NoDirExists(t, strings.TrimSpace(folder))
}

// The dummy datapath has the same network; its machines can ping, and say so.
func TestDummy(t *testing.T) {
	t.Parallel()
	o := Options{Northd: "ovn-northd", Controller: "ovn-controller", Dummy: true}
	out, said, err := run(t, o, `
blue-client ping 10.0.1.1 && green-two ping fd00:2::1 || exit 1
ovn-nbctl --wait=hv acl-add blue to-lport 2000 'outport == "blue-web" && icmp4' drop
blue-client ping 10.0.1.1 1; blue-client ping 10.0.1; blue-client ping 10.0.1.1 many
blue-client ls; blue-client; hv1
hv1 ovs-ofctl dump-aggregate br-int; exit 3`)
	require.ErrorContains(t, err, "exit status 3")
	require.Contains(t, out, "reply from 10.0.1.1 after")
	require.Contains(t, out, "reply from fd00:2::1 after")
	require.Contains(t, out, "flow_count=")
	require.Contains(t, said, "0 of 1 answered")
	require.Contains(t, said, `"10.0.1" is no IPv4 or IPv6 address`)
	require.Contains(t, said, `"many" is no count from 1 to 1000`)
	require.Equal(t, 2, strings.Count(said, "usage: blue-client ping ADDRESS [COUNT]"))
	require.Contains(t, said, "usage: hv1 COMMAND")
}

// Without a command it is the user's shell, which hears what there is; how it ends is its own matter.
func TestShell(t *testing.T) {
	t.Setenv("SHELL", script(t, "blue-web ping 10.0.1.2 1; exit 1"))
	o := Options{Northd: "ovn-northd", Controller: "ovn-controller", Dummy: true}
	out, said, err := run(t, o, "")
	require.NoError(t, err)
	require.Contains(t, out, "1 of 1 answered")
	for _, name := range []string{"blue-web", "blue-client", "green-one", "green-two", "ovn-nbctl show",
		"-t ovn-controller", "10.0.1.1/24 fd00:1::1/64"} {
		require.Contains(t, said, name)
	}
	o.Command = []string{"blue-web", "ping", "10.0.1.2", "2"}
	out, _, err = run(t, o, "")
	require.NoError(t, err)
	require.Contains(t, out, "2 of 2 answered")
	o.Command = []string{"no-such-command"}
	_, _, err = run(t, o, "")
	require.ErrorContains(t, err, "no-such-command")
}

// A sandbox that is told to end removes everything before.
func TestSignal(t *testing.T) {
	t.Parallel()
	for _, s := range []syscall.Signal{syscall.SIGTERM, syscall.SIGHUP} {
		cmd := exec.Command(os.Args[0])
		cmd.Env = append(os.Environ(), asSandbox+"="+script(t, "echo $WOVEN_SANDBOX; exec cat"))
		_, err := cmd.StdinPipe()
		require.NoError(t, err)
		output, err := cmd.StdoutPipe()
		require.NoError(t, err)
		require.NoError(t, cmd.Start())
		folder, err := bufio.NewReader(output).ReadString('\n')
		require.NoError(t, err)
		folder = strings.TrimSpace(folder)
		require.DirExists(t, folder)
		require.NoError(t, cmd.Process.Signal(syscall.SIGINT), "which is the command's")
		require.DirExists(t, folder)
		require.NoError(t, cmd.Process.Signal(s))
		_, err = io.Copy(io.Discard, output)
		require.NoError(t, err)
		require.Error(t, cmd.Wait())
		require.NoDirExists(t, folder)
	}
}

// script writes a script of sh and returns its path.
func script(t *testing.T, text string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "script")
	require.NoError(t, os.WriteFile(path, []byte("#!/bin/sh\n"+text), 0o700))
	return path
}

// A named program is taken; else woven's beside the executable; else the reference's, with a note.
func TestChoose(t *testing.T) {
	reference := testbed.ReferenceController()
	p, note, err := choose("", "woven-controller", reference)
	require.NoError(t, err)
	require.Equal(t, reference, p)
	require.Contains(t, note, "woven-controller, so ovn-controller runs instead")

	executable, err := os.Executable()
	require.NoError(t, err)
	p, note, err = choose("", filepath.Base(executable), reference)
	require.NoError(t, err)
	require.Equal(t, testbed.Program{Path: executable}, p)
	require.Empty(t, note)

	p, note, err = choose("ovn-controller", "woven-controller", reference)
	require.NoError(t, err)
	require.True(t, p.Fragile)
	require.True(t, filepath.IsAbs(p.Path))
	require.Empty(t, note)

	p, _, err = choose(script(t, ""), "woven-controller", reference)
	require.NoError(t, err)
	require.False(t, p.Fragile)

	_, _, err = choose("no-such-program", "woven-controller", reference)
	require.ErrorContains(t, err, "no-such-program")
}
