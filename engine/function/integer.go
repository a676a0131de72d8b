package function

import "woven/relations"

// Integers have 64 bits and wrap around silently, as Go's do: what the rules compute are keys,
// priorities and bit fields, for which saturation would be no better.

func addIntegers(r *Registry) {
	r.AddFunc(
		integers("fn:plus", "The sum of the numbers, 0 of none; it wraps around at 64 bits.", 0,
			func(a, b int64) int64 { return a + b }),
		integers("fn:mult", "The product of the numbers, 1 of none; it wraps around at 64 bits.", 1,
			func(a, b int64) int64 { return a * b }),
		integerPair("fn:minus", "The first number less the second; it wraps around at 64 bits.",
			func(a, b int64) int64 { return a - b }),
		integerPair("fn:div", "The quotient, rounded towards zero; 0 if the second number is 0.",
			func(a, b int64) int64 {
				if b == 0 {
					return 0
				}
				return a / b
			}),
		integerPair("fn:mod", "What is left of the first number after fn:div, with its sign; all of it "+
			"if the second number is 0.",
			func(a, b int64) int64 {
				if b == 0 {
					return a
				}
				return a % b
			}),
		fold("fn:number:min", "The least of the numbers.",
			func(a, b int64) int64 { return min(a, b) }),
		fold("fn:number:max", "The greatest of the numbers.",
			func(a, b int64) int64 { return max(a, b) }),
	)
}

func integerPair(name, doc string, f func(a, b int64) int64) *Func {
	return &Func{Name: name, Params: types(number, number), Result: number, Doc: doc,
		Eval: func(s *relations.Store, args []relations.Value) relations.Value {
			return s.Number(f(s.Int(args[0]), s.Int(args[1])))
		}}
}

// integers folds any number of numbers into one, beginning with start.
func integers(name, doc string, start int64, f func(a, b int64) int64) *Func {
	return &Func{Name: name, Params: types(number), Variadic: true, Result: number, Doc: doc,
		Eval: func(s *relations.Store, args []relations.Value) relations.Value {
			n := start
			for _, a := range args {
				n = f(n, s.Int(a))
			}
			return s.Number(n)
		}}
}

// fold folds one or more numbers into one.
func fold(name, doc string, f func(a, b int64) int64) *Func {
	return &Func{Name: name, Params: types(number, number), Variadic: true, Result: number, Doc: doc,
		Eval: func(s *relations.Store, args []relations.Value) relations.Value {
			n := s.Int(args[0])
			for _, a := range args[1:] {
				n = f(n, s.Int(a))
			}
			return s.Number(n)
		}}
}
