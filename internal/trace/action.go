package trace

import (
	"fmt"
	"strings"
)

// action is one action of a flow.
type action struct {
	text   string // as the flow has it
	name   string // next, output, drop, =, <-> or a function's name
	target operand
	value  token   // of an assignment: a constant
	source operand // or another field
	call   string  // or a function of what is in args
	args   []token
	inner  []action // of name { ... }
	nested bool     // it has an inner list, maybe empty
}

// parseActions reads the actions of a flow.
func parseActions(text string) ([]action, error) {
	tokens, err := scan(text)
	if err != nil {
		return nil, err
	}
	p := actionParser{cursor{text: text, tokens: tokens}}
	list, err := p.list()
	if err == nil && p.peek().kind != endToken {
		err = p.unexpected("an action")
	}
	return list, err
}

type actionParser struct{ cursor }

func (p *actionParser) list() ([]action, error) {
	var out []action
	for p.peek().kind == wordToken {
		from := p.peek().from
		a, err := p.action()
		if err != nil {
			return nil, err
		}
		a.text = strings.TrimSpace(p.text[from:p.tokens[p.at-1].to])
		out = append(out, a)
	}
	return out, nil
}

func (p *actionParser) action() (a action, err error) {
	if _, isField := fields[p.peek().text]; isField {
		return p.assignment()
	}
	a.name = p.next().text
	if p.take("(") {
		if a.args, err = p.arguments(); err != nil {
			return a, err
		}
	}
	if p.take("{") {
		a.nested = true
		if a.inner, err = p.list(); err != nil {
			return a, err
		}
		if err := p.expect("}"); err != nil {
			return a, err
		}
		p.take(";") // it may be left out behind a brace
		return a, nil
	}
	return a, p.expect(";")
}

// arguments reads up to the closing parenthesis.
func (p *actionParser) arguments() ([]token, error) {
	var out []token
	for depth := 1; ; {
		t := p.next()
		switch {
		case t.kind == endToken:
			return nil, p.unexpected(")")
		case t.kind == symbolToken && t.text == "(":
			depth++
		case t.kind == symbolToken && t.text == ")":
			if depth--; depth == 0 {
				return out, nil
			}
		}
		out = append(out, t)
	}
}

// assignment reads field = constant, field = field, field = function(...) and field <-> field.
func (p *actionParser) assignment() (a action, err error) {
	if a.target, err = p.operand(); err != nil {
		return a, err
	}
	a.name = p.next().text
	if a.name != "=" && a.name != "<->" {
		return a, fmt.Errorf("= or <-> is expected behind %s", a.target.name)
	}
	t := p.peek()
	_, isField := fields[t.text]
	switch {
	case t.kind == wordToken && isField:
		a.source, err = p.operand()
		if err == nil && a.source.width != a.target.width {
			err = fmt.Errorf("%s and %s differ in width", a.target.name, a.source.name)
		}
	case t.kind == wordToken && a.name == "=":
		a.call = p.next().text
		if err = p.expect("("); err == nil {
			a.args, err = p.arguments()
		}
	case a.name == "=" && (t.kind == numberToken && a.target.width > 0 ||
		t.kind == stringToken && a.target.width == 0):
		a.value = p.next()
	default:
		err = p.unexpected("a value for " + a.target.name)
	}
	if err != nil {
		return a, err
	}
	return a, p.expect(";")
}

// jump is where next(...) goes to: a pipeline, empty for the same one, and a table, -1 for the
// one that follows.
func (a action) jump() (pipeline string, table int) {
	table = -1
	for i, t := range a.args {
		switch {
		case t.kind == numberToken:
			table = int(t.value.lo)
		case t.text == "pipeline" && i+2 < len(a.args):
			pipeline = a.args[i+2].text
		}
	}
	return pipeline, table
}

// deciding are the actions that say where a packet goes, or that it goes nowhere.
var deciding = map[string]bool{"next": true, "output": true, "drop": true, "ct_next": true,
	"ct_commit_nat": true, "ct_lb_mark": true, "ct_lb": true, "ct_dnat": true, "ct_snat": true}

func (a action) decides() bool { return deciding[a.name] }
