package conn

import (
	"fmt"
	"time"

	"woven/bridge/openflow"
)

// probe notices a silent switch: after an interval without a message it asks for an echo, and after
// another one it gives the connection up. Time that a message's handling took does not count: what
// the switch said meanwhile still waits in the socket.
type probe struct {
	interval time.Duration // 0 is off
	heard    time.Time     // when the last message was handled
	asked    bool          // an echo was asked for since
}

// deadline is when to check; zero is never.
func (p *probe) deadline() time.Time {
	switch {
	case p.interval == 0:
		return time.Time{}
	case p.asked:
		return p.heard.Add(2 * p.interval)
	}
	return p.heard.Add(p.interval)
}

// check runs at the deadline.
func (p *probe) check(l *Link) error {
	if p.asked {
		return fmt.Errorf("the switch did not answer for %v (inactivity probe)", 2*p.interval)
	}
	p.asked = true
	_, err := l.Send(openflow.Echo{})
	l.Flush()
	return err
}
