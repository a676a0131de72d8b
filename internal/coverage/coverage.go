package coverage

import (
	"context"
	"errors"
	"fmt"
	"hash/fnv"
	"maps"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"woven/internal/unixctl"
)

// The rates are taken over intervals of five seconds, kept for a minute, and over minutes, kept
// for an hour.
const (
	interval           = 5 * time.Second
	intervalsPerMinute = 12
	minutesPerHour     = 60
)

// Counter counts one kind of event. It may be used from several goroutines.
type Counter struct {
	name  string
	total atomic.Uint64

	// The rest is the set's, under its lock.
	seen    uint64
	recent  [intervalsPerMinute]uint64
	minutes [minutesPerHour]uint64
}

// Add counts n events.
func (c *Counter) Add(n uint64) { c.total.Add(n) }

// Set holds the counters of a daemon.
type Set struct {
	mu       sync.Mutex
	counters map[string]*Counter
	tick     int
}

// NewSet makes an empty set.
func NewSet() *Set { return &Set{counters: map[string]*Counter{}} }

// New gives the counter of that name, which is made at first.
func (s *Set) New(name string) *Counter {
	s.mu.Lock()
	defer s.mu.Unlock()
	c := s.counters[name]
	if c == nil {
		c = &Counter{name: name}
		s.counters[name] = c
	}
	return c
}

// Run follows the rates until the context ends.
func (s *Set) Run(ctx context.Context) {
	ticker := time.NewTicker(interval)
	defer ticker.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-ticker.C:
			s.step()
		}
	}
}

// step ends an interval.
func (s *Set) step() {
	s.mu.Lock()
	defer s.mu.Unlock()
	minute := s.tick / intervalsPerMinute % minutesPerHour
	for _, c := range s.counters {
		total := c.total.Load()
		if s.tick%intervalsPerMinute == 0 {
			c.minutes[minute] = 0
		}
		c.recent[s.tick%intervalsPerMinute] = total - c.seen
		c.minutes[minute] += total - c.seen
		c.seen = total
	}
	s.tick++
}

// Register adds coverage/show and coverage/read-counter to a control socket.
func (s *Set) Register(server *unixctl.Server) {
	server.Register(unixctl.Command{Name: "coverage/show",
		Run: func(context.Context, []string) (string, error) { return s.show(), nil }})
	server.Register(unixctl.Command{Name: "coverage/read-counter", Usage: "COUNTER",
		MinArgs: 1, MaxArgs: 1,
		Run: func(_ context.Context, args []string) (string, error) {
			s.mu.Lock()
			defer s.mu.Unlock()
			c := s.counters[args[0]]
			if c == nil {
				return "", errors.New("no such counter")
			}
			return fmt.Sprint(c.total.Load()), nil
		}})
}

// show is the text of coverage/show. Its hash tells two sets of events apart at a glance.
func (s *Set) show() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	var lines strings.Builder
	hash, never := fnv.New32a(), 0
	for _, name := range slices.Sorted(maps.Keys(s.counters)) {
		c := s.counters[name]
		total := c.total.Load()
		if total == 0 {
			never++
			continue
		}
		hash.Write([]byte(name + "\n"))
		last := c.recent[(s.tick+intervalsPerMinute-1)%intervalsPerMinute]
		fmt.Fprintf(&lines, "%-24s %5.1f/sec %9.3f/sec %13.4f/sec   total: %d\n", name,
			float64(last)/interval.Seconds(), float64(sum(c.recent[:]))/60,
			float64(sum(c.minutes[:]))/3600, total)
	}
	return fmt.Sprintf("Event coverage, avg rate over last: 5 seconds, last minute, last hour,  "+
		"hash=%08x:\n%s%d events never hit\n", hash.Sum32(), lines.String(), never)
}

func sum(counts []uint64) (total uint64) {
	for _, n := range counts {
		total += n
	}
	return total
}
