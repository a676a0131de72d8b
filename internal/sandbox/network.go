package sandbox

import (
	"errors"
	"net"
	"net/netip"

	"woven/internal/testbed"
)

// machines are the example's: that of woven run, on two hypervisors and with IPv6 beside IPv4.
func machines() []testbed.Port {
	port := func(name, logicalSwitch, hypervisor string, number, last byte) testbed.Port {
		v4 := netip.AddrFrom4([4]byte{10, 0, number, last})
		v6 := netip.AddrFrom16([16]byte{0: 0xfd, 3: number, 15: last})
		return testbed.Port{Name: name, Switch: logicalSwitch, Hypervisor: hypervisor,
			MAC:       net.HardwareAddr{2, 0, 0, 0, number, last},
			Addresses: []netip.Prefix{netip.PrefixFrom(v4, 24), netip.PrefixFrom(v6, 64)}}
	}
	return []testbed.Port{
		port("blue-web", "blue", "hv1", 1, 1), port("blue-client", "blue", "hv2", 1, 2),
		port("green-one", "green", "hv1", 2, 1), port("green-two", "green", "hv1", 2, 2),
	}
}

// start fills a bed.
func start(b *testbed.Bed, northd, controller testbed.Program) error {
	c, err := b.StartCentral(northd)
	if err != nil {
		return err
	}
	for _, name := range []string{"hv1", "hv2"} {
		if _, err := b.StartHypervisor(name, controller); err != nil {
			return err
		}
	}
	if err := b.AddMachines(machines()...); err != nil {
		return err
	}
	_, err = c.NBCtl("--wait=hv", "acl-add", "blue", "to-lport", "1000",
		`outport == "blue-web" && tcp.dst == 80`, "drop")
	if err != nil {
		return err
	}
	// A switch drops the first packet to another hypervisor, while it asks for the way. Nobody who
	// begins to look around should wonder about that.
	from, to := b.Hypervisors[0].VMs[0], b.Hypervisors[1].VMs[0]
	return errors.Join(from.Ping(to.Addresses[0].Addr()), to.Ping(from.Addresses[0].Addr()))
}
