package ovsdb

import (
	"errors"
	"fmt"
)

// scanner reads JSON from a message that it owns: escaped strings are unescaped in place. The first
// error stays, and makes everything after it fail too.
type scanner struct {
	bytes   []byte
	at      int
	failure error
}

// fail records the first error, and moves to the end so that nothing more is read.
func (s *scanner) fail(format string, args ...any) {
	if s.failure == nil {
		s.failure = fmt.Errorf("byte %d: %w", s.at, fmt.Errorf(format, args...))
	}
	s.at = len(s.bytes)
}

// peek is the next byte that is no white space, or 0 at the end.
func (s *scanner) peek() byte {
	for s.at < len(s.bytes) {
		switch c := s.bytes[s.at]; c {
		case ' ', '\n', '\t', '\r':
			s.at++
		default:
			return c
		}
	}
	return 0
}

// expect reads one byte, which must be c.
func (s *scanner) expect(c byte) {
	if found := s.peek(); found != c {
		if found == 0 {
			s.fail("%q expected at the end", c)
		} else {
			s.fail("%q expected instead of %q", c, found)
		}
		return
	}
	s.at++
}

// more reads what stands before the next element of an array or object: nothing for the first, a
// comma for the others. At the closing bracket, which it reads too, it returns false.
func (s *scanner) more(closing byte, first bool) bool {
	switch {
	case s.failure != nil:
		return false
	case s.peek() == closing:
		s.at++
		return false
	case !first:
		s.expect(',')
		if s.peek() == closing {
			s.fail("%q after a comma", closing)
		}
	}
	return s.failure == nil
}

// key reads a member's name and the colon after it.
func (s *scanner) key() []byte {
	name := s.text()
	s.expect(':')
	return name
}

// boolean reads true or false.
func (s *scanner) boolean() bool {
	if s.peek() == 't' {
		s.word("true")
		return s.failure == nil
	}
	s.word("false")
	return false
}

// uuid reads ["uuid", "..."].
func (s *scanner) uuid() UUID {
	s.expect('[')
	if tag := s.text(); string(tag) != "uuid" && s.failure == nil {
		s.fail("a UUID expected instead of a %q", abbreviate(string(tag)))
	}
	s.expect(',')
	id := s.uuidText()
	s.expect(']')
	return id
}

// uuidText reads a UUID that is a plain text.
func (s *scanner) uuidText() UUID {
	id, err := ParseUUID(s.text())
	if err != nil && s.failure == nil {
		s.fail("%w", err)
	}
	return id
}

// word reads true, false or null.
func (s *scanner) word(word string) {
	s.peek()
	end := min(s.at+len(word), len(s.bytes))
	if string(s.bytes[s.at:end]) != word {
		s.fail("%s expected", word)
		return
	}
	s.at = end
}

// skip reads any value.
func (s *scanner) skip() {
	if err := s.skipNested(0); err != nil {
		s.fail("%w", err)
	}
}

func (s *scanner) skipNested(depth int) error {
	if depth > maxDepth {
		return errors.New("too many levels")
	}
	switch c := s.peek(); c {
	case '"':
		s.skipText()
	case '{', '[':
		s.at++
		for first := true; s.more(c+2, first); first = false {
			if c == '{' {
				s.skipText()
				s.expect(':')
			}
			if err := s.skipNested(depth + 1); err != nil {
				return err
			}
		}
	case 't':
		s.word("true")
	case 'f':
		s.word("false")
	case 'n':
		s.word("null")
	default:
		s.number()
	}
	return nil
}
