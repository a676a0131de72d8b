package match

import (
	"woven/bridge/openflow"
	"woven/internal/logical/lex"
	"woven/internal/logical/symbol"
)

// groupKind is the kind of need of a port group that is compared with a field of ports. The kind of
// need of a single port is the field's name.
func groupKind(s *symbol.Symbol) string { return s.Name + "_group" }

// check finds what is wrong with the constants of an expression, as far as it can be seen without
// knowing the elements of sets.
func (r *reading) check(n *node) *lex.Error {
	for _, part := range n.parts {
		if err := r.check(part); err != nil {
			return err
		}
	}
	if n.op != opCompare || n.slot == noSlot {
		return r.checkBare(n)
	}
	return r.constants(n.slot, func(t *lex.Token) *lex.Error {
		s := n.field.symbol
		switch {
		case s.IsPort() && t.Kind != lex.String && t.Kind != lex.PortGroup:
			return lex.At(r.text, t, "%s is compared with names of ports in double quotes, and @groups",
				s.Name)
		case !s.IsPort() && (t.Kind == lex.String || t.Kind == lex.PortGroup):
			return lex.At(r.text, t, "%s is compared with numbers and addresses, without quotes, and $sets",
				s.Name)
		case t.Kind == lex.Integer || t.Kind == lex.Masked:
			return r.checkNumber(n, t, t)
		}
		return nil
	})
}

// checkBare finds what is wrong with a predicate that stands alone.
func (r *reading) checkBare(n *node) *lex.Error {
	if n.op == opCompare && isNegative(n, openflow.U128{}) {
		return r.negative(n)
	}
	return nil
}

// isNegative says whether a nominal predicate is asked for being false by comparing it with value.
func isNegative(n *node, value openflow.U128) bool {
	s := n.field.symbol
	return s.Predicate != "" && s.Level == symbol.Nominal && !positive(n, value)
}

// positive says whether a predicate is asked for being true.
func positive(n *node, value openflow.U128) bool {
	return (value.Lo&1 == 1) != (n.relation == lex.NotEqual)
}

func (r *reading) negative(n *node) *lex.Error {
	name := n.field.symbol.Name
	return r.errorAt(&templateError{int(n.item), "the nominal predicate " + name + " can be asked for " +
		"being true only: OpenFlow cannot match on its opposite, name what should match instead"})
}

// checkNumber finds what is wrong with comparing a field with a number, which stands at a token of
// the text or is an element of the set there.
func (r *reading) checkNumber(n *node, number, at *lex.Token) *lex.Error {
	s := n.field.symbol
	switch {
	case number.Bits() > s.Width:
		return lex.At(r.text, at, "%s is of width %d, this constant needs %d bits", s.Name, s.Width,
			number.Bits())
	case number.Kind == lex.Masked && isOrder(n.relation):
		return lex.At(r.text, at, "with a mask only == and != can be used: compare a part of the field "+
			"instead, as in eth.src[0..15] > 5")
	case isNegative(n, number.Value):
		return r.negative(n)
	}
	return nil
}

func isOrder(k lex.Kind) bool { return isLess(k) || isGreater(k) }

// single is the one constant of a slot, nil if there are several.
func (r *reading) single(s int32) *lex.Token {
	var only *lex.Token
	for i := r.slots[s].first; i < r.slots[s].last; i++ {
		if t := &r.tokens[i]; t.Kind != lex.Comma {
			if only != nil {
				return nil
			}
			only = t
		}
	}
	return only
}
