package stopwatch

import (
	"context"
	"errors"
	"maps"
	"slices"
	"strings"
	"sync"

	"woven/internal/unixctl"
)

// Set holds the stopwatches of a daemon.
type Set struct {
	mu      sync.Mutex
	watches map[string]*Stopwatch
}

// NewSet makes an empty set.
func NewSet() *Set { return &Set{watches: map[string]*Stopwatch{}} }

// New gives the stopwatch of that name, which is made at first with that unit.
func (s *Set) New(name string, unit Unit) *Stopwatch {
	s.mu.Lock()
	defer s.mu.Unlock()
	w := s.watches[name]
	if w == nil {
		w = &Stopwatch{name: name, unit: unit, p95: newQuantile(0.95)}
		s.watches[name] = w
	}
	return w
}

// Register adds stopwatch/show and stopwatch/reset to a control socket.
func (s *Set) Register(server *unixctl.Server) {
	server.Register(unixctl.Command{Name: "stopwatch/show", Usage: "[NAME]", MaxArgs: 1,
		Run: func(_ context.Context, args []string) (string, error) {
			watches, err := s.named(args)
			var b strings.Builder
			for _, w := range watches {
				b.WriteString(w.show())
			}
			return b.String(), err
		}})
	server.Register(unixctl.Command{Name: "stopwatch/reset", Usage: "[NAME]", MaxArgs: 1,
		Run: func(_ context.Context, args []string) (string, error) {
			watches, err := s.named(args)
			for _, w := range watches {
				w.reset()
			}
			return "", err
		}})
}

// named gives the stopwatch that args names, or all of them by name.
func (s *Set) named(args []string) ([]*Stopwatch, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if len(args) > 0 {
		w := s.watches[args[0]]
		if w == nil {
			return nil, errors.New("no such stopwatch")
		}
		return []*Stopwatch{w}, nil
	}
	return slices.SortedFunc(maps.Values(s.watches), func(a, b *Stopwatch) int {
		return strings.Compare(a.name, b.name)
	}), nil
}
