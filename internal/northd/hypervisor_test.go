package northd

import (
	"encoding/binary"
	"fmt"
	"net"
	"os"
	"os/exec"
	"strings"

	"github.com/stretchr/testify/require"

	"woven/internal/ovsdbtest"
)

// hypervisor is a host with Open vSwitch, whose datapath and ports are in its process alone, and the
// reference's ovn-controller.
type hypervisor struct {
	*site
	db       *ovsdbtest.Server
	vswitchd *server
}

// newHypervisor starts one and connects it to the Southbound.
func (c *site) newHypervisor(name string) *hypervisor {
	c.t.Helper()
	h := &hypervisor{site: c,
		db: ovsdbtest.Start(c.t, "/usr/share/openvswitch/vswitch.ovsschema")}
	h.vsctl("--no-wait", "init", "--", "set", "Open_vSwitch", ".", "external_ids:system-id="+name,
		"external_ids:ovn-remote="+c.sb.Unix(), "external_ids:ovn-encap-type=geneve",
		"external_ids:ovn-encap-ip=127.0.0.1")
	h.vswitchd = c.run(name+"-vswitchd", "ovs-vswitchd", c.unixctl(name+"-vswitchd"),
		"--enable-dummy", "--disable-system", h.db.Unix())
	h.vsctl("add-br", "br-int", "--", "set", "Bridge", "br-int", "datapath_type=dummy",
		"fail-mode=secure")
	c.run(name+"-controller", "ovn-controller", h.db.Unix())
	return h
}

func (h *hypervisor) vsctl(args ...string) string {
	h.t.Helper()
	return h.client("ovs-vsctl", h.db, args)
}

// plug connects a virtual machine to a logical port.
func (h *hypervisor) plug(port string) {
	h.t.Helper()
	h.vsctl("add-port", "br-int", port, "--", "set", "Interface", port, "type=dummy",
		"external_ids:iface-id="+port, "options:tx_pcap="+h.path(port+".pcap"))
}

// send lets a packet come out of a virtual machine.
func (h *hypervisor) send(port string, packet []byte) {
	h.t.Helper()
	h.vswitchd.answer("netdev-dummy/receive", port, fmt.Sprintf("%x", packet))
}

// received counts how often a packet went into a virtual machine.
func (h *hypervisor) received(port string, packet []byte) int {
	h.t.Helper()
	capture, err := os.ReadFile(h.path(port + ".pcap"))
	require.NoError(h.t, err)
	return strings.Count(string(capture), string(packet))
}

// udp is an Ethernet frame with a datagram whose payload makes it unique. The checksum of the
// datagram is left out, as RFC 768 allows.
func udp(from, to, fromIP, toIP, payload string) []byte {
	mac := func(text string) net.HardwareAddr {
		address, _ := net.ParseMAC(text) // constants of the tests
		return address
	}
	header := make([]byte, 20)
	header[0], header[8], header[9] = 0x45, 64, 17 // version and length, TTL, UDP
	binary.BigEndian.PutUint16(header[2:], uint16(28+len(payload)))
	copy(header[12:], net.ParseIP(fromIP).To4())
	copy(header[16:], net.ParseIP(toIP).To4())
	sum := uint32(0)
	for i := 0; i < len(header); i += 2 {
		sum += uint32(binary.BigEndian.Uint16(header[i:]))
	}
	binary.BigEndian.PutUint16(header[10:], ^uint16(sum&0xffff+sum>>16))
	datagram := make([]byte, 8)
	binary.BigEndian.PutUint16(datagram, 1000)
	binary.BigEndian.PutUint16(datagram[2:], 2000)
	binary.BigEndian.PutUint16(datagram[4:], uint16(8+len(payload)))
	frame := append(append([]byte(mac(to)), mac(from)...), 0x08, 0x00)
	return append(append(append(frame, header...), datagram...), payload...)
}

// trace is what ovn-trace of the reference says of a packet.
func (c *site) trace(args ...string) string {
	c.t.Helper()
	cmd := exec.Command("ovn-trace", append([]string{"--db=" + c.sb.Unix(), "--minimal"}, args...)...)
	cmd.Env = c.environment()
	out, err := cmd.CombinedOutput()
	require.NoError(c.t, err, "%s", out)
	return string(out)
}
