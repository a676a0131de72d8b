package match

import (
	"woven/engine/function"
	"woven/internal/logical/lex"
	"woven/relations"
)

// textColumns are what a pattern is completed with.
var textColumns = columns(column("Pattern", text), column("DatapathKey", number),
	column("ConjunctionId", number), column("Element", text))

func matchFlow() *function.Predicate {
	return &function.Predicate{Name: ":match_flow",
		In: textColumns, Out: columns(column("Match", text)),
		Doc: "A Pattern of :match_expand as dump-flows spells it, on a datapath, with the id of a " +
			"conjunction and with an element of the pattern's set, the last two as far as the pattern has " +
			"a place for them. Nothing if the element does not fit the field, such as an IPv6 address in " +
			"ip4.src.",
		Eval: func(s *relations.Store, in []relations.Value, emit func([]relations.Value)) {
			var buffer [256]byte
			b, fits := AppendText(buffer[:0], s.TextOf(in[0]), uint64(s.Int(in[1])), uint32(s.Int(in[2])),
				s.TextOf(in[3]))
			if fits {
				emit([]relations.Value{s.Bytes(b)})
			}
		}}
}

func setConstant() *function.Predicate {
	return &function.Predicate{Name: ":set_constant",
		In:  columns(column("Text", text)),
		Out: columns(column("Canonical", text)),
		Doc: "The one spelling of an element of an address set, so that equal elements are written " +
			"equally; nothing if it is no address and no number, with or without a mask.",
		Eval: func(s *relations.Store, in []relations.Value, emit func([]relations.Value)) {
			if t, ok := readElement(s.TextOf(in[0])); ok {
				emit([]relations.Value{s.Bytes(lex.AppendConstant(nil, t))})
			}
		}}
}

func setCatchall() *function.Predicate {
	return &function.Predicate{Name: ":set_catchall",
		In: columns(column("Text", text)),
		Doc: "The element of an address set equals every value, as 0.0.0.0/0 does. A set with such an " +
			"element is always given as values, not as *: it is no dimension of a conjunctive match.",
		Eval: func(s *relations.Store, in []relations.Value, emit func([]relations.Value)) {
			if t, ok := readElement(s.TextOf(in[0])); ok && t.Kind == lex.Masked && t.Mask.IsZero() {
				emit(nil)
			}
		}}
}
