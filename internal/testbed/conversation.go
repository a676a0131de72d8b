package testbed

import (
	"bufio"
	"errors"
	"fmt"
	"net"
	"net/netip"
	"sync"
	"sync/atomic"
	"time"
)

// Conversation is a TCP connection between two machines, in which one says numbers and the other
// repeats them.
type Conversation struct {
	listener  net.Listener
	client    net.Conn
	exchanged atomic.Int64
	ended     atomic.Bool
	talking   sync.WaitGroup
	repeating sync.WaitGroup
	failure   error // what ended it, if not Finish
}

// StartConversation connects a machine to a port of another one and begins to talk. Machines of the
// dummy datapath cannot.
func StartConversation(from, to *VM, address netip.Addr, port uint16) (*Conversation, error) {
	if from.Namespace == nil || to.Namespace == nil {
		return nil, errors.New("a conversation needs machines with namespaces")
	}
	c := &Conversation{}
	destination := netip.AddrPortFrom(address, port).String()
	err := to.Namespace.Do(func() (err error) {
		c.listener, err = net.Listen("tcp", destination)
		return err
	})
	if err != nil {
		return nil, err
	}
	err = from.Namespace.Do(func() (err error) {
		c.client, err = net.DialTimeout("tcp", destination, Patience)
		return err
	})
	if err != nil {
		return nil, errors.Join(fmt.Errorf("%s connects to %s: %w", from.Name, to.Name, err),
			c.listener.Close())
	}
	c.repeating.Go(c.repeat)
	c.talking.Go(c.talk)
	return c, nil
}

// repeat is the side of the server.
func (c *Conversation) repeat() {
	server, err := c.listener.Accept()
	if err != nil {
		return // ended before it began
	}
	defer server.Close()
	lines := bufio.NewScanner(server)
	for lines.Scan() {
		if _, err := fmt.Fprintln(server, lines.Text()); err != nil {
			return // the client finds out
		}
	}
}

// talk is the side of the client.
func (c *Conversation) talk() {
	answers := bufio.NewReader(c.client)
	ticker := time.NewTicker(flowPace)
	defer ticker.Stop()
	for range ticker.C {
		if c.ended.Load() {
			return
		}
		said := fmt.Sprintln(c.exchanged.Load())
		if c.failure = c.client.SetDeadline(time.Now().Add(Patience)); c.failure != nil {
			return
		}
		if _, c.failure = c.client.Write([]byte(said)); c.failure != nil {
			return
		}
		var heard string
		if heard, c.failure = answers.ReadString('\n'); c.failure != nil {
			return
		}
		if heard != said {
			c.failure = fmt.Errorf("said %q and heard %q", said, heard)
			return
		}
		c.exchanged.Add(1)
	}
}

// Finish ends the conversation and returns how many numbers were said and repeated. It is an error
// if it has broken off.
func (c *Conversation) Finish() (int64, error) {
	c.ended.Store(true)
	c.talking.Wait()
	err := errors.Join(c.failure, c.client.Close(), c.listener.Close())
	c.repeating.Wait()
	return c.exchanged.Load(), err
}
