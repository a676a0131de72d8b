package action

import (
	"strconv"

	"woven/bridge/openflow"
	"woven/internal/logical/lex"
)

// Place says where in the logical pipeline a flow is.
type Place struct {
	// Egress is true in the egress pipeline, false in the ingress pipeline.
	Egress bool
	// Table is the logical table, 0 to 28.
	Table int
	// Router is true on logical routers, false on logical switches.
	Router bool
}

// encoder turns the operations of a template into OpenFlow actions for one text.
type encoder struct {
	Place
	tokens []lex.Token
	out    []openflow.Action
	fault  *fault
	// known tells the circumstances. It is nil in a trial, which finds out what would have to be
	// known: then everything that is asked for is noted in needs and taken as there.
	known  *Values
	needs  []Need
	needed map[Need]bool
	// groups are the groups that the actions use, in order.
	groups []string
}

// Need is something that actions depend on besides their text.
type Need struct{ Kind, Name string }

// run encodes operations.
func (e *encoder) run(operations []operation) {
	for _, o := range operations {
		if e.fault != nil {
			return
		}
		o.encode(e)
	}
}

// inside encodes operations to a list of its own.
func (e *encoder) inside(operations []operation) []openflow.Action {
	outer := e.out
	e.out = nil
	e.run(operations)
	inner := e.out
	e.out = outer
	return inner
}

func (e *encoder) emit(actions ...openflow.Action) { e.out = append(e.out, actions...) }

func (e *encoder) fail(at place, format string, args ...any) {
	if e.fault == nil {
		e.fault = faultf(at, format, args...)
	}
}

// token is a constant of the text.
func (e *encoder) token(p place) *lex.Token { return &e.tokens[p] }

// small is a decimal number within limits.
func (e *encoder) small(p place, low, high int, what string) int {
	n, ok := e.token(p).Small()
	if !ok || n < low || n > high {
		e.fail(p, "%s is a decimal number from %d to %d", what, low, high)
		return low
	}
	return n
}

// trial says whether the circumstances are not known.
func (e *encoder) trial() bool { return e.known == nil }

// lookup asks for a circumstance. In a trial there is one, but its value is not known.
func (e *encoder) lookup(kind, name string) (value string, ok bool) {
	if !e.trial() {
		return e.known.lookup(kind, name)
	}
	n := Need{kind, name}
	if !e.needed[n] {
		if e.needed == nil {
			e.needed = map[Need]bool{}
		}
		e.needed[n] = true
		e.needs = append(e.needs, n)
	}
	return "", true
}

// number asks for a circumstance that is a number of 32 bits. One that is not is as none.
func (e *encoder) number(kind, name string) (value uint32, ok bool) {
	text, ok := e.lookup(kind, name)
	if !ok || e.trial() {
		return 0, ok
	}
	v, err := strconv.ParseUint(text, 10, 32)
	return uint32(v), err == nil
}

// single is the name of a circumstance of which a flow has only one.
const single = "x"

// portKey is the key of a port or multicast group. The port none has the key 0.
func (e *encoder) portKey(name string) (key uint32, ok bool) {
	switch name {
	case "none":
		return 0, true
	case "":
		return 0, false
	}
	return e.number("port", name)
}
