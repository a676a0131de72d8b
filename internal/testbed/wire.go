package testbed

import "sync"

// wire is the end of a cable: frames go in, and those that come out are handed to listeners.
type wire interface {
	// send sends an Ethernet frame, without its check sequence.
	send(frame []byte) error
	// listen hands every frame that arrives from now on to f, one after the other, until stopped.
	// What f keeps is its own.
	listen(f func(frame []byte)) (stop func())
	close() error
}

// listeners hand frames on.
type listeners struct {
	mu   sync.Mutex
	next int
	all  map[int]func([]byte)
}

func (l *listeners) listen(f func([]byte)) (stop func()) {
	l.mu.Lock()
	defer l.mu.Unlock()
	number := l.next
	l.next++
	if l.all == nil {
		l.all = map[int]func([]byte){}
	}
	l.all[number] = f
	return func() {
		l.mu.Lock()
		defer l.mu.Unlock()
		delete(l.all, number)
	}
}

func (l *listeners) arrived(frame []byte) {
	l.mu.Lock()
	defer l.mu.Unlock()
	for _, f := range l.all {
		f(frame)
	}
}
