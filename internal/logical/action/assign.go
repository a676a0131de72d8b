package action

import (
	"woven/bridge/openflow"
	"woven/internal/logical/lex"
)

// Assignments: FIELD = CONSTANT; FIELD = FIELD; FIELD <-> FIELD; push(FIELD); pop(FIELD); ip.ttl--;

// loadNumber sets a field to a number or an address.
type loadNumber struct {
	target field
	value  place
}

// loadPort sets inport or outport to the port or multicast group with a name.
type loadPort struct {
	target field
	name   place
}

// move copies a field.
type move struct{ target, source field }

// exchange swaps two fields.
type exchange struct{ left, right field }

// pushField and popField use the packet's stack.
type (
	pushField struct{ source field }
	popField  struct{ target field }
)

// decrementTTL takes one from the TTL, or ends what is done for a packet whose TTL is 0 or 1.
type decrementTTL struct{}

func (a *analyser) assignment(s *statement) operation {
	target := a.field(&s.Target)
	if s.Value.Field != nil {
		return a.move(target, a.field(s.Value.Field))
	}
	value := at(*s.Value.Constant)
	if target.symbol.Field == 0 && target.symbol.Parent == nil {
		return a.loadUnwritten(target, value)
	}
	a.write(target, anyBits)
	switch kind := a.tokens[value].Kind; {
	case kind != lex.String && kind != lex.Integer && kind != lex.Masked:
		a.fail(value, "a field is set to one constant or to another field, not to %s", kind)
	case target.bits == port && kind == lex.String:
		return loadPort{target, value}
	case target.bits == port:
		a.fail(value, "the name of a port has to be written here, in double quotes")
	case kind == lex.String:
		a.fail(value, "%s holds a number: write it without quotes", target.symbol.Name)
	}
	return loadNumber{target, value}
}

// move analyses an assignment of a field to another.
func (a *analyser) move(target, source field) operation {
	a.write(target, anyBits)
	a.read(source, anyBits)
	a.alike(target, source)
	return move{target, source}
}

func (a *analyser) exchange(s *statement) operation {
	left, right := a.field(&s.Target), a.field(s.Exchange)
	a.write(left, anyBits)
	a.write(right, anyBits)
	a.alike(left, right)
	a.notInCommit(left.at)
	return exchange{left, right}
}

// alike checks that two fields can have the same values.
func (a *analyser) alike(left, right field) {
	switch {
	case (left.bits == port) != (right.bits == port):
		a.fail(right.at, "%s and %s do not fit: one of them holds the name of a port", left.symbol.Name,
			right.symbol.Name)
	case left.bits != right.bits:
		a.fail(right.at, "this has %s, but %s has %d: choose as many of them with [LOW..HIGH]",
			bits(right.bits), left.symbol.Name, left.bits)
	}
}

func analysePush(c *call) operation {
	return pushField{c.fieldOf(c.exactly(1, "FIELD")[0], anyBits)}
}

func analysePop(c *call) operation {
	return popField{c.write(c.fieldOf(c.exactly(1, "FIELD")[0], anyBits), anyBits)}
}

// As in the reference, a number has to fit the field; where only some bits of the field are set, the
// number's lowest bits count.
func (o loadNumber) encode(e *encoder) {
	t := e.token(o.value)
	e.fits(t, o.value, o.target)
	s := openflow.Load(o.target.subfield, t.Value)
	e.accepted(s, o.value)
	if t.Kind == lex.Masked {
		s.Mask = s.Mask.And(t.Mask.Shl(int(o.target.subfield.Offset)))
	}
	if !s.Mask.IsZero() { // else nothing would be set
		e.emit(s)
	}
}

// fits checks that a number is not too wide for a field.
func (e *encoder) fits(t *lex.Token, p place, f field) {
	if n := t.Bits(); n > f.symbol.Width {
		e.fail(p, "this has %s, but %s has only %d", bits(n), f.symbol.Name, f.symbol.Width)
	}
}

// accepted checks that the switch accepts the value of a field. It has 16 bits for the operation of
// an ARP message, but looks at 8.
func (e *encoder) accepted(s openflow.SetField, p place) {
	if s.Field == openflow.FieldARPOp && s.Value.Lo > 0xff {
		e.fail(p, "a switch can only set the operation to 0 to 255")
	}
}

// Setting a port that there is not leaves none.
func (o loadPort) encode(e *encoder) {
	key, _ := e.portKey(e.token(o.name).Text)
	e.emit(openflow.Load(o.target.subfield, openflow.U64(uint64(key))))
}

func (o move) encode(e *encoder) {
	e.emit(openflow.Move{Source: o.source.subfield, Destination: o.target.subfield})
}

func (o exchange) encode(e *encoder) {
	left, right := o.left.subfield, o.right.subfield
	e.emit(openflow.Push{Source: right}, openflow.Push{Source: left},
		openflow.Pop{Destination: right}, openflow.Pop{Destination: left})
}

func (o pushField) encode(e *encoder) { e.emit(openflow.Push{Source: o.source.subfield}) }

func (o popField) encode(e *encoder) { e.emit(openflow.Pop{Destination: o.target.subfield}) }

func (decrementTTL) encode(e *encoder) { e.emit(openflow.DecTTLFor{}) }
