package function

import (
	"fmt"

	"woven/relations"
)

// maxRange bounds :range, so that a mistake in a database cannot fill the memory.
const maxRange = 65536

func addRange(r *Registry) {
	in := columns(column("Lo", number), column("Hi", number))
	// Both may be at the ends of 64 bits: the difference is exact without a sign.
	tooLong := func(lo, hi int64) bool { return lo <= hi && uint64(hi)-uint64(lo) >= maxRange }
	r.AddPredicate(
		&Predicate{Name: ":range", In: in, Out: columns(column("N", number)),
			Doc: "Each number from Lo to Hi, both included; nothing if there are more than 65536 of them.",
			Eval: func(s *relations.Store, in []relations.Value, emit func([]relations.Value)) {
				lo, hi := s.Int(in[0]), s.Int(in[1])
				if lo > hi || tooLong(lo, hi) {
					return
				}
				out := make([]relations.Value, 1)
				for i := range uint64(hi) - uint64(lo) + 1 {
					out[0] = s.Number(lo + int64(i))
					emit(out)
				}
			}},
		&Predicate{Name: ":range_error", In: in, Out: columns(column("Why", text)),
			Doc: "Why :range yields nothing though Lo is not above Hi.",
			Eval: func(s *relations.Store, in []relations.Value, emit func([]relations.Value)) {
				if lo, hi := s.Int(in[0]), s.Int(in[1]); tooLong(lo, hi) {
					emit([]relations.Value{s.String(fmt.Sprintf("from %d to %d there are more than %d numbers",
						lo, hi, maxRange))})
				}
			}})
}
