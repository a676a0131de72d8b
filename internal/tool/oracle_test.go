package tool

import (
	"bytes"
	"flag"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"woven/internal/parity"
)

var seed = flag.Uint64("seed", 0, "repeats a run of random packets; 0 draws a new one")

// The network of the comparison, as rows and as commands that make the same.
const (
	oracleRows = `
Logical_Switch sw { ports: [p1, p2, p3, p4], acls: [no-web, no-source] }
Logical_Switch_Port p1 { addresses: ["02:00:00:00:00:01 10.0.0.1 fd00::1"] }
Logical_Switch_Port p2 { addresses: ["02:00:00:00:00:02 10.0.0.2"] }
Logical_Switch_Port p3 { addresses: ["unknown"] }
Logical_Switch_Port p4 { addresses: ["02:00:00:00:00:04 10.0.0.4"], enabled: false }
ACL no-web { direction: to-lport, priority: 5, match: "outport == @guarded && tcp.dst == 80", action: drop }
ACL no-source { direction: from-lport, priority: 7, match: "ip4.src == {$bad, 10.0.0.4}", action: drop }
Port_Group guarded { ports: [p2, s2] }
Address_Set bad { addresses: ["10.9.0.0/16"] }
Logical_Switch stateful { ports: [s1, s2], acls: [dns, ping, nothing-else] }
Logical_Switch_Port s1 { addresses: ["02:00:00:00:01:01 10.0.1.1"] }
Logical_Switch_Port s2 { addresses: ["02:00:00:00:01:02 10.0.1.2"] }
ACL dns { direction: to-lport, priority: 10, match: "outport == \"s2\" && udp.dst == 53", action: allow-related }
ACL ping { direction: from-lport, priority: 10, match: "inport == \"s1\" && icmp4", action: allow }
ACL nothing-else { direction: to-lport, priority: 1, match: "ip", action: drop }
`
	oracleCommands = `
ls-add sw
lsp-add sw p1 -- lsp-set-addresses p1 "02:00:00:00:00:01 10.0.0.1 fd00::1"
lsp-add sw p2 -- lsp-set-addresses p2 "02:00:00:00:00:02 10.0.0.2"
lsp-add sw p3 -- lsp-set-addresses p3 unknown
lsp-add sw p4 -- lsp-set-addresses p4 "02:00:00:00:00:04 10.0.0.4" -- lsp-set-enabled p4 disabled
ls-add stateful
lsp-add stateful s1 -- lsp-set-addresses s1 "02:00:00:00:01:01 10.0.1.1"
lsp-add stateful s2 -- lsp-set-addresses s2 "02:00:00:00:01:02 10.0.1.2"
create Address_Set name=bad addresses="10.9.0.0/16"
pg-add guarded p2 s2
acl-add sw to-lport 5 "outport == @guarded && tcp.dst == 80" drop
acl-add sw from-lport 7 "ip4.src == {$bad, 10.0.0.4}" drop
acl-add stateful to-lport 10 "outport == \"s2\" && udp.dst == 53" allow-related
acl-add stateful from-lport 10 "inport == \"s1\" && icmp4" allow
acl-add stateful to-lport 1 ip drop
`
)

// randomPacket makes a packet that has a chance to be looked at by each of the flows.
func randomPacket(r *rand.Rand) string {
	pick := func(list ...string) string { return list[r.IntN(len(list))] }
	inport := pick("p1", "p2", "p3", "s1", "s2")
	source := pick("02:00:00:00:00:01", "02:00:00:00:01:01", "02:00:00:00:00:07")
	if r.IntN(10) == 0 {
		inport, source = pick("p4", inport), pick("03:00:00:00:00:01", source)
	}
	fields := []string{fmt.Sprintf("inport == %q", inport), "eth.src == " + source,
		"eth.dst == " + pick("02:00:00:00:00:01", "02:00:00:00:00:02", "02:00:00:00:00:04", "02:00:00:00:01:01",
			"02:00:00:00:01:02", "02:00:00:00:00:99", "ff:ff:ff:ff:ff:ff", "01:00:5e:00:00:05")}
	address := func() string { return pick("10.0.0.1", "10.0.0.2", "10.0.0.4", "10.0.1.1", "10.0.1.2", "10.9.1.1") }
	ports := func(name string) string {
		return name + ".src == " + pick("53", "80", "999") + " && " + name + ".dst == " + pick("53", "80", "999")
	}
	switch r.IntN(12) {
	case 0, 1:
		fields = append(fields, "arp.op == "+pick("1", "2"), "arp.spa == "+address(), "arp.tpa == "+address())
	case 2, 3:
		fields = append(fields, "ip6.src == fd00::9", "ip6.dst == "+pick("fd00::1", "ff02::1:ff00:1"),
			"ip.ttl == 255", "nd_ns", "nd.target == fd00::1")
	case 4:
		fields = append(fields, "vlan.present", "ip4.src == "+address())
	default:
		fields = append(fields, "ip4.src == "+address(), "ip4.dst == "+address(), "ip.ttl == 64",
			pick(ports("tcp"), ports("udp"), "icmp4.type == 8"))
	}
	return strings.Join(fields, " && ")
}

var deliveredTo = regexp.MustCompile(`output\("([^"]+)"\)`)

// referenceDelivers asks Debian's ovn-trace, on what Debian's ovn-northd has made.
func referenceDelivers(t *testing.T, s *parity.Stack, packet, tracking string) []string {
	t.Helper()
	cmd := exec.Command("ovn-trace", "--db="+s.SB.URL(), "-vconsole:off", "--minimal", "--ct="+tracking,
		"--ct="+tracking, packet)
	cmd.Env = append(os.Environ(), "OVN_RUNDIR="+t.TempDir())
	text, err := cmd.CombinedOutput()
	require.NoError(t, err, "%s: %s", packet, text)
	out := []string{}
	for _, m := range deliveredTo.FindAllSubmatch(text, -1) {
		out = append(out, string(m[1]))
	}
	slices.Sort(out)
	return out
}

// Our flows with our tracer deliver packets where the reference's flows do with its tracer.
func TestTraceAgreesWithReference(t *testing.T) {
	stack := parity.NewStack(t, true)
	require.NoError(t, stack.StartNorthd(parity.Reference()))
	file := filepath.Join(t.TempDir(), "commands")
	script := "set -e\nexport OVN_NB_DB=" + stack.NB.URL() + "\n"
	for _, line := range strings.Split(strings.TrimSpace(oracleCommands), "\n") {
		script += "ovn-nbctl --no-leader-only -- " + strings.ReplaceAll(line, "$", `\$`) + "\n"
	}
	require.NoError(t, os.WriteFile(file, []byte(script), 0o600))
	text, err := exec.Command("sh", file).CombinedOutput()
	require.NoError(t, err, "%s", text)
	require.NoError(t, stack.Sync())

	w, _, err := newWorld(&source{daemon: "northd"}, nil)
	require.NoError(t, err)
	transactions, err := w.reader.read("oracle.rows", []byte(oracleRows))
	require.NoError(t, err)
	require.NoError(t, w.commit(transactions[0]))
	n, err := newNetwork(w)
	require.NoError(t, err)

	if *seed == 0 {
		*seed = rand.Uint64()
	}
	t.Logf("-seed=%d", *seed)
	random := rand.New(rand.NewPCG(*seed, 0))
	outcomes := map[string]int{}
	for range 150 {
		packet, tracking := randomPacket(random), []string{"new", "est", "est,rpl"}[random.IntN(3)]
		got, err := n.Run(packet, tracking)
		require.NoError(t, err, packet)
		var way bytes.Buffer
		got.Print(&way, true)
		require.Empty(t, got.Faults)
		require.Equal(t, referenceDelivers(t, stack, packet, tracking), got.Delivered, "%s (%s)\n%s", packet,
			tracking, way.String())
		outcomes[strings.Join(got.Delivered, ",")]++
	}
	t.Log(outcomes)
	require.Greater(t, len(outcomes), 5, "the packets are too much alike")
}
