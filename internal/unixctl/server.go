package unixctl

import (
	"context"
	"errors"
	"log/slog"
	"net"
	"sync"
	"time"
)

// closeGrace bounds how long Close waits for commands that are still running.
const closeGrace = 5 * time.Second

// Server answers the commands that clients send to a control socket. Register the commands, then
// Listen, then Serve: a client that connects between the last two waits until it is served, so it
// never finds half a table.
type Server struct {
	table table
	log   *slog.Logger

	ctx    context.Context
	cancel context.CancelFunc

	mu       sync.Mutex
	socket   *socket
	conns    map[net.Conn]struct{}
	closed   bool
	running  sync.WaitGroup
	accepted int
}

// NewServer makes a server whose version command prints version. ovn-ctl(8) takes the last word
// of its first line for the version number when it decides how to stop a daemon.
func NewServer(version string, log *slog.Logger) *Server {
	s := &Server{
		table: table{commands: map[string]Command{}},
		log:   log,
		conns: map[net.Conn]struct{}{},
	}
	s.ctx, s.cancel = context.WithCancel(context.Background())
	s.Register(Command{Name: "list-commands", Run: s.table.list})
	s.Register(Command{Name: "version", Run: func(context.Context, []string) (string, error) {
		return version, nil
	}})
	return s
}

// Register adds a command. It panics if the name is taken.
func (s *Server) Register(c Command) { s.table.add(c) }

// Listen creates the socket, readable and writable for its owner and writable for its group as
// the C daemons' sockets are. A socket that a dead daemon left at that path is replaced.
func (s *Server) Listen(path string) error {
	socket, err := listen(path)
	if err != nil {
		return err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.socket = socket
	return nil
}

// Serve starts answering clients, in the background.
func (s *Server) Serve() {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.socket == nil || s.closed {
		return
	}
	s.running.Add(1)
	go s.accept(s.socket.listener)
}

// Close removes the socket, lets the commands under way send their replies, and hangs up. A
// command that does not end within five seconds of its context is left behind.
func (s *Server) Close() error {
	s.mu.Lock()
	if s.closed {
		s.mu.Unlock()
		return nil
	}
	s.closed = true
	var err error
	if s.socket != nil {
		err = s.socket.close()
	}
	for conn := range s.conns {
		s.hangUpSoon(conn)
	}
	s.mu.Unlock()
	s.cancel()

	done := make(chan struct{})
	go func() {
		s.running.Wait()
		close(done)
	}()
	select {
	case <-done:
	case <-time.After(closeGrace):
		err = errors.Join(err, errors.New("a command on the control socket does not end"))
	}
	return err
}

// hangUpSoon ends the wait for a next request at once, and that for a slow reader shortly.
func (s *Server) hangUpSoon(conn net.Conn) {
	now := time.Now()
	_ = conn.SetReadDeadline(now)
	_ = conn.SetWriteDeadline(now.Add(closeGrace / 2))
}

// accept runs until the listener is closed. Lack of descriptors or memory passes, so other
// errors are retried after a pause.
func (s *Server) accept(listener net.Listener) {
	defer s.running.Done()
	for {
		conn, err := listener.Accept()
		switch {
		case errors.Is(err, net.ErrClosed):
			return
		case err != nil:
			s.log.Warn("cannot accept a control connection", "error", err)
			select {
			case <-s.ctx.Done():
				return
			case <-time.After(100 * time.Millisecond):
			}
		default:
			s.start(conn)
		}
	}
}

// start answers one client in a goroutine of its own.
func (s *Server) start(conn net.Conn) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.accepted++
	c := &connection{server: s, conn: conn, number: s.accepted}
	s.conns[conn] = struct{}{}
	if s.closed {
		s.hangUpSoon(conn)
	}
	s.running.Add(1)
	go func() {
		defer s.running.Done()
		c.serve(s.ctx)
		s.mu.Lock()
		defer s.mu.Unlock()
		delete(s.conns, conn)
	}()
}
