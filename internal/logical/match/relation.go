package match

import (
	"woven/bridge/openflow"
	"woven/internal/logical/lex"
	"woven/internal/logical/symbol"
)

// relate is the comparison of some bits of a field with a value, all of them on the field's own
// bits. Of relations other than equality it makes several comparisons for equality.
func (f *forge) relate(field *symbol.Symbol, r lex.Kind, e equality) *formula {
	switch r {
	case lex.Equal:
		return f.equal(field, e)
	case lex.NotEqual:
		return f.differ(field, e)
	}
	return f.order(field, r, e)
}

// differ asks that at least one bit be other than given.
func (f *forge) differ(field *symbol.Symbol, e equality) *formula {
	var buffer [32]*formula
	parts := buffer[:0]
	for i := range field.Width {
		bit := openflow.U64(1).Shl(i)
		if !e.mask.And(bit).IsZero() {
			parts = append(parts, f.equal(field, equality{bit.AndNot(e.value), bit}))
		}
	}
	return f.join(formAny, parts)
}

// order asks for being less or greater, with a mask whose bits are consecutive. A number is greater
// than another if, at the highest bit in which they differ, it has the one: each zero of the other
// gives one comparison, of that bit and those above it.
func (f *forge) order(field *symbol.Symbol, r lex.Kind, e equality) *formula {
	less := isLess(r)
	orEqual := r == lex.LessEqual || r == lex.GreaterEqual
	last := openflow.U128{}
	if less {
		last = e.mask
	}
	if e.value == last {
		// Nothing is beyond the last value, everything is between it and the other end.
		if orEqual {
			return alwaysTrue
		}
		return f.differ(field, e)
	}
	var buffer [32]*formula
	parts := buffer[:0]
	if orEqual {
		parts = append(parts, f.equal(field, e))
	}
	for i := range field.Width {
		bit := openflow.U64(1).Shl(i)
		if e.mask.And(bit).IsZero() || e.value.And(bit).IsZero() == less {
			continue
		}
		below := openflow.Ones(i)
		value := e.value.AndNot(bit)
		if !less {
			value = e.value.Or(bit)
		}
		parts = append(parts, f.equal(field, equality{value.AndNot(below), e.mask.AndNot(below)}))
	}
	return f.join(formAny, parts)
}
