package function

import "woven/relations"

// Bit operations see a number as its 64 bits in two's complement.

func addBits(r *Registry) {
	r.AddFunc(
		integerPair("fn:bit:and", "The bits that are set in both numbers.",
			func(a, b int64) int64 { return a & b }),
		integerPair("fn:bit:or", "The bits that are set in either number.",
			func(a, b int64) int64 { return a | b }),
		integerPair("fn:bit:xor", "The bits that are set in exactly one of the numbers.",
			func(a, b int64) int64 { return a ^ b }),
		integerPair("fn:bit:shl", "The first number's 64 bits moved up by the second number of "+
			"places; 0 if that is not within 0 to 63.",
			func(a, b int64) int64 { return int64(shift(uint64(a), b, true)) }),
		integerPair("fn:bit:shr", "The first number's 64 bits moved down by the second number of "+
			"places, with zeros moving in; 0 if that is not within 0 to 63.",
			func(a, b int64) int64 { return int64(shift(uint64(a), b, false)) }),
		&Func{Name: "fn:bit:not", Params: types(number), Result: number,
			Doc: "The number with each of its 64 bits reversed.",
			Eval: func(s *relations.Store, args []relations.Value) relations.Value {
				return s.Number(^s.Int(args[0]))
			}},
	)
}

func shift(bits uint64, by int64, up bool) uint64 {
	switch {
	case by < 0 || by > 63:
		return 0
	case up:
		return bits << by
	}
	return bits >> by
}
