package match

import (
	"errors"
	"io"
	"strconv"
	"sync"

	"github.com/alecthomas/participle/v2"
	"github.com/alecthomas/participle/v2/lexer"

	"woven/internal/logical/lex"
)

// The grammar of ovn-sb(5), Logical_Flow, "match". An operator && or || is not mixed with the other
// one without parentheses.

type expressionSyntax struct {
	First *unarySyntax   `parser:"@@"`
	And   []*unarySyntax `parser:"( ( '&&' @@ )+"`
	Or    []*unarySyntax `parser:"| ( '||' @@ )+ )?"`
}

type unarySyntax struct {
	Not           bool `parser:"@'!'?"`
	Pos           lexer.Position
	Group         *expressionSyntax    `parser:"( '(' @@ ')'"`
	Call          *callSyntax          `parser:"| @@"`
	FieldFirst    *fieldFirstSyntax    `parser:"| @@"`
	ConstantFirst *constantFirstSyntax `parser:"| @@ )"`
}

type callSyntax struct {
	Name     string `parser:"@Name '('"`
	Argument string `parser:"@String ')'"`
}

type fieldFirstSyntax struct {
	Field    fieldSyntax `parser:"@@"`
	Relation string      `parser:"( @Relation"`
	Constant string      `parser:"@( String | Constant | Zero | One | Set ) )?"`
}

type constantFirstSyntax struct {
	Constant string       `parser:"@( String | Constant | Zero | One | Set )"`
	Relation string       `parser:"( @Relation"`
	Field    *fieldSyntax `parser:"@@"`
	Second   string       `parser:"( @Relation"`
	Other    string       `parser:"@( String | Constant | Zero | One | Set ) )? )?"`
}

type fieldSyntax struct {
	Pos  lexer.Position
	Name string `parser:"@Name"`
	Low  string `parser:"( '[' @Bits"`
	High string `parser:"( '..' @Bits )? ']' )?"`
}

// The grammar's kinds of tokens.
const (
	typeName lexer.TokenType = -2 - iota
	typeRelation
	typeString
	typeConstant
	typeZero
	typeOne
	typeSet
	typeBits
	typeOther
)

// definition is what participle has to know of the tokens. It reads no texts: items are given.
type definition struct{}

func (definition) Symbols() map[string]lexer.TokenType {
	return map[string]lexer.TokenType{"EOF": lexer.EOF, "Name": typeName, "Relation": typeRelation,
		"String": typeString, "Constant": typeConstant, "Zero": typeZero, "One": typeOne,
		"Set": typeSet, "Bits": typeBits, "Other": typeOther}
}

func (definition) Lex(string, io.Reader) (lexer.Lexer, error) {
	return nil, errors.New("the grammar reads items, not texts")
}

var grammar = sync.OnceValue(func() *participle.Parser[expressionSyntax] {
	return participle.MustBuild[expressionSyntax](participle.Lexer(definition{}),
		participle.UseLookahead(2))
})

// itemLexer hands the items of a text to participle. The offset of a token is the number of its
// item, the value of a constant that of its slot.
type itemLexer struct {
	of *reading
	at int
}

var itemTypes = map[itemKind]lexer.TokenType{lex.Identifier: typeName, lex.String: typeString,
	constant: typeConstant, zero: typeZero, one: typeOne, set: typeSet, bits: typeBits}

// Next returns the next token.
func (l *itemLexer) Next() (lexer.Token, error) {
	it := l.of.items[l.at]
	t := lexer.Token{Pos: lexer.Position{Offset: l.at, Line: 1, Column: l.at + 1}}
	if it.kind == lex.End {
		t.Type = lexer.EOF
		return t, nil
	}
	l.at++
	token := &l.of.tokens[it.token]
	known, named := itemTypes[it.kind]
	switch {
	case it.slot >= 0:
		t.Type, t.Value = known, strconv.Itoa(int(it.slot))
	case named:
		t.Type, t.Value = known, l.of.text[token.Start:token.End]
	case it.kind.IsRelation():
		t.Type, t.Value = typeRelation, it.kind.String()
	default:
		t.Type, t.Value = typeOther, it.kind.String()
	}
	return t, nil
}

// parse reads the items of a text.
func parse(r *reading) (*expressionSyntax, *templateError) {
	tokens, err := lexer.Upgrade(&itemLexer{of: r})
	if err != nil {
		return nil, &templateError{0, err.Error()}
	}
	tree, err := grammar().ParseFromLexer(tokens)
	if err == nil {
		return tree, nil
	}
	at := 0
	var e participle.Error
	if errors.As(err, &e) {
		at = e.Position().Offset
	}
	return nil, explain(r, at)
}
