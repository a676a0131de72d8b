package function

import (
	"math"

	"woven/relations"
)

// Floating-point numbers follow IEEE 754: division by zero gives an infinity, 0/0 gives the one
// NaN, which sorts before every number.

func addFloats(r *Registry) {
	r.AddFunc(
		floats("fn:float:plus", "The sum of two floating-point numbers.",
			func(a, b float64) float64 { return a + b }),
		floats("fn:float:minus", "The first floating-point number less the second.",
			func(a, b float64) float64 { return a - b }),
		floats("fn:float:mult", "The product of two floating-point numbers.",
			func(a, b float64) float64 { return a * b }),
		floats("fn:float:div", "The first floating-point number divided by the second.",
			func(a, b float64) float64 { return a / b }),
		&Func{Name: "fn:float:from_number", Params: types(number), Result: float,
			Doc: "The number as the nearest floating-point number.",
			Eval: func(s *relations.Store, args []relations.Value) relations.Value {
				return s.Float(float64(s.Int(args[0])))
			}},
		&Func{Name: "fn:float:to_number", Params: types(float), Result: number,
			Doc: "The whole number next to it in the direction of zero; beyond 64 bits the nearest " +
				"number there is, and 0 for NaN.",
			Eval: func(s *relations.Store, args []relations.Value) relations.Value {
				return s.Number(truncate(s.FloatOf(args[0])))
			}},
	)
}

func floats(name, doc string, f func(a, b float64) float64) *Func {
	return &Func{Name: name, Params: types(float, float), Result: float, Doc: doc,
		Eval: func(s *relations.Store, args []relations.Value) relations.Value {
			return s.Float(f(s.FloatOf(args[0]), s.FloatOf(args[1])))
		}}
}

func truncate(f float64) int64 {
	switch {
	case f != f:
		return 0
	case f >= 1<<63:
		return math.MaxInt64
	case f < -1<<63:
		return math.MinInt64
	}
	return int64(f)
}
