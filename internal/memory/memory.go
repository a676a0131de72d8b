package memory

import (
	"context"
	"fmt"
	"log/slog"
	"maps"
	"slices"
	"strings"
	"sync"
	"syscall"
	"time"

	"woven/internal/unixctl"
)

// The log says how much memory is in use ten seconds after the start, and again when the peak
// has grown by half.
const (
	checkInterval = 10 * time.Second
	growth        = 1.5
)

// Source counts the objects that one part of the daemon holds, by calling add for each kind;
// counts of the same kind are added up. It is called from several goroutines.
type Source func(add func(kind string, count int64))

// Reporter knows the sources of a daemon.
type Reporter struct {
	mu      sync.Mutex
	sources []Source

	start, reported time.Time
	peak            int64 // in kB, as last reported
}

// NewReporter makes a reporter without sources.
func NewReporter() *Reporter {
	now := time.Now()
	return &Reporter{start: now, reported: now}
}

// Add enters a source.
func (r *Reporter) Add(s Source) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.sources = append(r.sources, s)
}

// Register adds memory/show to a control socket.
func (r *Reporter) Register(server *unixctl.Server) {
	server.Register(unixctl.Command{Name: "memory/show",
		Run: func(context.Context, []string) (string, error) { return r.usage(), nil }})
}

// usage is one line of kind:count, sorted by kind.
func (r *Reporter) usage() string {
	r.mu.Lock()
	sources := slices.Clone(r.sources)
	r.mu.Unlock()
	counts := map[string]int64{}
	for _, source := range sources {
		source(func(kind string, count int64) { counts[kind] += count })
	}
	words := make([]string, 0, len(counts))
	for _, kind := range slices.Sorted(maps.Keys(counts)) {
		words = append(words, fmt.Sprintf("%s:%d", kind, counts[kind]))
	}
	return strings.Join(words, " ")
}

// Run watches the growth until the context ends.
func (r *Reporter) Run(ctx context.Context, log *slog.Logger) {
	ticker := time.NewTicker(checkInterval)
	defer ticker.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case now := <-ticker.C:
			r.check(now, peakKB(), log)
		}
	}
}

// check logs if the peak has grown enough since it was last reported.
func (r *Reporter) check(now time.Time, peak int64, log *slog.Logger) {
	switch {
	case r.peak == 0:
		log.Info(fmt.Sprintf("%d kB peak resident set size after %.1f seconds",
			peak, now.Sub(r.start).Seconds()))
	case float64(peak) >= growth*float64(r.peak):
		log.Info(fmt.Sprintf("peak resident set size grew %.0f%% in last %.1f seconds, "+
			"from %d kB to %d kB", 100*float64(peak-r.peak)/float64(r.peak),
			now.Sub(r.reported).Seconds(), r.peak, peak))
	default:
		return
	}
	r.peak, r.reported = peak, now
	if usage := r.usage(); usage != "" {
		log.Info(usage)
	}
}

// peakKB is the most memory that the process ever had resident, in kB.
func peakKB() int64 {
	var usage syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &usage); err != nil {
		return 0
	}
	return int64(usage.Maxrss)
}
