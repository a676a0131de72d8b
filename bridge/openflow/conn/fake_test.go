package conn

import (
	"encoding/binary"
	"io"
	"log/slog"
	"net"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"woven/bridge/openflow"
)

// patience is how long to wait for something that should happen at once.
const patience = 60 * time.Second

// fake is a switch that says what a test wants, also what no real one would.
type fake struct {
	t        *testing.T
	remote   string
	listener net.Listener
	streams  chan *stream // accepted
}

// stream is the fake's end of a connection.
type stream struct {
	net.Conn
	t *testing.T
}

func newFake(t *testing.T) *fake {
	path := filepath.Join(t.TempDir(), "s")
	listener, err := net.Listen("unix", path)
	require.NoError(t, err)
	f := &fake{t: t, remote: "unix:" + path, listener: listener, streams: make(chan *stream, 100)}
	var running sync.WaitGroup
	running.Go(func() {
		for {
			socket, err := listener.Accept()
			if err != nil {
				return
			}
			f.streams <- &stream{socket, t}
		}
	})
	t.Cleanup(func() {
		listener.Close()
		running.Wait()
		close(f.streams)
		for s := range f.streams {
			s.Close()
		}
	})
	return f
}

// accept waits for a connection, and answers its HELLO.
func (f *fake) accept() *stream {
	f.t.Helper()
	s := f.next()
	hello := s.read()
	require.Equal(f.t, []byte{6, 0, 0, 16}, hello[:4])
	require.Equal(f.t, []byte{0, 1, 0, 8, 0, 0, 0, 0x40}, hello[8:], "OpenFlow 1.5 alone")
	s.write(hello)
	return s
}

func (f *fake) next() *stream {
	f.t.Helper()
	select {
	case s := <-f.streams:
		f.t.Cleanup(func() { s.Close() })
		return s
	case <-time.After(patience):
		require.FailNow(f.t, "nobody connects")
		return nil
	}
}

// read reads one message.
func (s *stream) read() []byte {
	s.t.Helper()
	require.NoError(s.t, s.SetReadDeadline(time.Now().Add(patience)))
	message := make([]byte, openflow.HeaderLen)
	_, err := io.ReadFull(s, message)
	require.NoError(s.t, err)
	body := make([]byte, int(binary.BigEndian.Uint16(message[2:]))-openflow.HeaderLen)
	_, err = io.ReadFull(s, body)
	require.NoError(s.t, err)
	return append(message, body...)
}

func (s *stream) write(message []byte) {
	s.t.Helper()
	_, err := s.Write(message)
	require.NoError(s.t, err)
}

// message is a message of a kind with a body.
func message(kind openflow.MessageType, xid uint32, body ...byte) []byte {
	b := []byte{openflow.Version, byte(kind)}
	b = binary.BigEndian.AppendUint16(b, uint16(openflow.HeaderLen+len(body)))
	return append(binary.BigEndian.AppendUint32(b, xid), body...)
}

// raw is a message of a kind with a body, to be sent.
type raw struct {
	kind openflow.MessageType
	body []byte
}

func (r raw) Append(b []byte, xid uint32) ([]byte, error) {
	return append(b, message(r.kind, xid, r.body...)...), nil
}

func xidOf(message []byte) uint32 { return binary.BigEndian.Uint32(message[4:]) }

// client is a session that notes what happens to it.
type client struct {
	*Session
	t      *testing.T
	events chan any // *Link when connected, error when lost, failure, []byte, roomEvent
}

type roomEvent struct{}

type failure struct {
	xid uint32
	err *openflow.Error
}

func connect(t *testing.T, remote string, adjust func(*Config)) *client {
	c := &client{t: t, events: make(chan any, 1000)}
	config := Config{Remote: remote, Logger: slog.New(slog.NewTextHandler(t.Output(), nil)),
		Backoff: Backoff{Minimum: time.Millisecond, Maximum: 10 * time.Millisecond},
		Events: Events{
			Connected: func(l *Link) { c.events <- l },
			Lost:      func(_ *Link, err error) { c.events <- err },
			Failed: func(_ *Link, xid uint32, err *openflow.Error) {
				c.events <- failure{xid, err}
			},
			Message: func(_ *Link, m []byte) { c.events <- append([]byte(nil), m...) },
			Room:    func(*Link) { c.events <- roomEvent{} },
		}}
	if adjust != nil {
		adjust(&config)
	}
	var err error
	c.Session, err = Start(t.Context(), config)
	require.NoError(t, err)
	t.Cleanup(c.Close)
	return c
}

// await returns the next event, which must be of a type.
func await[T any](c *client) T {
	c.t.Helper()
	select {
	case event := <-c.events:
		require.IsType(c.t, *new(T), event)
		return event.(T)
	case <-time.After(patience):
		require.FailNow(c.t, "nothing happens")
	}
	return *new(T)
}

// lost waits until the connection is lost.
func (c *client) lost() error {
	c.t.Helper()
	select {
	case event := <-c.events:
		err, isError := event.(error)
		require.True(c.t, isError, "%T", event)
		return err
	case <-time.After(patience):
		require.FailNow(c.t, "the connection is not lost")
		return nil
	}
}
