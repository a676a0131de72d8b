package action

import (
	"io"

	"github.com/alecthomas/participle/v2/lexer"

	"woven/internal/logical/lex"
)

// definition tells the parser generator which kinds of tokens there are.
type definition struct{}

// tokenType is how the parser generator numbers a kind: its own lexer.EOF is -1.
func tokenType(k lex.Kind) lexer.TokenType { return lexer.EOF - lexer.TokenType(k) }

// Symbols are the names by which the grammar speaks of kinds. All others it spells as they are
// written.
func (definition) Symbols() map[string]lexer.TokenType {
	return map[string]lexer.TokenType{
		"EOF":        lexer.EOF,
		"Identifier": tokenType(lex.Identifier),
		"String":     tokenType(lex.String),
		"Integer":    tokenType(lex.Integer),
		"Masked":     tokenType(lex.Masked),
		"AddressSet": tokenType(lex.AddressSet),
		"PortGroup":  tokenType(lex.PortGroup),
		"Template":   tokenType(lex.Template),
	}
}

// Lex is never called: texts are split into tokens before it is known whether they have to be
// parsed.
func (definition) Lex(string, io.Reader) (lexer.Lexer, error) {
	return &stream{tokens: []lex.Token{{Kind: lex.End}}}, nil
}

// stream hands tokens to the parser. Of a token it says its kind, its spelling if that is fixed or a
// name, and as its offset the number that it has among the tokens.
type stream struct {
	tokens []lex.Token
	next   int
}

// Next returns one token after the other, the last one again and again.
func (s *stream) Next() (lexer.Token, error) {
	i := min(s.next, len(s.tokens)-1)
	s.next++
	t := &s.tokens[i]
	out := lexer.Token{Type: tokenType(t.Kind), Pos: lexer.Position{Offset: i}}
	switch t.Kind {
	case lex.Identifier:
		out.Value = t.Text
	case lex.String, lex.Integer, lex.Masked, lex.AddressSet, lex.PortGroup, lex.Template, lex.End:
	default:
		out.Value = t.Kind.String()
	}
	return out, nil
}

// place is the number that a token has among the tokens of its text.
type place int

// at is the place of a token that the parser has kept.
func at(t lexer.Token) place { return place(t.Pos.Offset) }
