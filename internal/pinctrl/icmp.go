package pinctrl

import (
	"encoding/binary"
	"errors"
)

var errNoIP = errors.New("the action is for packets of IP")

// How long errors may be in bytes, with all headers: what every host takes in (RFC 1122, 3.2.2;
// RFC 4443, 3.1).
const (
	maxErrorIPv4 = 576
	maxErrorIPv6 = 1280
)

// icmpErrorLen is the length of an error's own header.
const icmpErrorLen = 8

// The kinds of errors that say that something cannot be reached, and their codes.
const (
	unreachableIPv4     = 3
	unreachableIPv6     = 1
	hostUnreachable     = 1 // of IPv4
	portUnreachableIPv4 = 3
	prohibited          = 1 // of IPv6
	portUnreachableIPv6 = 4
)

// unreachable makes an error about a packet: that its destination cannot be reached. The flow's
// actions may change what it says. With back it goes to the packet's sender; else it has the
// packet's own addresses, which those actions exchange. With ports, what is said of UDP is that the
// port cannot be reached.
func unreachable(f *frame, back, ports bool) ([]byte, error) {
	if !f.isIP() {
		return nil, errNoIP
	}
	kind, code, limit, header := byte(unreachableIPv4), byte(hostUnreachable), maxErrorIPv4, ipv4Len
	port := byte(portUnreachableIPv4)
	if f.etherType == etherIPv6 {
		kind, code, limit, header = unreachableIPv6, prohibited, maxErrorIPv6, ipv6Len
		port = portUnreachableIPv6
	}
	if ports && f.protocol == protocolUDP {
		code = port
	}
	quoted := f.network[:min(len(f.network), limit-etherLen-header-icmpErrorLen)]
	payload := icmpErrorLen + len(quoted)
	b := ends{f, back}.beginIP(ipHeader{protocol: f.icmp(), hops: 255}, payload)
	at := len(b)
	b = append(append(b, kind, code, 0, 0, 0, 0, 0, 0), quoted...)
	total := uint32(0)
	if f.etherType == etherIPv6 {
		total = pseudoHeader(b, f.etherType, protocolICMPv6, payload)
	}
	binary.BigEndian.PutUint16(b[at+2:], checksum(total, b[at:]))
	return b, nil
}
