package tool_test

import (
	"net"
	"net/netip"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"woven/internal/testbed"
	"woven/internal/tool"
)

// startExample starts woven's daemons on the network of woven run. Ports come one by one, so that
// they get the same numbers.
func startExample(t *testing.T) *testbed.Bed {
	folder := t.TempDir()
	output, err := exec.Command("go", "build", "-o", folder+"/", "woven/cmd/woven-northd",
		"woven/cmd/woven-controller").CombinedOutput()
	require.NoError(t, err, string(output))
	bed, err := testbed.New(testbed.Dummy)
	require.NoError(t, err)
	t.Cleanup(func() {
		if t.Failed() {
			t.Log(bed.Report())
		}
		require.NoError(t, bed.Close())
	})
	c, err := bed.StartCentral(testbed.Program{Path: filepath.Join(folder, "woven-northd")})
	require.NoError(t, err)
	_, err = c.NBCtl("set", "NB_Global", ".", `options:svc_monitor_mac="02:00:00:00:00:fe"`)
	require.NoError(t, err)
	for _, name := range []string{"hv1", "hv2"} {
		_, err = bed.StartHypervisor(name, testbed.Program{Path: filepath.Join(folder, "woven-controller")})
		require.NoError(t, err)
	}
	for _, p := range []struct {
		name, logicalSwitch, hypervisor string
		number, last                    byte
	}{
		{"blue-web", "blue", "hv1", 1, 1}, {"blue-client", "blue", "hv2", 1, 2},
		{"green-one", "green", "hv1", 2, 1}, {"green-two", "green", "hv1", 2, 2},
	} {
		address := netip.AddrFrom4([4]byte{10, 0, p.number, p.last})
		require.NoError(t, bed.AddMachines(testbed.Port{Name: p.name, Switch: p.logicalSwitch,
			Hypervisor: p.hypervisor, MAC: net.HardwareAddr{2, 0, 0, 0, p.number, p.last},
			Addresses: []netip.Prefix{netip.PrefixFrom(address, 24)}}))
	}
	_, err = c.NBCtl("lsp-set-port-security", "blue-client", "--",
		"lsp-set-port-security", "green-one", "--", "lsp-set-port-security", "green-two", "--",
		"lsp-set-addresses", "green-two", "02:00:00:00:02:02 10.0.2.2", "unknown", "--",
		"acl-add", "blue", "to-lport", "1000", `outport == "blue-web" && tcp.dst == 80`, "drop")
	require.NoError(t, err)
	require.NoError(t, bed.Settle())
	return bed
}

var (
	cookie = regexp.MustCompile(`cookie=0x[0-9a-f]+, `)
	zone   = regexp.MustCompile(`set_field:0x[0-9a-f]+->reg1([123])`)
	ofport = regexp.MustCompile(`\b(in_port=|output:)(\d+)`)
)

// comparable leaves out what is decided by chance, uuids, or by the order in which things come:
// zones, whose numbers only have to differ. OpenFlow ports get the names of their interfaces.
func comparable(flows []string, ports map[string]string) []string {
	var out []string
	for _, f := range flows {
		f = cookie.ReplaceAllString(f, "")
		f = zone.ReplaceAllString(f, "set_field:zone->reg1$1")
		out = append(out, ofport.ReplaceAllStringFunc(f, func(s string) string {
			m := ofport.FindStringSubmatch(s)
			return m[1] + ports[m[2]]
		}))
	}
	slices.Sort(out)
	return out
}

// What woven run prints is what woven's daemons install.
func TestRunPrintsWhatTheDaemonsInstall(t *testing.T) {
	bed := startExample(t)
	for _, h := range bed.Hypervisors {
		text, err := h.Flows()
		require.NoError(t, err)
		var installed []string
		for line := range strings.Lines(text) {
			if strings.Contains(line, "actions=") {
				installed = append(installed, strings.TrimSuffix(line, "\n"))
			}
		}
		ports := map[string]string{}
		names, err := h.Ports()
		require.NoError(t, err)
		for _, name := range names {
			number, err := h.VSCtl("get", "Interface", name, "ofport")
			require.NoError(t, err)
			ports[strings.TrimSpace(number)] = name
		}
		installed = comparable(installed, ports)
		printed := comparable(printedFlows(t, h.Name), printedPorts(t, h.Name))
		require.Empty(t, without(installed, printed), "installed, not printed")
		require.Empty(t, without(printed, installed), "printed, not installed")
		require.Len(t, printed, len(installed))
	}
}

// without are the flows of one list that another lacks.
func without(list, other []string) []string {
	return slices.DeleteFunc(slices.Clone(list), func(f string) bool { return slices.Contains(other, f) })
}

// printedPorts are the names of the OpenFlow ports that woven run prints for a hypervisor.
func printedPorts(t *testing.T, hypervisor string) map[string]string {
	var out, trouble strings.Builder
	code := tool.Main([]string{"run", "--openflow", "--hypervisor", hypervisor}, &out, &trouble)
	require.Zero(t, code, trouble.String())
	_, list, found := strings.Cut(out.String(), "  OpenFlow ports are ")
	require.True(t, found)
	list, _, _ = strings.Cut(list, "\n")
	ports := map[string]string{}
	for _, item := range strings.Split(list, ", ") {
		number, name, _ := strings.Cut(item, " ")
		ports[number] = name
	}
	return ports
}
