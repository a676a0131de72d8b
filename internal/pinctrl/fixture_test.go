package pinctrl

import (
	"encoding/binary"
	"net"
	"testing"

	"github.com/gopacket/gopacket"
	"github.com/gopacket/gopacket/layers"
	"github.com/stretchr/testify/require"

	"woven/bridge/openflow"
)

type gopacketLayer = gopacket.SerializableLayer

// The two hosts of all packets: A sends, B is sent to.
var (
	hostA = net.HardwareAddr{0x02, 0, 0, 0, 0, 0x0a}
	hostB = net.HardwareAddr{0x02, 0, 0, 0, 0, 0x0b}
)

// recorder notes the effects of handlers.
type recorder struct {
	replies []reply
	lines   []string
	learned map[place]uint64
}

type reply struct{ packet, actions []byte }

func (r *recorder) reply(_ *request, packet, actions []byte) error {
	r.replies = append(r.replies, reply{packet, actions})
	return nil
}

func (r *recorder) log(line string) { r.lines = append(r.lines, line) }

func (r *recorder) learn(p place, port uint64) {
	if r.learned == nil {
		r.learned = map[place]uint64{}
	}
	r.learned[p] = port
}

// packetIn is a packet that the switch sent with an opcode and its data.
func packetIn(op opcode, packet, data []byte) *openflow.PacketIn {
	user := binary.BigEndian.AppendUint32(nil, uint32(op))
	return &openflow.PacketIn{Packet: packet, Reason: openflow.ReasonAction,
		UserData: append(append(user, 0, 0, 0, 0), data...)}
}

// answer is what the controller sends for a packet.
func answer(t *testing.T, op opcode, packet, data []byte) reply {
	t.Helper()
	r := &recorder{}
	require.NoError(t, handle(packetIn(op, packet, data), r))
	require.Len(t, r.replies, 1)
	return r.replies[0]
}

// ethernet is the header of a frame from A to B, with a tag if there are layers between.
func ethernet(kind layers.EthernetType, tagged []gopacketLayer) *layers.Ethernet {
	if len(tagged) > 0 {
		kind = layers.EthernetTypeDot1Q
	}
	return &layers.Ethernet{SrcMAC: hostA, DstMAC: hostB, EthernetType: kind}
}

func serialize(t testing.TB, parts ...gopacketLayer) []byte {
	b := gopacket.NewSerializeBuffer()
	require.NoError(t, gopacket.SerializeLayers(b,
		gopacket.SerializeOptions{FixLengths: true, ComputeChecksums: true}, parts...))
	return b.Bytes()
}

// parse reads a packet, all of which has to be understood.
func parse(t *testing.T, b []byte) gopacket.Packet {
	t.Helper()
	p := gopacket.NewPacket(b, layers.LayerTypeEthernet, gopacket.Default)
	require.Nil(t, p.ErrorLayer(), "%v", p)
	for _, l := range p.Layers() {
		if l, ok := l.(interface {
			SetNetworkLayerForChecksum(gopacket.NetworkLayer) error
		}); ok {
			require.NoError(t, l.SetNetworkLayerForChecksum(p.NetworkLayer()))
		}
	}
	err, mismatches := p.VerifyChecksums()
	require.NoError(t, err)
	require.Empty(t, mismatches)
	return p
}

// route is the Ethernet addresses of a packet, the source first.
func route(p gopacket.Packet) []net.HardwareAddr {
	e := p.Layer(layers.LayerTypeEthernet).(*layers.Ethernet)
	return []net.HardwareAddr{e.SrcMAC, e.DstMAC}
}
