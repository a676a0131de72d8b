package match

import (
	"fmt"
	"math/rand/v2"
	"strings"

	"woven/bridge/openflow"
	"woven/internal/logical/symbol"
)

// generator writes random matches.
type generator struct {
	rand    *rand.Rand
	invalid bool // make some that have errors
}

func pick[T any](g *generator, list ...T) T { return list[g.rand.IntN(len(list))] }

// one says yes once in n times.
func (g *generator) one(n int) bool { return g.rand.IntN(n) == 0 }

// expression writes an expression of at most some depth.
func (g *generator) expression(depth int) string {
	if depth == 0 || g.one(3) {
		return g.operand(depth)
	}
	op := pick(g, " && ", " && ", " || ")
	parts := []string{}
	for range 2 + g.rand.IntN(2) {
		parts = append(parts, g.operand(depth-1))
	}
	if g.invalid && g.one(100) {
		return strings.Join(parts, pick(g, " && ", " & ", " ", " = ", " || ")) + pick(g, "", " &&", ")", " ||")
	}
	return strings.Join(parts, op)
}

func (g *generator) operand(depth int) string {
	switch {
	case depth > 0 && g.one(2):
		return pick(g, "", "", "", "!") + "(" + g.expression(depth-1) + ")"
	case g.one(12):
		return pick(g, "0", "1", "1", `is_chassis_resident("lsp1")`, `is_chassis_resident("lsp9")`,
			`!is_chassis_resident("lsp2")`)
	case g.one(6):
		return g.port()
	case g.one(4):
		return g.address()
	case g.one(4):
		return pick(g, "", "", "!") + g.named()
	}
	return g.comparison()
}

// port writes a comparison with ports.
func (g *generator) port() string {
	name := func() string {
		return pick(g, `"lsp1"`, `"lsp2"`, `"lsp3"`, `"lsp9"`, `"none"`, "@pg2", "@pg3", "@pg_one", "@pg_none")
	}
	constant := name()
	if g.one(2) {
		constant = "{" + name() + ", " + name() + "}"
	}
	return pick(g, "inport", "outport") + " == " + constant
}

// address writes a comparison with addresses of the field's kind.
func (g *generator) address() string {
	kind := g.rand.IntN(3)
	field := [][]string{{"ip4.src", "ip4.dst", "arp.spa", "arp.tpa"}, {"ip6.src", "ip6.dst", "nd.target"},
		{"eth.src", "eth.dst", "arp.sha", "nd.sll"}}[kind]
	constants := [][]string{
		{"10.0.0.1", "10.0.0.2", "10.0.0.0/8", "10.0.1.0/24", "$as4", "$as_one", "$as_none", "$as4"},
		{"fe80::1", "fe80::2", "fe80::/64", "::1", "$as6", "$as6", "10.0.0.1"},
		{"00:00:00:00:00:01", "ff:ff:ff:ff:ff:ff", "01:00:00:00:00:00/01:00:00:00:00:00", "$asm", "$asm"}}[kind]
	constant := pick(g, constants...)
	if g.one(8) {
		// One only: the reference needs very long for the product of the bits of several.
		return pick(g, field...) + " != " + constants[g.rand.IntN(2)]
	}
	if g.one(2) {
		constant = "{" + constant + pick(g, ", ", " ") + pick(g, constants...) + pick(g, "", ",") + "}"
	}
	return pick(g, field...) + " == " + constant
}

// symbols are the names that a generator may use.
var symbols = func() (all []*symbol.Symbol) {
	for _, s := range symbol.All() {
		// The reference crashes on comparing these.
		if s.Field != 0 || s.Parent != nil || s.Predicate != "" {
			all = append(all, s)
		}
	}
	return all
}()

// named writes a predicate or a field of one bit.
func (g *generator) named() string {
	for {
		if s := pick(g, symbols...); s.Width == 1 {
			return s.Name
		}
	}
}

// comparison writes a comparison of any field but ports.
func (g *generator) comparison() string {
	s := pick(g, symbols...)
	for s.IsPort() {
		s = pick(g, symbols...)
	}
	name, width := s.Name, s.Width
	if s.Field == openflow.FieldIPFrag {
		// The reference makes a flow that nothing can meet of 2.
		return name + pick(g, " == 0", "[0] != 0", "[1] == 0", " == 3", "[1]")
	}
	if s.Field == openflow.FieldCTState {
		// A switch refuses other bits, and the reference then tries again for ever.
		width, name = 8, "ct_state[0..7]"
	} else if s.Field == openflow.FieldVLANTCI {
		// Likewise a priority without the presence of a tag.
		width, name = 12, "vlan.tci[0..11]"
	} else if s.Level == symbol.Ordinal && width > 1 && g.one(2) {
		low := g.rand.IntN(width)
		high := min(low+g.rand.IntN(6), width-1)
		width = high - low + 1
		name = fmt.Sprintf("%s[%d..%d]", name, low, high)
		if low == high && g.one(2) {
			name = fmt.Sprintf("%s[%d]", s.Name, low)
		}
	}
	relations := []string{" == "}
	if s.Level != symbol.Nominal || g.invalid && g.one(20) {
		relations = append(relations, "!=")
		if width <= 12 {
			relations = append(relations, "<", " <= ", " > ", ">=")
		}
	}
	relation := pick(g, relations...)
	constant := g.number(width)
	switch {
	case strings.ContainsAny(relation, "=!") && !strings.ContainsAny(relation, "<>") && g.one(3):
		constant = "{" + constant + ", " + g.number(width) + "}"
	case strings.ContainsAny(relation, "<>") && g.one(3):
		return fmt.Sprintf("%s%s%s%s%s", constant, relation, name, relation, g.number(width))
	case g.one(8):
		return constant + relation + name
	}
	return name + relation + constant
}

// number writes a number of at most some bits, mostly.
func (g *generator) number(width int) string {
	if g.invalid && g.one(60) {
		width += 3
	}
	if width > 60 {
		return pick(g, "0", "1", "0x123456789abcdef", "0xf0/0xff", "0x10000000000000000/0x30000000000000000")
	}
	n := g.rand.Uint64() >> (64 - width)
	switch {
	case g.one(10):
		return fmt.Sprintf("%#x/%#x", n, g.rand.Uint64()>>(64-width))
	case g.one(3):
		return fmt.Sprintf("%#x", n)
	}
	return fmt.Sprint(n)
}
