package action

import (
	"github.com/alecthomas/participle/v2"
	"github.com/alecthomas/participle/v2/lexer"
)

// The grammar of actions. It only says what can follow what; which names there are, what their
// arguments mean and where commas are needed, the table of actions says. Constants and names are
// kept as tokens of which only the place counts (see place), so that what was parsed fits all texts
// that differ in their constants alone.

// block is a sequence of actions: a whole text, or what stands between braces.
type block struct {
	Statements []*statement `parser:"@@*"`
}

// statement is one action with its semicolon.
type statement struct {
	Target    fieldRef   `parser:"@@"`
	Exchange  *fieldRef  `parser:"(   '<->' @@"`
	Value     *value     `parser:"  | '=' @@"`
	Decrement bool       `parser:"  | @'--'"`
	Block     *braces    `parser:"  | @@"`
	Arguments *arguments `parser:"  | @@ )? ';'"`
}

// braces are actions that are carried out on another packet, or in another way.
type braces struct {
	Open lexer.Token `parser:"@'{'"`
	Body block       `parser:"@@ '}'"`
}

// fieldRef is a name that may be one of a field, with the bits of it that are meant. An action's
// own name has the same form.
type fieldRef struct {
	Name lexer.Token  `parser:"@Identifier"`
	Low  *lexer.Token `parser:"( '[' @Integer"`
	High *lexer.Token `parser:"  ( '..' @Integer )? ']' )?"`
}

// value is what stands behind an equals sign: a field, an action that has a result, or a constant.
type value struct {
	Field     *fieldRef    `parser:"(   @@"`
	Arguments *arguments   `parser:"    @@?"`
	Constant  *lexer.Token `parser:"  | @( String | Integer | Masked | AddressSet | PortGroup | Template ) )"`
}

// arguments stand in parentheses behind the name of an action.
type arguments struct {
	Open  lexer.Token `parser:"@'('"`
	List  []*argument `parser:"@@*"`
	Close lexer.Token `parser:"@')'"`
}

// argument is one of them, and the comma or semicolon behind it if there is one.
type argument struct {
	Key       *lexer.Token `parser:"(   @( Identifier | Integer ) '='"`
	KeyValue  *operand     `parser:"    @@?"`
	Value     *operand     `parser:"  | @@ )"`
	Separator *lexer.Token `parser:"@( ',' | ';' )?"`
}

// operand is the value of an argument.
type operand struct {
	Set     *constants   `parser:"(   @@"`
	Bracket *lexer.Token `parser:"  | '[' @Integer ']'"`
	Field   *fieldRef    `parser:"  | @@"`
	// Constant also begins a range of ports, or an address with a port.
	Constant *lexer.Token `parser:"  | @( String | Integer | Masked | AddressSet | PortGroup ) )"`
	Port     *lexer.Token `parser:"(   ':' @Integer"`
	High     *lexer.Token `parser:"  | '-' @Integer )?"`
}

// constants is a set of constants in braces.
type constants struct {
	Open  lexer.Token `parser:"@'{'"`
	List  []*constant `parser:"@@*"`
	Close lexer.Token `parser:"@'}'"`
}

// constant is one of them.
type constant struct {
	Token lexer.Token `parser:"@( String | Integer | Masked | AddressSet | PortGroup ) ','?"`
}

// lookahead is how many tokens decide between two ways to go on: a key of an argument is told from
// a value by the equals sign behind it.
const lookahead = 2

var parser = participle.MustBuild[block](participle.Lexer(definition{}),
	participle.UseLookahead(lookahead))
