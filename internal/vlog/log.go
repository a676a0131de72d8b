package vlog

import (
	"context"
	"fmt"
	"io"
	"log/slog"
	"maps"
	"os"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"time"
)

// Destination is one of the places that messages go to.
type Destination int32

// The destinations in the order in which vlog/list shows them.
const (
	Console Destination = iota
	Syslog
	File
	destinations
)

var destinationNames = [...]string{"console", "syslog", "file"}

// String is the name that vlog/set knows.
func (d Destination) String() string { return destinationNames[d] }

// Log is the logging of one process: its modules, where their messages go, and how they look.
type Log struct {
	program string
	start   time.Time

	mu         sync.Mutex
	subprogram string
	serial     uint64
	modules    map[string]*module
	levels     [destinations]Level // those of modules that do not exist yet
	limitsOff  bool                // likewise
	patterns   [destinations]string
	console    io.Writer
	file       logFile
	syslog     syslogSender
}

// module is a named part of the program, whose levels can be set apart from the others'.
type module struct {
	name      string
	levels    [destinations]atomic.Int32
	limitsOff atomic.Bool
}

// New makes the logging of a program: info and above to the console, which is standard error,
// and to syslog. Messages go to a file once OpenFile is called.
func New(program string) *Log {
	return &Log{
		program:  program,
		start:    time.Now(),
		modules:  map[string]*module{},
		levels:   [destinations]Level{Info, Info, Info},
		patterns: [destinations]string{defaultConsole, defaultSyslog, defaultFile},
		console:  os.Stderr,
		syslog:   syslogSender{program: program, method: defaultMethod()},
	}
}

// SetConsole sends the console's messages to w instead of standard error.
func (l *Log) SetConsole(w io.Writer) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.console = w
}

// SetSubprogram names this process among those of the program; lines show it in parentheses.
func (l *Log) SetSubprogram(name string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.subprogram = name
}

// Module gives the logger of a module and makes the module known to vlog/list and vlog/set.
func (l *Log) Module(name string) *slog.Logger {
	l.mu.Lock()
	defer l.mu.Unlock()
	m := l.modules[name]
	if m == nil {
		m = &module{name: name}
		for d, level := range l.levels {
			m.levels[d].Store(int32(level))
		}
		m.limitsOff.Store(l.limitsOff)
		l.modules[name] = m
	}
	return slog.New(&handler{log: l, module: m})
}

// sortedModules lists the modules by name. The caller holds the lock.
func (l *Log) sortedModules() []*module {
	return slices.SortedFunc(maps.Values(l.modules), func(a, b *module) int {
		return strings.Compare(a.name, b.name)
	})
}

// write sends one message to the destinations that want it. It holds the lock throughout, so
// that lines come out whole and in the order of their serial numbers.
func (l *Log) write(m *module, level Level, at time.Time, message string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	var wanted [destinations]bool
	for d := range wanted {
		wanted[d] = level <= Level(m.levels[d].Load())
	}
	wanted[File] = wanted[File] && l.file.open != nil
	if !wanted[Console] && !wanted[Syslog] && !wanted[File] {
		return
	}
	l.serial++
	e := &entry{
		program: l.program, subprogram: l.subprogram, module: m.name, level: level,
		facility: l.syslog.localFacility(), serial: l.serial, start: l.start, at: at,
		message: message,
	}
	if wanted[Console] {
		_, _ = io.WriteString(l.console, l.line(Console, e)) // There is nowhere to complain.
	}
	if wanted[File] {
		_, _ = io.WriteString(l.file.open, l.line(File, e))
	}
	if wanted[Syslog] {
		var b strings.Builder
		expand(&b, l.patterns[Syslog], e)
		l.syslog.send(b.String(), e)
	}
}

// line is a whole line for the console or the file.
func (l *Log) line(d Destination, e *entry) string {
	var b strings.Builder
	expand(&b, l.patterns[d], e)
	b.WriteByte('\n')
	return b.String()
}

// say logs a message of the logging itself.
func (l *Log) say(level slog.Level, format string, args ...any) {
	l.Module("vlog").Log(context.Background(), level, fmt.Sprintf(format, args...))
}
