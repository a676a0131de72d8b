package function

import "woven/relations"

// Reducers see each row of a group once. What depends on an order or on distinct values keeps
// the group's tuples of arguments in order, so that the result depends on the rows alone and not
// on the way in which they came.

func addReducers(r *Registry) {
	r.AddReducer(
		&Reducer{Name: "fn:count", Result: number, State: CountState,
			Doc: "How many rows the group has.",
			Finish: func(s *relations.Store, _ []relations.Type, g Group) relations.Value {
				return s.Number(g.Count())
			}},
		&Reducer{Name: "fn:count_distinct", Params: types(typeT), Result: number, State: OrderedState,
			OfSet: true, Doc: "How many different values the argument has in the group.",
			Finish: func(s *relations.Store, _ []relations.Type, g Group) relations.Value {
				return s.Number(int64(g.Distinct()))
			}},
		&Reducer{Name: "fn:sum", Params: types(number), Result: number, State: SumState,
			Doc: "The sum over the rows; it wraps around at 64 bits.",
			Finish: func(s *relations.Store, _ []relations.Type, g Group) relations.Value {
				return s.Number(g.Sum())
			}},
		&Reducer{Name: "fn:avg", Params: types(number), Result: float, State: SumState,
			Doc: "The mean over the rows as a floating-point number.",
			Finish: func(s *relations.Store, _ []relations.Type, g Group) relations.Value {
				return s.Float(float64(g.Sum()) / float64(g.Count()))
			}},
		// A running sum of floating-point numbers would depend on what was added and taken away
		// before; adding up in order does not.
		&Reducer{Name: "fn:float:sum", Params: types(float), Result: float, State: OrderedState,
			Doc: "The sum over the rows, added up from the least value to the greatest.",
			Finish: func(s *relations.Store, _ []relations.Type, g Group) relations.Value {
				sum, _ := floatSum(s, g)
				return s.Float(sum)
			}},
		&Reducer{Name: "fn:float:avg", Params: types(float), Result: float, State: OrderedState,
			Doc: "The mean over the rows.",
			Finish: func(s *relations.Store, _ []relations.Type, g Group) relations.Value {
				sum, n := floatSum(s, g)
				return s.Float(sum / float64(n))
			}},
		first("fn:min", "The least value of the argument in the group.", types(typeT), typeT),
		last("fn:max", "The greatest value of the argument in the group.", types(typeT), typeT),
		first("fn:least_by", "The second argument in the row whose first argument is least; of several the "+
			"least.", types(typeK, typeV), typeV),
		last("fn:greatest_by", "The second argument in the row whose first argument is greatest; of several "+
			"the greatest.", types(typeK, typeV), typeV),
	)
}

func floatSum(s *relations.Store, g Group) (sum float64, n int64) {
	g.Each(func(args []relations.Value, count int64) bool {
		sum, n = sum+s.FloatOf(args[0])*float64(count), n+count
		return true
	})
	return sum, n
}

// first yields the last argument of the least tuple.
func first(name, doc string, params []relations.Type, result relations.Type) *Reducer {
	return &Reducer{Name: name, Params: params, Result: result, State: OrderedState, OfSet: true, Doc: doc,
		Finish: func(_ *relations.Store, _ []relations.Type, g Group) relations.Value {
			return g.First()[len(params)-1]
		}}
}

// last yields the last argument of the greatest tuple.
func last(name, doc string, params []relations.Type, result relations.Type) *Reducer {
	return &Reducer{Name: name, Params: params, Result: result, State: OrderedState, OfSet: true, Doc: doc,
		Finish: func(_ *relations.Store, _ []relations.Type, g Group) relations.Value {
			return g.Last()[len(params)-1]
		}}
}
