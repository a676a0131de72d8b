package testbed

import (
	"fmt"
	"net"
	"net/netip"

	"github.com/gopacket/gopacket"
	"github.com/gopacket/gopacket/layers"
)

// Broadcast is the hardware address of everybody.
var Broadcast = net.HardwareAddr{0xff, 0xff, 0xff, 0xff, 0xff, 0xff}

// Datagram is a UDP packet in an Ethernet frame, over IPv4 or IPv6 as its addresses are.
type Datagram struct {
	// FromMAC and ToMAC are the hardware addresses.
	FromMAC, ToMAC net.HardwareAddr
	// From and To are the addresses and ports.
	From, To netip.AddrPort
	// Payload makes the packet recognisable.
	Payload []byte
}

// Frame is the datagram with all lengths and checksums, as it is on the wire.
func (d Datagram) Frame() ([]byte, error) {
	ethernet := &layers.Ethernet{SrcMAC: d.FromMAC, DstMAC: d.ToMAC}
	udp := &layers.UDP{SrcPort: layers.UDPPort(d.From.Port()), DstPort: layers.UDPPort(d.To.Port())}
	from, to := d.From.Addr().AsSlice(), d.To.Addr().AsSlice()
	var ip interface {
		gopacket.NetworkLayer
		gopacket.SerializableLayer
	}
	if d.From.Addr().Is4() {
		ethernet.EthernetType = layers.EthernetTypeIPv4
		ip = &layers.IPv4{Version: 4, TTL: 64, Protocol: layers.IPProtocolUDP, SrcIP: from, DstIP: to}
	} else {
		ethernet.EthernetType = layers.EthernetTypeIPv6
		ip = &layers.IPv6{Version: 6, HopLimit: 64, NextHeader: layers.IPProtocolUDP,
			SrcIP: from, DstIP: to}
	}
	if err := udp.SetNetworkLayerForChecksum(ip); err != nil {
		return nil, err
	}
	return serialize(ethernet, ip, udp, gopacket.Payload(d.Payload))
}

// ARPRequest is the frame in which a machine asks who has an IPv4 address, claiming one for itself.
func ARPRequest(mac net.HardwareAddr, own, wanted netip.Addr) ([]byte, error) {
	return arp(layers.ARPRequest, mac, Broadcast, own, net.HardwareAddr{0, 0, 0, 0, 0, 0}, wanted)
}

func arp(operation uint16, from, to net.HardwareAddr, fromIP netip.Addr, target net.HardwareAddr,
	toIP netip.Addr) ([]byte, error) {
	return serialize(
		&layers.Ethernet{SrcMAC: from, DstMAC: to, EthernetType: layers.EthernetTypeARP},
		&layers.ARP{AddrType: layers.LinkTypeEthernet, Protocol: layers.EthernetTypeIPv4,
			HwAddressSize: 6, ProtAddressSize: 4, Operation: operation,
			SourceHwAddress: from, SourceProtAddress: fromIP.AsSlice(),
			DstHwAddress: target, DstProtAddress: toIP.AsSlice()})
}

// serialize puts layers into one frame, with their lengths and checksums.
func serialize(parts ...gopacket.SerializableLayer) ([]byte, error) {
	buffer := gopacket.NewSerializeBuffer()
	options := gopacket.SerializeOptions{FixLengths: true, ComputeChecksums: true}
	if err := gopacket.SerializeLayers(buffer, options, parts...); err != nil {
		return nil, fmt.Errorf("building a frame: %w", err)
	}
	return buffer.Bytes(), nil
}
