package match

import (
	"woven/engine/function"
	"woven/internal/logical/lex"
	"woven/relations"
)

// The types that signatures are written with.
var text = relations.T(relations.String)

func column(n string, t relations.Type) relations.Column { return relations.Column{Name: n, Type: t} }

// Add registers the functions and predicates of matches.
func Add(r *function.Registry) {
	r.AddPredicate(setConstant())
}

func setConstant() *function.Predicate {
	return &function.Predicate{Name: ":set_constant",
		In:  []relations.Column{column("Text", text)},
		Out: []relations.Column{column("Canonical", text)},
		Doc: "The one spelling of an element of an address set, so that equal elements are written " +
			"equally; nothing if it is no address and no number, with or without a mask.",
		Eval: func(s *relations.Store, in []relations.Value, emit func([]relations.Value)) {
			if b, ok := canonicalConstant(s.TextOf(in[0])); ok {
				emit([]relations.Value{s.Bytes(b)})
			}
		}}
}

// canonicalConstant spells an element of an address set. As in the reference, only its first token
// counts.
func canonicalConstant(element string) ([]byte, bool) {
	tokens, err := lex.Scan(nil, element)
	if err != nil && len(tokens) < 2 {
		return nil, false
	}
	if t := &tokens[0]; t.Kind == lex.Integer || t.Kind == lex.Masked {
		return lex.AppendConstant(nil, t), true
	}
	return nil, false
}
