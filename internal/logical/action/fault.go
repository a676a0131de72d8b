package action

import (
	"errors"
	"fmt"
	"strings"

	"github.com/alecthomas/participle/v2"

	"woven/internal/logical/lex"
)

// fault is what is wrong with a text: at which token, and what to write instead.
type fault struct {
	at  place
	why string
}

func faultf(at place, format string, args ...any) *fault {
	return &fault{at, fmt.Sprintf(format, args...)}
}

// in is the fault as an error of a text with these tokens.
func (f *fault) in(text string, tokens []lex.Token) *lex.Error {
	return lex.At(text, &tokens[min(int(f.at), len(tokens)-1)], "%s", f.why)
}

// syntaxFault says in the language's own words what the parser did not understand.
func syntaxFault(err error) *fault {
	var positioned participle.Error
	if !errors.As(err, &positioned) {
		return faultf(0, "this is no action: %s", err)
	}
	_, expected, _ := strings.Cut(positioned.Message(), "(expected ")
	return &fault{place(positioned.Position().Offset), hint(strings.TrimSuffix(expected, ")"))}
}

// hint says what has to be written, given the grammar's expression for it.
func hint(expected string) string {
	switch {
	case expected == "":
		return "an action has to begin here, with its name or with the field that it sets"
	case strings.HasPrefix(expected, `"`):
		literal, _, _ := strings.Cut(expected[1:], `"`)
		return literal + " has to be written here"
	case strings.HasPrefix(expected, "<integer>"):
		return "a number has to be written here"
	case strings.HasPrefix(expected, "<identifier>"), strings.HasPrefix(expected, "FieldRef"):
		return "the name of a field has to be written here"
	case strings.HasPrefix(expected, "Value"):
		return "a field, a constant or an action with a result has to be written here"
	case strings.HasPrefix(expected, "("):
		return "a constant has to be written here"
	}
	return "this cannot be written here"
}
