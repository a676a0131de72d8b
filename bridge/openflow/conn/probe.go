package conn

import (
	"fmt"
	"time"

	"woven/bridge/openflow"
)

// probePause is how long the session waits for a message at most before it looks at the clock and
// the interval, which may have changed.
const probePause = time.Second

// probe notices a silent switch: after an interval without a message it asks for an echo, and after
// another one it gives the connection up. Time that a message's handling took does not count: what
// the switch said meanwhile still waits in the socket.
type probe struct {
	heard time.Time // when the last message was handled
	asked bool      // an echo was asked for since
}

// due is when the interval is over, if it is not 0.
func (p *probe) due(interval time.Duration) time.Time {
	if p.asked {
		interval *= 2
	}
	return p.heard.Add(interval)
}

// deadline is until when to wait for a message.
func (p *probe) deadline(interval time.Duration) time.Time {
	latest := time.Now().Add(probePause)
	if due := p.due(interval); interval > 0 && due.Before(latest) {
		return due
	}
	return latest
}

// check runs at the deadline.
func (p *probe) check(l *Link, interval time.Duration) error {
	if interval == 0 || time.Now().Before(p.due(interval)) {
		return nil
	}
	if p.asked {
		return fmt.Errorf("the switch did not answer for %v (inactivity probe)", 2*interval)
	}
	p.asked = true
	_, err := l.Send(openflow.Echo{})
	l.Flush()
	return err
}

// SetProbeInterval changes Config.ProbeInterval, soon.
func (s *Session) SetProbeInterval(interval time.Duration) {
	s.probeInterval.Store(int64(max(interval, 0)))
}

func (s *Session) interval() time.Duration { return time.Duration(s.probeInterval.Load()) }
