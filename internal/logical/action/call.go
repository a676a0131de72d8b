package action

import (
	"fmt"

	"github.com/alecthomas/participle/v2/lexer"
)

// use is a set of forms in which an action can be written.
type use uint8

const (
	bare      use = 1 << iota // name;
	called                    // name(arguments);
	braced                    // name { actions };
	resulting                 // field = name(arguments);
)

// examples show the forms.
var examples = map[use]string{bare: "%s;", called: "%s(…);", braced: "%s { … };",
	resulting: "FIELD = %s(…);"}

// row describes an action by its name.
type row struct {
	name string
	uses use
	// prerequisite is what the action demands of packets: the name of a condition.
	prerequisite string
	analyse      func(c *call) operation
}

// call is an action as it is written somewhere.
type call struct {
	*analyser
	name string
	at   place
	use  use
	// prerequisite is that of the action's row.
	prerequisite string
	// arguments, braces and target are set as the use says.
	arguments *arguments
	braces    *braces
	target    field
}

// operation looks the action up in the table and analyses it.
func (c *call) operation() operation {
	r := byName[c.name]
	switch {
	case r == nil && c.use == resulting:
		c.fail(c.at, "there is no action of this name that has a result")
		return nil
	case r == nil:
		c.fail(c.at, "there is no action of this name")
		return nil
	case r.uses&c.use == 0:
		c.fail(c.at, "this action is written %s", r.forms())
		return nil
	}
	c.notInCommit(c.at)
	c.demand(r.prerequisite)
	c.prerequisite = r.prerequisite
	return r.analyse(c)
}

// forms shows how an action can be written.
func (r *row) forms() string {
	text := ""
	for u := bare; u <= resulting; u <<= 1 {
		if r.uses&u != 0 {
			if text != "" {
				text += " or "
			}
			text += fmt.Sprintf(examples[u], r.name)
		}
	}
	return text
}

// none checks that there are no arguments.
func (c *call) none() {
	if c.arguments != nil && len(c.arguments.List) > 0 {
		c.fail(c.arguments.List[0].at(), "%s takes no arguments", c.name)
	}
}

// exactly returns the arguments of an action that has n, without names and with commas between them.
func (c *call) exactly(n int, what string) []*operand {
	list := make([]*operand, n)
	for i := range list {
		list[i] = &operand{}
	}
	given := c.arguments.List
	for i, g := range given {
		switch {
		case i == n:
			c.fail(g.at(), "%s takes no more arguments than %s", c.name, what)
			return list
		case g.Key != nil:
			c.fail(at(*g.Key), "the arguments of %s have no names: write %s", c.name, what)
			return list
		case i < n-1 && (g.Separator == nil || g.Separator.Value != ","):
			c.fail(g.end(given, i, at(c.arguments.Close)), "a comma has to be written here")
			return list
		case i == n-1 && g.Separator != nil:
			c.fail(at(*g.Separator), "the arguments of %s end here: %s", c.name, what)
			return list
		}
		list[i] = g.Value
	}
	if len(given) < n {
		c.fail(at(c.arguments.Close), "%s needs more arguments: %s", c.name, what)
	}
	return list
}

// end is where what follows the argument begins: the next argument, or the parenthesis.
func (g *argument) end(given []*argument, i int, parenthesis place) place {
	switch {
	case g.Separator != nil:
		return at(*g.Separator)
	case i+1 < len(given):
		return given[i+1].at()
	}
	return parenthesis
}

// named visits the arguments of an action that have names. Commas between them can be left out.
func (c *call) named(what string, visit func(name string, at place, value *operand)) {
	if c.arguments == nil {
		return
	}
	for _, g := range c.arguments.List {
		switch {
		case g.Key == nil:
			c.fail(g.at(), "the arguments of %s have names: %s", c.name, what)
		case g.KeyValue == nil:
			c.fail(at(*g.Key), "a value has to follow: %s", what)
		case g.Separator != nil && g.Separator.Value != ",":
			c.fail(at(*g.Separator), "arguments are separated by commas")
		}
		if c.fault != nil {
			return
		}
		visit(g.Key.Value, at(*g.Key), g.KeyValue)
	}
}

// at is where the argument begins.
func (g *argument) at() place {
	if g.Key != nil {
		return at(*g.Key)
	}
	return g.Value.at()
}

// at is where the operand begins.
func (o *operand) at() place {
	for _, t := range []*lexer.Token{o.Bracket, o.Constant} {
		if t != nil {
			return at(*t)
		}
	}
	switch {
	case o.Set != nil:
		return at(o.Set.Open)
	case o.Field != nil:
		return at(o.Field.Name)
	}
	return 0
}

// inOrder returns the arguments of an action that has exactly these, in this order, with commas
// between them.
func (c *call) inOrder(form string, names ...string) []*operand {
	list := make([]*operand, len(names))
	for i := range list {
		list[i] = &operand{}
	}
	given := c.arguments.List
	for i, g := range given {
		if i >= len(names) || g.Key == nil || g.Key.Value != names[i] || g.KeyValue == nil {
			c.fail(g.at(), "the arguments are, in this order: %s", form)
			return list
		}
		if last := i == len(given)-1; (g.Separator == nil) != last || isSemicolon(g.Separator) {
			c.fail(g.end(given, i, at(c.arguments.Close)), "commas stand between arguments: %s", form)
		}
		list[i] = g.KeyValue
	}
	if len(given) < len(names) {
		c.fail(at(c.arguments.Close), "%s is missing: %s", names[len(given)], form)
	}
	return list
}
