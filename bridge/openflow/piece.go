package openflow

import (
	"fmt"
	"strings"
)

// ParseError says why a text is not understood, and where.
type ParseError struct {
	// Offset is where in the text the trouble begins, in bytes from 0. Text is the part in
	// question.
	Offset int
	Text   string
	// Why is what is wrong, and what may be written instead.
	Why string
}

// Error is the place, counted from 1, the part in question, and why.
func (e *ParseError) Error() string {
	text := e.Text
	if len(text) > 60 {
		text = text[:60] + "..."
	}
	return fmt.Sprintf("column %d, %q: %s", e.Offset+1, text, e.Why)
}

// piece is a part of a text that is being read, and where it is.
type piece struct {
	text string
	at   int
}

func (p piece) errorf(format string, args ...any) error {
	return &ParseError{Offset: p.at, Text: p.text, Why: fmt.Sprintf(format, args...)}
}

// from is the piece without its first n bytes.
func (p piece) from(n int) piece { return piece{p.text[n:], p.at + n} }

// to is the first n bytes of the piece.
func (p piece) to(n int) piece { return piece{p.text[:n], p.at} }

// trim is the piece without blanks around it.
func (p piece) trim() piece {
	for p.text != "" && blank(p.text[0]) {
		p = p.from(1)
	}
	for p.text != "" && blank(p.text[len(p.text)-1]) {
		p = p.to(len(p.text) - 1)
	}
	return p
}

func blank(c byte) bool { return c == ' ' || c == '\t' || c == '\n' || c == '\r' }

// cut is what is before and after the first separator, and whether there is one.
func (p piece) cut(separator string) (before, after piece, found bool) {
	i := strings.Index(p.text, separator)
	if i < 0 {
		return p, p.from(len(p.text)), false
	}
	return p.to(i), p.from(i + len(separator)), true
}

// cutByte is as cut for one byte.
func (p piece) cutByte(separator byte) (before, after piece, found bool) {
	i := strings.IndexByte(p.text, separator)
	if i < 0 {
		return p, p.from(len(p.text)), false
	}
	return p.to(i), p.from(i + 1), true
}

// next is what is before and after the first comma that is not in parentheses or brackets.
func (p piece) next() (item, rest piece) {
	depth := 0
	for i := range len(p.text) {
		switch p.text[i] {
		case '(', '[':
			depth++
		case ')', ']':
			depth--
		case ',':
			if depth == 0 {
				return p.to(i), p.from(i + 1)
			}
		}
	}
	return p, p.from(len(p.text))
}

// option is a name and what is after the first = or : behind it, and whether there is one.
func (p piece) option() (name, value piece, found bool) {
	if i := strings.IndexAny(p.text, "=:"); i >= 0 {
		return p.to(i), p.from(i + 1), true
	}
	return p, p.from(len(p.text)), false
}

// number reads a number up to most, in decimal, or in hexadecimal after 0x.
func (p piece) number(most uint64) (uint64, error) {
	v, err := p.number128()
	if err != nil {
		return 0, err
	}
	if v.Hi != 0 || v.Lo > most {
		return 0, p.errorf("the number is too large: %d or %#x at most", most, most)
	}
	return v.Lo, nil
}

// number128 reads a number.
func (p piece) number128() (U128, error) {
	s := p.text
	if len(s) > 2 && s[0] == '0' && (s[1] == 'x' || s[1] == 'X') {
		return p.hexadecimal(s[2:])
	}
	if s == "" || len(s) > 1 && s[0] == '0' || len(s) > 19 {
		return U128{}, p.errorf("not a number: write it in decimal, or in hexadecimal after 0x")
	}
	var v uint64
	for i := range len(s) {
		d := s[i] - '0'
		if d > 9 {
			return U128{}, p.errorf("not a number: write it in decimal, or in hexadecimal after 0x")
		}
		v = 10*v + uint64(d)
	}
	return U64(v), nil
}

func (p piece) hexadecimal(digits string) (U128, error) {
	var v U128
	for i := range len(digits) {
		d, ok := hexDigit(digits[i])
		if !ok {
			return U128{}, p.errorf("not a number: %q is no hexadecimal digit", digits[i])
		}
		if v.Hi>>60 != 0 {
			return U128{}, p.errorf("the number has more than 128 bits")
		}
		v = U128{v.Hi<<4 | v.Lo>>60, v.Lo<<4 | uint64(d)}
	}
	return v, nil
}

func hexDigit(c byte) (byte, bool) {
	switch {
	case c >= '0' && c <= '9':
		return c - '0', true
	case c >= 'a' && c <= 'f':
		return c - 'a' + 10, true
	case c >= 'A' && c <= 'F':
		return c - 'A' + 10, true
	}
	return 0, false
}
