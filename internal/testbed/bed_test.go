package testbed

import (
	"net"
	"net/netip"
	"testing"

	"github.com/stretchr/testify/require"
)

// newBed makes a bed that goes with the test, and is reported on when the test fails.
func newBed(t *testing.T, datapath Datapath) *Bed {
	t.Helper()
	b, err := New(datapath)
	require.NoError(t, err)
	t.Cleanup(func() {
		if t.Failed() {
			t.Log(b.Report())
		}
		require.NoError(t, b.Close())
	})
	return b
}

func mac(t *testing.T, text string) net.HardwareAddr {
	t.Helper()
	address, err := net.ParseMAC(text)
	require.NoError(t, err)
	return address
}

// newPair starts the reference's stack with one switch, and a machine on each of two hypervisors.
func newPair(t *testing.T, b *Bed) (one, two *VM) {
	t.Helper()
	c, err := b.StartCentral(ReferenceNorthd())
	require.NoError(t, err)
	_, err = c.NBCtl("ls-add", "sw",
		"--", "lsp-add", "sw", "p1", "--", "lsp-set-addresses", "p1", "02:00:00:00:00:01 10.0.0.1 fd00::1",
		"--", "lsp-add", "sw", "p2", "--", "lsp-set-addresses", "p2", "02:00:00:00:00:02 10.0.0.2 fd00::2")
	require.NoError(t, err)
	for _, name := range []string{"hv1", "hv2"} {
		_, err := b.StartHypervisor(name, ReferenceController())
		require.NoError(t, err)
	}
	one, err = b.Hypervisors[0].StartVM("vm1", "p1", mac(t, "02:00:00:00:00:01"),
		netip.MustParsePrefix("10.0.0.1/24"), netip.MustParsePrefix("fd00::1/64"))
	require.NoError(t, err)
	two, err = b.Hypervisors[1].StartVM("vm2", "p2", mac(t, "02:00:00:00:00:02"),
		netip.MustParsePrefix("10.0.0.2/24"), netip.MustParsePrefix("fd00::2/64"))
	require.NoError(t, err)
	_, err = c.NBCtl("wait-until", "Logical_Switch_Port", "p1", "up=true",
		"--", "wait-until", "Logical_Switch_Port", "p2", "up=true")
	require.NoError(t, err)
	require.NoError(t, c.Sync("hv"))
	return one, two
}

// Machines on two hypervisors reach each other, over both protocols, on both datapaths.
func TestPackets(t *testing.T) {
	for _, datapath := range []Datapath{Userspace, Dummy} {
		t.Run(string(datapath), func(t *testing.T) {
			b := newBed(t, datapath)
			one, two := newPair(t, b)
			require.NoError(t, one.Ping(netip.MustParseAddr("10.0.0.2")))
			require.NoError(t, two.Ping(netip.MustParseAddr("fd00::1")))
		})
	}
}
