package relations

import "slices"

// AppendQuoted appends text as a JSON string does, which is also how OVN's match and action
// languages write strings: quotes and backslashes escaped, control characters as \n or \u00XX,
// everything else as it is.
func AppendQuoted(dst, text []byte) []byte { return quoteFrom(append(dst, text...), len(dst)) }

// quoteFrom quotes what stands at the end of dst, from start on, in its place: writing from the
// end needs no second buffer, of which rendering would have many.
func quoteFrom(dst []byte, start int) []byte {
	read := len(dst)
	more := 2
	for _, c := range dst[start:] {
		more += escapedLen(c) - 1
	}
	dst = slices.Grow(dst, more)[:read+more]
	write := len(dst) - 1
	dst[write] = '"'
	for read > start {
		read--
		c := dst[read]
		n := escapedLen(c)
		write -= n
		writeEscaped(dst[write:write+n], c)
	}
	dst[start] = '"'
	return dst
}

// short holds the letter of each control character that has an escape of two letters.
var short = [' ']byte{'\b': 'b', '\t': 't', '\n': 'n', '\f': 'f', '\r': 'r'}

func escapedLen(c byte) int {
	switch {
	case c == '"' || c == '\\' || c < ' ' && short[c] != 0:
		return 2
	case c < ' ':
		return len(`\u0000`)
	}
	return 1
}

// writeEscaped fills dst, which is as long as the escaped letter.
func writeEscaped(dst []byte, c byte) {
	const digits = "0123456789abcdef"
	switch len(dst) {
	case 1:
		dst[0] = c
	case 2:
		if c < ' ' {
			c = short[c]
		}
		dst[0], dst[1] = '\\', c
	default:
		copy(dst, `\u00`)
		dst[4], dst[5] = digits[c>>4], digits[c&15]
	}
}
