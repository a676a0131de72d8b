package testbed

import (
	"fmt"
	"net"
	"net/netip"
	"slices"
	"sync"
	"time"

	"github.com/gopacket/gopacket"
	"github.com/gopacket/gopacket/layers"
)

// host is the network stack of a machine that lives in this process: it answers who it is (ARP and
// neighbor discovery) and echo requests, and sends its own. It knows no routers.
type host struct {
	vm *VM

	mu        sync.Mutex
	neighbors map[netip.Addr]net.HardwareAddr
	replies   map[echo]time.Time // when the reply came; zero while it is awaited
	next      uint16
}

// echo is one echo request.
type echo struct {
	to     netip.Addr
	number uint16
}

func newHost(v *VM) *host {
	h := &host{vm: v, neighbors: map[netip.Addr]net.HardwareAddr{}, replies: map[echo]time.Time{}}
	v.wire.listen(h.receive)
	return h
}

// receive looks at a frame and answers it. What it does not know is not for it.
func (h *host) receive(frame []byte) {
	packet := gopacket.NewPacket(frame, layers.LayerTypeEthernet, gopacket.NoCopy)
	var answer []byte
	for _, layer := range packet.Layers() {
		switch l := layer.(type) {
		case *layers.ARP:
			answer = h.arp(l)
		case *layers.ICMPv4:
			answer = h.echo4(packet, l)
		case *layers.ICMPv6Echo:
			answer = h.echo6(packet, l)
		case *layers.ICMPv6NeighborSolicitation:
			answer = h.solicitation(packet, l)
		case *layers.ICMPv6NeighborAdvertisement:
			h.learn(addressOf(l.TargetAddress), linkAddress(l.Options))
		}
	}
	if answer != nil {
		_ = h.vm.wire.send(answer) // the switch may just have gone; the other side asks again
	}
}

func (h *host) has(a netip.Addr) bool {
	return slices.ContainsFunc(h.vm.Addresses, func(p netip.Prefix) bool { return p.Addr() == a })
}

func (h *host) learn(a netip.Addr, mac net.HardwareAddr) {
	if len(mac) != 6 {
		return
	}
	h.mu.Lock()
	defer h.mu.Unlock()
	h.neighbors[a] = slices.Clone(mac)
}

func (h *host) arp(l *layers.ARP) []byte {
	from, to := addressOf(l.SourceProtAddress), addressOf(l.DstProtAddress)
	h.learn(from, l.SourceHwAddress)
	if l.Operation != layers.ARPRequest || !h.has(to) {
		return nil
	}
	return built(arp(layers.ARPReply, h.vm.MAC, l.SourceHwAddress, to, l.SourceHwAddress, from))
}

func (h *host) solicitation(packet gopacket.Packet, l *layers.ICMPv6NeighborSolicitation) []byte {
	target := addressOf(l.TargetAddress)
	ip, _ := packet.NetworkLayer().(*layers.IPv6)
	ethernet, _ := packet.LinkLayer().(*layers.Ethernet)
	if ip == nil || ethernet == nil || !h.has(target) {
		return nil
	}
	h.learn(addressOf(ip.SrcIP), linkAddress(l.Options))
	return built(icmp6(h.vm.MAC, ethernet.SrcMAC, target, addressOf(ip.SrcIP), 255,
		layers.ICMPv6TypeNeighborAdvertisement, &layers.ICMPv6NeighborAdvertisement{
			Flags: 0x60, TargetAddress: l.TargetAddress, // solicited, override
			Options: layers.ICMPv6Options{{Type: layers.ICMPv6OptTargetAddress, Data: h.vm.MAC}}}))
}

func (h *host) echo4(packet gopacket.Packet, l *layers.ICMPv4) []byte {
	ip, _ := packet.NetworkLayer().(*layers.IPv4)
	ethernet, _ := packet.LinkLayer().(*layers.Ethernet)
	if ip == nil || ethernet == nil || !h.has(addressOf(ip.DstIP)) {
		return nil
	}
	switch l.TypeCode.Type() {
	case layers.ICMPv4TypeEchoReply:
		h.replied(addressOf(ip.SrcIP), l.Seq)
	case layers.ICMPv4TypeEchoRequest:
		return built(echoFrame4(h.vm.MAC, ethernet.SrcMAC, addressOf(ip.DstIP), addressOf(ip.SrcIP),
			layers.ICMPv4TypeEchoReply, l.Id, l.Seq, l.Payload))
	}
	return nil
}

func (h *host) echo6(packet gopacket.Packet, l *layers.ICMPv6Echo) []byte {
	ip, _ := packet.NetworkLayer().(*layers.IPv6)
	ethernet, _ := packet.LinkLayer().(*layers.Ethernet)
	message, _ := packet.Layer(layers.LayerTypeICMPv6).(*layers.ICMPv6)
	if ip == nil || ethernet == nil || message == nil || !h.has(addressOf(ip.DstIP)) {
		return nil
	}
	switch message.TypeCode.Type() {
	case layers.ICMPv6TypeEchoReply:
		h.replied(addressOf(ip.SrcIP), l.SeqNumber)
	case layers.ICMPv6TypeEchoRequest:
		return built(icmp6(h.vm.MAC, ethernet.SrcMAC, addressOf(ip.DstIP), addressOf(ip.SrcIP), 64,
			layers.ICMPv6TypeEchoReply, l, gopacket.Payload(l.Payload)))
	}
	return nil
}

func (h *host) replied(from netip.Addr, number uint16) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if _, awaited := h.replies[echo{from, number}]; awaited {
		h.replies[echo{from, number}] = time.Now()
	}
}

// ping sends one echo request and waits for its reply.
func (h *host) ping(to netip.Addr, limit time.Duration) (time.Duration, error) {
	v := h.vm
	own, err := v.Address(to)
	if err != nil {
		return 0, err
	}
	start := time.Now()
	mac, err := h.resolve(own, to, limit)
	if err != nil {
		return 0, err
	}
	h.mu.Lock()
	h.next++
	request := echo{to, h.next}
	h.replies[request] = time.Time{}
	h.mu.Unlock()
	defer func() {
		h.mu.Lock()
		defer h.mu.Unlock()
		delete(h.replies, request)
	}()
	var frame []byte
	if to.Is4() {
		frame, err = echoFrame4(v.MAC, mac, own, to, layers.ICMPv4TypeEchoRequest, 1, request.number, nil)
	} else {
		frame, err = icmp6(v.MAC, mac, own, to, 64, layers.ICMPv6TypeEchoRequest,
			&layers.ICMPv6Echo{Identifier: 1, SeqNumber: request.number})
	}
	if err == nil {
		err = v.wire.send(frame)
	}
	if err != nil {
		return 0, err
	}
	for end := start.Add(limit); time.Now().Before(end); time.Sleep(time.Millisecond) {
		h.mu.Lock()
		arrived := h.replies[request]
		h.mu.Unlock()
		if !arrived.IsZero() {
			return arrived.Sub(start), nil
		}
	}
	return 0, errNoReply
}

// resolve finds the hardware address of a neighbor, and asks for it if it is not known.
func (h *host) resolve(own, to netip.Addr, limit time.Duration) (net.HardwareAddr, error) {
	known := func() net.HardwareAddr {
		h.mu.Lock()
		defer h.mu.Unlock()
		return h.neighbors[to]
	}
	if mac := known(); mac != nil {
		return mac, nil
	}
	question, err := ARPRequest(h.vm.MAC, own, to)
	if to.Is6() {
		question, err = solicit(h.vm.MAC, own, to)
	}
	if err == nil {
		err = h.vm.wire.send(question)
	}
	if err != nil {
		return nil, err
	}
	for end := time.Now().Add(limit); time.Now().Before(end); time.Sleep(time.Millisecond) {
		if mac := known(); mac != nil {
			return mac, nil
		}
	}
	return nil, fmt.Errorf("%w: nobody says that it is %s", errNoReply, to)
}
