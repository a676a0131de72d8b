package syntax

import (
	"strconv"
	"strings"
	"unicode/utf8"
)

// checkStrings looks at every string before Mangle's lexer does, because the lexer answers a
// bad escape or a missing quote by reading the rest of the file inside out. A bad string is
// reported and overwritten with a harmless one of the same length.
func (s *source) checkStrings() {
	for i := 0; i < len(s.text); {
		switch s.text[i] {
		case '#':
			for i < len(s.text) && s.text[i] != '\n' {
				i++
			}
		case '"', '\'', '`':
			end, ok := s.checkString(i)
			if !ok {
				s.blank(i, end)
				s.faulty[i] = true
			}
			i = end
		default:
			i++
		}
	}
}

// checkString returns the offset behind the string that begins at start, and whether it is
// well formed. A string without an end ends with its line, so that the next line is read as
// what it is.
func (s *source) checkString(start int) (end int, ok bool) {
	quote, isBytes := s.text[start], start > 0 && s.text[start-1] == 'b'
	ok = true
	for i := start + 1; i < len(s.text); {
		switch c := s.text[i]; {
		case c == quote:
			return i + 1, ok
		case c == '\n' && quote != '`':
			s.report(s.posAt(start), "the string has no end on its line",
				"close it, or write a string of several lines between backquotes")
			return i, false
		case c == '\\':
			_, size, fault := unescape(s.text[i:], isBytes)
			if fault != "" {
				ok = false
				s.report(s.posAt(i), fault, escapeHint)
			}
			i += max(size, 1)
		default:
			i++
		}
	}
	s.report(s.posAt(start), "the string has no end", "close it with "+string(quote))
	return s.endOfLine(start), false
}

func (s *source) endOfLine(i int) int {
	for i < len(s.text) && s.text[i] != '\n' {
		i++
	}
	return i
}

func (s *source) blank(from, to int) {
	if to-from == 1 { // a lone quote at the end of a line
		s.text[from] = '0'
		return
	}
	for i := from + 1; i < to-1; i++ {
		if s.text[i] != '\n' {
			s.text[i] = ' '
		}
	}
	s.text[from], s.text[to-1] = '"', '"'
}

const escapeHint = `the escapes are \n \t \" \' \\ \xHH \u{HHHH} with lower-case hex digits, ` +
	`and a backslash at the end of a line`

// unescape decodes the escape sequence at the start of text, which begins with a backslash. It
// returns the rune, or the byte in a bytes constant, and the length of the sequence; fault is
// not empty if it is none.
func unescape(text []rune, isBytes bool) (r rune, size int, fault string) {
	if len(text) < 2 {
		return 0, 1, "the file ends behind a backslash"
	}
	switch c := text[1]; c {
	case 'n':
		return '\n', 2, ""
	case 't':
		return '\t', 2, ""
	case '"', '\'', '\\', '\n':
		return c, 2, ""
	case 'x':
		v, n := hex(text[2:min(4, len(text))])
		switch {
		case n != 2:
			return 0, 2, `\x needs two hex digits`
		case v >= utf8.RuneSelf && !isBytes:
			return 0, 4, `\x in a string goes up to 7f; write \u{...} for other characters`
		}
		return v, 4, ""
	case 'u':
		v, n := hex(text[min(3, len(text)):min(9, len(text))])
		if n < 4 || text[2] != '{' || len(text) < 4+n || text[3+n] != '}' {
			return 0, 2, `\u needs four to six hex digits in braces`
		}
		if !utf8.ValidRune(v) {
			return 0, 4 + n, `\u{` + string(text[3:3+n]) + "} is not a Unicode character"
		}
		return v, 4 + n, ""
	default:
		return 0, 2, `\` + printable(c) + " is not an escape sequence"
	}
}

func printable(r rune) string {
	q := strconv.QuoteRune(r)
	return q[1 : len(q)-1]
}

func hex(digits []rune) (value rune, n int) {
	for _, d := range digits {
		switch {
		case d >= '0' && d <= '9':
			value = value<<4 | (d - '0')
		case d >= 'a' && d <= 'f':
			value = value<<4 | (d - 'a' + 10)
		default:
			return value, n
		}
		n++
	}
	return value, n
}

// decode returns what a string or bytes token stands for. The token was checked before, so
// every escape is good. A line end is \n whatever the file's own.
func decode(token string) string {
	isBytes := token[0] == 'b'
	text := strings.TrimPrefix(token, "b")
	text = text[1 : len(text)-1]
	if !isBytes && strings.Contains(text, "\r") {
		text = strings.NewReplacer("\r\n", "\n", "\r", "\n").Replace(text)
	}
	if !strings.Contains(text, `\`) {
		return text
	}
	var b strings.Builder
	for runes := []rune(text); len(runes) > 0; {
		if runes[0] != '\\' {
			b.WriteRune(runes[0])
			runes = runes[1:]
			continue
		}
		r, size, _ := unescape(runes, isBytes)
		if isBytes && runes[1] == 'x' {
			b.WriteByte(byte(r))
		} else {
			b.WriteRune(r)
		}
		runes = runes[size:]
	}
	return b.String()
}
