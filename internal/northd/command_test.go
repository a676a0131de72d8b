package northd

import (
	"os"
	"os/exec"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// Scripts ask any northd the same questions.
func TestCommandsOfTheReference(t *testing.T) {
	c := newSite(t)
	reference := c.reference("reference")
	reference.isActive()
	woven := c.woven("woven")
	woven.isOnStandby()
	ours := woven.answer("list-commands")
	for _, line := range strings.Split(reference.answer("list-commands"), "\n") {
		if fields := strings.Fields(line); strings.HasPrefix(line, "  ") {
			require.Contains(t, ours, "\n  "+fields[0]+" ")
		}
	}
	c.sbctl("chassis-add", "old", "geneve", "127.0.0.1", "--",
		"set", "Chassis", "old", "other_config:ovn-ct-lb-related=true")
	woven.becomes("ct_no_masked_label:    false\nct_lb_related:         true\n"+
		"mac_binding_timestamp: false", "debug/chassis-features-list")
	reference.becomes(strings.TrimSpace(woven.answer("debug/chassis-features-list")),
		"debug/chassis-features-list")
	reference.terminate()
	woven.isActive()
	c.fill()

	require.Regexp(t, `^woven-northd 23\.03\.1\n`, woven.answer("version"))
	require.Regexp(t, `idl-cells-OVN_Northbound:[1-9]\d* idl-cells-OVN_Southbound:[1-9]\d*`,
		woven.answer("memory/show"))
	require.Regexp(t, `(?m)^Statistics for 'ovn-northd-loop'\n  Total samples: [1-9]`,
		woven.answer("stopwatch/show", "ovn-northd-loop"))
	require.Contains(t, woven.answer("vlog/list"), "\nwoven_northd ")
	require.Equal(t, "", woven.answer("problems"))
	require.Equal(t, "1\n", woven.answer("parallel-build/get-n-threads"))
	require.Equal(t, "", woven.answer("parallel-build/set-n-threads", "4"))
	require.Equal(t, "4\n", woven.answer("parallel-build/get-n-threads"))
	_, err := woven.ask("parallel-build/set-n-threads", "many")
	require.ErrorContains(t, err, "many")
	for _, quiet := range []string{"nb-cluster-state-reset", "sb-cluster-state-reset",
		"inc-engine/recompute"} {
		require.Equal(t, "", woven.answer(quiet))
	}
	require.Equal(t, "", woven.answer("exit"))
	<-woven.exited
	require.Zero(t, woven.cmd.ProcessState.ExitCode())
	require.NoFileExists(t, c.path("woven.ctl"))
}

func TestStatisticsOfRules(t *testing.T) {
	c := newSite(t)
	n := c.woven("woven")
	c.fill()
	require.Regexp(t, `(?m)^Node: northd/topology/port\n- recompute: +0\n- compute: +[1-9]\d*\n`+
		`- abort: +0\n`, n.answer("inc-engine/show-stats"))
	require.Regexp(t, `^[1-9]\d*\n$`, n.answer("inc-engine/show-stats", "northd/topology/port", "compute"))
	require.Equal(t, "", n.answer("inc-engine/show-stats", "nothing"))
	require.Regexp(t, `(?m)^ +\d+\.\d{3} +[1-9]\d* +[1-9]\d*  northd/topology/port.mg:\d+:\d+ port_on#1$`,
		n.answer("rules/profile"))
	n.answer("inc-engine/clear-stats")
	require.Equal(t, "0\n", n.answer("inc-engine/show-stats", "northd/topology/port", "compute"))

	n.answer("inc-engine/compute-log-timeout", "0")
	c.nbctl("ls-add", "another")
	require.Contains(t, n.log(), "a change took long to compute")
	_, err := n.ask("inc-engine/compute-log-timeout", "soon")
	require.ErrorContains(t, err, "soon")
}

// A database behind a unix socket is not probed unless a user says so.
func TestProbeInterval(t *testing.T) {
	c := newSite(t)
	n := c.woven("woven")
	c.nbctl("set", "NB_Global", ".", "options:northd_probe_interval=1000")
	c.sb.Freeze()
	n.becomes("not connected", "sb-connection-status")
	c.sb.Thaw()
	n.isActive()
}

func TestCommandLine(t *testing.T) {
	run := func(args ...string) (string, int) {
		cmd := exec.Command(os.Args[0], args...)
		cmd.Args[0] = "woven-northd"
		cmd.Env = append(os.Environ(), asNorthd+"=1", "OVN_RUNDIR="+t.TempDir(), "OVN_NB_DB=tcp:here:1")
		out, _ := cmd.CombinedOutput() // the exit status is looked at
		return string(out), cmd.ProcessState.ExitCode()
	}
	out, status := run("--help")
	require.Zero(t, status)
	for _, option := range regexp.MustCompile(`--[a-z-]+`).FindAllString(referenceHelp(t), -1) {
		require.Contains(t, out, option)
	}
	require.Contains(t, out, "(default: tcp:here:1)")
	out, status = run("-V")
	require.Zero(t, status)
	require.Equal(t, "23.03.1", strings.Fields(strings.SplitN(out, "\n", 2)[0])[1])
	for text, args := range map[string][]string{
		"woven-northd: unrecognized option '--foo'":            {"--foo"},
		`database nb: remote "nowhere": it does not begin`:     {"--ovnnb-db=nowhere"},
		"woven-northd: no rules for northd in /does/not/exist": {"--rules=/does/not/exist"},
	} {
		out, status := run(append([]string{"-vsyslog:off"}, args...)...)
		require.Equal(t, 1, status)
		require.Contains(t, out, text)
	}
}

func referenceHelp(t *testing.T) string {
	out, err := exec.Command("ovn-northd", "--help").Output()
	require.NoError(t, err)
	return string(out)
}
