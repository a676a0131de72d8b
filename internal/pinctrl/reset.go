package pinctrl

import (
	"encoding/binary"
	"errors"
)

var errNoTCP = errors.New("tcp_reset is for packets of TCP")

// hopsOfReset is how far a packet goes that ends a connection, as ovn-controller's.
const hopsOfReset = 63

// resetTCP makes a segment that ends the packet's connection (RFC 9293, 3.10.7.1). Its addresses
// are as unreachable's.
func resetTCP(f *frame, back bool) ([]byte, error) {
	if !f.isIP() || f.protocol != protocolTCP || !f.hasTransport() {
		return nil, errNoTCP
	}
	payload := minimal[protocolTCP]
	b := ends{f, back}.beginIP(ipHeader{protocol: protocolTCP, hops: hopsOfReset}, payload)
	at := len(b)
	in := f.transport
	const offsetRSTACK = 5<<12 | 0x14
	b = append(append(b, in[2:4]...), in[:2]...)
	b = put32(b, 0)
	b = put32(b, binary.BigEndian.Uint32(in[4:])+1)
	b = append(put16(b, offsetRSTACK), 0, 0, 0, 0, 0, 0)
	total := pseudoHeader(b, f.etherType, protocolTCP, payload)
	binary.BigEndian.PutUint16(b[at+16:], checksum(total, b[at:]))
	return b, nil
}
