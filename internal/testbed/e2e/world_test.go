package e2e

import (
	"fmt"
	"net"
	"net/netip"
	"sync/atomic"
	"testing"

	"github.com/stretchr/testify/require"

	"woven/internal/testbed"
)

// world is a stack with the network that all pairings are tested with: the switches blue and green
// with three machines each. The first two of a switch share a hypervisor.
type world struct {
	t           *testing.T
	bed         *testbed.Bed
	pairing     pairing
	blue, green []*testbed.VM
	filtered    bool // the filter is on
	round       int  // how often the packets were sent
	packets     atomic.Int64
}

// Ports of UDP and TCP that the network's ACLs are about.
const (
	openPort       = 4000 // no ACL is about it
	shutPort       = 4001 // blue2 must not get it
	mutePort       = 4002 // blue1 must not send to it
	filterPort     = 4003 // blue2 must not get it while the filter is on
	groupPort      = 4004 // the group "servers" must not get it from the sets "banned"
	servicePort    = 5000 // green1 answers there, and speaks only when spoken to
	otherPort      = 5001 // green1 does not answer there
	webPort        = 80   // the same over TCP
	filterPriority = "1100"
)

// filterMatch is the match of the ACL that comes and goes.
var filterMatch = fmt.Sprintf(`outport == "blue2" && udp.dst == %d`, filterPort)

// newWorld starts a stack, which goes with the test.
func newWorld(t *testing.T, p pairing) *world {
	bed, err := testbed.New(testbed.Userspace)
	require.NoError(t, err)
	w := &world{t: t, bed: bed, pairing: p}
	t.Cleanup(func() {
		if t.Failed() {
			t.Log(bed.Report())
		}
		require.NoError(t, bed.Close())
	})
	_, err = bed.StartCentral(p.northd)
	require.NoError(t, err)
	for i, controller := range []testbed.Program{p.hv1, p.hv2} {
		_, err = bed.StartHypervisor(fmt.Sprintf("hv%d", i+1), controller)
		require.NoError(t, err)
	}
	ports := append(switchPorts("blue", 1, "hv1", "hv1", "hv2"),
		switchPorts("green", 2, "hv2", "hv2", "hv1")...)
	require.NoError(t, bed.AddMachines(ports...))
	for i, p := range ports {
		vm, err := bed.VM(p.Name)
		require.NoError(t, err)
		if i < 3 {
			w.blue = append(w.blue, vm)
		} else {
			w.green = append(w.green, vm)
		}
	}
	_, err = bed.Central.NBCtl(acls()...)
	require.NoError(t, err)
	require.NoError(t, bed.Central.Sync("hv"))
	return w
}

// switchPorts are the ports of a switch: NAME1, NAME2 and so on, one on each of the hosts.
func switchPorts(name string, number byte, hosts ...string) []testbed.Port {
	var ports []testbed.Port
	for i, host := range hosts {
		ports = append(ports, testbed.Port{
			Name: fmt.Sprintf("%s%d", name, i+1), Switch: name, Hypervisor: host,
			MAC: net.HardwareAddr{2, 0, 0, 0, number, byte(i + 1)},
			Addresses: []netip.Prefix{
				netip.MustParsePrefix(fmt.Sprintf("10.0.%d.%d/24", number, i+1)),
				netip.MustParsePrefix(fmt.Sprintf("fd00:%d::%d/64", number, i+1))}})
	}
	return ports
}

// acls are the commands of ovn-nbctl that make the network's ACLs.
func acls() []string {
	var commands []string
	add := func(to, direction, priority, action, match string, arguments ...any) {
		commands = append(commands, "--", "acl-add", to, direction, priority,
			fmt.Sprintf(match, arguments...), action)
	}
	add("blue", "to-lport", "1000", "drop", `outport == "blue2" && udp.dst == %d`, shutPort)
	add("blue", "from-lport", "1000", "drop", `inport == "blue1" && udp.dst == %d`, mutePort)
	commands = append(commands,
		"--", "create", "Address_Set", "name=banned4", `addresses="10.0.1.1","10.0.1.200"`,
		"--", "create", "Address_Set", "name=banned6", `addresses="fd00:1::1"`,
		"--", "pg-add", "servers", "blue2", "blue3")
	add("servers", "to-lport", "1000", "drop",
		`outport == @servers && (ip4.src == $banned4 || ip6.src == $banned6) && udp.dst == %d`, groupPort)
	for _, service := range []struct {
		protocol string
		port     int
	}{{"udp", servicePort}, {"tcp", webPort}} {
		add("green", "to-lport", "1001", "allow-related", `outport == "green1" && %s.dst == %d`,
			service.protocol, service.port)
		add("green", "to-lport", "1000", "drop", `outport == "green1" && %s`, service.protocol)
		add("green", "from-lport", "1000", "drop", `inport == "green1" && %s`, service.protocol)
	}
	return commands
}

// turnFilter puts the ACL there or takes it away, so that a network after a kill differs from the
// one before, and old flows do not pass for new ones.
func (w *world) turnFilter() error {
	w.filtered = !w.filtered
	command := []string{"acl-del", "blue", "to-lport", filterPriority, filterMatch}
	if w.filtered {
		command = []string{"acl-add", "blue", "to-lport", filterPriority, filterMatch, "drop"}
	}
	_, err := w.bed.Central.NBCtl(command...)
	return err
}

// step is a subtest: something happens to the stack, it settles, and all packets are judged.
func (w *world) step(name string, happens func() error) {
	w.t.Helper()
	passed := w.t.Run(name, func(t *testing.T) {
		require.NoError(t, happens())
		require.NoError(t, w.bed.Settle())
		w.judge(t)
	})
	if !passed {
		w.t.FailNow() // what comes behind would only say it again
	}
}
