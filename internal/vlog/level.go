package vlog

import (
	"log/slog"
	"slices"
	"strings"
)

// Level is a severity: a destination takes the messages whose level is not above its own.
type Level int32

// The levels of ovs-appctl(8), the most severe first. Off is only the setting of a destination.
const (
	Off Level = iota
	Emer
	Err
	Warn
	Info
	Dbg
)

// LevelEmer is the slog level of a failure that forces the process to stop.
const LevelEmer = slog.LevelError + 4

var levelNames = [...]string{"OFF", "EMER", "ERR", "WARN", "INFO", "DBG"}

// String is the level's name in capitals, as the lines of a log have it.
func (l Level) String() string { return levelNames[l] }

// priority is the level's severity in syslog, see syslog(3).
func (l Level) priority() int { return [...]int{0, 1, 3, 4, 5, 7}[l] }

// levelOf gives the level of a record; slog's levels between two names count as the lower one.
func levelOf(l slog.Level) Level {
	switch {
	case l >= LevelEmer:
		return Emer
	case l >= slog.LevelError:
		return Err
	case l >= slog.LevelWarn:
		return Warn
	case l >= slog.LevelInfo:
		return Info
	}
	return Dbg
}

// parseLevel reads a level's name in any case.
func parseLevel(word string) (Level, bool) {
	i := indexName(levelNames[:], word)
	return Level(i), i >= 0
}

// indexName finds a name in any case, or gives -1.
func indexName(names []string, word string) int {
	return slices.IndexFunc(names, func(name string) bool { return strings.EqualFold(name, word) })
}
