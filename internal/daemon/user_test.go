package daemon

import (
	"io"
	"os"
	"os/exec"
	"strconv"
	"sync"
	"syscall"
	"testing"

	"github.com/stretchr/testify/require"
)

// installed copies the program to where other users can run it.
func (p place) installed() string {
	p.t.Helper()
	from, err := os.Open(os.Args[0])
	require.NoError(p.t, err)
	defer from.Close()
	to, err := os.OpenFile(p.path("program"), os.O_WRONLY|os.O_CREATE, 0o755)
	require.NoError(p.t, err)
	_, err = io.Copy(to, from)
	require.NoError(p.t, err)
	require.NoError(p.t, to.Close())
	return to.Name()
}

// TestUser drops root's privileges, if it has them to drop; otherwise it is refused.
func TestUser(t *testing.T) {
	p := newPlace(t)
	if os.Getuid() != 0 {
		output, status := p.run("--user=nobody")
		require.Equal(t, 1, status)
		require.Equal(t, "sample: only root can use --user option\n", output)
		return
	}
	program := p.installed()
	nobody, err := parseUser("nobody")
	require.NoError(t, err)
	require.NoError(t, os.Chown(p.dir, nobody.uid, nobody.gid))
	logs := t.TempDir() // root's, so that only root can create the log file
	cmd := p.command("--user=nobody", "--detach", "--monitor", "--pidfile", "-vconsole:off",
		"--log-file="+logs+"/sample.log")
	cmd.Path = program
	require.NoError(t, os.Chmod(logs, 0o755))
	errors, err := os.Create(logs + "/stderr")
	require.NoError(t, err)
	defer errors.Close()
	cmd.Stderr = errors
	err = cmd.Run()
	said, _ := os.ReadFile(errors.Name())
	require.NoError(t, err, string(said))
	pid := p.pid()
	p.endAfterwards()

	permitted, err := permittedCapabilities()
	require.NoError(t, err)
	checkIdentity := func() {
		who := p.whoami()
		require.Equal(t, strconv.Itoa(nobody.uid), who["uid"])
		require.Equal(t, strconv.Itoa(nobody.gid), who["gid"])
		require.Equal(t, "["+strconv.Itoa(nobody.gid)+"]", who["groups"])
		require.Equal(t, strconv.FormatUint(uint64(permitted&wantedCapabilities), 16), who["caps"])
	}
	checkIdentity()
	info, err := os.Stat(logs + "/sample.log")
	require.NoError(t, err)
	require.Equal(t, uint32(nobody.uid), info.Sys().(*syscall.Stat_t).Uid)

	// The restarted daemon is that user's too.
	require.NoError(t, syscall.Kill(pid, syscall.SIGSEGV))
	p.eventually(func() bool {
		now, err := p.readPid()
		if err != nil || now == pid {
			return false
		}
		_, status := p.appctl("version")
		return status == 0
	}, "the daemon is not restarted")
	checkIdentity()
}

func TestParseUser(t *testing.T) {
	nobody, err := parseUser("nobody")
	require.NoError(t, err)
	require.NotZero(t, nobody.uid)
	for spec, want := range map[string][2]int{
		"nobody:nogroup": {nobody.uid, nobody.gid},
		"nobody:":        {nobody.uid, nobody.gid},
		":":              {os.Getuid(), os.Getgid()},
		"root:root":      {0, 0},
	} {
		who, err := parseUser(spec)
		require.NoError(t, err, spec)
		require.Equal(t, want, [2]int{who.uid, who.gid}, spec)
	}
}

// TestOneOfManyStartsWins starts daemons at the same time; the pidfile lets one of them live.
func TestOneOfManyStartsWins(t *testing.T) {
	p := newPlace(t)
	const many = 8
	commands := make([]*exec.Cmd, many)
	var wg sync.WaitGroup
	for i := range commands {
		commands[i] = p.command("--detach", "--pidfile", "-vconsole:off")
		wg.Go(func() { _ = commands[i].Run() }) // The statuses are counted below.
	}
	wg.Wait()
	won := 0
	for _, cmd := range commands {
		if cmd.ProcessState.Success() {
			won++
		}
	}
	p.endAfterwards()
	require.Equal(t, 1, won)
	require.True(t, alive(p.pid()))
}
