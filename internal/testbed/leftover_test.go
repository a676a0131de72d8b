package testbed

import (
	"bufio"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"github.com/stretchr/testify/require"
)

// asVictim makes the test binary start a pair, say the bed's name, and wait to be killed.
const asVictim = "WOVEN_TEST_VICTIM"

func TestMain(m *testing.M) {
	if os.Getenv(asVictim) == "" {
		os.Exit(m.Run())
	}
	b, err := New(Userspace)
	if err == nil {
		err = startPair(b)
	}
	if err != nil {
		fmt.Println(err)
		os.Exit(1)
	}
	fmt.Println(b.name)
	_, _ = io.Copy(io.Discard, os.Stdin) // until the test is gone too
}

// named lists the entries of a folder whose names begin so.
func named(t *testing.T, folder, prefix string) []string {
	t.Helper()
	found, err := filepath.Glob(filepath.Join(folder, prefix+"*"))
	require.NoError(t, err)
	return found
}

// What a killed process leaves is removed by the next bed, while those of living processes stay.
func TestLeftover(t *testing.T) {
	b := newBed(t, Dummy)
	victim := exec.Command(os.Args[0])
	victim.Env = append(os.Environ(), asVictim+"=1")
	_, err := victim.StdinPipe()
	require.NoError(t, err)
	output, err := victim.StdoutPipe()
	require.NoError(t, err)
	require.NoError(t, victim.Start())
	name, err := bufio.NewReader(output).ReadString('\n')
	name = strings.TrimSpace(name)
	require.NoError(t, err, name)
	folder := filepath.Join(os.TempDir(), name)
	require.DirExists(t, folder, name)
	inside, err := exec.Command("ip", "netns", "pids", name+"-hv1").Output()
	require.NoError(t, err)
	require.NotEmpty(t, inside, "the switch runs in the namespace")
	require.False(t, isLeftover(name))

	require.NoError(t, victim.Process.Kill())
	require.Error(t, victim.Wait())
	require.NoError(t, newBed(t, Dummy).Close())
	require.Empty(t, named(t, namespaceFolder, name))
	require.NoDirExists(t, folder)
	require.DirExists(t, b.Folder())
	for _, pid := range strings.Fields(string(inside)) {
		require.NoError(t, Until(pid+" ends", func() error {
			if _, err := os.Stat("/proc/" + pid); err == nil {
				return fmt.Errorf("it runs")
			}
			return nil
		}))
	}
}

// Only names of beds are touched.
func TestLeftoverNames(t *testing.T) {
	for _, name := range []string{"", "wv", "wvx", "wv12", "mywv999999999x1", "wv1x1", "wv1x1-hv1",
		fmt.Sprintf("wv%dx1", os.Getpid())} {
		require.False(t, isLeftover(name), name)
	}
	dead := exec.Command("true")
	require.NoError(t, dead.Run())
	for _, suffix := range []string{"", "-hv1", "-underlay"} {
		require.True(t, isLeftover(bedName(dead.Process.Pid, 3)+suffix), suffix)
	}
}

// Without root the dummy datapath works all the same, and the other one says what it lacks.
func TestWithoutRoot(t *testing.T) {
	t.Parallel()
	folder, err := os.MkdirTemp("", "nobody")
	require.NoError(t, err)
	t.Cleanup(func() { os.RemoveAll(folder) })
	require.NoError(t, os.Chmod(folder, 0o777))
	program := filepath.Join(folder, "testbed.test")
	text, err := os.ReadFile(os.Args[0])
	require.NoError(t, err)
	require.NoError(t, os.WriteFile(program, text, 0o755))
	run := func(datapath Datapath) (string, error) {
		cmd := exec.Command(program, "-test.run=TestPackets/"+string(datapath))
		cmd.Dir, cmd.Env = folder, append(os.Environ(), "TMPDIR="+folder)
		if os.Geteuid() == 0 {
			cmd.SysProcAttr = &syscall.SysProcAttr{Credential: &syscall.Credential{Uid: 65534, Gid: 65534}}
		}
		output, err := cmd.CombinedOutput()
		return string(output), err
	}
	output, err := run(Dummy)
	require.NoError(t, err, output)
	output, err = run(Userspace)
	require.Error(t, err)
	require.Contains(t, output, "network namespaces need root")
}
