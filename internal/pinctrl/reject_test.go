package pinctrl

import (
	"encoding/binary"
	"net"
	"testing"

	"github.com/gopacket/gopacket"
	"github.com/gopacket/gopacket/layers"
	"github.com/stretchr/testify/require"
)

// headers are the addresses of IP of a packet, the source first, its hop limit and its traffic
// class.
func headers(p gopacket.Packet) (addresses [2]string, hops, class uint8) {
	if ip, ok := p.NetworkLayer().(*layers.IPv6); ok {
		return [2]string{ip.SrcIP.String(), ip.DstIP.String()}, ip.HopLimit, ip.TrafficClass
	}
	ip := p.NetworkLayer().(*layers.IPv4)
	return [2]string{ip.SrcIP.String(), ip.DstIP.String()}, ip.TTL, ip.TOS
}

// hosts are the addresses of A and B.
func hosts(version uint8) [2]string {
	if version == 6 {
		return [2]string{"fd00::1", "fd00::2"}
	}
	return [2]string{"10.0.0.1", "10.0.0.2"}
}

// direction checks which way an answer goes.
func direction(t *testing.T, p gopacket.Packet, version uint8, back bool) {
	t.Helper()
	macs, ips := []net.HardwareAddr{hostA, hostB}, hosts(version)
	if back {
		macs, ips = []net.HardwareAddr{hostB, hostA}, [2]string{ips[1], ips[0]}
	}
	addresses, _, _ := headers(p)
	require.Equal(t, macs, route(p))
	require.Equal(t, ips, addresses)
}

// A connection is ended by what its sender takes for an answer to the last packet.
func TestReset(t *testing.T) {
	for _, version := range []uint8{4, 6} {
		for op, back := range map[opcode]bool{11: false, 22: true} {
			packet := carried(t, version, layers.IPProtocolTCP,
				&layers.TCP{SrcPort: 1000, DstPort: 80, Seq: 0xffffffff, SYN: true})
			p := parse(t, answer(t, op, packet, nil).packet)
			direction(t, p, version, back)
			_, hops, class := headers(p)
			require.Equal(t, []uint8{63, 0}, []uint8{hops, class})
			tcp := p.TransportLayer().(*layers.TCP)
			require.Equal(t, []layers.TCPPort{80, 1000}, []layers.TCPPort{tcp.SrcPort, tcp.DstPort})
			require.True(t, tcp.RST && tcp.ACK && !tcp.SYN)
			require.Zero(t, tcp.Ack, "one more than the last number there is")
			require.Zero(t, tcp.Seq)
			require.Empty(t, tcp.Payload)
		}
	}
	require.ErrorIs(t, handle(packetIn(11, datagram(t, 4, 30), nil), &recorder{}), errNoTCP)
}

// Errors quote as much of a packet as fits into what every host takes in.
func TestUnreachable(t *testing.T) {
	for _, c := range []struct {
		op      opcode
		version uint8
		payload int
		back    bool
		code    uint8
		limit   int
	}{
		{10, 4, 60, false, 3, 576}, {14, 4, 60, false, 1, 576}, {22, 4, 60, true, 3, 576},
		{22, 4, 1000, true, 3, 576}, {10, 6, 60, false, 4, 1280}, {20, 6, 60, false, 1, 1280},
		{22, 6, 1400, true, 4, 1280},
	} {
		packet := datagram(t, c.version, c.payload)
		out := answer(t, c.op, append(packet, 0xee), nil).packet
		p := parse(t, out)
		direction(t, p, c.version, c.back)
		_, hops, class := headers(p)
		require.Equal(t, []uint8{255, 0}, []uint8{hops, class})
		header := ipv4Len
		if c.version == 6 {
			header = ipv6Len
			require.Equal(t, layers.CreateICMPv6TypeCode(1, c.code),
				p.Layer(layers.LayerTypeICMPv6).(*layers.ICMPv6).TypeCode)
		} else {
			require.Equal(t, layers.CreateICMPv4TypeCode(3, c.code),
				p.Layer(layers.LayerTypeICMPv4).(*layers.ICMPv4).TypeCode)
		}
		quoted := packet[etherLen:]
		quoted = quoted[:min(len(quoted), c.limit-etherLen-header-icmpErrorLen)]
		require.Equal(t, quoted, out[etherLen+header+icmpErrorLen:], "without what is behind it")
	}
	require.ErrorIs(t, handle(packetIn(10, make([]byte, 60), nil), &recorder{}), errNoIP)
}

// Other protocols than UDP have no ports that could not be reached.
func TestUnreachableHost(t *testing.T) {
	p := parse(t, answer(t, 22, carried(t, 4, 200, gopacket.Payload("x")), nil).packet)
	require.Equal(t, layers.CreateICMPv4TypeCode(3, 1),
		p.Layer(layers.LayerTypeICMPv4).(*layers.ICMPv4).TypeCode)
}

// An association is ended with its tag, or with the one that is to be.
func TestAbort(t *testing.T) {
	begin := []byte{chunkInit, 0, 0, 20, 9, 9, 9, 9, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0}
	for _, version := range []uint8{4, 6} {
		for _, c := range []struct {
			op    opcode
			back  bool
			tag   uint32
			chunk []byte
			abort uint32
			flags uint8
		}{
			{24, false, 7, []byte{0, 3, 0, 4}, 7, 1}, {22, true, 7, begin, 7, 1},
			{22, true, 0, begin, 0x09090909, 0},
		} {
			packet := carried(t, version, layers.IPProtocolSCTP, &layers.SCTP{SrcPort: 1000,
				DstPort: 80, VerificationTag: c.tag}, gopacket.Payload(c.chunk))
			out := answer(t, c.op, packet, nil).packet
			p := parse(t, out)
			direction(t, p, version, c.back)
			sctp := p.TransportLayer().(*layers.SCTP)
			require.Equal(t, []layers.SCTPPort{80, 1000}, []layers.SCTPPort{sctp.SrcPort, sctp.DstPort})
			require.Equal(t, c.abort, sctp.VerificationTag)
			require.Equal(t, []byte{chunkAbort, c.flags, 0, 4}, out[len(out)-4:])
		}
		abort := carried(t, version, layers.IPProtocolSCTP, &layers.SCTP{},
			gopacket.Payload([]byte{chunkAbort, 0, 0, 4}))
		require.ErrorIs(t, handle(packetIn(24, abort, nil), &recorder{}), errAbort)
		short := carried(t, version, layers.IPProtocolSCTP, &layers.SCTP{},
			gopacket.Payload(begin[:8]))
		require.ErrorIs(t, handle(packetIn(24, short, nil), &recorder{}), errNoSCTP)
	}
}

// The question for the next hop has the packet's own addresses until the flow's actions change them.
func TestARP(t *testing.T) {
	p := parse(t, answer(t, 0, datagram(t, 4, 10), nil).packet)
	require.Equal(t, []net.HardwareAddr{hostA, hostB}, route(p))
	arp := p.Layer(layers.LayerTypeARP).(*layers.ARP)
	require.EqualValues(t, layers.ARPRequest, arp.Operation)
	require.Equal(t, []byte(hostA), arp.SourceHwAddress)
	require.Equal(t, make([]byte, 6), arp.DstHwAddress)
	require.EqualValues(t, 0x0a000001, binary.BigEndian.Uint32(arp.SourceProtAddress))
	require.EqualValues(t, 0x0a000002, binary.BigEndian.Uint32(arp.DstProtAddress))
	require.ErrorIs(t, handle(packetIn(0, datagram(t, 6, 10), nil), &recorder{}), errNoIPv4)
}
