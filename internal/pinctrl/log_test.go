package pinctrl

import (
	"bytes"
	"encoding/binary"
	"math/rand/v2"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/gopacket/gopacket"
	"github.com/gopacket/gopacket/layers"
	"github.com/stretchr/testify/require"
)

// datagram is a packet of UDP from A to B, of either version of IP.
func datagram(t testing.TB, version uint8, payload int) []byte {
	udp := &layers.UDP{SrcPort: 1000, DstPort: 53}
	return carried(t, version, layers.IPProtocolUDP, udp, gopacket.Payload(make([]byte, payload)))
}

// carried is a packet from A to B.
func carried(t testing.TB, version uint8, protocol layers.IPProtocol, parts ...gopacketLayer) []byte {
	kind := layers.EthernetTypeIPv4
	var ip gopacketLayer = &layers.IPv4{Version: 4, TTL: 64, TOS: 0xb9, Protocol: protocol,
		SrcIP: net.IP{10, 0, 0, 1}, DstIP: net.IP{10, 0, 0, 2}}
	if version == 6 {
		kind = layers.EthernetTypeIPv6
		ip = &layers.IPv6{Version: 6, HopLimit: 64, TrafficClass: 0xb9, FlowLabel: 0x12345,
			NextHeader: protocol, SrcIP: net.ParseIP("fd00::1"), DstIP: net.ParseIP("fd00::2")}
	}
	for _, l := range parts {
		if l, ok := l.(interface {
			SetNetworkLayerForChecksum(gopacket.NetworkLayer) error
		}); ok {
			require.NoError(t, l.SetNetworkLayerForChecksum(ip.(gopacket.NetworkLayer)))
		}
	}
	return serialize(t, append([]gopacketLayer{ethernet(kind, nil), ip}, parts...)...)
}

// The line is the one that ovn-controller writes (ovn-nb(5), ACL logging).
func TestLog(t *testing.T) {
	packet := datagram(t, 4, 0)
	const flow = "udp,vlan_tci=0x0000,dl_src=02:00:00:00:00:0a,dl_dst=02:00:00:00:00:0b," +
		"nw_src=10.0.0.1,nw_dst=10.0.0.2,nw_tos=184,nw_ecn=1,nw_ttl=64,nw_frag=no," +
		"tp_src=1000,tp_dst=53"
	for _, c := range []struct {
		data  string
		table uint8
		line  string
	}{
		{"\x01\x06no \"web\"", 16, `name="no \"web\"", verdict=drop, severity=info, direction=from-lport: `},
		{"\x00\x01", 46, `name="<unnamed>", verdict=allow, severity=alert, direction=to-lport: `},
		{"\x02\x07x<y", 42, `name="x<y", verdict=reject, severity=debug, direction=to-lport: `},
		{"\x63\x63x", 41, `name="x", verdict=<unknown>, severity=<unknown>, direction=from-lport: `},
	} {
		in := packetIn(7, packet, []byte(c.data))
		in.Table = c.table
		r := &recorder{}
		require.NoError(t, handle(in, r))
		require.Equal(t, []string{c.line + flow}, r.lines)
	}
	require.ErrorIs(t, handle(packetIn(7, packet, []byte{1}), &recorder{}), errNoVerdict)
}

// samples are packets of all kinds, whole ones and such as were damaged.
func samples(t testing.TB, random *rand.Rand) [][]byte {
	tcp := &layers.TCP{SrcPort: 80, DstPort: 20, SYN: true, ACK: true, NS: true, Window: 9}
	base := [][]byte{solicitation(t), solicitation(t, &layers.Dot1Q{VLANIdentifier: 7, Priority: 3,
		Type: layers.EthernetTypeIPv6}),
		serialize(t, ethernet(layers.EthernetTypeARP, nil), &layers.ARP{AddrType: 1, Protocol: 0x800,
			HwAddressSize: 6, ProtAddressSize: 4, Operation: 1, SourceHwAddress: hostA,
			SourceProtAddress: []byte{10, 0, 0, 1}, DstHwAddress: hostB,
			DstProtAddress: []byte{10, 0, 0, 2}}),
		serialize(t, ethernet(0x8035, nil), gopacket.Payload("\x00\x01\x08\x00\x06\x04\x00\x03"+
			"\x02\x00\x00\x00\x00\x0a\x0a\x00\x00\x01\x02\x00\x00\x00\x00\x0b\x0a\x00\x00\x02")),
		serialize(t, ethernet(0x88cc, nil), gopacket.Payload("lldp"))}
	for _, version := range []uint8{4, 6} {
		base = append(base, datagram(t, version, 20), carried(t, version, layers.IPProtocolTCP, tcp),
			carried(t, version, layers.IPProtocolSCTP, &layers.SCTP{SrcPort: 5, DstPort: 6}),
			carried(t, version, 200, gopacket.Payload("something")),
			carried(t, version, 2, gopacket.Payload("\x16\x00\x00\x00\xe0\x00\x00\x01")),
			carried(t, version, 44, gopacket.Payload("\x11\x00\x00\x01\x00\x00\x00\x01\x03\xe8\x00\x35\x00\x08\x00\x00")),
			carried(t, version, 44, gopacket.Payload("\x11\x00\x00\x09\x00\x00\x00\x01\x03\xe8\x00\x35\x00\x08\x00\x00")),
			carried(t, version, 60, gopacket.Payload("\x11\x00\x00\x00\x00\x00\x00\x00\x03\xe8\x00\x35\x00\x08\x00\x00")))
	}
	base = append(base, carried(t, 4, layers.IPProtocolICMPv4, &layers.ICMPv4{TypeCode: 0x0801}))
	packets := base
	for range 300 {
		p := bytes.Clone(base[random.IntN(len(base))])
		switch random.IntN(3) {
		case 0:
			p = p[:etherLen+vlanLen+random.IntN(len(p)-etherLen-vlanLen+1)]
		case 1:
			p = append(p, make([]byte, random.IntN(20))...)
		default:
			// What is carried may be anything.
			p[len(p)-1-random.IntN(min(8, len(p)-etherLen-vlanLen+1))] = byte(random.Uint32())
		}
		packets = append(packets, p)
	}
	return packets
}

// capture is a file of packets (pcap-savefile(5)).
func capture(packets [][]byte) []byte {
	order := binary.LittleEndian
	b := order.AppendUint32(nil, 0xa1b2c3d4)
	b = order.AppendUint16(order.AppendUint16(b, 2), 4)
	for _, v := range []uint32{0, 0, 0xffff, 1} {
		b = order.AppendUint32(b, v)
	}
	for _, p := range packets {
		for _, v := range []uint32{0, 0, uint32(len(p)), uint32(len(p))} {
			b = order.AppendUint32(b, v)
		}
		b = append(b, p...)
	}
	return b
}

// Packets are spelled as Open vSwitch spells them.
func TestFlowText(t *testing.T) {
	seed := uint64(time.Now().UnixNano())
	t.Logf("seed %d", seed)
	packets := samples(t, rand.New(rand.NewPCG(seed, 0)))
	path := filepath.Join(t.TempDir(), "packets.pcap")
	require.NoError(t, os.WriteFile(path, capture(packets), 0o600))
	out, err := exec.Command("ovs-ofctl", "parse-pcap", path).CombinedOutput()
	require.NoError(t, err, string(out))
	lines := strings.Split(strings.TrimSpace(string(out)), "\n")
	require.Len(t, lines, len(packets))
	for i, p := range packets {
		f, err := parseFrame(p)
		require.NoError(t, err)
		if etherType := binary.BigEndian.Uint16(p[12:]); f.isTagged && f.etherType == etherVLAN ||
			etherType>>8 == 0x88 && etherType != 0x88cc || f.etherType>>8 == 0x88 {
			continue // a second tag, or MPLS
		}
		require.Equal(t, strings.Replace(lines[i], "in_port=ANY,", "", 1), string(f.appendText(nil)),
			"%x", p)
	}
}
