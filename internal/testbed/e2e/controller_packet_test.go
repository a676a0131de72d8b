package e2e

import (
	"encoding/binary"
	"fmt"
	"net"
	"net/netip"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/gopacket/gopacket"
	"github.com/gopacket/gopacket/layers"
	"github.com/stretchr/testify/require"

	"woven/internal/testbed"
)

// outcome is what comes of packets that flows hand to the controller.
type outcome struct {
	replies []string // the frames that their sender gets, in hexadecimal digits
	logged  []string // by acl_log
	learned string   // rows of FDB
}

// Packets that flows hand to the controller have the same answers, lines in the log and rows from
// ours as from the reference.
func TestPacketsToTheController(t *testing.T) {
	want := handOver(t, testbed.ReferenceController())
	got := handOver(t, woven("woven-controller"))
	require.Len(t, want.logged, 2)
	require.Equal(t, want, got)
}

// handOver runs a stack with a controller, and sends packets that come to it.
func handOver(t *testing.T, controller testbed.Program) outcome {
	bed, err := testbed.New(testbed.Dummy)
	require.NoError(t, err)
	t.Cleanup(func() {
		if t.Failed() {
			t.Log(bed.Report())
		}
		require.NoError(t, bed.Close())
	})
	_, err = bed.StartCentral(testbed.ReferenceNorthd())
	require.NoError(t, err)
	hv, err := bed.StartHypervisor("hv1", controller)
	require.NoError(t, err)
	require.NoError(t, bed.AddMachines(switchPorts("blue", 1, "hv1", "hv1", "hv1")...))
	_, err = bed.Central.NBCtl("--log", "--name=all of it", "--severity=alert", "acl-add", "blue",
		"to-lport", "1000", `outport == "blue2" && udp.dst == 53`, "drop",
		"--", "--log", "acl-add", "blue", "from-lport", "1000", "tcp.dst == 81", "drop",
		"--", "acl-add", "blue", "to-lport", "900", `outport == "blue2" && ip`, "reject",
		"--", "lsp-set-addresses", "blue3", "unknown", "--", "lsp-set-port-security", "blue3",
		"--", "set", "Logical_Switch_Port", "blue3", "options:requested-tnl-key=9")
	require.NoError(t, err)
	require.NoError(t, bed.Central.Sync("hv"))

	file := filepath.Join(bed.Folder(), "blue1.pcap")
	_, err = hv.VSCtl("set", "Interface", "blue1", "options:tx_pcap="+file)
	require.NoError(t, err)
	sender, err := bed.VM("blue1")
	require.NoError(t, err)
	var o outcome
	for i, frame := range rejected(t) {
		require.NoError(t, sender.Send(frame))
		require.NoError(t, testbed.Until(fmt.Sprintf("reply %d", i), func() error {
			o.replies = captured(file)
			if len(o.replies) <= i {
				return fmt.Errorf("there are %d", len(o.replies))
			}
			return nil
		}))
	}
	for i, frame := range logged(t) {
		require.NoError(t, sender.Send(frame))
		require.NoError(t, testbed.Until(fmt.Sprintf("line %d", i), func() error {
			o.logged = aclLines(hv.Controller.LogTail())
			if len(o.logged) <= i {
				return fmt.Errorf("there are %d", len(o.logged))
			}
			return nil
		}))
	}
	stranger, err := bed.VM("blue3")
	require.NoError(t, err)
	require.NoError(t, stranger.Send(between(t, net.HardwareAddr{2, 0xab, 0, 0, 0, 0xcd}, 4, 17,
		&layers.UDP{SrcPort: 1, DstPort: 2})))
	require.NoError(t, testbed.Until("an address is learnt", func() error {
		o.learned, err = bed.Central.SBCtl("--bare", "--columns=mac,dp_key,port_key", "list", "FDB")
		if err == nil && strings.TrimSpace(o.learned) == "" {
			err = fmt.Errorf("there is no row")
		}
		return err
	}))
	return o
}

// rejected are packets to each of which the sender gets one reply.
func rejected(t *testing.T) [][]byte {
	var frames [][]byte
	one := net.HardwareAddr{2, 0, 0, 0, 1, 1}
	for _, version := range []uint8{4, 6} {
		frames = append(frames,
			between(t, one, version, 6, &layers.TCP{SrcPort: 1000, DstPort: 80, SYN: true, Seq: 77}),
			between(t, one, version, 6, &layers.TCP{SrcPort: 1000, DstPort: 80, ACK: true, Seq: 78,
				Ack: 5}, gopacket.Payload("something")),
			between(t, one, version, 17, &layers.UDP{SrcPort: 1000, DstPort: 80},
				gopacket.Payload(make([]byte, 40))),
			between(t, one, version, 17, &layers.UDP{SrcPort: 1000, DstPort: 80},
				gopacket.Payload(make([]byte, 1400))),
			between(t, one, version, 200, gopacket.Payload("of no known protocol")),
			between(t, one, version, 132, &layers.SCTP{SrcPort: 1, DstPort: 2, VerificationTag: 99},
				gopacket.Payload("\x00\x03\x00\x10and some data.")),
			between(t, one, version, 132, &layers.SCTP{SrcPort: 1, DstPort: 2}, gopacket.Payload(
				"\x01\x00\x00\x14\x01\x02\x03\x04\x00\x00\xff\xff\x00\x01\x00\x01\x00\x00\x00\x01")))
	}
	ask := &layers.ICMPv6{
		TypeCode: layers.CreateICMPv6TypeCode(layers.ICMPv6TypeNeighborSolicitation, 0)}
	return append(frames, between(t, one, 6, 58, ask,
		&layers.ICMPv6NeighborSolicitation{TargetAddress: net.ParseIP("fd00:1::2")}))
}

// logged are packets of each of which a line is written.
func logged(t *testing.T) [][]byte {
	one := net.HardwareAddr{2, 0, 0, 0, 1, 1}
	return [][]byte{between(t, one, 4, 17, &layers.UDP{SrcPort: 1000, DstPort: 53}),
		between(t, one, 6, 6, &layers.TCP{SrcPort: 1000, DstPort: 81, SYN: true})}
}

// between is a frame from blue1's addresses of IP to blue2.
func between(t *testing.T, source net.HardwareAddr, version uint8, protocol layers.IPProtocol,
	parts ...gopacket.SerializableLayer) []byte {
	ethernet := &layers.Ethernet{SrcMAC: source, DstMAC: net.HardwareAddr{2, 0, 0, 0, 1, 2},
		EthernetType: layers.EthernetTypeIPv4}
	var ip gopacket.SerializableLayer = &layers.IPv4{Version: 4, TTL: 64, TOS: 0x48,
		Protocol: protocol, SrcIP: netip.MustParseAddr("10.0.1.1").AsSlice(),
		DstIP: netip.MustParseAddr("10.0.1.2").AsSlice()}
	if version == 6 {
		ethernet.EthernetType = layers.EthernetTypeIPv6
		ip = &layers.IPv6{Version: 6, HopLimit: 255, TrafficClass: 0x48, FlowLabel: 0x4321,
			NextHeader: protocol, SrcIP: netip.MustParseAddr("fd00:1::1").AsSlice(),
			DstIP: netip.MustParseAddr("fd00:1::2").AsSlice()}
	}
	for _, p := range parts {
		if p, ok := p.(interface {
			SetNetworkLayerForChecksum(gopacket.NetworkLayer) error
		}); ok {
			require.NoError(t, p.SetNetworkLayerForChecksum(ip.(gopacket.NetworkLayer)))
		}
	}
	b := gopacket.NewSerializeBuffer()
	require.NoError(t, gopacket.SerializeLayers(b,
		gopacket.SerializeOptions{FixLengths: true, ComputeChecksums: true},
		append([]gopacket.SerializableLayer{ethernet, ip}, parts...)...))
	return b.Bytes()
}

// captured are the frames in a file that Open vSwitch writes (pcap-savefile(5)), in hexadecimal
// digits. What is not all there yet is left out.
func captured(file string) []string {
	b, err := os.ReadFile(file)
	if err != nil || len(b) < 24 {
		return nil
	}
	var frames []string
	for b = b[24:]; len(b) >= 16; {
		size := 16 + int(binary.NativeEndian.Uint32(b[8:]))
		if size > len(b) {
			break
		}
		frames = append(frames, fmt.Sprintf("%x", b[16:size]))
		b = b[size:]
	}
	return frames
}

// aclLine is a line of acl_log behind its time and number.
var aclLine = regexp.MustCompile(`\|acl_log\([^)]*\)\|(.*)|\|acl_log\|(.*)`)

// aclLines are what acl_log has written.
func aclLines(log string) []string {
	var lines []string
	for _, m := range aclLine.FindAllStringSubmatch(log, -1) {
		lines = append(lines, m[1]+m[2])
	}
	return lines
}
