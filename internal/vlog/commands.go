package vlog

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"woven/internal/unixctl"
)

// Register adds the vlog commands of ovs-appctl(8) to a control socket.
func (l *Log) Register(s *unixctl.Server) {
	const modules = "[module]..."
	for _, c := range []unixctl.Command{
		{Name: "vlog/set", Usage: "{spec | PATTERN:destination:pattern}", MaxArgs: unixctl.Unlimited,
			Run: l.runSet},
		{Name: "vlog/list", Run: text(l.list)},
		{Name: "vlog/list-pattern", Run: text(l.listPatterns)},
		{Name: "vlog/enable-rate-limit", Usage: modules, MaxArgs: unixctl.Unlimited,
			Run: l.runLimits(false)},
		{Name: "vlog/disable-rate-limit", Usage: modules, MaxArgs: unixctl.Unlimited,
			Run: l.runLimits(true)},
		{Name: "vlog/close", Run: text(func() string { l.CloseFile(); return "" })},
		{Name: "vlog/reopen", Run: func(context.Context, []string) (string, error) {
			if !l.hasFile() {
				return "", errors.New("logging to file not configured")
			}
			return "", l.ReopenFile()
		}},
	} {
		s.Register(c)
	}
}

// text is the handler of a command that has no arguments and cannot fail.
func text(f func() string) unixctl.Handler {
	return func(context.Context, []string) (string, error) { return f(), nil }
}

func (l *Log) hasFile() bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.file.path != ""
}

// runSet carries out each argument; without any, everything goes to dbg.
func (l *Log) runSet(_ context.Context, args []string) (string, error) {
	if len(args) == 0 {
		args = []string{""}
	}
	for _, arg := range args {
		if err := l.Set(arg); err != nil {
			return "", err
		}
	}
	return "", nil
}

// list is the text of vlog/list.
func (l *Log) list() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	var b strings.Builder
	b.WriteString("                 console    syslog    file\n")
	b.WriteString("                 -------    ------    ------\n")
	for _, m := range l.sortedModules() {
		fmt.Fprintf(&b, "%-16s", m.name)
		for d := range m.levels {
			indent := "       "
			if d == 0 {
				indent = "  "
			}
			fmt.Fprintf(&b, "%s%4s", indent, Level(m.levels[d].Load()))
		}
		if m.limitsOff.Load() {
			b.WriteString("    (rate limiting disabled)")
		}
		b.WriteByte('\n')
	}
	return b.String()
}

// listPatterns is the text of vlog/list-pattern.
func (l *Log) listPatterns() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	var b strings.Builder
	b.WriteString("         prefix                            format\n")
	b.WriteString("         ------                            ------\n")
	for _, d := range []Destination{Syslog, Console, File} {
		header := "none"
		if d == Syslog {
			header = syslogHeader
		}
		fmt.Fprintf(&b, "%-7s  %-32s  %s\n", strings.ToUpper(d.String()), header, l.patterns[d])
	}
	return b.String()
}

// runLimits switches rate limiting for the named modules, or for all.
func (l *Log) runLimits(off bool) unixctl.Handler {
	return func(_ context.Context, args []string) (string, error) {
		l.mu.Lock()
		defer l.mu.Unlock()
		named := make([]*module, len(args))
		for i, arg := range args {
			if named[i] = l.findModule(arg); named[i] == nil {
				return "", errors.New("unknown module")
			}
		}
		if len(args) == 0 {
			l.limitsOff = off
			named = l.sortedModules()
		}
		for _, m := range named {
			m.limitsOff.Store(off)
		}
		return "", nil
	}
}
