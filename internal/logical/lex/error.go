package lex

import (
	"fmt"
	"strconv"
	"unicode/utf8"
)

// Error is what is wrong with a text, and where.
type Error struct {
	At   int    // the byte of the text that it begins at
	Near string // what is written there, "" at the end of the text
	Why  string // what is wrong and what to write instead
}

// nearLimit is how much of a text an error repeats, in bytes.
const nearLimit = 40

// NewError says what is wrong with the bytes of text from start to before end.
func NewError(text string, start, end int, format string, args ...any) *Error {
	near := text[min(start, len(text)):min(end, len(text))]
	if len(near) > nearLimit {
		cut := nearLimit
		for cut > 0 && !utf8.RuneStart(near[cut]) {
			cut--
		}
		near = near[:cut] + "…"
	}
	return &Error{At: start, Near: near, Why: fmt.Sprintf(format, args...)}
}

// At says what is wrong with a token of the text.
func At(text string, t *Token, format string, args ...any) *Error {
	return NewError(text, int(t.Start), int(t.End), format, args...)
}

// Error counts characters from 1, as editors do.
func (e *Error) Error() string {
	where := "at the end"
	if e.Near != "" {
		where = "at character " + strconv.Itoa(e.At+1) + ", " + strconv.Quote(e.Near)
	}
	return where + ": " + e.Why
}
