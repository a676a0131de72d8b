package match

import (
	"slices"

	"woven/bridge/openflow"
	"woven/internal/logical/lex"
	"woven/internal/logical/symbol"
)

// Need is something that the expansion of a match has to know.
type Need struct {
	// Kind is inport or outport (the key of a port or multicast group that is compared with the
	// field), inport_group or outport_group (the members of a port group, likewise), address_set
	// (its elements) or resident (whether a port is bound here).
	Kind, Name string
	// Each says that a set or group of two or more elements may stay symbolic: the value * does
	// for them. Without it all elements have to be given.
	Each bool
}

// needs lists what the expansion of a text has to know, each thing once.
func (r *reading) needs(root *node, x expansions) []Need {
	own := r.ownSets(root, x)
	var all []Need
	r.collect(root, func(need Need, slot int32) {
		need.Each = need.Each && own[slot]
		for i := range all {
			if all[i].Kind == need.Kind && all[i].Name == need.Name {
				all[i].Each = all[i].Each && need.Each
				return
			}
		}
		all = append(all, need)
	})
	return all
}

// collect visits the names in an expression. Sets and groups have Each.
func (r *reading) collect(n *node, visit func(Need, int32)) {
	for _, part := range n.parts {
		r.collect(part, visit)
	}
	if n.op != opCompare && n.op != opResident || n.slot == noSlot {
		return
	}
	for i := r.slots[n.slot].first; i < r.slots[n.slot].last; i++ {
		switch t := &r.tokens[i]; {
		case n.op == opResident:
			visit(Need{resident, t.Text, false}, n.slot)
		case t.Kind == lex.String:
			visit(Need{n.field.symbol.Name, t.Text, false}, n.slot)
		case t.Kind == lex.AddressSet || t.Kind == lex.PortGroup:
			visit(Need{setKind(n, t), t.Text, true}, n.slot)
		}
	}
}

// elementFields are the fields of which one comparison is one word of an OpenFlow match, which
// depends on no other comparison and which no prerequisite asks for.
var elementFields = []openflow.Field{openflow.Reg(14), openflow.Reg(15), openflow.FieldEthSrc,
	openflow.FieldEthDst, openflow.FieldIPSrc, openflow.FieldIPDst, openflow.FieldIPv6Src,
	openflow.FieldIPv6Dst, openflow.FieldARPSPA, openflow.FieldARPTPA, openflow.FieldARPSHA,
	openflow.FieldARPTHA, openflow.FieldNDTarget, openflow.FieldNDSLL, openflow.FieldNDTLL}

// ownSets says for each slot whether it holds a set that is a disjunction of its own whatever the
// elements are: field == $set, where nothing else is known of the field, so that each element makes
// flows that depend on no other element.
func (r *reading) ownSets(root *node, x expansions) []bool {
	s := ownSearch{reading: r, expansions: x, own: make([]bool, len(r.slots))}
	s.walk(root, nil, false)
	return s.own
}

// ownSearch walks down an expression.
type ownSearch struct {
	*reading
	expansions expansions
	own        []bool
	// beside are the parts of conjunctions that hold together with the part walked to.
	beside []*node
}

// walk visits a node below its parent. Below a disjunction, a conjunction that shrinks to a set
// alone would become a part of that disjunction.
func (s *ownSearch) walk(n, parent *node, alternative bool) {
	if n.op == opCompare {
		if n.slot != noSlot {
			s.own[n.slot] = s.isOwn(n, parent, alternative)
		}
		return
	}
	start := len(s.beside)
	for i, part := range n.parts {
		if n.op == opAll {
			s.beside = append(append(s.beside, n.parts[:i]...), n.parts[i+1:]...)
		}
		s.walk(part, n, alternative || n.op == opAny)
		s.beside = s.beside[:start]
	}
}

func (s *ownSearch) isOwn(n, parent *node, alternative bool) bool {
	f := n.field
	t := s.single(n.slot)
	if t == nil || t.Kind != lex.AddressSet && t.Kind != lex.PortGroup || n.relation != lex.Equal ||
		f.bits != f.symbol.Width || !slices.Contains(elementFields, f.symbol.Field) ||
		parent != nil && parent.op == opAny {
		return false
	}
	for _, part := range s.beside {
		if s.mentions(part, f.symbol) {
			return false
		}
	}
	return !alternative || f.symbol.Prerequisite != "" ||
		slices.ContainsFunc(parent.parts, func(part *node) bool { return part != n && s.remains(part) })
}

// remains says whether a comparison stays one whatever is known: it neither always holds nor never.
func (s *ownSearch) remains(n *node) bool {
	if n.op != opCompare || n.slot == noSlot {
		return n.op == opCompare
	}
	t := s.single(n.slot)
	return t != nil && (t.Kind == lex.Integer || t.Kind == lex.String) && n.relation == lex.Equal
}

// mentions says whether an expression compares a field, be it in what symbols stand for or imply.
func (s *ownSearch) mentions(n *node, field *symbol.Symbol) bool {
	if n.op == opCompare {
		compared := n.field.symbol
		base, _ := compared.Base()
		return base == field || asks(s.expansions.get(compared.Predicate, false), field) ||
			asks(s.expansions.get(compared.Prerequisite, false), field)
	}
	return slices.ContainsFunc(n.parts, func(part *node) bool { return s.mentions(part, field) })
}

// asks says whether a formula compares a field.
func asks(x *formula, field *symbol.Symbol) bool {
	return x.only == field ||
		slices.ContainsFunc(x.parts, func(part *formula) bool { return asks(part, field) })
}
