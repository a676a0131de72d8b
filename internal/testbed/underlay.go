package testbed

import (
	"fmt"
	"path/filepath"
)

// underlay is the network between the hypervisors, which carries the tunnels. Each hypervisor has
// a bridge br-phy in it, with the address that its tunnels end at.
type underlay interface {
	// connect gives a hypervisor its port on br-phy: the arguments of ovs-vsctl that add it.
	connect(h *Hypervisor) (vsctl []string, err error)
	// address configures br-phy, which a new start of the switch makes anew.
	address(h *Hypervisor) error
}

// underlayPort is the port of br-phy that leads to the other hypervisors.
const underlayPort = "phy"

// underlayAddress is the address of the hypervisor with a number from 1 on.
func underlayAddress(number int) string { return fmt.Sprintf("192.168.50.%d", number) }

// underlayMAC is the hardware address of br-phy, set so that it outlives the switch.
func underlayMAC(number int) string { return fmt.Sprintf("0e:00:00:00:50:%02x", number) }

// bridgedUnderlay is a bridge of the kernel in a namespace, with a cable to each hypervisor.
type bridgedUnderlay struct{ namespace *Namespace }

func newBridgedUnderlay(b *Bed) (underlay, error) {
	n, err := b.newNamespace("underlay")
	if err != nil {
		return nil, err
	}
	return &bridgedUnderlay{n}, n.ip("link add br0 type bridge", "link set br0 up")
}

func (u *bridgedUnderlay) connect(h *Hypervisor) ([]string, error) {
	err := u.namespace.ip(
		fmt.Sprintf("link add %s type veth peer name %s netns %s", h.Name, underlayPort, h.Namespace.Name),
		fmt.Sprintf("link set %s master br0 up", h.Name))
	if err != nil {
		return nil, err
	}
	return []string{"add-port", "br-phy", underlayPort}, h.Namespace.ip("link set " + underlayPort + " up")
}

func (u *bridgedUnderlay) address(h *Hypervisor) error {
	return Until("br-phy has its address", func() error {
		return h.Namespace.ip("addr replace "+h.Address+"/24 dev br-phy", "link set br-phy up")
	})
}

// socketUnderlay joins the dummy datapaths by sockets: the first hypervisor's br-phy is the hub.
type socketUnderlay struct{ hub *Hypervisor }

func (u *socketUnderlay) connect(h *Hypervisor) ([]string, error) {
	if u.hub == nil {
		u.hub = h
		return nil, nil
	}
	socket := filepath.Join(u.hub.Folder(), "to-"+h.Name)
	if _, err := u.hub.VSCtl(dummyPort("to-"+h.Name, "options:pstream=punix:"+socket)...); err != nil {
		return nil, err
	}
	return dummyPort(underlayPort, "options:stream=unix:"+socket), nil
}

func dummyPort(name, option string) []string {
	return []string{"add-port", "br-phy", name, "--", "set", "Interface", name, "type=dummy", option}
}

func (u *socketUnderlay) address(h *Hypervisor) error {
	return Until("br-phy has its address", func() error {
		_, err := h.Switch.Call("netdev-dummy/ip4addr", "br-phy", h.Address+"/24")
		if err == nil {
			_, err = h.Switch.Call("ovs/route/add", "192.168.50.0/24", "br-phy")
		}
		return err
	})
}
