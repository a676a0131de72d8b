package ovsdb

import (
	"encoding/json"
	"fmt"
)

// lock is the lock that the session asks for.
type lock struct {
	name  string
	state LockState
	// generation tells the answer to the last request from those to earlier ones.
	generation int
	asked      bool // on this connection
}

// setLock replaces the lock.
func (l *loop) setLock(name string) {
	if name == l.lock.name {
		return
	}
	if l.lock.asked {
		l.request("unlock", lockParams(l.lock.name), func(envelope) error { return nil })
	}
	l.lock.name, l.lock.asked = name, false
	l.lock.generation++
	if name == "" {
		l.setLockState(LockNone)
		return
	}
	l.setLockState(LockRequested)
	l.askLock()
}

// askLock asks for the lock, once on a connection, when the connection is of use.
func (l *loop) askLock() {
	if l.lock.name == "" || l.lock.asked || l.state != StateMonitoring {
		return
	}
	l.lock.asked = true
	generation := l.lock.generation
	l.request("lock", lockParams(l.lock.name), func(reply envelope) error {
		if generation != l.lock.generation {
			return nil
		}
		if name, details, refused := parseError(reply.failure); refused {
			return fmt.Errorf("the server refuses lock %s: %s %s", l.lock.name, name, details)
		}
		var answer struct{ Locked bool }
		if err := json.Unmarshal(reply.result, &answer); err != nil {
			return fmt.Errorf("malformed answer to a lock request: %w", err)
		}
		if answer.Locked {
			l.setLockState(LockHeld)
		} else {
			l.setLockState(LockContended)
		}
		return nil
	})
}

// lockNotification reads a "locked" or "stolen" notification. Before the answer to the present
// request it can only concern an earlier one.
func (l *loop) lockNotification(params []byte, state LockState) error {
	var names []string
	if err := json.Unmarshal(params, &names); err != nil || len(names) != 1 {
		return fmt.Errorf("malformed lock notification %s", abbreviate(string(params)))
	}
	if names[0] == l.lock.name && (l.lock.state == LockHeld || l.lock.state == LockContended) {
		l.setLockState(state)
	}
	return nil
}

// lockDisconnected notes that the server has released the lock.
func (l *loop) lockDisconnected() {
	l.lock.asked = false
	l.lock.generation++
	if l.lock.name != "" {
		l.setLockState(LockRequested)
	}
}

func (l *loop) setLockState(state LockState) {
	if state == l.lock.state && l.lock.name == l.status.Lock {
		return
	}
	if state == LockHeld || l.lock.state == LockHeld || state == LockContended {
		l.log.Info("lock "+state.String(), "lock", l.lock.name)
	}
	l.lock.state = state
	l.status.Lock, l.status.LockState = l.lock.name, state
	l.publish()
	if l.config.Events.Lock != nil {
		l.config.Events.Lock(state)
	}
}

func lockParams(name string) []byte {
	return append(appendName([]byte{'['}, name), ']')
}
