package ovsdb

import "sync"

// mailbox carries work from any goroutine to the session's. Putting never blocks, so that callbacks
// may put too.
type mailbox struct {
	mutex  sync.Mutex
	work   []func(*loop)
	closed bool
	wake   chan struct{}
}

// put adds work; false means that nobody will do it any more.
func (m *mailbox) put(work func(*loop)) bool {
	m.mutex.Lock()
	defer m.mutex.Unlock()
	if m.closed {
		return false
	}
	m.work = append(m.work, work)
	select {
	case m.wake <- struct{}{}:
	default:
	}
	return true
}

// take removes all work.
func (m *mailbox) take() []func(*loop) {
	m.mutex.Lock()
	defer m.mutex.Unlock()
	work := m.work
	m.work = nil
	return work
}

// close refuses further work, and returns what is left.
func (m *mailbox) close() []func(*loop) {
	m.mutex.Lock()
	m.closed = true
	m.mutex.Unlock()
	return m.take()
}
