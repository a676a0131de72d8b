package action

import "woven/internal/logical/lex"

// What an operand can be, and the fault if it is not. All of this depends on how the text is built
// and not on its constants: those are looked at when an operation is encoded.

// simple says whether the operand has no port and no end of a range behind it.
func (c *call) simple(o *operand) bool {
	if o.Port != nil {
		c.fail(at(*o.Port), "no port can be written here")
		return false
	}
	if o.High != nil {
		c.fail(at(*o.High), "no range can be written here")
		return false
	}
	return true
}

// fieldOf is an operand that has to be a field, which is read.
func (c *call) fieldOf(o *operand, bits int) field {
	if !c.simple(o) {
		return noField
	}
	if o.Field == nil {
		return c.noField(o.at(), "the name of a field has to be written here")
	}
	return c.read(c.field(o.Field), bits)
}

// word is an operand that has to be a word: a name without quotes.
func (c *call) word(o *operand, example string) string {
	if c.simple(o) && (o.Field == nil || o.Field.Low != nil) {
		c.fail(o.at(), "a word has to be written here, without quotes: %s", example)
	}
	if o.Field == nil {
		return ""
	}
	return o.Field.Name.Value
}

// constantOf is an operand that has to be a constant of the kind.
func (c *call) constantOf(o *operand, kind lex.Kind, what string) place {
	if !c.simple(o) {
		return 0
	}
	if o.Constant == nil || c.tokens[at(*o.Constant)].Kind != kind {
		c.fail(o.at(), "%s has to be written here", what)
		return 0
	}
	return at(*o.Constant)
}

// quoted is an operand that has to be a text in double quotes.
func (c *call) quoted(o *operand) place {
	return c.constantOf(o, lex.String, "a text in double quotes")
}

// decimal is an operand that has to be a decimal number.
func (c *call) decimal(o *operand) place {
	p := c.constantOf(o, lex.Integer, "a decimal number")
	if c.fault == nil && c.tokens[p].Format != lex.Decimal {
		c.fail(p, "a decimal number has to be written here")
	}
	return p
}

// truth is an operand that has to be true or false, with quotes or without. One in quotes is only
// known when the text is: truth is decided at encoding.
type truth struct {
	value  bool
	quoted place // 0 without quotes
}

func (c *call) truth(o *operand) truth {
	if !c.simple(o) {
		return truth{}
	}
	if o.Constant != nil {
		return truth{quoted: c.constantOf(o, lex.String, "true or false")}
	}
	switch w := c.word(o, "true or false"); w {
	case "true", "false", "":
		return truth{value: w == "true"}
	}
	c.fail(o.at(), "true or false has to be written here")
	return truth{}
}

// truth decides one that was in quotes.
func (e *encoder) truth(t truth) bool {
	if t.quoted == 0 {
		return t.value
	}
	switch e.token(t.quoted).Text {
	case "true":
		return true
	case "false":
		return false
	}
	e.fail(t.quoted, "true or false has to be written here")
	return false
}

// set is the constants of an operand that is one or has several in braces: all are numbers or all
// are texts.
type set struct {
	places []place
	texts  bool
}

func (c *call) set(o *operand) set {
	if !c.simple(o) {
		return set{places: []place{0}}
	}
	var s set
	switch {
	case o.Set != nil:
		for _, constant := range o.Set.List {
			s.places = append(s.places, at(constant.Token))
		}
		if len(s.places) == 0 {
			c.fail(at(o.Set.Close), "a constant has to be written here")
			return set{places: []place{0}}
		}
	case o.Constant != nil:
		s.places = []place{at(*o.Constant)}
	default:
		c.fail(o.at(), "a constant has to be written here, or several in braces")
		return set{places: []place{0}}
	}
	for i, p := range s.places {
		kind := c.tokens[p].Kind
		isText := kind == lex.String
		if i == 0 {
			s.texts = isText
		}
		switch {
		case !isText && kind != lex.Integer && kind != lex.Masked:
			c.fail(p, "%s has to be replaced by its constants here", kind)
		case isText != s.texts:
			c.fail(p, "numbers and texts cannot be mixed")
		}
	}
	return s
}
