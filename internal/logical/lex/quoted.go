package lex

import (
	"strings"
	"unicode/utf16"
	"unicode/utf8"
)

// quoted reads a text in double quotes, written as JSON (RFC 8259) writes strings.
func (s *scanner) quoted(t *Token) *Error {
	start, escaped := s.at, false
	s.at++
	for s.at < len(s.text) && s.text[s.at] != '"' {
		if s.text[s.at] == '\\' {
			escaped = true
			s.at++
		}
		s.at++
	}
	if s.at >= len(s.text) {
		s.at = len(s.text)
		return NewError(s.text, start, s.at, "the text does not end: close it with a double quote")
	}
	t.Kind, t.Text = String, s.text[start+1:s.at]
	s.at++
	if !escaped {
		return nil
	}
	plain, bad, why := unescape(t.Text)
	if why != "" {
		return NewError(s.text, start+1+bad, min(start+1+bad+2, s.at), "%s", why)
	}
	t.Text = plain
	return nil
}

// letters are the escapes of one letter.
var letters = map[byte]byte{'"': '"', '\\': '\\', '/': '/', 'b': '\b', 'f': '\f', 'n': '\n',
	'r': '\r', 't': '\t'}

// unescape replaces the escapes in a text. If one is wrong, it says where and why.
func unescape(text string) (plain string, bad int, why string) {
	var b strings.Builder
	for i := 0; i < len(text); i++ {
		c := text[i]
		if c != '\\' {
			b.WriteByte(c)
			continue
		}
		i++
		if c, ok := letters[text[i]]; ok {
			b.WriteByte(c)
			continue
		}
		if text[i] != 'u' {
			return "", i - 1, `this escape is unknown: there are \" \\ \/ \b \f \n \r \t and \u with four ` +
				`hexadecimal digits`
		}
		r, n := unicodeEscape(text[i-1:])
		if n == 0 {
			return "", i - 1, `\u needs four hexadecimal digits, and a surrogate its other half; zero is ` +
				`not allowed`
		}
		b.WriteRune(r)
		i += n - 2
	}
	return b.String(), 0, ""
}

// unicodeEscape reads \uXXXX, or two of them that are halves of one character, and says how many
// bytes they take up, 0 if they are wrong.
func unicodeEscape(text string) (r rune, n int) {
	r, ok := fourDigits(text)
	if !ok || r == 0 {
		return 0, 0
	}
	if !utf16.IsSurrogate(r) {
		return r, 6
	}
	low, ok := fourDigits(text[6:])
	if r = utf16.DecodeRune(r, low); !ok || r == utf8.RuneError {
		return 0, 0
	}
	return r, 12
}

func fourDigits(text string) (r rune, ok bool) {
	if len(text) < 6 || text[0] != '\\' || text[1] != 'u' {
		return 0, false
	}
	for _, c := range []byte(text[2:6]) {
		if !isHex(c) {
			return 0, false
		}
		r = r<<4 | rune(hexDigit(c))
	}
	return r, true
}
