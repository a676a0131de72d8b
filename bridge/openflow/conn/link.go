package conn

import (
	"encoding/binary"
	"errors"
	"net"
	"sync"
	"sync/atomic"
	"time"
)

// Link is one stream to a switch, from the handshake on. Its methods may be called from any
// goroutine, never block, and do nothing once the stream has ended.
type Link struct {
	session  *Session
	socket   net.Conn
	incoming incoming
	outgoing *outgoing
	writer   sync.WaitGroup
	lastXID  atomic.Uint32

	mutex   sync.Mutex
	pending map[uint32]Answer
	failure error // why the link ended
}

// Answer takes the answers to a request: each message with last false but the final one, or the
// switch's error, which is the last then. The bytes are valid until it returns. It is called on the
// session's goroutine, and not any more when the link is lost.
type Answer func(message []byte, last bool, err *Failure)

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

// NewXID returns a number for a message to be sent: each is one greater than the one before.
func (l *Link) NewXID() uint32 { return l.lastXID.Add(1) }

// Send queues a message, which is copied, for Flush. Messages arrive in the order of the calls.
func (l *Link) Send(message []byte) { l.outgoing.add(message) }

// Flush sends what is queued.
func (l *Link) Flush() {
	l.outgoing.mutex.Lock()
	defer l.outgoing.mutex.Unlock()
	l.outgoing.signal()
}

// Full reports whether as many bytes wait as Config.Limit says. If so, the event Room will come.
func (l *Link) Full() bool { return l.outgoing.full() }

// Request sends a message and has its answers go to done.
func (l *Link) Request(message []byte, done Answer) {
	l.mutex.Lock()
	l.pending[xidOf(message)] = done
	l.mutex.Unlock()
	l.Send(message)
	l.Flush()
}

// Barrier has done called when the switch has handled everything that was sent before.
func (l *Link) Barrier(done func(*Failure)) {
	message := appendHeader(nil, typeBarrierRequest, l.NewXID())
	l.Request(message, func(_ []byte, _ bool, err *Failure) { done(err) })
}

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
	probe := probe{interval: l.session.config.ProbeInterval, heard: time.Now()}
	for {
		message, err := l.incoming.next(probe.deadline())
		switch {
		case errors.Is(err, errSilent):
			if err := probe.check(l); err != nil {
				return err
			}
			continue
		case err != nil:
			return err
		}
		l.handle(message)
		probe.heard = time.Now()
		probe.asked = false
	}
}

// handle takes one message.
func (l *Link) handle(message []byte) {
	kind := message[1]
	switch kind {
	case typeEchoRequest:
		reply := append(appendHeader(nil, typeEchoReply, xidOf(message)), message[headerSize:]...)
		l.Send(setLength(reply))
		l.Flush()
		return
	case typeEchoReply, typeHello:
		return
	}
	var err *Failure
	last := true
	if kind == typeError {
		err = newFailure(message)
	} else if kind == typeMultipartReply && len(message) >= headerSize+multipartSize {
		last = binary.BigEndian.Uint16(message[headerSize+2:])&multipartMore == 0
	}
	l.mutex.Lock()
	done := l.pending[xidOf(message)]
	if last {
		delete(l.pending, xidOf(message))
	}
	l.mutex.Unlock()
	events := &l.session.config.Events
	switch {
	case done != nil && err != nil:
		done(nil, true, err)
	case done != nil:
		done(message, last, nil)
	case err != nil && events.Failed != nil:
		events.Failed(l, err)
	case err == nil && events.Message != nil:
		events.Message(l, message)
	}
}
