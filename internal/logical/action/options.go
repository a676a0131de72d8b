package action

import "woven/internal/logical/lex"

// Options of DHCP and of router advertisements: NAME = CONSTANT or NAME = { CONSTANTS }.

// putOptions has the controller answer a packet with options, and sets a bit to whether it could.
type putOptions struct {
	at      place
	target  field
	options []option
	answer  answer
}

// option is one of them as it is written.
type option struct {
	at   place
	name string
	set
}

// answer is what differs between the actions that put options.
type answer struct {
	opcode opcode
	// encode appends the options as the controller gets them.
	encode func(e *encoder, o *putOptions, b []byte) []byte
}

// analyseOptions is the analysis of an action that answers like this.
func analyseOptions(a answer) func(*call) operation {
	return func(c *call) operation {
		o := &putOptions{at: c.at, target: c.write(c.target, 1), answer: a}
		c.named("NAME = VALUE", func(name string, at place, value *operand) {
			if c.tokens[at].Kind != lex.Identifier {
				c.fail(at, "the name of an option has to be written here")
			}
			o.options = append(o.options, option{at, name, c.set(value)})
		})
		return o
	}
}

func (o *putOptions) encode(e *encoder) {
	e.toController(o.at, o.answer.opcode, o.answer.encode(e, o, resultField(o.target)), true)
}

// first is the first constant of an option.
func (e *encoder) first(o *option) *lex.Token { return e.token(o.places[0]) }

// quoted is the text of an option that has to be one text.
func (e *encoder) quoted(o *option) string {
	if !o.texts {
		e.fail(o.places[0], "the value of %s is a text: write it in double quotes", o.name)
		return ""
	}
	return e.first(o).Text
}

// numeric checks that an option has numbers or addresses.
func (e *encoder) numeric(o *option) bool {
	if o.texts {
		e.fail(o.places[0], "the value of %s is a number or an address: write it without quotes", o.name)
	}
	return !o.texts
}
