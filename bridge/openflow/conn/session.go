package conn

import (
	"context"
	"log/slog"
	"net"
	"sync"
	"sync/atomic"
	"time"
)

// connectTimeout limits an attempt to connect, and then the wait for the switch's HELLO.
const connectTimeout = 5 * time.Second

// Session is a connection to a switch that outlives the streams it consists of.
type Session struct {
	config Config
	remote Remote
	log    *slog.Logger
	cancel context.CancelFunc
	done   chan struct{}
	// probeInterval is in nanoseconds.
	probeInterval atomic.Int64

	// What the session's goroutine owns.
	failures   int    // attempts that came to nothing since the last good connection
	complained string // the trouble that was logged last

	mutex  sync.Mutex
	status Status
}

// Start checks the configuration and starts a session, which lasts until the context ends or Close
// is called. That the switch cannot be reached is no error: the session keeps trying.
func Start(ctx context.Context, config Config) (*Session, error) {
	remote, err := ParseRemote(config.Remote)
	if err != nil {
		return nil, err
	}
	config.setDefaults()
	s := &Session{config: config, remote: remote, done: make(chan struct{}),
		log:    config.Logger.With("module", "openflow", "remote", remote.String()),
		status: Status{Remote: remote.String(), Since: time.Now()}}
	s.SetProbeInterval(config.ProbeInterval)
	ctx, s.cancel = context.WithCancel(ctx)
	go func() {
		defer close(s.done)
		s.run(ctx)
	}()
	return s, nil
}

// Close ends the session and returns when nothing of it runs any more. It must not be called from
// an event or an answer.
func (s *Session) Close() {
	s.cancel()
	<-s.done
}

// run serves one stream after the other until the context ends.
func (s *Session) run(ctx context.Context) {
	for ctx.Err() == nil {
		good, err := s.serve(ctx)
		s.setState(StateBackoff, err)
		if ctx.Err() == nil {
			s.pause(ctx, good, err)
		}
	}
	s.setState(StateClosed, nil)
}

// serve connects and handles everything until the stream ends; it returns why, and for how long it
// was good.
func (s *Session) serve(ctx context.Context) (good time.Duration, err error) {
	s.setState(StateConnecting, nil)
	dialer := net.Dialer{Timeout: connectTimeout}
	socket, err := dialer.DialContext(ctx, s.remote.network, s.remote.address)
	if err != nil {
		return 0, err
	}
	s.setState(StateNegotiating, nil)
	link := newLink(s, socket)
	stop := context.AfterFunc(ctx, func() { link.end(errClosed) })
	defer stop()
	if err = link.handshake(); err != nil {
		return 0, link.finish(err)
	}
	begin := time.Now()
	s.setState(StateConnected, nil)
	if s.config.Events.Connected != nil {
		s.config.Events.Connected(link)
	}
	err = link.finish(link.serve())
	if s.config.Events.Lost != nil {
		s.config.Events.Lost(link, err)
	}
	return time.Since(begin), err
}

// pause waits as long as the history of failures demands.
func (s *Session) pause(ctx context.Context, good time.Duration, err error) {
	wait := s.config.Backoff.Minimum
	if good >= wait {
		s.failures, s.complained = 0, ""
	}
	for i := 0; i < s.failures && wait < s.config.Backoff.Maximum; i++ {
		wait *= 2
	}
	wait = min(wait, s.config.Backoff.Maximum)
	s.failures++
	s.complain(good > 0, err, wait)
	select {
	case <-ctx.Done():
	case <-time.After(wait):
	}
}

// setState changes the state, and notes why the one before ended if that was trouble.
func (s *Session) setState(state State, why error) {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	s.status.State, s.status.Since = state, time.Now()
	if why != nil {
		s.status.LastError = why.Error()
	}
	if state == StateConnected {
		s.status.Connections++
	}
}
