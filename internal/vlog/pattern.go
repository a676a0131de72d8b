package vlog

import (
	"os"
	"strconv"
	"strings"
	"time"
)

// The patterns that a program starts with, see vlog/set in ovs-appctl(8).
const (
	defaultConsole = "%D{%Y-%m-%dT%H:%M:%SZ}|%05N|%c%T|%p|%m"
	defaultFile    = "%D{%Y-%m-%dT%H:%M:%S.###Z}|%05N|%c%T|%p|%m"
	defaultSyslog  = "ovs|%05N|%c%T|%p|%m"
	// syslogHeader precedes a line that is sent to a syslog daemon without the C library.
	syslogHeader = "<%B> %D{%h %e %T} %E %A: "
	dateTime     = "%Y-%m-%d %H:%M:%S.###"
)

// greenwich is UTC under the name that the C library's gmtime gives it.
var greenwich = time.FixedZone("GMT", 0)

// entry is everything that a pattern can say about one message.
type entry struct {
	program, subprogram string
	module              string
	level               Level
	facility            int
	serial              uint64
	start, at           time.Time
	message             string
}

// expand writes the entry as the pattern wants it. An escape that is not known stands for its
// own letter, as in the C daemons.
func expand(b *strings.Builder, pattern string, e *entry) {
	for {
		text, rest, more := strings.Cut(pattern, "%")
		b.WriteString(text)
		if !more || rest == "" {
			return
		}
		var f field
		if f, pattern = parseField(rest); f.letter == 0 {
			return // the pattern ends within the escape
		}
		f.write(b, f.value(e))
	}
}

// field is one escape: %, flags, width, letter, and the braces after d and D.
type field struct {
	left, zero bool
	width      int
	letter     byte
	template   string
}

// maxWidth keeps a mistyped pattern from filling the disk with blanks.
const maxWidth = 1000

// parseField reads the escape after its %, and returns what follows it.
func parseField(s string) (field, string) {
	var f field
	if strings.HasPrefix(s, "-") {
		f.left, s = true, s[1:]
	}
	if strings.HasPrefix(s, "0") {
		f.zero, s = true, s[1:]
	}
	digits := len(s) - len(strings.TrimLeft(s, "0123456789"))
	width, err := strconv.Atoi("0" + s[:digits])
	f.width, s = min(width, maxWidth), s[digits:]
	if err != nil {
		f.width = maxWidth
	}
	if s == "" {
		return f, ""
	}
	f.letter, s = s[0], s[1:]
	if f.letter == 'd' || f.letter == 'D' {
		f.template = dateTime
		if strings.HasPrefix(s, "{") {
			f.template, s, _ = strings.Cut(s[1:], "}")
		}
	}
	return f, s
}

// value is the text of the escape.
func (f field) value(e *entry) string {
	switch f.letter {
	case 'A':
		return e.program
	case 'B':
		return strconv.Itoa(e.facility<<3 | e.level.priority())
	case 'c':
		return e.module
	case 'd':
		return strftime(f.template, e.at.Local())
	case 'D':
		return strftime(f.template, e.at.In(greenwich))
	case 'E':
		return hostname()
	case 'm':
		return e.message
	case 'N':
		return strconv.FormatUint(e.serial, 10)
	case 'n':
		return "\n"
	case 'p':
		return e.level.String()
	case 'P':
		return strconv.Itoa(os.Getpid())
	case 'r':
		return strconv.FormatInt(e.at.Sub(e.start).Milliseconds(), 10)
	case 't':
		if e.subprogram == "" {
			return "main"
		}
		return e.subprogram
	case 'T':
		if e.subprogram == "" {
			return ""
		}
		return "(" + e.subprogram + ")"
	}
	return string([]byte{f.letter})
}

// write pads the value to the field's width.
func (f field) write(b *strings.Builder, value string) {
	pad := max(0, f.width-len(value))
	switch {
	case f.left && f.zero:
		b.WriteString(value + strings.Repeat("0", pad))
	case f.left:
		b.WriteString(value + strings.Repeat(" ", pad))
	case f.zero:
		b.WriteString(strings.Repeat("0", pad) + value)
	default:
		b.WriteString(strings.Repeat(" ", pad) + value)
	}
}

// hostname is asked anew each time, because it can change while a daemon runs.
func hostname() string {
	name, err := os.Hostname()
	if err != nil {
		return "-"
	}
	return name
}
