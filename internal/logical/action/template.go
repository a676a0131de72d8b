package action

import (
	"github.com/alecthomas/participle/v2/lexer"

	"woven/internal/logical/lex"
	"woven/internal/logical/symbol"
)

// template is what all texts have in common that differ in their constants only.
type template struct {
	operations []operation
	// prerequisite is what the actions demand of packets, as an expression.
	prerequisite string
	fault        *fault
	size         int // of the texts, in tokens
}

// newTemplate parses and analyses a text. The template is for all texts with the same key.
func newTemplate(tokens []lex.Token) *template {
	t := &template{size: len(tokens)}
	if t.fault = checkDepth(tokens); t.fault != nil {
		return t
	}
	peeking, _ := lexer.Upgrade(&stream{tokens: tokens}) // the stream never fails
	parsed, err := parser.ParseFromLexer(peeking)
	if err != nil {
		t.fault = syntaxFault(err)
		return t
	}
	a := analyser{tokens: tokens, scope: symbol.InActions}
	t.operations = a.block(parsed)
	t.prerequisite, t.fault = a.demands(), a.fault
	return t
}

// checkDepth keeps the parser from going too deep. The innermost actions may have arguments in
// braces.
func checkDepth(tokens []lex.Token) *fault {
	depth := 0
	for i := range tokens {
		switch tokens[i].Kind {
		case lex.LeftBrace:
			if depth++; depth > maxDepth+1 {
				return faultf(place(i), "actions can be nested %d deep at most", maxDepth)
			}
		case lex.RightBrace:
			depth--
		}
	}
	return nil
}

// appendKey appends what tells the template of a text from others: everything but the constants.
// Of those it has their kind, and for numbers how they are written; bits of fields count whole.
func appendKey(b []byte, tokens []lex.Token) []byte {
	inBrackets := false
	for i := range tokens {
		t := &tokens[i]
		b = append(b, byte(t.Kind))
		switch t.Kind {
		case lex.LeftBracket:
			inBrackets = true
		case lex.RightBracket:
			inBrackets = false
		case lex.Integer:
			b = append(b, byte(t.Format))
			if inBrackets && t.Format == lex.Decimal {
				b = append(b, byte(t.Value.Lo), byte(t.Value.Lo>>8), byte(t.Value.Len()))
			}
		case lex.Masked:
			b = append(b, byte(t.Format))
		case lex.Identifier, lex.AddressSet, lex.PortGroup, lex.Template:
			b = append(append(b, t.Text...), 0)
		}
	}
	return b
}
