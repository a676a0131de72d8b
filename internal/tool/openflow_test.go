package tool_test

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"woven/bridge/flows/ovstest"
	"woven/internal/tool"
)

// printedFlows are the flows that woven run prints for a hypervisor, without their comments.
func printedFlows(t *testing.T, hypervisor string) []string {
	var out, trouble strings.Builder
	code := tool.Main([]string{"run", "--openflow", "--all", "--hypervisor", hypervisor}, &out, &trouble)
	require.Zero(t, code, trouble.String())
	var flows []string
	for line := range strings.Lines(out.String()) {
		if strings.Contains(line, "actions=") {
			flow, comment, _ := strings.Cut(line, "  # ")
			require.Regexp(t, `^([\w-]+: )?(northd|controller)/[\w/]+\.mg:\d+ \w+#\d+\n$`, comment)
			flows = append(flows, flow)
		}
	}
	slices.Sort(flows)
	return flows
}

// What woven run prints is what ovs-ofctl prints of a switch that has been given these flows.
func TestRunPrintsWhatASwitchHolds(t *testing.T) {
	folder, err := os.MkdirTemp("", "run") // short: paths of sockets are limited
	require.NoError(t, err)
	t.Cleanup(func() { os.RemoveAll(folder) })
	ovs, err := ovstest.Launch(folder)
	require.NoError(t, err)
	t.Cleanup(ovs.Stop)
	_, err = ovs.OFCtl("add-tlv-map", "{class=0x102,type=0x80,len=4}->tun_metadata0")
	require.NoError(t, err)
	for _, hypervisor := range []string{"hv1", "hv2"} {
		printed := printedFlows(t, hypervisor)
		require.NotEmpty(t, printed)
		file := filepath.Join(folder, "flows")
		require.NoError(t, os.WriteFile(file, []byte(strings.Join(printed, "\n")), 0o600))
		_, err = ovs.OFCtl("replace-flows", file)
		require.NoError(t, err)
		text, err := ovs.OFCtl("dump-flows", "--no-stats", "--no-names")
		require.NoError(t, err)
		var held []string
		for line := range strings.Lines(text) {
			if strings.Contains(line, "actions=") {
				held = append(held, strings.TrimSuffix(line, "\n"))
			}
		}
		slices.Sort(held)
		require.Equal(t, held, printed)
	}
}
