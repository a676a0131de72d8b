package e2e

import (
	"errors"
	"fmt"
	"net"
	"net/netip"
	"sync"
	"testing"

	"github.com/stretchr/testify/require"

	"woven/internal/testbed"
)

// judge sends all packets that the network has an opinion about.
func (w *world) judge(t *testing.T) {
	t.Helper()
	w.round++
	var all sync.WaitGroup
	var mu sync.Mutex
	var faults []error
	judge := func(part func() error) {
		all.Go(func() {
			err := part()
			mu.Lock()
			defer mu.Unlock()
			faults = append(faults, err)
		})
	}
	for _, vms := range [][]*testbed.VM{w.blue, w.green} {
		for _, from := range vms {
			for _, to := range vms {
				if from != to {
					judge(func() error { return reach(from, to) })
				}
			}
		}
	}
	// Each of these watches machines of its own, or packets of its own.
	judge(func() error { return w.security(w.blue[0], w.blue[1]) })
	judge(func() error { return w.security(w.blue[0], w.blue[2]) })
	judge(w.blueACLs)
	judge(w.greenACLs)
	judge(w.isolation)
	all.Wait()
	require.NoError(t, errors.Join(faults...))
}

// reach pings over both protocols.
func reach(from, to *testbed.VM) error {
	var faults []error
	for _, a := range to.Addresses {
		faults = append(faults, from.Ping(a.Addr()))
	}
	return errors.Join(faults...)
}

// probe is a packet that one machine sends, and whether another one should get it.
type probe struct {
	what    string
	packet  testbed.Datagram
	frame   []byte // instead of packet
	arrives bool
}

// datagram is an honest packet from a machine to another one, over IPv4 or IPv6. Its payload is in
// no other one.
func (w *world) datagram(from, to *testbed.VM, like netip.Addr, fromPort, toPort uint16, about string,
) (testbed.Datagram, error) {
	source, err := from.Address(like)
	if err != nil {
		return testbed.Datagram{}, err
	}
	destination, err := to.Address(like)
	return testbed.Datagram{FromMAC: from.MAC, ToMAC: to.MAC,
		From: netip.AddrPortFrom(source, fromPort), To: netip.AddrPortFrom(destination, toPort),
		Payload: fmt.Appendf(nil, "<%s from %s to %s, IPv4 %t, packet %d>", about, from.Name, to.Name,
			like.Is4(), w.packets.Add(1))}, err
}

// families are an address of each protocol.
var families = []netip.Addr{netip.IPv4Unspecified(), netip.IPv6Unspecified()}

// expect sends probes from a machine and judges which of them another one gets. What should arrive
// is sent until it does, since a program that has just come back may still lose a packet; what
// should not is sent once. An honest packet before them makes sure that the way is open, and one
// behind them that everything has arrived, because packets do not overtake each other.
func (w *world) expect(from, to *testbed.VM, port uint16, topic string, probes ...probe) error {
	capture := to.Capture()
	defer capture.Close()
	mark := func(when string) error {
		packet, err := w.datagram(from, to, families[0], 1000, port, topic+", "+when)
		if err != nil {
			return err
		}
		return w.deliver(from, capture, probe{what: "an honest packet", packet: packet})
	}
	faults := []error{mark("before")}
	for _, p := range probes {
		if p.arrives {
			faults = append(faults, w.deliver(from, capture, p))
			continue
		}
		frame, _, err := p.onWire()
		if err != nil {
			return err
		}
		if err := from.Send(frame); err != nil {
			return err
		}
	}
	faults = append(faults, mark("after"))
	for _, p := range probes {
		frame, payload, err := p.onWire()
		if err == nil && !p.arrives && capture.Count(payload) > 0 {
			err = fmt.Errorf("%s arrives, from %s to %s\n%s", p.what, from.Name, to.Name, trace(from, frame))
		}
		faults = append(faults, err)
	}
	return errors.Join(faults...)
}

// onWire is the probe's frame, and a part of it that is in no other one.
func (p probe) onWire() (frame, payload []byte, err error) {
	if p.frame != nil {
		return p.frame, p.frame[14:], nil // all behind the Ethernet header
	}
	frame, err = p.packet.Frame()
	return frame, p.packet.Payload, err
}

// deliver sends a probe until it has arrived. It does not arrive more often than it was sent.
func (w *world) deliver(from *testbed.VM, c *testbed.Capture, p probe) error {
	frame, payload, err := p.onWire()
	if err != nil {
		return err
	}
	sent := 0
	err = testbed.Until(fmt.Sprintf("%q from %s arrives", p.what, from.Name), func() error {
		if c.Count(payload) > 0 {
			return nil
		}
		sent++
		return errors.Join(errors.New("it does not"), from.Send(frame))
	})
	if err != nil {
		return fmt.Errorf("%w\n%s", err, trace(from, frame))
	}
	if got := c.Count(payload); got > sent {
		return fmt.Errorf("%s was sent %d times by %s and arrived %d times\n%s", p.what, sent, from.Name,
			got, trace(from, frame))
	}
	return nil
}

// trace says what the sender's switch does with a frame.
func trace(from *testbed.VM, frame []byte) string {
	t, err := from.Hypervisor.Trace(from, frame)
	if err != nil {
		return err.Error()
	}
	return string(t.RawOutput)
}

// security tries sources that are not the sender's.
func (w *world) security(from, to *testbed.VM) error {
	var probes []probe
	for _, family := range families {
		d, err := w.datagram(from, to, family, 1000, openPort, "honest")
		if err != nil {
			return err
		}
		probes = append(probes, probe{what: "an honest packet", packet: d, arrives: true})
		theft, err := w.datagram(from, to, family, 1000, openPort, "a stolen MAC")
		if err != nil {
			return err
		}
		theft.FromMAC = net.HardwareAddr{2, 0, 0, 0, 9, 9}
		lie, err := w.datagram(from, to, family, 1000, openPort, "a stolen address")
		if err != nil {
			return err
		}
		lie.From = netip.AddrPortFrom(prefixed(d.From.Addr(), 99), 1000)
		probes = append(probes, probe{what: "a foreign source MAC", packet: theft},
			probe{what: "a foreign source address", packet: lie})
	}
	own, err := from.Address(families[0])
	if err != nil {
		return err
	}
	// Nobody has the wanted address, so the question goes to everybody. It is another one for each
	// receiver and in every round.
	wanted := prefixed(own, byte(100+10*w.round)+to.MAC[5])
	honest, err := testbed.ARPRequest(from.MAC, own, wanted)
	if err != nil {
		return err
	}
	lie, err := testbed.ARPRequest(from.MAC, prefixed(own, 99), wanted)
	if err != nil {
		return err
	}
	theft, err := testbed.ARPRequest(net.HardwareAddr{2, 0, 0, 0, 9, 9}, own, wanted)
	if err != nil {
		return err
	}
	copy(theft[6:], from.MAC) // the Ethernet header tells the truth, the ARP body does not
	probes = append(probes, probe{what: "an honest ARP request", frame: honest, arrives: true},
		probe{what: "an ARP request with a foreign address", frame: lie},
		probe{what: "an ARP request with a foreign MAC", frame: theft})
	return w.expect(from, to, openPort, "security", probes...)
}

// prefixed is an address with another last byte.
func prefixed(a netip.Addr, last byte) netip.Addr {
	bytes := a.AsSlice()
	bytes[len(bytes)-1] = last
	changed, _ := netip.AddrFromSlice(bytes)
	return changed
}

// isolation floods packets from both switches; they arrive at the machines of their own only.
func (w *world) isolation() error {
	captures := map[*testbed.VM]*testbed.Capture{}
	for _, vm := range append(append([]*testbed.VM{}, w.blue...), w.green...) {
		captures[vm] = vm.Capture()
		defer captures[vm].Close()
	}
	flood := func(vms []*testbed.VM, about string) ([]byte, error) {
		from, one, other := vms[1], vms[0], vms[2]
		packet, err := w.datagram(from, one, families[0], 1000, servicePort, about)
		if err != nil {
			return nil, err
		}
		packet.ToMAC = testbed.Broadcast
		frame, err := packet.Frame()
		if err != nil {
			return nil, err
		}
		return packet.Payload, testbed.Until("the flood arrives", func() error {
			for _, to := range []*testbed.VM{one, other} {
				if captures[to].Count(packet.Payload) == 0 {
					return errors.Join(fmt.Errorf("nothing at %s", to.Name), from.Send(frame))
				}
			}
			return nil
		})
	}
	var faults []error
	for _, pair := range [][2][]*testbed.VM{{w.blue, w.green}, {w.green, w.blue}} {
		payload, err := flood(pair[0], "flood")
		if err != nil {
			return err
		}
		// What went the wrong way has arrived by the time that a later packet has.
		if _, err := flood(pair[1], "flood behind it"); err != nil {
			return err
		}
		for _, foreign := range pair[1] {
			if captures[foreign].Count(payload) > 0 {
				faults = append(faults, fmt.Errorf("%s got a packet of another switch", foreign.Name))
			}
		}
	}
	return errors.Join(faults...)
}
