package vlog

import (
	"context"
	"log/slog"
	"strconv"
	"strings"
	"time"
	"unicode"
)

// handler is the slog side of a module. Attributes follow the message as name=value.
type handler struct {
	log    *Log
	module *module
	attrs  string // what WithAttrs brought, already text
	group  string // the prefix that WithGroup brought
}

// Enabled says if any destination would take a message of that level.
func (h *handler) Enabled(_ context.Context, level slog.Level) bool {
	for d := range h.module.levels {
		if levelOf(level) <= Level(h.module.levels[d].Load()) {
			return true
		}
	}
	return false
}

// Handle logs one record.
func (h *handler) Handle(_ context.Context, r slog.Record) error {
	var b strings.Builder
	b.WriteString(r.Message)
	b.WriteString(h.attrs)
	r.Attrs(func(a slog.Attr) bool {
		appendAttr(&b, h.group, a)
		return true
	})
	at := r.Time
	if at.IsZero() {
		at = time.Now()
	}
	h.log.write(h.module, levelOf(r.Level), at, b.String())
	return nil
}

// WithAttrs gives a logger whose messages all carry the attributes.
func (h *handler) WithAttrs(attrs []slog.Attr) slog.Handler {
	var b strings.Builder
	b.WriteString(h.attrs)
	for _, a := range attrs {
		appendAttr(&b, h.group, a)
	}
	with := *h
	with.attrs = b.String()
	return &with
}

// WithGroup gives a logger whose further attributes are named name.attribute.
func (h *handler) WithGroup(name string) slog.Handler {
	with := *h
	if name != "" {
		with.group += name + "."
	}
	return &with
}

// rateLimitsOff tells Limited that vlog/disable-rate-limit named this module.
func (h *handler) rateLimitsOff() bool { return h.module.limitsOff.Load() }

// appendAttr writes one attribute, a group's members each on their own.
func appendAttr(b *strings.Builder, prefix string, a slog.Attr) {
	value := a.Value.Resolve()
	if value.Kind() == slog.KindGroup {
		if a.Key != "" {
			prefix += a.Key + "."
		}
		for _, member := range value.Group() {
			appendAttr(b, prefix, member)
		}
		return
	}
	if a.Key == "" && value.Kind() == slog.KindAny && value.Any() == nil {
		return // slog's rule: an empty attribute is left out
	}
	text := value.String()
	if value.Kind() == slog.KindTime {
		text = value.Time().UTC().Format("2006-01-02T15:04:05.000Z")
	}
	b.WriteString(" " + prefix + a.Key + "=" + quoted(text))
}

// quoted puts quotes around a value whose end or beginning a reader could not see otherwise.
func quoted(text string) string {
	odd := func(r rune) bool { return r == '"' || r == '=' || unicode.IsSpace(r) || !unicode.IsPrint(r) }
	if text == "" || strings.ContainsFunc(text, odd) {
		return strconv.Quote(text)
	}
	return text
}
