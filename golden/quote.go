package golden

import (
	"encoding/json"
	"strings"

	"woven/relations"
)

// Texts in double quotes are written as in JSON.

// quote writes a text in double quotes.
func quote(text string) string { return string(relations.AppendQuoted(nil, []byte(text))) }

// plain writes a text without quotes if it can be read back so.
func plain(text string) string {
	if text == "" {
		return `""`
	}
	for i := range len(text) {
		if !isBare(text[i]) {
			return quote(text)
		}
	}
	return text
}

// unquote reads the text in double quotes at the start of s and tells how many bytes it takes.
func unquote(s string) (text string, used int, ok bool) {
	for i := 1; i < len(s); i++ {
		switch s[i] {
		case '\\':
			i++
		case '\n':
			return "", 0, false
		case '"':
			ok := json.Unmarshal([]byte(s[:i+1]), &text) == nil
			return text, i + 1, ok
		}
	}
	return "", 0, false
}

// join writes the elements of a list or map between its brackets.
func join(open string, items []string, closing string) string {
	if len(items) == 0 {
		return open + closing
	}
	if open == "{" {
		return "{ " + strings.Join(items, ", ") + " }"
	}
	return open + strings.Join(items, ", ") + closing
}
