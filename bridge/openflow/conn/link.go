package conn

import (
	"encoding/binary"
	"errors"
	"fmt"
	"net"
	"sync"
	"time"

	"woven/bridge/openflow"
)

// Link is one stream to a switch, from the handshake on. Its methods may be called from any
// goroutine, never block, and do nothing once the stream has ended.
type Link struct {
	session  *Session
	socket   net.Conn
	incoming incoming
	outgoing *outgoing
	writer   sync.WaitGroup

	mutex   sync.Mutex
	pending map[uint32]Answer
	failure error // why the link ended
}

// Answer takes the answers to a request: each message with last false but the final one, or the
// switch's error, which is the last then. The bytes are valid until it returns. It is called on the
// session's goroutine, and not any more when the link is lost.
type Answer func(message []byte, last bool, err *openflow.Error)

func newLink(s *Session, socket net.Conn) *Link {
	l := &Link{session: s, socket: socket, pending: map[uint32]Answer{},
		incoming: incoming{socket: socket, buffer: make([]byte, 0, incomingBuffer)}}
	l.outgoing = newOutgoing(s.config.Limit, func() {
		if s.config.Events.Room != nil {
			s.config.Events.Room(l)
		}
	})
	l.writer.Go(func() {
		if err := l.outgoing.write(socket); err != nil {
			l.end(err)
		}
	})
	return l
}

// Send queues a message for Flush, and returns its number (xid). Messages arrive in the order of the
// calls. The error says that the message is too large; then nothing is sent.
func (l *Link) Send(m openflow.Message) (xid uint32, err error) { return l.outgoing.add(m) }

// Flush sends what is queued.
func (l *Link) Flush() {
	l.outgoing.mutex.Lock()
	defer l.outgoing.mutex.Unlock()
	l.outgoing.signal()
}

// Full reports whether as many bytes wait as Config.Limit says. If so, the event Room will come.
func (l *Link) Full() bool { return l.outgoing.full() }

// Request sends a message and has its answers go to done.
func (l *Link) Request(m openflow.Message, done Answer) error {
	l.mutex.Lock()
	defer l.mutex.Unlock()
	xid, err := l.Send(m)
	if err == nil {
		l.pending[xid] = done
		l.Flush()
	}
	return err
}

// Barrier has done called when the switch has handled everything that was sent before.
func (l *Link) Barrier(done func(*openflow.Error)) {
	// A barrier is never too large.
	_ = l.Request(openflow.Barrier{}, func(_ []byte, _ bool, err *openflow.Error) { done(err) })
}

// Drop ends the link for a reason that the user has found. The session connects again.
func (l *Link) Drop(reason error) { l.end(reason) }

// end closes the stream for the given reason, unless it ended before.
func (l *Link) end(reason error) {
	l.mutex.Lock()
	defer l.mutex.Unlock()
	if l.failure == nil {
		l.failure = reason
		l.outgoing.end()
		l.socket.Close()
	}
}

// finish ends the link, waits for its goroutine, and returns why it ended.
func (l *Link) finish(reason error) error {
	l.end(reason)
	l.writer.Wait()
	return l.failure
}

// serve handles messages until the stream ends, and returns why.
func (l *Link) serve() error {
	probe := probe{heard: time.Now()}
	for {
		interval := l.session.interval()
		message, err := l.incoming.next(probe.deadline(interval))
		switch {
		case errors.Is(err, errSilent):
			if err := probe.check(l, interval); err != nil {
				return err
			}
			continue
		case err != nil:
			return err
		}
		if err := l.handle(message); err != nil {
			return fmt.Errorf("the switch sent something that cannot be read: %w", err)
		}
		probe.heard = time.Now()
		probe.asked = false
	}
}

// handle takes one message.
func (l *Link) handle(message []byte) error {
	kind, xid := openflow.MessageType(message[1]), binary.BigEndian.Uint32(message[4:])
	var failure *openflow.Error
	last := true
	switch kind {
	case openflow.TypeEchoRequest:
		return l.echo(message, xid)
	case openflow.TypeEchoReply, openflow.TypeHello:
		return nil
	case openflow.TypeError:
		var err error
		if failure, err = openflow.DecodeErrorMessage(message); err != nil {
			return err
		}
	case openflow.TypeMultipartReply:
		part, err := openflow.DecodeMultipart(message)
		if err != nil {
			return err
		}
		last = !part.More
	}
	l.mutex.Lock()
	done := l.pending[xid]
	if last {
		delete(l.pending, xid)
	}
	l.mutex.Unlock()
	events := &l.session.config.Events
	switch {
	case done != nil && failure != nil:
		done(nil, true, failure)
	case done != nil:
		done(message, last, nil)
	case failure != nil && events.Failed != nil:
		events.Failed(l, xid, failure)
	case failure == nil && events.Message != nil:
		events.Message(l, message)
	}
	return nil
}

// echo answers a sign of life.
func (l *Link) echo(request []byte, xid uint32) error {
	data := request[openflow.HeaderLen:]
	_, err := l.Send(reply{openflow.Echo{Reply: true, Data: data}, xid})
	l.Flush()
	return err
}

// reply is a message that answers one of the switch's, and has that one's number.
type reply struct {
	openflow.Message
	xid uint32
}

// Append implements [openflow.Message].
func (r reply) Append(b []byte, _ uint32) ([]byte, error) { return r.Message.Append(b, r.xid) }
