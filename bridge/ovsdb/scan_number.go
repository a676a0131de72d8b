package ovsdb

import (
	"math"
	"strconv"
	"strings"
)

// number reads the characters of a number, and reports whether it is written as an integer.
func (s *scanner) number() (text []byte, integer bool) {
	s.peek()
	start := s.at
	s.sign("-")
	if s.at < len(s.bytes) && s.bytes[s.at] == '0' {
		s.at++
	} else {
		s.digits()
	}
	integer = true
	if s.at < len(s.bytes) && s.bytes[s.at] == '.' {
		integer = false
		s.at++
		s.digits()
	}
	if s.at < len(s.bytes) && (s.bytes[s.at] == 'e' || s.bytes[s.at] == 'E') {
		integer = false
		s.at++
		s.sign("+-")
		s.digits()
	}
	if s.failure != nil {
		return nil, false
	}
	return s.bytes[start:s.at], integer
}

func (s *scanner) sign(allowed string) {
	if s.at < len(s.bytes) && strings.IndexByte(allowed, s.bytes[s.at]) >= 0 {
		s.at++
	}
}

// digits reads at least one digit.
func (s *scanner) digits() {
	start := s.at
	for s.at < len(s.bytes) && s.bytes[s.at]-'0' < 10 {
		s.at++
	}
	if s.at == start {
		s.fail("a digit is missing")
	}
}

// integer reads a whole number of 64 bits; it may be written as a real, as in 1e3.
func (s *scanner) integer() int64 {
	text, integer := s.number()
	if s.failure != nil {
		return 0
	}
	if !integer {
		x, err := strconv.ParseFloat(string(text), 64)
		if err != nil || x != math.Trunc(x) || x < -(1<<63) || x >= 1<<63 {
			s.fail("%s is no integer of 64 bits", abbreviate(string(text)))
			return 0
		}
		return int64(x)
	}
	if len(text) > 18 {
		n, err := strconv.ParseInt(string(text), 10, 64)
		if err != nil {
			s.fail("%s is no integer of 64 bits", abbreviate(string(text)))
		}
		return n
	}
	n, negative := int64(0), text[0] == '-'
	if negative {
		text = text[1:]
	}
	for _, c := range text {
		n = n*10 + int64(c-'0')
	}
	if negative {
		return -n
	}
	return n
}

// real reads a number as a float64.
func (s *scanner) real() float64 {
	text, _ := s.number()
	if s.failure != nil {
		return 0
	}
	x, err := strconv.ParseFloat(string(text), 64)
	if err != nil {
		s.fail("%s is no number of double precision", abbreviate(string(text)))
	}
	return x
}
