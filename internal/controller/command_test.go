package controller

import (
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"woven/internal/testbed"
)

// built is the folder with our daemon.
var built string

func TestMain(m *testing.M) {
	folder, err := os.MkdirTemp("", "controller")
	if err != nil {
		panic(err)
	}
	output, err := exec.Command("go", "build", "-o", folder+"/", "woven/cmd/woven-controller").CombinedOutput()
	if err != nil {
		panic(string(output))
	}
	built = folder
	status := m.Run()
	os.RemoveAll(folder)
	os.Exit(status)
}

func ours() testbed.Program {
	return testbed.Program{Path: filepath.Join(built, "woven-controller")}
}

// site is a network with one hypervisor on the dummy datapath.
type site struct {
	t   *testing.T
	bed *testbed.Bed
	hv  *testbed.Hypervisor
}

func newSite(t *testing.T, controller testbed.Program) *site {
	bed, err := testbed.New(testbed.Dummy)
	require.NoError(t, err)
	t.Cleanup(func() {
		if t.Failed() {
			t.Log(bed.Report())
		}
		require.NoError(t, bed.Close())
	})
	_, err = bed.StartCentral(testbed.ReferenceNorthd())
	require.NoError(t, err)
	hv, err := bed.StartHypervisor("hv1", controller)
	require.NoError(t, err)
	s := &site{t, bed, hv}
	s.nbctl("meter-add", "m1", "drop", "100", "pktps",
		"--", "ls-add", "sw0", "--", "lsp-add", "sw0", "p1",
		"--", "lsp-set-addresses", "p1", "02:00:00:00:00:01 10.0.0.1",
		"--", "--log", "--meter=m1", "acl-add", "sw0", "to-lport", "1000", "udp", "drop")
	_, err = hv.VSCtl("add-port", "br-int", "p1", "--", "set", "interface", "p1", "type=dummy",
		"external_ids:iface-id=p1")
	require.NoError(t, err)
	s.nbctl("--timeout=60", "wait-until", "Logical_Switch_Port", "p1", "up=true")
	require.NoError(t, bed.Settle())
	return s
}

func (s *site) nbctl(args ...string) string {
	s.t.Helper()
	out, err := s.bed.Central.NBCtl(args...)
	require.NoError(s.t, err)
	return out
}

func (s *site) sbctl(args ...string) string {
	s.t.Helper()
	out, err := s.bed.Central.SBCtl(args...)
	require.NoError(s.t, err)
	return out
}

func (s *site) call(command string, args ...string) string {
	s.t.Helper()
	out, err := s.hv.Controller.Call(command, args...)
	require.NoError(s.t, err)
	return out
}

func (s *site) flows() []string {
	s.t.Helper()
	out, err := s.hv.Flows()
	require.NoError(s.t, err)
	return strings.Split(strings.TrimSpace(out), "\n")
}

// uuids are different in every network.
var uuids = regexp.MustCompile(`[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}`)

// datapathZones are given by the reference in the order of a hash.
var datapathZones = regexp.MustCompile(`_(dnat|snat) \d+`)

// withoutChance is an answer without what differs from network to network.
func withoutChance(answer string) string {
	answer = uuids.ReplaceAllString(answer, "UUID")
	return sortLines(datapathZones.ReplaceAllString(answer, "_$1"))
}

// Where the reference's answer is about the network, and not about how it works inside, ours is the
// same.
func TestCommandsAnswerAsTheReference(t *testing.T) {
	theirs, own := newSite(t, testbed.ReferenceController()), newSite(t, ours())
	for _, command := range [][]string{
		{"connection-status"}, {"ct-zone-list"}, {"meter-table-list"}, {"group-table-list"},
		{"debug/status"}, {"debug/pause"}, {"debug/status"}, {"debug/resume"}, {"debug/status"},
		{"debug/dump-local-bindings"}, {"debug/dump-lflow-conj-ids"},
		{"debug/dump-local-template-vars"}, {"debug/ignore-startup-delay"},
		{"debug/delay-nb-cfg-report", "1"}, {"debug/delay-nb-cfg-report", "0"}, {"recompute"},
		{"flush-lflow-cache"}, {"lflow-cache/flush"}, {"inc-engine/recompute"},
		{"inc-engine/clear-stats"}, {"sb-cluster-state-reset"},
	} {
		want, have := theirs.call(command[0], command[1:]...), own.call(command[0], command[1:]...)
		require.Equal(t, withoutChance(want), withoutChance(have), "%v", command)
	}
	// Every command of the reference's is there.
	has := own.call("list-commands")
	for _, line := range strings.Split(theirs.call("list-commands"), "\n")[1:] {
		if fields := strings.Fields(line); len(fields) > 0 && fields[0] != "inject-pkt" {
			require.Contains(t, has, "  "+fields[0])
		}
	}
	require.Empty(t, own.call("problems"))
}

// A daemon that is started again over its own flows changes none of them, and one that leaves for
// good takes its chassis out of the network.
func TestRestartAndExit(t *testing.T) {
	s := newSite(t, ours())
	before := s.flows()
	require.Greater(t, len(before), 50)
	require.NoError(t, s.hv.Controller.Exit("--restart"))
	require.Contains(t, s.sbctl("show"), "Chassis hv1")
	require.ElementsMatch(t, before, s.flows())
	require.NoError(t, s.hv.Controller.Start())
	require.NoError(t, s.bed.Settle())
	require.ElementsMatch(t, before, s.flows())

	require.NoError(t, s.hv.Controller.Exit())
	require.NotContains(t, s.sbctl("show"), "Chassis")
	require.Equal(t, "false\n", s.nbctl("get", "Logical_Switch_Port", "p1", "up"))
	index, err := s.hv.VSCtl("get", "Open_vSwitch", ".", "other_config")
	require.NoError(t, err)
	require.NotContains(t, index, "ovn-chassis-idx")

	require.NoError(t, s.hv.Controller.Start())
	s.nbctl("--timeout=60", "wait-until", "Logical_Switch_Port", "p1", "up=true")
	require.NoError(t, s.bed.Settle())
	require.ElementsMatch(t, before, s.flows())
}

// What the command line cannot mean is refused, and the version is what scripts look for.
func TestCommandLine(t *testing.T) {
	run := func(args ...string) (string, error) {
		out, err := exec.Command(ours().Path, args...).CombinedOutput()
		return string(out), err
	}
	out, err := run("--version")
	require.NoError(t, err)
	require.True(t, strings.HasPrefix(out, "woven-controller 23.03.1\n"), out)
	require.Contains(t, out, "OpenFlow versions 0x6:0x6\nSB DB Schema 20.27.0\n")
	out, err = run("--help")
	require.NoError(t, err)
	require.Contains(t, out, "-n, --chassis=NAME")
	for _, args := range [][]string{{"nonsense"}, {"unix:/a", "unix:/b"}, {"--no-such-option"},
		{"--rules=/no/such/folder", "unix:/a"}} {
		out, err = run(args...)
		require.Error(t, err, "%v", args)
		require.NotEmpty(t, out)
	}
}
