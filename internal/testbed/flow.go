package testbed

import (
	"encoding/binary"
	"errors"
	"fmt"
	"net"
	"net/netip"
	"sync"
	"sync/atomic"
	"time"
)

// Flow is an established flow between two machines: numbered UDP packets at a steady pace. What
// does not arrive was lost on the way.
type Flow struct {
	from, to *VM
	sender   *net.UDPConn
	receiver net.PacketConn
	sent     atomic.Uint64
	ended    atomic.Bool
	done     sync.WaitGroup

	mu       sync.Mutex
	received map[uint64]int // how often each number came
	last     uint64         // the highest number that came
	first    uint64         // the number with which the flow was established
}

// flowPace is the time between two packets: short enough to see a gap, and so long that a switch
// which does not get a processor for half a second has not lost any in its socket.
const flowPace = 2 * time.Millisecond

// StartFlow begins a flow to a port of another machine and returns when it is established, which
// is when the first packets have arrived. Machines of the dummy datapath have none.
func StartFlow(from, to *VM, address netip.Addr, port uint16) (*Flow, error) {
	if from.Namespace == nil || to.Namespace == nil {
		return nil, errors.New("a flow needs machines with namespaces")
	}
	f := &Flow{from: from, to: to, received: map[uint64]int{}}
	destination := netip.AddrPortFrom(address, port)
	err := to.Namespace.Do(func() (err error) {
		f.receiver, err = net.ListenPacket("udp", destination.String())
		return err
	})
	if err != nil {
		return nil, err
	}
	err = from.Namespace.Do(func() (err error) {
		f.sender, err = net.DialUDP("udp", nil, net.UDPAddrFromAddrPort(destination))
		return err
	})
	if err != nil {
		return nil, errors.Join(err, f.receiver.Close())
	}
	f.done.Go(f.send)
	f.done.Go(f.receive)
	if err := f.awaitMore(10); err != nil {
		_, _ = f.Finish() // the first error says it
		return nil, err
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	f.first = f.last
	return f, nil
}

func (f *Flow) send() {
	ticker := time.NewTicker(flowPace)
	defer ticker.Stop()
	for range ticker.C {
		if f.ended.Load() {
			return
		}
		// A refused packet counts as lost, as does one that is dropped later.
		_, _ = f.sender.Write(binary.BigEndian.AppendUint64(nil, f.sent.Add(1)))
	}
}

func (f *Flow) receive() {
	buffer := make([]byte, maximalFrame)
	for {
		size, _, err := f.receiver.ReadFrom(buffer)
		if err != nil {
			return
		}
		if size != 8 {
			continue
		}
		number := binary.BigEndian.Uint64(buffer)
		f.mu.Lock()
		f.received[number]++
		f.last = max(f.last, number)
		f.mu.Unlock()
	}
}

// awaitMore waits until packets that are not sent yet have arrived.
func (f *Flow) awaitMore(packets uint64) error {
	goal := f.sent.Load() + packets
	return Until(fmt.Sprintf("the flow from %s to %s goes on", f.from.Name, f.to.Name), func() error {
		f.mu.Lock()
		defer f.mu.Unlock()
		if f.last < goal {
			return fmt.Errorf("of %d packets the newest to arrive is number %d", f.sent.Load(), f.last)
		}
		return nil
	})
}

// Loss is what became of the packets of a flow.
type Loss struct {
	// Sent counts the packets, Lost those that did not arrive, Repeated those that came more than
	// once.
	Sent, Lost, Repeated int
	// LongestGap is the largest number of packets in a row that are missing.
	LongestGap int
}

// String is the loss in words.
func (l Loss) String() string {
	return fmt.Sprintf("of %d packets %d were lost, at most %d in a row; %d came more than once",
		l.Sent, l.Lost, l.LongestGap, l.Repeated)
}

// Finish ends the flow and counts. Packets keep their order, so it waits until some that are sent
// from now on have arrived, and counts those before. It is an error if none arrive any more.
func (f *Flow) Finish() (Loss, error) {
	end := f.sent.Load()
	err := f.awaitMore(1)
	f.ended.Store(true)
	err = errors.Join(err, f.sender.Close(), f.receiver.Close())
	f.done.Wait()
	loss := Loss{}
	gap := 0
	for number := f.first; number <= end; number++ {
		loss.Sent++
		gap++
		switch f.received[number] {
		case 0:
			loss.Lost++
			loss.LongestGap = max(loss.LongestGap, gap)
			continue
		case 1:
		default:
			loss.Repeated++
		}
		gap = 0
	}
	return loss, err
}
