package testbed

import (
	"fmt"
	"net"
	"net/netip"
	"os"
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

// startPair starts the reference's stack with one switch, and a machine on each of two hypervisors.
func startPair(b *Bed) error {
	if _, err := b.StartCentral(ReferenceNorthd()); err != nil {
		return err
	}
	var ports []Port
	for i := byte(1); i <= 2; i++ {
		h, err := b.StartHypervisor(fmt.Sprintf("hv%d", i), ReferenceController())
		if err != nil {
			return err
		}
		ports = append(ports, Port{Name: fmt.Sprintf("vm%d", i), Switch: "sw", Hypervisor: h.Name,
			MAC: net.HardwareAddr{2, 0, 0, 0, 0, i}, Addresses: []netip.Prefix{
				netip.MustParsePrefix(fmt.Sprintf("10.0.0.%d/24", i)),
				netip.MustParsePrefix(fmt.Sprintf("fd00::%d/64", i))}})
	}
	return b.AddMachines(ports...)
}

// pair is what startPair has started.
func pair(t *testing.T, b *Bed) (one, two *VM) {
	t.Helper()
	require.NoError(t, startPair(b))
	one, err := b.VM("vm1")
	require.NoError(t, err)
	two, err = b.VM("vm2")
	require.NoError(t, err)
	return one, two
}

// Machines on two hypervisors reach each other over both protocols, on both datapaths; what one
// sends, the other one gets as it is; the network has the last word; and a switch that was killed
// comes back.
func TestPackets(t *testing.T) {
	for _, datapath := range []Datapath{Userspace, Dummy} {
		t.Run(string(datapath), func(t *testing.T) {
			t.Parallel()
			b := newBed(t, datapath)
			one, two := pair(t, b)
			require.NoError(t, one.Ping(two.Addresses[0].Addr()))
			require.NoError(t, two.Ping(one.Addresses[1].Addr()))

			frame, err := Datagram{FromMAC: one.MAC, ToMAC: two.MAC,
				From: netip.MustParseAddrPort("[fd00::1]:1000"), To: netip.MustParseAddrPort("[fd00::2]:2000"),
				Payload: []byte("a letter")}.Frame()
			require.NoError(t, err)
			capture := two.Capture()
			defer capture.Close()
			require.NoError(t, one.Send(frame))
			require.NoError(t, capture.Await(frame)) // from its first byte to its last
			require.Equal(t, 1, capture.Count([]byte("a letter")))

			one.Hypervisor.Switch.Kill()
			require.False(t, one.Hypervisor.Switch.Running())
			require.NoError(t, one.Hypervisor.Switch.Start())
			require.NoError(t, b.Settle())
			require.NoError(t, one.Ping(two.Addresses[1].Addr()))

			_, err = b.Central.NBCtl("--wait=hv", "acl-add", "sw", "to-lport", "1000", "ip6", "drop")
			require.NoError(t, err)
			require.NoError(t, one.Send(frame))
			require.NoError(t, one.Ping(two.Addresses[0].Addr()))
			require.Equal(t, 1, capture.Count([]byte("a letter")))
			traced, err := one.Hypervisor.Trace(one, frame)
			require.NoError(t, err)
			require.Contains(t, string(traced.RawOutput), "tunneling to "+two.Hypervisor.Address)

			require.NoError(t, one.Unplug())
			ports, err := one.Hypervisor.Ports()
			require.NoError(t, err)
			require.NotContains(t, ports, "vm1")
			require.Contains(t, b.Report(), "hv2 flows of br-int")
		})
	}
}

// A bed leaves nothing behind.
func TestClose(t *testing.T) {
	t.Parallel()
	b := newBed(t, Userspace)
	require.NoError(t, startPair(b))
	folder := b.Folder()
	require.NotEmpty(t, named(t, namespaceFolder, b.name+"-"))
	require.NoError(t, b.Close())
	require.Empty(t, named(t, namespaceFolder, b.name+"-"))
	require.NoFileExists(t, folder)
	for _, h := range b.Hypervisors {
		for _, d := range []*Daemon{h.Database, h.Switch, h.Controller} {
			require.False(t, d.Running(), d.Name())
		}
	}
	require.NoError(t, b.Close())
	_, err := os.Stat(folder)
	require.ErrorIs(t, err, os.ErrNotExist)
}

// What a bed cannot do, it says.
func TestMistakes(t *testing.T) {
	t.Parallel()
	b := newBed(t, Dummy)
	_, err := b.StartHypervisor("hv1", ReferenceController())
	require.ErrorContains(t, err, "the bed has no Southbound yet")
	_, err = b.StartCentral(Program{Path: "/no/northd"})
	require.ErrorContains(t, err, "the program /no/northd is not installed")
	_, err = b.Hypervisor("hv1")
	require.ErrorContains(t, err, "no hypervisor hv1")
	_, err = b.VM("vm1")
	require.ErrorContains(t, err, "no machine vm1")
	_, err = find("ovn-nothing")
	require.ErrorContains(t, err, "ovn-nothing is not installed")
	require.Contains(t, packageHint("ip"), "iproute2")
}
