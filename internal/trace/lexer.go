package trace

import (
	"fmt"
	"net"
	"net/netip"
	"strconv"
	"strings"
)

type tokenKind uint8

const (
	endToken tokenKind = iota
	wordToken
	stringToken
	numberToken
	setToken // $name or @name, text with its sign
	symbolToken
)

type token struct {
	kind  tokenKind
	text  string
	from  int // where it begins and ends in the source
	to    int
	value number
	mask  number
	exact bool // no mask was given
}

// symbols are the operators, longer ones before those that they begin with.
var symbols = []string{"<->", "==", "!=", "<=", ">=", "&&", "||", "..", "<", ">", "=", "!", "(", ")",
	"{", "}", "[", "]", ",", ";"}

// scan splits a match or actions into tokens; comments are left out.
func scan(text string) ([]token, error) {
	var out []token
	for at := 0; ; {
		at = skipBlanks(text, at)
		if at == len(text) {
			return append(out, token{from: at, to: at}), nil
		}
		t, err := scanToken(text, at)
		if err != nil {
			return nil, fmt.Errorf("%w at %q", err, text[at:])
		}
		out = append(out, t)
		at = t.to
	}
}

func skipBlanks(text string, at int) int {
	for at < len(text) {
		switch {
		case strings.IndexByte(" \t\r\n", text[at]) >= 0:
			at++
		case strings.HasPrefix(text[at:], "/*"):
			n := strings.Index(text[at:], "*/")
			if n < 0 {
				return len(text)
			}
			at += n + 2
		default:
			return at
		}
	}
	return at
}

func scanToken(text string, at int) (token, error) {
	t := token{from: at}
	switch c := text[at]; {
	case c == '"':
		return scanString(text, at)
	case c == '$' || c == '@':
		t.kind, t.to = setToken, at+1+wordLength(text[at+1:])
	case isWord(c) || strings.HasPrefix(text[at:], "::"):
		t.kind, t.to = wordToken, at+wordLength(text[at:])
		word := text[at:t.to]
		if c >= '0' && c <= '9' || strings.Contains(word, ":") {
			return scanNumber(text, at, t.to)
		}
	default:
		for _, s := range symbols {
			if strings.HasPrefix(text[at:], s) {
				return token{kind: symbolToken, text: s, from: at, to: at + len(s)}, nil
			}
		}
		return t, fmt.Errorf("unexpected %q", string(c))
	}
	t.text = text[at:t.to]
	return t, nil
}

func isWord(c byte) bool {
	return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '_'
}

// wordLength is the length of a name, number or address at the beginning of a text. Two dots
// make a range and end it.
func wordLength(text string) int {
	n := 0
	for n < len(text) && (isWord(text[n]) || text[n] == ':' ||
		text[n] == '.' && !strings.HasPrefix(text[n:], "..")) {
		n++
	}
	return n
}

func scanString(text string, at int) (token, error) {
	end := at + 1
	for end < len(text) && text[end] != '"' {
		if text[end] == '\\' {
			end++
		}
		end++
	}
	if end >= len(text) {
		return token{}, fmt.Errorf("a string without end")
	}
	s, err := strconv.Unquote(text[at : end+1])
	if err != nil {
		return token{}, fmt.Errorf("a string that cannot be read")
	}
	return token{kind: stringToken, text: s, from: at, to: end + 1}, nil
}

// scanNumber reads a number or address, with what follows a slash as its mask.
func scanNumber(text string, at, end int) (token, error) {
	t := token{kind: numberToken, from: at, to: end, mask: ones(128), exact: true}
	var width int
	var ok bool
	if t.value, width, ok = parseNumber(text[at:end]); !ok {
		return t, fmt.Errorf("neither a number nor an address")
	}
	if end+1 < len(text) && text[end] == '/' && isWord(text[end+1]) {
		t.to = end + 1 + wordLength(text[end+1:])
		mask, maskWidth, ok := parseNumber(text[end+1 : t.to])
		if !ok {
			return t, fmt.Errorf("a mask that cannot be read")
		}
		if isAddress := width == 32 || width == 128; isAddress && maskWidth == 0 {
			if mask.hi > 0 || mask.lo > uint64(width) {
				return t, fmt.Errorf("a prefix longer than the address")
			}
			n := int(mask.lo)
			mask = ones(n).left(width - n)
		}
		t.mask, t.exact = mask, false
	}
	t.text = text[at:t.to]
	return t, nil
}

// parseNumber reads a number or address; width is that of an address, 0 for a plain number.
func parseNumber(text string) (value number, width int, ok bool) {
	if strings.Contains(text, ":") || strings.Count(text, ".") == 3 {
		if mac, err := net.ParseMAC(text); err == nil && len(mac) == 6 {
			return fromBytes(mac), 48, true
		}
		ip, err := netip.ParseAddr(text)
		return fromBytes(ip.AsSlice()), ip.BitLen(), err == nil
	}
	if hex, isHex := strings.CutPrefix(text, "0x"); isHex {
		for _, c := range hex {
			d, err := strconv.ParseUint(string(c), 16, 8)
			if err != nil || value.width() > 124 {
				return value, 0, false
			}
			value = value.left(4).or(small(d))
		}
		return value, 0, hex != ""
	}
	n, err := strconv.ParseUint(text, 10, 64)
	return small(n), 0, err == nil
}
