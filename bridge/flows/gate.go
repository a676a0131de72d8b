package flows

import (
	"time"

	"woven/relations"
)

// gate says when the first change of the switch may be made. It stays open from then on.
type gate struct {
	isReady bool // switch_ready holds
	isOpen  bool
	waits   map[int64]bool // milliseconds; the longest counts
	since   time.Time      // when switch_ready held first
	timer   *time.Timer
}

// take takes in a fact of wait_before_clear.
func (g *gate) take(store *relations.Store, row []relations.Value, came bool) {
	ms := min(max(store.Int(row[0]), 0), int64(time.Hour/time.Millisecond))
	if came {
		g.waits[ms] = true
	} else {
		delete(g.waits, ms)
	}
}

// open reports whether changes may be made. If time has to pass first, wake is called then.
func (g *gate) open(wake func()) bool {
	if g.isOpen || !g.isReady {
		return g.isOpen
	}
	if g.since.IsZero() {
		g.since = time.Now()
	}
	longest := int64(0)
	for ms := range g.waits {
		longest = max(longest, ms)
	}
	left := time.Until(g.since.Add(time.Duration(longest) * time.Millisecond))
	if g.isOpen = left <= 0; g.isOpen {
		return true
	}
	if g.timer != nil {
		g.timer.Stop()
	}
	g.timer = time.AfterFunc(left, wake)
	return false
}
