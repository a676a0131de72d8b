package syntax

import (
	"fmt"
	"strings"

	"codeberg.org/TauCeti/mangle-go/parse/gen"
	"github.com/antlr4-go/antlr/v4"
)

// explain puts into words why the parser could not go on at tokens[at]; at is len(tokens) if
// the statement ended too early.
func (p *parser) explain(tokens []antlr.Token, at int) Error {
	if at >= len(tokens) {
		last := tokens[len(tokens)-1]
		return Error{p.src.posAt(last.GetStop()), "the final dot is missing",
			"every fact, rule and declaration ends with a dot"}
	}
	t := tokens[at]
	if at == 0 {
		return Error{p.pos(t), "unexpected " + t.GetText(),
			"a clause begins with a relation's name and its arguments"}
	}
	previous := tokens[at-1]
	if previous.GetTokenType() == gen.MangleLexerNAME {
		message, hint := explainName(previous.GetText(), t)
		return Error{p.pos(previous), message, hint}
	}
	if is(t, gen.MangleLexerNAME) && t.GetText()[0] == ':' &&
		(at+1 == len(tokens) || !is(tokens[at+1], gen.MangleLexerLPAREN)) {
		return Error{p.pos(t), "a space is missing behind the colon", "write : " + t.GetText()[1:]}
	}
	message, hint := explainPair(tokens[:at], previous, t)
	return Error{p.pos(t), message, hint}
}

// explainName is for a name that no argument list follows.
func explainName(name string, next antlr.Token) (message, hint string) {
	switch {
	case name == "not":
		return "negation is written !", "write !relation(...)"
	case name == "or" || name == "and":
		return name + " is not part of the language",
			"conditions are separated by commas; an alternative is a second rule"
	case is(next, tokDot) || is(next, gen.MangleLexerCOLONDASH):
		return name + " has no arguments", "a relation without columns is " + name + "()"
	}
	return name + " has no arguments", "a variable begins with an upper-case letter, " +
		"a name with /, a text has quotes, and a relation or function has (...)"
}

func explainPair(before []antlr.Token, previous, t antlr.Token) (message, hint string) {
	after := "unexpected " + t.GetText() + " after " + previous.GetText()
	switch {
	case is(previous, gen.MangleLexerCOLONDASH):
		return after, "a rule has at least one condition; a fact has no :-"
	case is(t, gen.MangleLexerEQ) && is(previous, gen.MangleLexerEQ):
		return "equality is a single =", ""
	case is(t, gen.MangleLexerCOLONDASH):
		return after, "a rule has one head and one :-; does the clause before lack its final dot?"
	case is(t, gen.MangleLexerPIPEGREATER):
		return after, "|> follows the conditions of a rule"
	case is(t, gen.MangleLexerCOMMA) && isTermEnd(previous) && !contains(before, gen.MangleLexerCOLONDASH):
		return after, "a clause has one head; write one rule for each"
	case isComparison(t) && (isTermEnd(previous) || isComparison(previous)):
		return after, "a condition has one comparison; the opposite of = is !="
	case !isTermEnd(previous):
		return after, ""
	case strings.HasPrefix(t.GetText(), "-"):
		return "there is no infix arithmetic", "write fn:minus(" + previous.GetText() + ", " +
			t.GetText()[1:] + ")"
	case isTermStart(t) || is(t, gen.MangleLexerBANG) || is(t, gen.MangleLexerLET):
		return "a comma is missing before " + t.GetText(), ""
	}
	return after, ""
}

func contains(tokens []antlr.Token, tokenType int) bool {
	for _, t := range tokens {
		if t.GetTokenType() == tokenType {
			return true
		}
	}
	return false
}

func isComparison(t antlr.Token) bool {
	switch t.GetTokenType() {
	case gen.MangleLexerEQ, gen.MangleLexerBANGEQ, gen.MangleLexerLESS, gen.MangleLexerLESSEQ,
		gen.MangleLexerGREATER, gen.MangleLexerGREATEREQ:
		return true
	}
	return false
}

func isTermEnd(t antlr.Token) bool {
	switch t.GetTokenType() {
	case gen.MangleLexerRPAREN, gen.MangleLexerRBRACKET, gen.MangleLexerRBRACE:
		return true
	}
	return isAtomic(t)
}

func isTermStart(t antlr.Token) bool {
	switch t.GetTokenType() {
	case gen.MangleLexerNAME, gen.MangleLexerLBRACKET, gen.MangleLexerLBRACE:
		return true
	}
	return isAtomic(t)
}

func isAtomic(t antlr.Token) bool {
	switch t.GetTokenType() {
	case gen.MangleLexerVARIABLE, gen.MangleLexerCONSTANT, gen.MangleLexerNUMBER,
		gen.MangleLexerFLOAT, gen.MangleLexerSTRING, gen.MangleLexerBYTESTRING:
		return true
	}
	return false
}

// describe names a term of the parse tree for a message.
func describe(ctx gen.ITermContext) string {
	switch c := ctx.(type) {
	case *gen.VarContext:
		return "the variable " + c.GetText()
	case *gen.ApplContext:
		if strings.HasPrefix(c.NAME().GetText(), "fn:") {
			return "the function " + c.NAME().GetText()
		}
		return "the relation " + c.NAME().GetText()
	case *gen.DotTypeContext:
		return "the type " + c.DOT_TYPE().GetText()
	case *gen.ListContext, *gen.MapContext, *gen.StructContext:
		return fmt.Sprintf("the value %s...", ctx.GetStart().GetText())
	}
	return "the constant " + ctx.GetText()
}
