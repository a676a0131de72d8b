package northd

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// A network that woven-northd makes of the Northbound works with the reference's ovn-controller:
// packets reach whom they should, and nobody else.
func TestNetworkDelivers(t *testing.T) {
	c := newSite(t)
	c.woven("woven")
	c.nbctl("ls-add", "sw0",
		"--", "lsp-add", "sw0", "p1", "--", "lsp-set-addresses", "p1", "02:00:00:00:00:01 10.0.0.1",
		"--", "lsp-set-port-security", "p1", "02:00:00:00:00:01 10.0.0.1",
		"--", "lsp-add", "sw0", "p2", "--", "lsp-set-addresses", "p2", "02:00:00:00:00:02 10.0.0.2",
		"--", "lsp-add", "sw0", "p3", "--", "lsp-set-addresses", "p3", "unknown",
		"--", "ls-add", "sw1", "--", "lsp-add", "sw1", "q1",
		"--", "lsp-set-addresses", "q1", "02:00:00:00:00:03 10.0.0.3", "unknown")
	h := c.newHypervisor("hv1")
	ports := []string{"p1", "p2", "p3", "q1"}
	for _, port := range ports {
		h.plug(port)
	}
	c.nbctl("--timeout=60", "wait-until", "Logical_Switch_Port", "p1", "up=true",
		"--", "wait-until", "Logical_Switch_Port", "p2", "up=true",
		"--", "wait-until", "Logical_Switch_Port", "p3", "up=true",
		"--", "wait-until", "Logical_Switch_Port", "q1", "up=true")
	c.change("--wait=hv", "sync")

	// expect sends a packet from p1 and waits until exactly these ports have it.
	expect := func(packet []byte, receivers ...string) {
		t.Helper()
		h.send("p1", packet)
		for _, port := range receivers {
			require.Eventually(t, func() bool { return h.received(port, packet) == 1 }, patience,
				5*time.Millisecond, "%s does not receive the packet", port)
		}
		// What came behind it has arrived, so whatever was to come of it has come.
		last := udp("02:00:00:00:00:01", "02:00:00:00:00:02", "10.0.0.1", "10.0.0.2",
			"after "+string(packet[42:]))
		h.send("p1", last)
		require.Eventually(t, func() bool { return h.received("p2", last) == 1 }, patience,
			5*time.Millisecond, "p2 does not receive what came after")
		for _, port := range ports {
			want := 0
			for _, r := range receivers {
				if r == port {
					want = 1
				}
			}
			require.Equal(t, want, h.received(port, packet), "%s", port)
		}
	}
	expect(udp("02:00:00:00:00:01", "02:00:00:00:00:02", "10.0.0.1", "10.0.0.2", "known"), "p2")
	expect(udp("02:00:00:00:00:01", "ff:ff:ff:ff:ff:ff", "10.0.0.1", "10.0.0.255", "flood"), "p2", "p3")
	expect(udp("02:00:00:00:00:01", "02:00:00:00:00:99", "10.0.0.1", "10.0.0.9", "unknown"), "p3")
	expect(udp("02:00:00:00:00:77", "02:00:00:00:00:02", "10.0.0.1", "10.0.0.2", "stolen address"))

	require.Contains(t, c.trace("sw0", `inport == "p1" && eth.src == 02:00:00:00:00:01 && `+
		`eth.dst == 02:00:00:00:00:02 && ip4.src == 10.0.0.1 && ip4.dst == 10.0.0.2 && ip.ttl == 64`),
		`output("p2");`)

	c.nbctl("acl-add", "sw0", "to-lport", "1000",
		`outport == "p3" && udp.dst == 2000`, "drop")
	c.change("--wait=hv", "sync")
	expect(udp("02:00:00:00:00:01", "ff:ff:ff:ff:ff:ff", "10.0.0.1", "10.0.0.255", "filtered"), "p2")
	c.nbctl("acl-del", "sw0", "--", "lsp-set-enabled", "p3", "disabled")
	c.change("--wait=hv", "sync")
	expect(udp("02:00:00:00:00:01", "02:00:00:00:00:99", "10.0.0.1", "10.0.0.9", "nobody"))
}
