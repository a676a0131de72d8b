package lex

import "strings"

// MaxLength is how long a text may be, in bytes. It keeps what one row of the database can cost
// within bounds; the longest that northd writes have a hundredth of it.
const MaxLength = 1 << 20

// Scan appends the tokens of a text to dst, an End token last. Space and comments (// to the end of
// the line, and /* */ within one) separate tokens and are left out.
func Scan(dst []Token, text string) ([]Token, *Error) {
	if len(text) > MaxLength {
		return dst, NewError(text, MaxLength, MaxLength, "the text has %d bytes, more than %d are not "+
			"read: use an address set or a port group in place of many constants", len(text), MaxLength)
	}
	s := scanner{text: text}
	for {
		if err := s.skipSpace(); err != nil {
			return dst, err
		}
		start := s.at
		dst = append(dst, Token{Start: int32(start)})
		t := &dst[len(dst)-1]
		if err := s.next(t); err != nil {
			return dst, err
		}
		t.End = int32(s.at)
		if t.Kind == End {
			return dst, nil
		}
	}
}

// scanner is a place in a text.
type scanner struct {
	text string
	at   int
}

// peek is the byte n places ahead, 0 behind the end.
func (s *scanner) peek(n int) byte {
	if s.at+n < len(s.text) {
		return s.text[s.at+n]
	}
	return 0
}

func (s *scanner) skipSpace() *Error {
	for s.at < len(s.text) {
		switch c := s.text[s.at]; {
		case c == ' ' || c >= '\t' && c <= '\r':
			s.at++
		case c == '/' && s.peek(1) == '/':
			end := strings.IndexByte(s.text[s.at:], '\n')
			if end < 0 {
				end = len(s.text) - s.at
			}
			s.at += end
		case c == '/' && s.peek(1) == '*':
			rest := s.text[s.at+2:]
			end := strings.Index(rest, "*/")
			if line := strings.IndexByte(rest, '\n'); end < 0 || line >= 0 && line < end {
				return NewError(s.text, s.at, s.at+2, "the comment does not end on its line: close it "+
					"with */")
			}
			s.at += 2 + end + 2
		default:
			return nil
		}
	}
	return nil
}

// single are the tokens of one character.
var single = [128]Kind{'(': LeftParen, ')': RightParen, '{': LeftBrace, '}': RightBrace,
	'[': LeftBracket, ']': RightBracket, '=': Assign, '!': Not, '<': Less, '>': Greater, ',': Comma,
	';': Semicolon, '-': Hyphen, ':': Colon}

// double is the kind of a token of two characters, End if there is none.
func double(a, b byte) Kind {
	switch {
	case a == '=' && b == '=':
		return Equal
	case a == '!' && b == '=':
		return NotEqual
	case a == '<' && b == '=':
		return LessEqual
	case a == '>' && b == '=':
		return GreaterEqual
	case a == '&' && b == '&':
		return And
	case a == '|' && b == '|':
		return Or
	case a == '.' && b == '.':
		return Ellipsis
	case a == '-' && b == '-':
		return Decrement
	}
	return End
}

// next reads the token that begins here.
func (s *scanner) next(t *Token) *Error {
	if s.at >= len(s.text) {
		t.Kind = End
		return nil
	}
	c, second := s.text[s.at], s.peek(1)
	switch {
	case isDigit(c) || c == ':' && second == ':' || isHex(c) && s.startsAddress():
		return s.number(t)
	case isNameStart(c) && c != '.':
		return s.name(t, Identifier)
	case c == '"':
		return s.quoted(t)
	case c == '$':
		return s.sigil(t, AddressSet)
	case c == '@':
		return s.sigil(t, PortGroup)
	case c == '^':
		return s.sigil(t, Template)
	case c == '<' && second == '-' && s.peek(2) == '>':
		t.Kind = Exchange
		s.at += 3
		return nil
	}
	if t.Kind = double(c, second); t.Kind != End {
		s.at += 2
		return nil
	}
	if c < 128 && single[c] != End {
		t.Kind = single[c]
		s.at++
		return nil
	}
	return s.strange(c)
}

// strange says what to write in place of a character that begins no token.
func (s *scanner) strange(c byte) *Error {
	why := "no token begins with this character"
	switch {
	case c == '&':
		why = "write && for logical AND"
	case c == '|':
		why = "write || for logical OR"
	case c == '/':
		why = "a / stands only directly between a constant and its mask, and in // and /*"
	case c == '.':
		why = "no name begins with a dot; two dots separate the ends of a range of bits"
	case c == '\'':
		why = "write texts in double quotes"
	case c < ' ' || c >= 0x7f:
		why = "only texts in double quotes may hold other than ASCII characters"
	}
	return NewError(s.text, s.at, s.at+1, "%s", why)
}

// startsAddress says whether what looks like a name is an IPv6 or Ethernet address: hexadecimal
// digits and a colon.
func (s *scanner) startsAddress() bool {
	i := s.at
	for i < len(s.text) && isHex(s.text[i]) {
		i++
	}
	return i < len(s.text) && s.text[i] == ':'
}

func (s *scanner) name(t *Token, k Kind) *Error {
	start := s.at
	for s.at < len(s.text) && (isNameStart(s.text[s.at]) || isDigit(s.text[s.at])) {
		s.at++
	}
	t.Kind, t.Text = k, s.text[start:s.at]
	return nil
}

func (s *scanner) sigil(t *Token, k Kind) *Error {
	if !isNameStart(s.peek(1)) {
		return NewError(s.text, s.at, s.at+1, "the name of %s has to follow at once: letters, digits, "+
			"_ and ., no digit first", k)
	}
	s.at++
	return s.name(t, k)
}

func isDigit(c byte) bool { return c >= '0' && c <= '9' }

func isHex(c byte) bool { return isDigit(c) || c|0x20 >= 'a' && c|0x20 <= 'f' }

func isLetter(c byte) bool { return c|0x20 >= 'a' && c|0x20 <= 'z' }

func isNameStart(c byte) bool { return isLetter(c) || c == '_' || c == '.' }
