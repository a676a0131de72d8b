package testbed

import (
	"encoding/binary"
	"errors"
	"fmt"
	"math/rand/v2"
	"net"
	"net/netip"
	"os"
	"time"
)

// The types of ICMP messages (RFC 792, RFC 4443).
const (
	echoRequest4, echoReply4 = 8, 0
	echoRequest6, echoReply6 = 128, 129
)

// errNoReply says that no reply came in time.
var errNoReply = errors.New("no reply")

// pinger sends ICMP echo requests to one address and waits for their replies.
type pinger struct {
	socket  net.PacketConn
	to      netip.Addr
	request byte // the type of a request
	reply   byte // the type of a reply
	id      uint16
	next    uint16
}

// newPinger opens a pinger in the network namespace of the calling thread.
func newPinger(to netip.Addr) (*pinger, error) {
	p := &pinger{to: to, id: uint16(rand.Uint32())}
	network, any := "ip4:icmp", "0.0.0.0"
	p.request, p.reply = echoRequest4, echoReply4
	if to.Is6() {
		network, any = "ip6:ipv6-icmp", "::"
		p.request, p.reply = echoRequest6, echoReply6
	}
	var err error
	p.socket, err = net.ListenPacket(network, any)
	return p, err
}

func (p *pinger) close() { p.socket.Close() }

// ping sends one request and waits for its reply, not longer than the limit. It returns how long
// the reply took. That there is no way to the address shows as no reply, too.
func (p *pinger) ping(limit time.Duration) (time.Duration, error) {
	p.next++
	message := make([]byte, 8+16)
	message[0] = p.request
	binary.BigEndian.PutUint16(message[4:], p.id)
	binary.BigEndian.PutUint16(message[6:], p.next)
	if p.to.Is4() { // for ICMPv6 the kernel does it, which knows the source
		binary.BigEndian.PutUint16(message[2:], internetChecksum(message))
	}
	start := time.Now()
	if err := p.socket.SetDeadline(start.Add(limit)); err != nil {
		return 0, err
	}
	_, sendError := p.socket.WriteTo(message, &net.IPAddr{IP: p.to.AsSlice()})
	buffer := make([]byte, maximalFrame)
	for {
		size, from, err := p.socket.ReadFrom(buffer)
		switch {
		case errors.Is(err, os.ErrDeadlineExceeded):
			return 0, errors.Join(errNoReply, sendError)
		case err != nil:
			return 0, err
		case p.isReply(buffer[:size], from):
			return time.Since(start), nil
		}
	}
}

// isReply reports whether a message is the reply to the newest request.
func (p *pinger) isReply(message []byte, from net.Addr) bool {
	sender, ok := from.(*net.IPAddr)
	return ok && len(message) >= 8 && message[0] == p.reply && sender.IP.Equal(p.to.AsSlice()) &&
		binary.BigEndian.Uint16(message[4:]) == p.id && binary.BigEndian.Uint16(message[6:]) == p.next
}

// internetChecksum is the checksum of RFC 1071.
func internetChecksum(data []byte) uint16 {
	sum := uint32(0)
	for i, b := range data {
		sum += uint32(b) << (8 * (1 - i%2))
	}
	for sum>>16 != 0 {
		sum = sum&0xffff + sum>>16
	}
	return ^uint16(sum)
}

// replyLimit is how long one of several requests waits for its reply.
const replyLimit = 250 * time.Millisecond

// Echo makes a function that sends one echo request from the machine and waits for its reply, not
// longer than a limit; it returns how long the reply took. Stop has to be called in the end.
func (v *VM) Echo(to netip.Addr) (echo func(limit time.Duration) (time.Duration, error), stop func(),
	err error) {
	if v.Namespace == nil {
		return func(limit time.Duration) (time.Duration, error) { return v.host.ping(to, limit) },
			func() {}, nil
	}
	var p *pinger
	err = v.Namespace.Do(func() (err error) {
		p, err = newPinger(to)
		return err
	})
	if err != nil {
		return nil, nil, err
	}
	return p.ping, p.close, nil
}

// Ping sends echo requests from the machine until one is answered, or Patience is over.
func (v *VM) Ping(to netip.Addr) error {
	echo, stop, err := v.Echo(to)
	if err != nil {
		return err
	}
	defer stop()
	return Until(fmt.Sprintf("%s reaches %s", v.Name, to), func() error {
		_, err := echo(replyLimit)
		return err
	})
}
