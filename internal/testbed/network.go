package testbed

import (
	"fmt"
	"net"
	"net/netip"
	"strings"
)

// Port is a logical switch port with port security, and the machine behind it, which has its name.
type Port struct {
	// Name is that of the port and of the machine.
	Name string
	// Switch is the logical switch, which is made when it is not there.
	Switch string
	// Hypervisor is where the machine runs.
	Hypervisor string
	// MAC and Addresses are those of the machine, and all that it may send from.
	MAC       net.HardwareAddr
	Addresses []netip.Prefix
}

// addresses is the port's line of addresses in the Northbound, without prefixes.
func (p Port) addresses() string {
	words := []string{p.MAC.String()}
	for _, a := range p.Addresses {
		words = append(words, a.Addr().String())
	}
	return strings.Join(words, " ")
}

// AddMachines makes the ports in the Northbound, starts their machines, and waits until all of
// them are up and every hypervisor knows of all.
func (b *Bed) AddMachines(ports ...Port) error {
	var commands, awaited []string
	for _, p := range ports {
		commands = append(commands, "--", "--may-exist", "ls-add", p.Switch,
			"--", "lsp-add", p.Switch, p.Name,
			"--", "lsp-set-addresses", p.Name, p.addresses(),
			"--", "lsp-set-port-security", p.Name, p.addresses())
		awaited = append(awaited, "--", "wait-until", "Logical_Switch_Port", p.Name, "up=true")
	}
	if _, err := b.Central.NBCtl(commands...); err != nil {
		return err
	}
	for _, p := range ports {
		h, err := b.Hypervisor(p.Hypervisor)
		if err != nil {
			return err
		}
		if _, err := h.StartVM(p.Name, p.Name, p.MAC, p.Addresses...); err != nil {
			return err
		}
	}
	if _, err := b.Central.NBCtl(awaited...); err != nil {
		return err
	}
	return b.Settle()
}

// Settle returns when all switches have taken over their databases, and everything that is in the
// Northbound has reached the flows of all hypervisors.
func (b *Bed) Settle() error {
	for _, h := range b.Hypervisors {
		// ovs-vsctl waits for the switch when it has changed something.
		h.settled++
		_, err := h.VSCtl("set", "Open_vSwitch", ".", fmt.Sprintf("external_ids:settled=%d", h.settled))
		if err != nil {
			return fmt.Errorf("hypervisor %s: %w", h.Name, err)
		}
	}
	return b.Central.Sync("hv")
}

// Hypervisor returns the host of a name.
func (b *Bed) Hypervisor(name string) (*Hypervisor, error) {
	for _, h := range b.Hypervisors {
		if h.Name == name {
			return h, nil
		}
	}
	return nil, fmt.Errorf("the bed has no hypervisor %s", name)
}

// VM returns the machine of a name.
func (b *Bed) VM(name string) (*VM, error) {
	for _, h := range b.Hypervisors {
		for _, v := range h.VMs {
			if v.Name == name {
				return v, nil
			}
		}
	}
	return nil, fmt.Errorf("the bed has no machine %s", name)
}
