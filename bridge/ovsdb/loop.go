package ovsdb

import (
	"context"
	"errors"
	"log/slog"
	"time"
)

// loop is what a session's goroutine owns. It serves one connection after the other.
type loop struct {
	session *Session
	config  *Config
	log     *slog.Logger
	status  Status

	remotes    remoteList
	remote     Remote
	connection *connection // nil when there is none
	state      State
	drop       error           // set to give the present connection or pause up
	failures   int             // connections that came to nothing since the last good one
	complained map[string]bool // troubles that were logged since

	nextID       int64
	pending      map[int64]func(envelope) error // requests without an answer
	inFlight     map[int64]func(Result)         // transactions among them
	monitorCount int

	server      serverDatabase
	leastIndex  int64 // raft index of the most recent data seen
	data        monitor
	updates     decoder
	lock        lock
	probe       probe
	goodSince   time.Time // when StateMonitoring was reached on this connection
	negotiating bool      // the schema of the data was asked for
}

// run serves connections until the context ends.
func (l *loop) run(ctx context.Context) {
	l.setLock(l.config.Lock)
	for ctx.Err() == nil {
		l.remote = l.remotes.take()
		l.status.Remote = l.remote.String()
		l.goodSince = time.Time{}
		l.drop = nil
		err := l.serve(ctx)
		l.disconnected(err)
		if ctx.Err() == nil {
			l.pause(ctx, err)
		}
	}
	l.setState(StateClosed)
	for _, work := range l.session.mail.close() {
		work(l)
	}
}

// serve connects and handles everything until the connection ends; it returns why.
func (l *loop) serve(ctx context.Context) error {
	if err := l.connect(ctx); err != nil {
		return err
	}
	l.setState(StateNegotiating)
	l.startProbe()
	l.negotiate()
	err := l.handleEvents(ctx)
	return l.connection.close(err)
}

func (l *loop) handleEvents(ctx context.Context) error {
	for {
		var err error
		select {
		case <-ctx.Done():
			return errors.New("the session is closed")
		case <-l.session.mail.wake:
			l.readMail()
		case next, open := <-l.connection.incoming:
			if !open {
				return nil // the connection knows why
			}
			err = l.handle(next)
			l.probe.handled = time.Now()
			l.connection.release()
		case <-l.probe.timer.C:
			err = l.checkProbe()
		}
		l.publish()
		if err == nil {
			err = l.drop
		}
		if err != nil {
			return err
		}
	}
}

// connect dials the remote, and takes mail meanwhile.
func (l *loop) connect(ctx context.Context) error {
	l.setState(StateConnecting)
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	type attempt struct {
		connection *connection
		err        error
	}
	done := make(chan attempt, 1)
	go func() {
		socket, err := dial(ctx, l.remote, &l.config.TLS)
		if err != nil {
			done <- attempt{err: err}
			return
		}
		done <- attempt{connection: newConnection(socket)}
	}()
	for {
		select {
		case result := <-done:
			l.connection = result.connection
			if result.err == nil && l.drop != nil {
				return l.connection.close(l.drop)
			}
			if l.drop != nil {
				return l.drop
			}
			return result.err
		case <-l.session.mail.wake:
			l.readMail()
			if l.drop != nil {
				cancel()
			}
		}
	}
}

// disconnected forgets the connection, and tells everybody who waits for something from it.
func (l *loop) disconnected(err error) {
	l.connection = nil
	l.probe.timer.Stop()
	l.status.LastError = err.Error()
	l.data.disconnected()
	l.server.init()
	l.pending = map[int64]func(envelope) error{}
	l.setState(StateBackoff)
	l.lockDisconnected()
	l.failInFlight(err)
}

// pause waits as long as the history of failures demands; mail is taken meanwhile.
func (l *loop) pause(ctx context.Context, err error) {
	minimum, maximum := l.config.Backoff.Minimum, l.config.Backoff.Maximum
	if !l.goodSince.IsZero() && time.Since(l.goodSince) >= minimum {
		l.failures = 0
	} else {
		l.failures++
	}
	// Each remote is tried once before there is any pause, and there is none when someone asked for
	// another connection.
	wait := time.Duration(0)
	if rounds := l.failures - len(l.remotes.all); rounds >= 0 && l.drop == nil {
		wait = maximum
		if rounds < 16 {
			wait = min(minimum<<rounds, maximum)
		}
	}
	l.complain(err, wait)
	timer := time.NewTimer(wait)
	defer timer.Stop()
	for l.drop == nil {
		select {
		case <-ctx.Done():
			return
		case <-timer.C:
			return
		case <-l.session.mail.wake:
			l.readMail()
			l.publish()
		}
	}
}

// giveUp ends the present connection or pause.
func (l *loop) giveUp(reason error) {
	l.drop = reason
	l.failures = 0
}

func (l *loop) readMail() {
	for _, work := range l.session.mail.take() {
		work(l)
	}
}

// setState changes and tells the state.
func (l *loop) setState(state State) {
	if state == l.state && !l.status.Since.IsZero() {
		return
	}
	l.state = state
	l.status.State, l.status.Since = state, time.Now()
	l.publish()
	if l.config.Events.State != nil {
		l.config.Events.State(state)
	}
}

// publish makes the status visible.
func (l *loop) publish() {
	l.status.InFlight = len(l.inFlight)
	l.status.Transaction = l.data.lastTransaction
	l.session.mutex.Lock()
	l.session.status = l.status
	l.session.mutex.Unlock()
}
