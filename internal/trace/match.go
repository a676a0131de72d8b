package trace

import "fmt"

// match is a condition on a packet. negated asks for its opposite: a comparison needs what its
// field needs in both cases, so that udp.dst != 53 is true of UDP packets only.
type match interface {
	holds(p *packet, n *Network, negated bool) bool
}

type (
	allOf   []match
	anyOf   []match
	opposed struct{ of match }
	always  bool
)

func (m allOf) holds(p *packet, n *Network, negated bool) bool {
	for _, x := range m {
		if x.holds(p, n, negated) == negated {
			return negated
		}
	}
	return !negated
}

func (m anyOf) holds(p *packet, n *Network, negated bool) bool {
	for _, x := range m {
		if x.holds(p, n, negated) != negated {
			return !negated
		}
	}
	return negated
}

func (m opposed) holds(p *packet, n *Network, negated bool) bool {
	return m.of.holds(p, n, !negated)
}

func (m always) holds(_ *packet, _ *Network, negated bool) bool { return bool(m) != negated }

// comparison compares a field with constants: with == or != all of them are looked at.
type comparison struct {
	field  operand
	op     string
	values []token
}

var opposite = map[string]string{"==": "!=", "!=": "==", "<": ">=", ">=": "<", ">": "<=", "<=": ">"}

func (c *comparison) holds(p *packet, n *Network, negated bool) bool {
	if c.field.needs != nil && !c.field.needs.holds(p, n, false) {
		return false
	}
	op := c.op
	if negated {
		op = opposite[op]
	}
	if op == "==" || op == "!=" {
		equal := false
		for _, v := range c.values {
			equal = equal || n.equals(p, c.field, v)
		}
		return equal == (op == "==")
	}
	x, y := p.get(c.field), c.values[0].value
	switch op {
	case "<":
		return x.less(y)
	case "<=":
		return !y.less(x)
	case ">":
		return y.less(x)
	}
	return !x.less(y)
}

// equals reports whether a field has a value, or one of the values of a named set. A set that
// does not exist is empty.
func (n *Network) equals(p *packet, f operand, v token) bool {
	switch {
	case v.kind == setToken && v.text[0] == '@':
		for _, port := range n.PortGroups[v.text[1:]] {
			if p.text[f.base] == port {
				return true
			}
		}
		return false
	case v.kind == setToken:
		for _, address := range n.AddressSets[v.text[1:]] {
			tokens, err := scan(address)
			if err == nil && tokens[0].kind == numberToken && n.equals(p, f, tokens[0]) {
				return true
			}
		}
		return false
	case f.width == 0:
		return p.text[f.base] == v.text
	}
	return p.get(f).and(v.mask) == v.value.and(v.mask)
}

// matchParser reads matches.
type matchParser struct{ cursor }

// parseMatch reads a match.
func parseMatch(text string) (match, error) {
	tokens, err := scan(text)
	if err != nil {
		return nil, err
	}
	p := matchParser{cursor{text: text, tokens: tokens}}
	m, err := p.either()
	if err == nil && p.peek().kind != endToken {
		err = p.unexpected("&& or ||")
	}
	return m, err
}

// either reads terms with || between them, or with && between them. Both together need
// parentheses, as in OVN.
func (p *matchParser) either() (match, error) {
	first, err := p.primary()
	if err != nil {
		return nil, err
	}
	list := []match{first}
	op := p.peek().text
	if p.peek().kind != symbolToken || op != "&&" && op != "||" {
		return first, nil
	}
	for p.take(op) {
		m, err := p.primary()
		if err != nil {
			return nil, err
		}
		list = append(list, m)
	}
	if t := p.peek(); t.kind == symbolToken && (t.text == "&&" || t.text == "||") {
		return nil, fmt.Errorf("&& and || need parentheses between them")
	}
	if op == "&&" {
		return allOf(list), nil
	}
	return anyOf(list), nil
}

func (p *matchParser) primary() (match, error) {
	switch t := p.peek(); {
	case p.take("!"):
		m, err := p.primary()
		return opposed{m}, err
	case p.take("("):
		m, err := p.either()
		if err == nil {
			err = p.expect(")")
		}
		return m, err
	case t.kind == wordToken:
		return p.symbol()
	case t.kind == numberToken:
		return p.leadingNumber()
	}
	return nil, p.unexpected("a field or a predicate")
}

// leadingNumber reads 0, 1, and comparisons that begin with their constant.
func (p *matchParser) leadingNumber() (match, error) {
	t := p.next()
	op := p.peek().text
	flipped, isCompare := map[string]string{"==": "==", "!=": "!=", "<": ">", ">": "<", "<=": ">=",
		">=": "<="}[op]
	if !isCompare {
		return always(t.value != number{}), nil
	}
	p.next()
	f, err := p.operand()
	if err != nil {
		return nil, err
	}
	first := &comparison{f, flipped, []token{t}}
	if _, more := opposite[p.peek().text]; !more {
		return first, nil
	}
	second, err := p.compare(f)
	return allOf{first, second}, err
}

// symbol reads a predicate, a comparison, or a field of one bit.
func (p *matchParser) symbol() (match, error) {
	name := p.peek().text
	if text, ok := predicates[name]; ok {
		p.next()
		return parseMatch(text)
	}
	f, err := p.operand()
	if err != nil {
		return nil, err
	}
	if _, ok := opposite[p.peek().text]; ok {
		return p.compare(f)
	}
	if f.width != 1 {
		return nil, fmt.Errorf("%s has to be compared with something", name)
	}
	return &comparison{f, "==", []token{{kind: numberToken, value: small(1), mask: ones(1), exact: true}}},
		nil
}

// compare reads an operator and one constant, or several in braces.
func (p *matchParser) compare(f operand) (match, error) {
	c := &comparison{field: f, op: p.next().text}
	several := p.take("{")
	for {
		v := p.next()
		switch {
		case v.kind == setToken:
		case f.width == 0 && v.kind != stringToken:
			return nil, fmt.Errorf("%s is compared with a text in double quotes", f.name)
		case f.width > 0 && v.kind != numberToken:
			return nil, fmt.Errorf("%s is compared with a number or an address", f.name)
		case f.width > 0 && v.exact && v.value.width() > f.width:
			return nil, fmt.Errorf("%s has %d bits, too few for %s", f.name, f.width, v.text)
		}
		c.values = append(c.values, v)
		if !several {
			break
		}
		p.take(",") // as in OVN, a blank does as well
		if p.take("}") {
			break
		}
	}
	if c.op != "==" && c.op != "!=" && (len(c.values) > 1 || f.width == 0 ||
		c.values[0].kind != numberToken) {
		return nil, fmt.Errorf("%s compares one number", c.op)
	}
	return c, nil
}
