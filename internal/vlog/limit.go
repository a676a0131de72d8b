package vlog

import (
	"context"
	"fmt"
	"log/slog"
	"sync"
	"time"
)

// Rate bounds how often one place in the program may log.
type Rate struct {
	// PerMinute is how many messages a minute are let through in the long run.
	PerMinute int
	// Burst is how many may come at once after a quiet time.
	Burst int
}

// Limited gives a logger that holds back repetitions: each place that calls it has an allowance
// of its own, and the first message after a gap says how many were dropped. A module that
// vlog/disable-rate-limit names is not limited.
func Limited(logger *slog.Logger, rate Rate) *slog.Logger {
	return limited(logger, rate, time.Now)
}

func limited(logger *slog.Logger, rate Rate, now func() time.Time) *slog.Logger {
	return slog.New(&limitHandler{
		Handler: logger.Handler(),
		limits:  &limits{rate: rate, now: now, places: map[uintptr]*allowance{}},
	})
}

// limitHandler passes on what the limits allow.
type limitHandler struct {
	slog.Handler
	limits *limits
}

// limits are shared by the loggers that were derived from one limited logger. The places are
// call sites, so their number is that of lines of source.
type limits struct {
	rate   Rate
	now    func() time.Time
	mu     sync.Mutex
	places map[uintptr]*allowance
}

// allowance is a token bucket and what has been dropped since it last had a token.
type allowance struct {
	tokens              float64
	filled              time.Time
	dropped             int
	firstDrop, lastDrop time.Time
}

// Handle passes the record on, or counts it as dropped.
func (h *limitHandler) Handle(ctx context.Context, r slog.Record) error {
	if off, ok := h.Handler.(interface{ rateLimitsOff() bool }); ok && off.rateLimitsOff() {
		return h.Handler.Handle(ctx, r)
	}
	pass, report := h.limits.take(r.PC)
	if !pass {
		return nil
	}
	if report != "" {
		if err := h.Handler.Handle(ctx, slog.NewRecord(r.Time, r.Level, report, r.PC)); err != nil {
			return err
		}
	}
	return h.Handler.Handle(ctx, r)
}

// WithAttrs keeps the limits: another attribute does not make another place.
func (h *limitHandler) WithAttrs(attrs []slog.Attr) slog.Handler {
	return &limitHandler{Handler: h.Handler.WithAttrs(attrs), limits: h.limits}
}

// WithGroup keeps the limits.
func (h *limitHandler) WithGroup(name string) slog.Handler {
	return &limitHandler{Handler: h.Handler.WithGroup(name), limits: h.limits}
}

// take spends one token of a place, and words the report of what was dropped before.
func (l *limits) take(place uintptr) (pass bool, report string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	now := l.now()
	a := l.places[place]
	if a == nil {
		a = &allowance{tokens: float64(l.rate.Burst), filled: now}
		l.places[place] = a
	}
	a.tokens = min(float64(l.rate.Burst),
		a.tokens+now.Sub(a.filled).Minutes()*float64(l.rate.PerMinute))
	a.filled = now
	if a.tokens < 1 {
		if a.dropped == 0 {
			a.firstDrop = now
		}
		a.dropped++
		a.lastDrop = now
		return false, ""
	}
	a.tokens--
	if a.dropped > 0 {
		report = fmt.Sprintf("Dropped %d log messages in last %d seconds "+
			"(most recently, %d seconds ago) due to excessive rate",
			a.dropped, int(now.Sub(a.firstDrop).Seconds()), int(now.Sub(a.lastDrop).Seconds()))
		a.dropped = 0
	}
	return true, report
}
