package pinctrl

import "errors"

var errNoIPv4 = errors.New("arp is for packets of IPv4")

// requestARP makes a question for the Ethernet address of the packet's destination, from its
// source to its destination; the flow's actions then say who really asks, and whom (RFC 826).
func requestARP(f *frame) ([]byte, error) {
	if !f.isIP() || f.etherType != etherIPv4 {
		return nil, errNoIPv4
	}
	source, target := f.addresses()
	b := ends{f, false}.beginFrame(etherARP, arpLen)
	const ethernet, request = 1, 1
	b = append(put16(put16(b, ethernet), etherIPv4), 6, 4, 0, request)
	b = append(append(append(b, f.source...), source...), 0, 0, 0, 0, 0, 0)
	return append(b, target...), nil
}
