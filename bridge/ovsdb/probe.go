package ovsdb

import (
	"fmt"
	"time"
)

// firstCopyPatience is how long a server may be silent before it sends the first copy. It builds the
// whole message before it does anything else, which takes 20 seconds for a million rows: a session
// that gave up after the probe interval would make it begin anew for ever.
const firstCopyPatience = 3 * time.Minute

// probe notices a silent server: after an interval without any byte it asks for an echo, and after
// another one it gives the connection up.
type probe struct {
	interval time.Duration // 0 is off
	timer    *time.Timer
	asked    time.Time // when an echo was asked for last on this connection
	handled  time.Time // when the session was last busy with a message
}

// start begins to watch a new connection.
func (l *loop) startProbe() {
	l.probe.asked = time.Time{}
	l.probe.handled = time.Now()
	l.armProbe(l.probe.interval)
}

func (l *loop) armProbe(after time.Duration) {
	l.probe.timer.Stop()
	if l.probe.interval > 0 && l.connection != nil {
		l.probe.timer.Reset(after)
	}
}

// setProbeInterval changes the interval of the present and of later connections.
func (l *loop) setProbeInterval(interval time.Duration) {
	l.probe.interval = max(interval, 0)
	l.armProbe(l.probe.interval)
}

// checkProbe runs when the timer fires. Time that the session itself spent on a message does not
// count: the server's bytes may still wait in the socket.
func (l *loop) checkProbe() error {
	silent := min(l.connection.heard(), time.Since(l.probe.handled))
	switch {
	case silent < l.probe.interval:
		l.armProbe(l.probe.interval - silent)
		return nil
	case l.probe.asked.IsZero() || silent < time.Since(l.probe.asked):
		l.probe.asked = time.Now()
		l.request("echo", []byte("[]"), func(envelope) error { return nil })
	case l.data.state != monitorRequested || silent >= firstCopyPatience:
		return fmt.Errorf("the server did not answer for %v (inactivity probe)",
			silent.Round(time.Millisecond))
	}
	l.armProbe(l.probe.interval)
	return nil
}
