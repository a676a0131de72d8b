package vlog

import (
	"errors"
	"fmt"
	"strings"
)

// Set carries out one SPEC of -v and vlog/set: levels, PATTERN:DESTINATION:PATTERN or
// FACILITY:NAME. A specification that is wrong anywhere changes nothing.
func (l *Log) Set(spec string) error {
	head, rest, _ := strings.Cut(spec, ":")
	switch strings.ToUpper(head) {
	case "PATTERN":
		return l.setPattern(rest)
	case "FACILITY":
		return l.setFacility(rest)
	}
	return l.setLevels(spec)
}

// anyWord stands for every destination in PATTERN and is accepted without effect elsewhere.
const anyWord = "any"

func (l *Log) setPattern(rest string) error {
	name, pattern, _ := strings.Cut(rest, ":")
	if name == "" {
		return errors.New("missing destination")
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	if strings.EqualFold(name, anyWord) {
		for d := range l.patterns {
			l.patterns[d] = pattern
		}
		return nil
	}
	d := indexName(destinationNames[:], name)
	if d < 0 {
		return fmt.Errorf("unknown destination %q", name)
	}
	l.patterns[d] = pattern
	return nil
}

func (l *Log) setFacility(name string) error {
	facility := indexName(facilityNames, name)
	if facility < 0 || name == "" {
		return errors.New("invalid facility")
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	l.syslog.facility = facility
	return nil
}

// levelSpec is a parsed list of words.
type levelSpec struct {
	module      *module
	destination *Destination
	level       *Level
}

func (l *Log) setLevels(spec string) error {
	l.mu.Lock()
	defer l.mu.Unlock()
	s, err := l.parseLevels(spec)
	if err != nil {
		return err
	}
	level := Dbg
	if s.level != nil {
		level = *s.level
	}
	for d := range destinations {
		if s.destination != nil && *s.destination != d {
			continue
		}
		if s.module != nil {
			s.module.levels[d].Store(int32(level))
			continue
		}
		l.levels[d] = level
		for _, m := range l.modules {
			m.levels[d].Store(int32(level))
		}
	}
	return nil
}

// parseLevels sorts the words into module, destination and level. The caller holds the lock.
func (l *Log) parseLevels(spec string) (levelSpec, error) {
	var s levelSpec
	words := strings.FieldsFunc(spec, func(r rune) bool { return strings.ContainsRune(" ,:\t\n", r) })
	for _, word := range words {
		if i := indexName(destinationNames[:], word); i >= 0 {
			if s.destination != nil {
				return s, errors.New("cannot specify multiple destinations")
			}
			d := Destination(i)
			s.destination = &d
		} else if level, ok := parseLevel(word); ok {
			if s.level != nil {
				return s, errors.New("cannot specify multiple levels")
			}
			s.level = &level
		} else if m := l.findModule(word); m != nil {
			if s.module != nil {
				return s, errors.New("cannot specify multiple modules")
			}
			s.module = m
		} else if !strings.EqualFold(word, anyWord) {
			return s, fmt.Errorf("no destination, level, or module %q", word)
		}
	}
	return s, nil
}

// findModule finds a module by its name in any case, or nil. The caller holds the lock.
func (l *Log) findModule(name string) *module {
	if m := l.modules[name]; m != nil {
		return m
	}
	for _, m := range l.modules {
		if strings.EqualFold(m.name, name) {
			return m
		}
	}
	return nil
}
