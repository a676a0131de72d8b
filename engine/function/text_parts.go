package function

import (
	"bytes"

	"woven/relations"
)

func addTextParts(r *Registry) {
	in := columns(column("Text", text), column("Sep", text))
	r.AddPredicate(
		&Predicate{Name: ":split", In: in, Out: columns(column("Part", text)),
			Doc: "The parts of the text between the separators, also empty ones; the whole text if " +
				"the separator is empty or does not occur.",
			Eval: func(s *relations.Store, in []relations.Value, emit func([]relations.Value)) {
				eachPart(s, in, func(_ int, part []byte) { emit([]relations.Value{s.Bytes(part)}) })
			}},
		&Predicate{Name: ":split_index", In: in,
			Out: columns(column("Index", number), column("Part", text)),
			Doc: "The parts as :split yields them, each with its place counted from 0.",
			Eval: func(s *relations.Store, in []relations.Value, emit func([]relations.Value)) {
				eachPart(s, in, func(i int, part []byte) {
					emit([]relations.Value{s.Number(int64(i)), s.Bytes(part)})
				})
			}},
		&Predicate{Name: ":cut", In: in,
			Out: columns(column("Before", text), column("After", text)),
			Doc: "The text before and after the first separator; nothing if it does not occur or is " +
				"empty.",
			Eval: func(s *relations.Store, in []relations.Value, emit func([]relations.Value)) {
				var b1, b2 scratch
				sep := b2.text(s, in[1])
				before, after, ok := bytes.Cut(b1.text(s, in[0]), sep)
				if ok && len(sep) > 0 {
					emit([]relations.Value{s.Bytes(before), s.Bytes(after)})
				}
			}},
	)
}

// eachPart visits the parts of in[0] between occurrences of in[1].
func eachPart(s *relations.Store, in []relations.Value, f func(i int, part []byte)) {
	var b1, b2 scratch
	rest, sep := b1.text(s, in[0]), b2.text(s, in[1])
	for i := 0; ; i++ {
		part, after, ok := rest, []byte(nil), false
		if len(sep) > 0 {
			part, after, ok = bytes.Cut(rest, sep)
		}
		f(i, part)
		if !ok {
			return
		}
		rest = after
	}
}
