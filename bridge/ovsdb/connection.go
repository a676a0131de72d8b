package ovsdb

import (
	"context"
	"crypto/tls"
	"errors"
	"io"
	"net"
	"sync"
	"sync/atomic"
	"time"
)

// connectTimeout limits an attempt to connect, including the TLS handshake.
const connectTimeout = 5 * time.Second

// dial connects to a remote.
func dial(ctx context.Context, remote Remote, files *TLSFiles) (net.Conn, error) {
	ctx, cancel := context.WithTimeout(ctx, connectTimeout)
	defer cancel()
	var secure *tls.Config
	if remote.secure {
		var err error
		if secure, err = files.config(); err != nil {
			return nil, err
		}
	}
	socket, err := new(net.Dialer).DialContext(ctx, remote.network, remote.address)
	if err != nil || secure == nil {
		return socket, err
	}
	wrapped := tls.Client(socket, secure)
	if err := wrapped.HandshakeContext(ctx); err != nil {
		socket.Close()
		return nil, err
	}
	return wrapped, nil
}

// connection is a stream of messages in both directions. One goroutine reads and lends each message
// to the session until it is released; another one writes, so that the session never waits for a
// server that in turn waits for the session.
type connection struct {
	socket   net.Conn
	incoming chan message  // closed when nothing more comes
	released chan struct{} // the session is done with the message
	lastRead atomic.Int64  // when bytes arrived last, in nanoseconds since opened
	opened   time.Time

	mutex    sync.Mutex
	outgoing net.Buffers
	failure  error         // why the connection ended
	toWrite  chan struct{} // there is something in outgoing
	ended    chan struct{}
	running  sync.WaitGroup
}

func newConnection(socket net.Conn) *connection {
	c := &connection{
		socket:   socket,
		incoming: make(chan message),
		released: make(chan struct{}),
		opened:   time.Now(),
		toWrite:  make(chan struct{}, 1),
		ended:    make(chan struct{}),
	}
	c.running.Go(c.read)
	c.running.Go(c.write)
	return c
}

// send queues a message.
func (c *connection) send(bytes []byte) {
	c.mutex.Lock()
	c.outgoing = append(c.outgoing, bytes)
	c.mutex.Unlock()
	select {
	case c.toWrite <- struct{}{}:
	default:
	}
}

// release gives the last message's memory back to the reader.
func (c *connection) release() {
	select {
	case c.released <- struct{}{}:
	case <-c.ended:
	}
}

// heard is the time since bytes arrived last.
func (c *connection) heard() time.Duration {
	return time.Since(c.opened) - time.Duration(c.lastRead.Load())
}

// end closes the connection for the given reason, unless it ended before.
func (c *connection) end(reason error) {
	c.mutex.Lock()
	defer c.mutex.Unlock()
	if c.failure != nil {
		return
	}
	c.failure = reason
	close(c.ended)
	c.socket.Close()
}

// close ends the connection, waits for its goroutines, and returns why it ended.
func (c *connection) close(reason error) error {
	c.end(reason)
	c.running.Wait()
	return c.failure
}

func (c *connection) read() {
	defer close(c.incoming)
	framer := newFramer(c)
	for {
		next, err := framer.next()
		if errors.Is(err, io.EOF) {
			err = errors.New("the server closed the connection")
		}
		if err != nil {
			c.end(err)
			return
		}
		select {
		case c.incoming <- next:
		case <-c.ended:
			return
		}
		select {
		case <-c.released:
		case <-c.ended:
			return
		}
	}
}

// Read reads from the socket, and notes when.
func (c *connection) Read(into []byte) (int, error) {
	n, err := c.socket.Read(into)
	if n > 0 {
		c.lastRead.Store(int64(time.Since(c.opened)))
	}
	return n, err
}

func (c *connection) write() {
	for {
		select {
		case <-c.toWrite:
		case <-c.ended:
			return
		}
		c.mutex.Lock()
		batch := c.outgoing
		c.outgoing = nil
		c.mutex.Unlock()
		if _, err := batch.WriteTo(c.socket); err != nil {
			c.end(err)
			return
		}
	}
}
