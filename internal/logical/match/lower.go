package match

import (
	"woven/bridge/openflow"
	"woven/internal/logical/lex"
	"woven/internal/logical/symbol"
)

// lowering makes a formula of a template and its constants. The constants have been checked.
type lowering struct {
	*reading
	forge      *forge
	expansions expansions
	values     *Values
	unknown    *unknownPorts
	symbolic   []bool // which slots may hold a set that stays symbolic; nil until it matters
	root       *node
	err        *lex.Error // the first
}

// unknownPorts gives ports that have no key numbers of their own.
type unknownPorts struct{ names []string }

// unknownPort marks the number of a port that has no key.
const unknownPort = 1

func (u *unknownPorts) number(name string) openflow.U128 {
	for i, n := range u.names {
		if n == name {
			return openflow.U128{Hi: unknownPort, Lo: uint64(i)}
		}
	}
	u.names = append(u.names, name)
	return openflow.U128{Hi: unknownPort, Lo: uint64(len(u.names) - 1)}
}

// flip is the form of the opposite, if there is to be one.
func flip(kind form, opposite bool) form {
	if !opposite {
		return kind
	}
	return formAll + formAny - kind
}

// lower makes the formula of a node, or of its opposite. Unless the caller sees to it, what the
// fields imply is added.
func (l *lowering) lower(n *node, imply, opposite bool) *formula {
	switch n.op {
	case opTrue:
		return truth(n.value != opposite)
	case opResident:
		bound := l.values.knows(resident, l.tokens[l.slots[n.slot].first].Text)
		return truth(bound == (n.value != opposite))
	case opCompare:
		var parts []*formula
		parts = l.comparisons(parts, n, imply, false, opposite)
		return parts[0]
	}
	// What only one field has in common implies is added once for all.
	var common *symbol.Symbol
	if imply {
		common = l.common(n)
	}
	kind := flip(formAny, opposite)
	if n.op == opAll {
		kind = flip(formAll, opposite)
	}
	parts := make([]*formula, 0, len(n.parts)+1)
	for _, part := range n.parts {
		if part.op == opCompare {
			parts = l.comparisons(parts, part, imply && common == nil, n.op == opAny, opposite)
		} else {
			parts = append(parts, l.lower(part, imply && common == nil, opposite))
		}
	}
	x := l.forge.join(kind, parts)
	if common != nil {
		x = l.withPrerequisite(x, common, opposite)
	}
	return x
}

// withPrerequisite adds what the use of a symbol implies.
func (l *lowering) withPrerequisite(x *formula, s *symbol.Symbol, opposite bool) *formula {
	if s.Prerequisite == "" {
		return x
	}
	return l.forge.join(flip(formAll, opposite), []*formula{x, l.expansions.get(s.Prerequisite, opposite)})
}

// common is the symbol that all comparisons of an expression are of, nil if there are several, or
// parts that do not depend on packets.
func (l *lowering) common(n *node) *symbol.Symbol {
	switch n.op {
	case opCompare:
		if l.isEmpty(n) {
			return nil
		}
		return n.field.symbol
	case opAll, opAny:
		first := l.common(n.parts[0])
		if first == nil {
			return nil
		}
		for _, part := range n.parts[1:] {
			if l.common(part) != first {
				return nil
			}
		}
		return first
	}
	return nil
}

// isEmpty says whether a field is compared with no constant at all: with empty sets.
func (l *lowering) isEmpty(n *node) bool {
	if n.slot == noSlot {
		return false
	}
	for i := l.slots[n.slot].first; i < l.slots[n.slot].last; i++ {
		switch t := &l.tokens[i]; t.Kind {
		case lex.AddressSet, lex.PortGroup:
			empty := true
			l.values.each(setKind(n, t), t.Text, func(e *entry) bool {
				empty = !e.hasValue
				return empty
			})
			if !empty {
				return false
			}
		case lex.Comma:
		default:
			return false
		}
	}
	return true
}

// setKind is the kind of need of a set or group that a field is compared with.
func setKind(n *node, t *lex.Token) string {
	if t.Kind == lex.PortGroup {
		return groupKind(n.field.symbol)
	}
	return addressSet
}

// comparisons adds the comparison of a field with its constants to parts. Where several of them
// stand in a disjunction as its parts (spread), each implies what the field implies on its own.
func (l *lowering) comparisons(parts []*formula, n *node, imply, spread, opposite bool) []*formula {
	any := n.relation == lex.Equal || isOrder(n.relation) && n.negated
	spread = spread && any
	start := len(parts)
	if l.isEmpty(n) {
		imply = false
		if isOrder(n.relation) {
			l.fail(l.single(n.slot), "a field cannot be less or greater than an empty set")
		}
	}
	add := func(x *formula) {
		if spread && imply {
			x = l.withPrerequisite(x, n.field.symbol, opposite)
		}
		parts = append(parts, x)
	}
	l.elements(n, opposite, add)
	if spread {
		return parts
	}
	kind := formAll
	if any {
		kind = formAny
	}
	x := l.forge.join(flip(kind, opposite), parts[start:])
	if imply {
		x = l.withPrerequisite(x, n.field.symbol, opposite)
	}
	return append(parts[:start], x)
}

// elements visits the comparison of a field with each of its constants.
func (l *lowering) elements(n *node, opposite bool, add func(*formula)) {
	if n.slot == noSlot {
		add(l.one(n, &lex.Token{Kind: lex.Integer}, opposite))
		return
	}
	for i := l.slots[n.slot].first; i < l.slots[n.slot].last; i++ {
		switch t := &l.tokens[i]; t.Kind {
		case lex.Comma:
		case lex.AddressSet, lex.PortGroup:
			l.setElements(n, t, opposite, add)
		default:
			add(l.one(n, t, opposite))
		}
	}
}

// one is the comparison of a field with a constant.
func (l *lowering) one(n *node, t *lex.Token, opposite bool) *formula {
	s := n.field.symbol
	if t.Kind == lex.String {
		key, known := l.values.port(s.Name, t.Text)
		number := openflow.U64(key)
		if !known {
			number = l.unknown.number(t.Text)
		}
		return l.forge.equal(s, equality{number, openflow.Ones(128)})
	}
	if s.Predicate != "" {
		return l.expansions.get(s.Predicate, positive(n, t.Value) == opposite)
	}
	base, offset := s.Base()
	mask := openflow.Ones(n.field.bits)
	if t.Kind == lex.Masked {
		mask = mask.And(t.Mask)
	}
	r := n.relation
	if opposite {
		r = inverted(r)
	}
	shift := offset + n.field.offset
	return l.forge.relate(base, r, equality{t.Value.And(mask).Shl(shift), mask.Shl(shift)})
}
