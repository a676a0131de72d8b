package stopwatch

import (
	"fmt"
	"sync"
	"time"
)

// Unit is the unit in which a stopwatch shows its figures.
type Unit struct {
	name string
	size time.Duration
}

// The units that stopwatch/show knows.
var (
	Msec = Unit{"msec", time.Millisecond}
	Usec = Unit{"usec", time.Microsecond}
	Nsec = Unit{"nsec", time.Nanosecond}
)

// The weight of a new sample in the two moving averages, as in the C daemons.
const (
	shortWeight = 0.5
	longWeight  = 0.01
)

// Stopwatch collects the durations of one step. It may be used from several goroutines.
type Stopwatch struct {
	name string
	unit Unit

	mu          sync.Mutex
	samples     uint64
	min, max    float64
	short, long float64
	p95         quantile
}

// Start begins a sample, which the returned function ends.
func (w *Stopwatch) Start() (stop func()) {
	begin := time.Now()
	return func() { w.Observe(time.Since(begin)) }
}

// Observe adds one sample.
func (w *Stopwatch) Observe(d time.Duration) {
	x := float64(d) / float64(w.unit.size)
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.samples == 0 {
		w.min, w.max, w.short, w.long = x, x, x, x
	} else {
		w.min, w.max = min(w.min, x), max(w.max, x)
		w.short += shortWeight * (x - w.short)
		w.long += longWeight * (x - w.long)
	}
	w.samples++
	w.p95.add(x)
}

// reset forgets all samples.
func (w *Stopwatch) reset() {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.samples, w.min, w.max, w.short, w.long, w.p95 = 0, 0, 0, 0, 0, newQuantile(0.95)
}

// show is the stopwatch's part of stopwatch/show.
func (w *Stopwatch) show() string {
	w.mu.Lock()
	defer w.mu.Unlock()
	u := w.unit.name
	return fmt.Sprintf("Statistics for '%s'\n"+
		"  Total samples: %d\n  Maximum: %.0f %s\n  Minimum: %.0f %s\n"+
		"  95th percentile: %f %s\n  Short term average: %f %s\n  Long term average: %f %s\n",
		w.name, w.samples, w.max, u, w.min, u, w.p95.value(), u, w.short, u, w.long, u)
}
