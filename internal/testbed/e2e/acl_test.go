package e2e

import (
	"errors"
	"fmt"

	"woven/internal/testbed"
)

// attempt is a packet to a port that an ACL is about.
type attempt struct {
	from, to         *testbed.VM
	fromPort, toPort uint16
	arrives          bool
}

// try sends attempts over both protocols.
func (w *world) try(attempts ...attempt) error {
	var faults []error
	for _, a := range attempts {
		for _, family := range families {
			about := fmt.Sprintf("port %d to port %d", a.fromPort, a.toPort)
			packet, err := w.datagram(a.from, a.to, family, a.fromPort, a.toPort, about)
			if err != nil {
				return err
			}
			marked := uint16(openPort)
			if a.to == w.green[0] {
				marked = servicePort // the only one that it gets
			}
			faults = append(faults, w.expect(a.from, a.to, marked, about,
				probe{what: about, packet: packet, arrives: a.arrives}))
		}
	}
	return errors.Join(faults...)
}

// blueACLs judges the stateless ACLs, where sender and receiver share a hypervisor and where they
// do not.
func (w *world) blueACLs() error {
	one, two, three := w.blue[0], w.blue[1], w.blue[2]
	return w.try(
		attempt{one, two, 1000, openPort, true}, attempt{three, two, 1000, openPort, true},
		attempt{one, two, 1000, shutPort, false}, attempt{three, two, 1000, shutPort, false},
		attempt{two, three, 1000, shutPort, true},
		attempt{one, two, 1000, mutePort, false}, attempt{one, three, 1000, mutePort, false},
		attempt{two, three, 1000, mutePort, true},
		attempt{one, two, 1000, filterPort, !w.filtered},
		attempt{three, two, 1000, filterPort, !w.filtered},
		attempt{one, two, 1000, groupPort, false}, attempt{one, three, 1000, groupPort, false},
		attempt{two, three, 1000, groupPort, true}, attempt{three, one, 1000, groupPort, true})
}

// greenACLs judges the stateful ones: green1 is reached at its service, may answer, and can do
// nothing else. Every round is a new connection.
func (w *world) greenACLs() error {
	server := w.green[0]
	client := uint16(6000 + w.round)
	for _, peer := range w.green[1:] {
		err := w.try(attempt{peer, server, client, servicePort, true},
			attempt{peer, server, client, otherPort, false})
		if err != nil {
			return err
		}
		// An answer follows the way of the question; anything else that green1 says is dropped. It
		// cannot send an honest packet of its own, so the answer itself shows that the way is open.
		if err := w.answers(server, peer, client); err != nil {
			return err
		}
	}
	return nil
}

// answers sends from the service to a client that has asked before: the answer arrives, a packet
// from another port does not.
func (w *world) answers(server, peer *testbed.VM, client uint16) error {
	capture := peer.Capture()
	defer capture.Close()
	for _, family := range families {
		unasked, err := w.datagram(server, peer, family, otherPort, client, "unasked")
		if err != nil {
			return err
		}
		answer, err := w.datagram(server, peer, family, servicePort, client, "answer")
		if err != nil {
			return err
		}
		frame, err := unasked.Frame()
		if err != nil {
			return err
		}
		if err := server.Send(frame); err != nil {
			return err
		}
		err = w.deliver(server, capture, probe{what: "the answer", packet: answer})
		if err != nil {
			return err
		}
		if capture.Count(unasked.Payload) > 0 {
			return fmt.Errorf("%s got what %s sent unasked over IPv%t", peer.Name, server.Name,
				family.Is4())
		}
	}
	return nil
}
