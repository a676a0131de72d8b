package syntax

import (
	"fmt"
	"strings"
	"unicode"

	"codeberg.org/TauCeti/mangle-go/parse/gen"
	"github.com/antlr4-go/antlr/v4"
)

// nestingMax bounds how deep brackets may nest, because the parser works recursively.
const nestingMax = 64

// trap looks through a statement for what Mangle's lexer reads in another way than its writer
// meant, for parts of Mangle that are not part of woven's language, and for unbalanced
// brackets. It returns the first fault, or nil.
func (p *parser) trap(tokens []antlr.Token) *Error {
	var open []antlr.Token
	for i, t := range tokens {
		var next antlr.Token
		if i+1 < len(tokens) {
			next = tokens[i+1]
		}
		if message, hint := trapToken(tokens[i:], next); message != "" {
			return &Error{p.pos(t), message, hint}
		}
		switch t.GetTokenType() {
		case gen.MangleLexerLPAREN, gen.MangleLexerLBRACKET, gen.MangleLexerLBRACE:
			if open = append(open, t); len(open) > nestingMax {
				return &Error{p.pos(t), fmt.Sprintf("brackets nest deeper than %d", nestingMax),
					"compute parts of the value in conditions of their own"}
			}
		case gen.MangleLexerRPAREN, gen.MangleLexerRBRACKET, gen.MangleLexerRBRACE:
			if len(open) == 0 {
				return &Error{p.pos(t), t.GetText() + " closes nothing", ""}
			}
			last := open[len(open)-1]
			if last.GetTokenType() != t.GetTokenType()-1 { // each pair is adjacent in the grammar
				return &Error{p.pos(t), fmt.Sprintf("%s cannot close the %s at %d:%d", t.GetText(),
					last.GetText(), last.GetLine(), last.GetColumn()+1), ""}
			}
			open = open[:len(open)-1]
		}
	}
	if len(open) > 0 {
		t := open[len(open)-1]
		return &Error{p.pos(t), "the " + t.GetText() + " is not closed", ""}
	}
	return nil
}

func trapToken(rest []antlr.Token, next antlr.Token) (message, hint string) {
	t, text := rest[0], rest[0].GetText()
	switch t.GetTokenType() {
	case gen.MangleLexerPACKAGE, gen.MangleLexerUSE:
		return text + " is not part of the language",
			"there is one name space; dots are part of a relation's name"
	case gen.MangleLexerBOXMINUS, gen.MangleLexerBOXPLUS, gen.MangleLexerDIAMONDMINUS,
		gen.MangleLexerDIAMONDPLUS:
		return text + " is read as a temporal operator",
			"write a space: " + text[:1] + " " + text[1:]
	case gen.MangleLexerAT:
		return "temporal annotations are not part of the language", "make the time a column"
	case tokTemporal:
		if !is(next, gen.MangleLexerLPAREN) {
			return "temporal relations are not part of the language", "make the time a column"
		}
	case gen.MangleLexerTIMESTAMP, gen.MangleLexerDURATION:
		return text + " is read as a time, which the language does not have",
			"write a number, or a text in quotes"
	case gen.MangleLexerTYPENAME:
		if is(next, gen.MangleLexerLPAREN) {
			break
		}
		return text + " is not a variable", "a variable has letters and digits only: " +
			strings.Map(lettersAndDigits, text)
	case gen.MangleLexerVARIABLE:
		if text == "_" && next != nil && next.GetStart() == t.GetStop()+1 && isWord(next) {
			return "_" + next.GetText() + " is not a variable",
				"a variable begins with an upper-case letter; _ alone stands for any value"
		}
	case gen.MangleLexerNUMBER, gen.MangleLexerFLOAT:
		if run := adjacent(rest); run != text {
			return run + " is not a number",
				"numbers are decimal, 12 or -1.5 or 1.0e9; addresses are texts in quotes"
		}
	case gen.MangleLexerCONSTANT:
		if strings.HasSuffix(text, ".") {
			return "the dot has become part of the name " + text,
				"write a space before the final dot: " + strings.TrimSuffix(text, ".") + " ."
		}
	case gen.MangleLexerDOT_TYPE:
		if !is(next, gen.MangleLexerLESS) {
			return text + " is read as a type", "write a space behind the final dot"
		}
	}
	return trapName(t, next)
}

// trapName explains what cannot be the name of a relation or function.
func trapName(t, next antlr.Token) (message, hint string) {
	if !is(next, gen.MangleLexerLPAREN) {
		return "", ""
	}
	switch t.GetTokenType() {
	case gen.MangleLexerVARIABLE, gen.MangleLexerTYPENAME:
		return t.GetText() + " is not a relation's name",
			"a relation's name begins with a lower-case letter"
	case tokTemporal, tokDescr, tokInclusion, tokNow, tokOpt, gen.MangleLexerBOUND,
		gen.MangleLexerLET, gen.MangleLexerDO:
		return t.GetText() + " is a reserved word and cannot be a name", "choose another name"
	}
	return "", ""
}

// adjacent returns the first token with those that follow it without a space, as long as they
// look like the rest of a misspelt number.
func adjacent(tokens []antlr.Token) string {
	text, stop := tokens[0].GetText(), tokens[0].GetStop()
	for _, u := range tokens[1:] {
		if u.GetStart() != stop+1 || !isWord(u) || strings.HasPrefix(u.GetText(), "-") {
			break
		}
		text, stop = text+u.GetText(), u.GetStop()
	}
	return text
}

func isWord(t antlr.Token) bool {
	switch t.GetTokenType() {
	case gen.MangleLexerNAME, gen.MangleLexerVARIABLE, gen.MangleLexerTYPENAME,
		gen.MangleLexerNUMBER, gen.MangleLexerFLOAT, gen.MangleLexerDURATION:
		return t.GetText()[0] != ':'
	}
	return false
}

func is(t antlr.Token, tokenType int) bool { return t != nil && t.GetTokenType() == tokenType }

func lettersAndDigits(r rune) rune {
	if r < unicode.MaxASCII && (unicode.IsLetter(r) || unicode.IsDigit(r)) {
		return r
	}
	return -1
}
