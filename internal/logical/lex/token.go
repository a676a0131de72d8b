package lex

import "woven/bridge/openflow"

// Kind says what a token is.
type Kind uint8

// The kinds of tokens. End follows the last token of a text.
const (
	End        Kind = iota
	Identifier      // a name of a field, a predicate, an action, an option
	String          // a text in double quotes, written as in JSON
	Integer         // a number or an address
	Masked          // a number or an address with a mask: 10.0.0.0/8
	AddressSet      // $name
	PortGroup       // @name
	Template        // ^name, a variable that each chassis has its own value of
	LeftParen
	RightParen
	LeftBrace
	RightBrace
	LeftBracket
	RightBracket
	Equal        // ==
	NotEqual     // !=
	Less         // <
	LessEqual    // <=
	Greater      // >
	GreaterEqual // >=
	Not          // !
	And          // &&
	Or           // ||
	Ellipsis     // ..
	Comma
	Semicolon
	Assign    // =
	Exchange  // <->
	Decrement // --
	Colon
	Hyphen
)

var spellings = [...]string{End: "the end", Identifier: "a name", String: "a text in double quotes",
	Integer: "a number or an address", Masked: "a number or an address with a mask",
	AddressSet: "an address set", PortGroup: "a port group", Template: "a template variable",
	LeftParen: "(", RightParen: ")", LeftBrace: "{", RightBrace: "}", LeftBracket: "[",
	RightBracket: "]", Equal: "==", NotEqual: "!=", Less: "<", LessEqual: "<=", Greater: ">",
	GreaterEqual: ">=", Not: "!", And: "&&", Or: "||", Ellipsis: "..", Comma: ",", Semicolon: ";",
	Assign: "=", Exchange: "<->", Decrement: "--", Colon: ":", Hyphen: "-"}

// String is how the token is written, or what it is if it can be written in many ways.
func (k Kind) String() string { return spellings[k] }

// IsRelation says whether the token compares two values: == != < <= > >=.
func (k Kind) IsRelation() bool { return k >= Equal && k <= GreaterEqual }

// Format is how a number is written.
type Format uint8

// The formats of numbers.
const (
	Decimal Format = iota
	Hexadecimal
	IPv4
	IPv6
	Ethernet
)

// Token is a piece of a text.
type Token struct {
	Kind   Kind
	Format Format // of Integer and Masked
	// Start and End are the bytes of the text that the token takes up, from Start to before End.
	Start, End int32
	// Text is the value of String, and the name of Identifier, AddressSet, PortGroup and Template.
	Text string
	// Value is the number of Integer and Masked, without the bits that Mask has not.
	Value openflow.U128
	// Mask is the mask of Masked.
	Mask openflow.U128
}

// Bits is how many bits a field needs that is compared with the number: those of its value, or of
// its mask if there is one; an address needs the bits of its kind, whatever its value.
func (t *Token) Bits() int {
	switch {
	case t.Kind == Masked:
		return t.Mask.Len()
	case t.Format == IPv4:
		return 32
	case t.Format == IPv6:
		return 128
	case t.Format == Ethernet:
		return 48
	}
	return t.Value.Len()
}

// Small is the token's value if it is a decimal number that fits 31 bits, which is how bits of
// fields, tables, ports and the like are counted.
func (t *Token) Small() (int, bool) {
	if t.Kind != Integer || t.Format != Decimal || t.Value.Lo > 1<<31-1 {
		return 0, false
	}
	return int(t.Value.Lo), true
}

// Is says whether the token is the identifier name.
func (t *Token) Is(name string) bool { return t.Kind == Identifier && t.Text == name }
