package ovsdb

import (
	"bytes"
	"unicode/utf16"
	"unicode/utf8"
)

// text reads a string. The result is a view of the message.
func (s *scanner) text() []byte {
	s.expect('"')
	if s.failure != nil {
		return nil
	}
	start := s.at
	length := bytes.IndexByte(s.bytes[start:], '"')
	if length < 0 {
		s.fail("a string does not end")
		return nil
	}
	view := s.bytes[start : start+length : start+length]
	escape := bytes.IndexByte(view, '\\')
	if escape < 0 {
		s.at = start + length + 1
		return view
	}
	s.at = start + escape
	return s.unescape(start)
}

// unescape reads the rest of the string that began at start, from its first backslash on. What it
// writes is never longer than what it read.
func (s *scanner) unescape(start int) []byte {
	into := s.bytes[start:s.at]
	for s.at < len(s.bytes) {
		c := s.bytes[s.at]
		s.at++
		switch c {
		case '"':
			return into[:len(into):len(into)]
		case '\\':
			into = s.escape(into)
		default:
			into = append(into, c)
		}
	}
	s.fail("a string does not end")
	return nil
}

// escape reads what follows a backslash, and appends what it stands for.
func (s *scanner) escape(into []byte) []byte {
	if s.at == len(s.bytes) {
		return into
	}
	c := s.bytes[s.at]
	s.at++
	switch c {
	case '"', '\\', '/':
		return append(into, c)
	case 'b':
		return append(into, '\b')
	case 'f':
		return append(into, '\f')
	case 'n':
		return append(into, '\n')
	case 'r':
		return append(into, '\r')
	case 't':
		return append(into, '\t')
	case 'u':
		unit := s.hex4()
		if utf16.IsSurrogate(unit) {
			unit = s.lowSurrogate(unit)
		}
		return utf8.AppendRune(into, unit)
	}
	s.fail("unknown escape \\%c", c)
	return into
}

// lowSurrogate reads the second half of a surrogate pair. A half without its other half becomes the
// replacement character, and what follows is left alone.
func (s *scanner) lowSurrogate(high rune) rune {
	before := s.at
	if s.at+1 < len(s.bytes) && s.bytes[s.at] == '\\' && s.bytes[s.at+1] == 'u' {
		s.at += 2
		if pair := utf16.DecodeRune(high, s.hex4()); pair != utf8.RuneError || s.failure != nil {
			return pair
		}
		s.at = before
	}
	return utf8.RuneError
}

// hex4 reads the four hex digits of \u.
func (s *scanner) hex4() rune {
	if s.at+4 > len(s.bytes) {
		s.fail("\\u without four hex digits")
		return utf8.RuneError
	}
	unit := rune(0)
	for _, c := range s.bytes[s.at : s.at+4] {
		if hexValue[c] == notHex {
			s.fail("\\u without four hex digits")
			return utf8.RuneError
		}
		unit = unit<<4 | rune(hexValue[c])
	}
	s.at += 4
	return unit
}

// skipText reads a string without changing it, so that it can be read again.
func (s *scanner) skipText() {
	s.expect('"')
	for s.failure == nil {
		quote := bytes.IndexByte(s.bytes[s.at:], '"')
		if quote < 0 {
			s.fail("a string does not end")
			return
		}
		content := s.bytes[s.at : s.at+quote]
		s.at += quote + 1
		if (quote-backslashesFrom(content))%2 == 0 {
			return
		}
	}
}
