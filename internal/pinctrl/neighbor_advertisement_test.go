package pinctrl

import (
	"net"
	"testing"

	"github.com/gopacket/gopacket/layers"
	"github.com/stretchr/testify/require"

	"woven/bridge/openflow"
)

// solicitation is a packet that asks who has an address.
func solicitation(t testing.TB, tagged ...gopacketLayer) []byte {
	ip := &layers.IPv6{Version: 6, HopLimit: 255, NextHeader: layers.IPProtocolICMPv6,
		SrcIP: net.ParseIP("fd00::1"), DstIP: net.ParseIP("ff02::1:ff00:2")}
	icmp := &layers.ICMPv6{
		TypeCode: layers.CreateICMPv6TypeCode(layers.ICMPv6TypeNeighborSolicitation, 0)}
	require.NoError(t, icmp.SetNetworkLayerForChecksum(ip))
	return serialize(t, append(append([]gopacketLayer{ethernet(layers.EthernetTypeIPv6, tagged)},
		tagged...), ip, icmp, &layers.ICMPv6NeighborSolicitation{TargetAddress: net.ParseIP("fd00::2")})...)
}

// The asker gets an advertisement that everything it needs is in.
func TestNeighborAdvertisement(t *testing.T) {
	for op, flags := range map[opcode]uint8{3: 0x60, 12: 0xe0} {
		out := answer(t, op, solicitation(t), []byte("actions!"))
		require.Equal(t, []byte("actions!"), out.actions, "the flow's actions are done to it")
		p := parse(t, out.packet)
		require.Equal(t, []net.HardwareAddr{hostB, hostA}, route(p))
		ip := p.Layer(layers.LayerTypeIPv6).(*layers.IPv6)
		require.Equal(t, "fd00::2 fd00::1", ip.SrcIP.String()+" "+ip.DstIP.String())
		require.EqualValues(t, 255, ip.HopLimit)
		na := p.Layer(layers.LayerTypeICMPv6NeighborAdvertisement).(*layers.ICMPv6NeighborAdvertisement)
		require.Equal(t, flags, na.Flags)
		require.Equal(t, "fd00::2", na.TargetAddress.String())
		require.Equal(t, layers.ICMPv6Options{{Type: layers.ICMPv6OptTargetAddress, Data: hostB}},
			na.Options)
	}
}

// Whoever asks in a VLAN is answered in it.
func TestNeighborAdvertisementInVLAN(t *testing.T) {
	out := answer(t, 3, solicitation(t, &layers.Dot1Q{VLANIdentifier: 7, Priority: 3,
		Type: layers.EthernetTypeIPv6}), nil)
	tag := parse(t, out.packet).Layer(layers.LayerTypeDot1Q).(*layers.Dot1Q)
	require.EqualValues(t, 7, tag.VLANIdentifier)
	require.EqualValues(t, 3, tag.Priority)
}

// Other packets are refused, however short they are.
func TestNeighborAdvertisementForOthers(t *testing.T) {
	whole := solicitation(t)
	for n := range whole {
		require.Error(t, handle(packetIn(3, whole[:n], nil), &recorder{}))
	}
	echo := append([]byte{}, whole...)
	echo[etherLen+ipv6Len] = 128
	require.ErrorIs(t, handle(packetIn(3, echo, nil), &recorder{}), errNoSolicitation)
}

// What logical flows know of the packet goes back with the answer, and nothing else.
func TestPacketOut(t *testing.T) {
	in := openflow.PacketIn{}
	for field, value := range map[openflow.Field]uint64{openflow.FieldMetadata: 5,
		openflow.Reg(14): 1, openflow.Reg(15): 0x8000, openflow.FieldInPort: 3,
		openflow.FieldTunID: 9} {
		in.Metadata.SetExact(field, openflow.U64(value))
	}
	inner := openflow.AppendActions(nil, []openflow.Action{openflow.DecTTL{}}, nil)
	message, err := packetOut(&in, []byte{1, 2, 3}, inner).Append(nil, 1)
	require.NoError(t, err)
	out, err := openflow.DecodePacketOut(message)
	require.NoError(t, err)
	require.Equal(t, []byte{1, 2, 3}, out.Packet)
	require.Equal(t, "set_field:0x1->reg14,set_field:0x8000->reg15,set_field:0x5->metadata,dec_ttl",
		openflow.PrintActions(out.Actions))
	require.Equal(t, "in_port=CONTROLLER", out.Match.String())
}
