package testbed

import (
	"net"
	"net/netip"

	"github.com/gopacket/gopacket"
	"github.com/gopacket/gopacket/layers"
)

// addressOf is an address out of a packet; the zero one if it has no address's length.
func addressOf(bytes []byte) netip.Addr {
	a, _ := netip.AddrFromSlice(bytes)
	return a.Unmap()
}

// linkAddress is the hardware address among the options of neighbor discovery (RFC 4861, 4.6.1).
func linkAddress(options layers.ICMPv6Options) net.HardwareAddr {
	for _, o := range options {
		if o.Type == layers.ICMPv6OptSourceAddress || o.Type == layers.ICMPv6OptTargetAddress {
			return o.Data
		}
	}
	return nil
}

// built is a frame that could be built; one that could not is none.
func built(frame []byte, err error) []byte {
	if err != nil {
		return nil
	}
	return frame
}

// echoFrame4 is an echo message of ICMP in an Ethernet frame.
func echoFrame4(fromMAC, toMAC net.HardwareAddr, from, to netip.Addr, kind uint8, id, number uint16,
	payload []byte) ([]byte, error) {
	return serialize(
		&layers.Ethernet{SrcMAC: fromMAC, DstMAC: toMAC, EthernetType: layers.EthernetTypeIPv4},
		&layers.IPv4{Version: 4, TTL: 64, Protocol: layers.IPProtocolICMPv4,
			SrcIP: from.AsSlice(), DstIP: to.AsSlice()},
		&layers.ICMPv4{TypeCode: layers.CreateICMPv4TypeCode(kind, 0), Id: id, Seq: number},
		gopacket.Payload(payload))
}

// icmp6 is a message of ICMPv6 in an Ethernet frame.
func icmp6(fromMAC, toMAC net.HardwareAddr, from, to netip.Addr, hops uint8, kind uint8,
	message ...gopacket.SerializableLayer) ([]byte, error) {
	ip := &layers.IPv6{Version: 6, HopLimit: hops, NextHeader: layers.IPProtocolICMPv6,
		SrcIP: from.AsSlice(), DstIP: to.AsSlice()}
	header := &layers.ICMPv6{TypeCode: layers.CreateICMPv6TypeCode(kind, 0)}
	if err := header.SetNetworkLayerForChecksum(ip); err != nil {
		return nil, err
	}
	ethernet := &layers.Ethernet{SrcMAC: fromMAC, DstMAC: toMAC, EthernetType: layers.EthernetTypeIPv6}
	return serialize(append([]gopacket.SerializableLayer{ethernet, ip, header}, message...)...)
}

// solicit is the frame that asks who has an IPv6 address, sent to the group of those whose address
// ends like it (RFC 4861, section 7.2.2).
func solicit(mac net.HardwareAddr, own, wanted netip.Addr) ([]byte, error) {
	a := wanted.As16()
	group := netip.AddrFrom16([16]byte{0: 0xff, 1: 2, 11: 1, 12: 0xff, 13: a[13], 14: a[14], 15: a[15]})
	return icmp6(mac, net.HardwareAddr{0x33, 0x33, 0xff, a[13], a[14], a[15]}, own, group, 255,
		layers.ICMPv6TypeNeighborSolicitation, &layers.ICMPv6NeighborSolicitation{
			TargetAddress: a[:],
			Options:       layers.ICMPv6Options{{Type: layers.ICMPv6OptSourceAddress, Data: mac}}})
}
