package trace

import "fmt"

// operand is a field or a part of it, with what it needs.
type operand struct {
	field
	name  string
	needs match
}

// operand reads a field, with bits in brackets behind it.
func (c *cursor) operand() (operand, error) {
	t := c.next()
	name := t.text
	f, ok := fields[name]
	if !ok || t.kind != wordToken {
		return operand{}, fmt.Errorf("the field %q is not known here", name)
	}
	o := operand{field: f, name: name}
	if f.needs != "" {
		var err error
		if o.needs, err = parseMatch(f.needs); err != nil {
			return o, err
		}
	}
	if !c.take("[") {
		return o, nil
	}
	if f.width == 0 {
		return o, fmt.Errorf("%s is a text and has no bits", name)
	}
	low := c.next()
	high := low
	if c.take("..") {
		high = c.next()
	}
	if err := c.expect("]"); err != nil {
		return o, err
	}
	if low.kind != numberToken || high.kind != numberToken || high.value.less(low.value) ||
		!high.value.less(small(uint64(f.width))) {
		return o, fmt.Errorf("%s has the bits 0 to %d", name, f.width-1)
	}
	o.name = fmt.Sprintf("%s[%d..%d]", name, low.value.lo, high.value.lo)
	o.low += int(low.value.lo)
	o.width = int(high.value.lo-low.value.lo) + 1
	return o, nil
}

// cursor reads tokens from left to right.
type cursor struct {
	text   string
	tokens []token
	at     int
}

func (c *cursor) peek() token { return c.tokens[c.at] }

func (c *cursor) next() token {
	t := c.tokens[c.at]
	if t.kind != endToken {
		c.at++
	}
	return t
}

// take steps over a symbol if it is next.
func (c *cursor) take(symbol string) bool {
	t := c.peek()
	if t.kind != symbolToken || t.text != symbol {
		return false
	}
	c.at++
	return true
}

func (c *cursor) expect(symbol string) error {
	if !c.take(symbol) {
		return c.unexpected(symbol)
	}
	return nil
}

func (c *cursor) unexpected(want string) error {
	if rest := c.text[c.peek().from:]; rest != "" {
		return fmt.Errorf("%s is expected before %q", want, rest)
	}
	return fmt.Errorf("%s is expected at the end", want)
}
