package testbed

import (
	"fmt"
	"net"
	"net/netip"
	"path/filepath"
)

// VM is a virtual machine with one network card, plugged into br-int of its hypervisor.
type VM struct {
	// Name is the name of the machine, and of its port on br-int: 14 bytes at most.
	Name string
	// MAC is the address of the card.
	MAC net.HardwareAddr
	// Addresses are those of the card, with their prefixes.
	Addresses []netip.Prefix
	// Hypervisor is where it runs.
	Hypervisor *Hypervisor
	// Namespace is the machine itself; nil with the dummy datapath.
	Namespace *Namespace

	wire wire // its card, for frames
	host *host
}

// machineMTU leaves room for the headers of a tunnel.
const machineMTU = 1400

// StartVM starts a machine whose card is the logical port.
func (h *Hypervisor) StartVM(name, port string, mac net.HardwareAddr, addresses ...netip.Prefix,
) (*VM, error) {
	if len(name) > 14 {
		return nil, fmt.Errorf("the name %q of a machine is longer than 14 bytes", name)
	}
	v := &VM{Name: name, MAC: mac, Addresses: addresses, Hypervisor: h}
	start := v.startInProcess
	if h.bed.datapath == Userspace {
		start = v.startInNamespace
	}
	options, err := start()
	if err != nil {
		return nil, fmt.Errorf("machine %s: %w", name, err)
	}
	_, err = h.VSCtl(append([]string{"add-port", "br-int", name, "--", "set", "Interface", name,
		"external_ids:iface-id=" + port, "external_ids:attached-mac=" + mac.String()}, options...)...)
	if err != nil {
		return nil, fmt.Errorf("machine %s: %w", name, err)
	}
	h.VMs = append(h.VMs, v)
	return v, nil
}

// Unplug takes the machine's port off br-int.
func (v *VM) Unplug() error { return v.Hypervisor.client.VSwitch.DeletePort("br-int", v.Name) }

// card is the machine's network interface in its namespace.
const card = "eth0"

// startInNamespace makes the machine a namespace, with a cable to the host.
func (v *VM) startInNamespace() (options []string, err error) {
	if v.Namespace, err = v.Hypervisor.bed.newNamespace(v.Name); err != nil {
		return nil, err
	}
	err = v.Hypervisor.Namespace.ip(
		fmt.Sprintf("link add %s type veth peer name %s netns %s", v.Name, card, v.Namespace.Name),
		fmt.Sprintf("link set %s mtu %d up", v.Name, machineMTU))
	if err != nil {
		return nil, err
	}
	// Duplicate address detection would delay the first packet by a second or two.
	lines := []string{
		fmt.Sprintf("link set %s address %s mtu %d addrgenmode none", card, v.MAC, machineMTU),
		fmt.Sprintf("link set %s up", card),
		fmt.Sprintf("addr add %s/64 dev %s nodad", linkLocal(v.MAC), card)}
	for _, a := range v.Addresses {
		line := fmt.Sprintf("addr add %s dev %s", a, card)
		if a.Addr().Is6() {
			line += " nodad"
		}
		lines = append(lines, line)
	}
	if err := v.Namespace.ip(lines...); err != nil {
		return nil, err
	}
	if err := v.Hypervisor.Namespace.finishChecksums(v.Name); err != nil {
		return nil, err
	}
	if err := v.Namespace.finishChecksums(card); err != nil {
		return nil, err
	}
	if v.wire, err = v.Namespace.openCard(card); err != nil {
		return nil, err
	}
	v.Hypervisor.bed.atEnd(v.wire.close)
	return nil, nil
}

// startInProcess makes the machine a part of this process, on a socket to the switch.
func (v *VM) startInProcess() (options []string, err error) {
	socket := filepath.Join(v.Hypervisor.folder, v.Name+".port")
	if v.wire, err = listenForSwitch(socket); err != nil {
		return nil, err
	}
	v.Hypervisor.bed.atEnd(v.wire.close)
	v.host = newHost(v)
	return []string{"type=dummy", "options:stream=unix:" + socket}, nil
}

// linkLocal is the IPv6 address that a card makes of its hardware address (RFC 4291, appendix A).
func linkLocal(mac net.HardwareAddr) netip.Addr {
	a := [16]byte{0: 0xfe, 1: 0x80, 8: mac[0] ^ 2, 9: mac[1], 10: mac[2], 11: 0xff, 12: 0xfe,
		13: mac[3], 14: mac[4], 15: mac[5]}
	return netip.AddrFrom16(a)
}

// Address is the machine's first address of the family of another one.
func (v *VM) Address(like netip.Addr) (netip.Addr, error) {
	for _, a := range v.Addresses {
		if a.Addr().Is4() == like.Is4() {
			return a.Addr(), nil
		}
	}
	return netip.Addr{}, fmt.Errorf("machine %s has no address to reach %s from", v.Name, like)
}
