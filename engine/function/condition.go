package function

import (
	"fmt"

	"woven/relations"
)

// A condition inside a function is a function too: it returns /true or /false.

func addConditions(r *Registry) {
	r.AddFunc(
		comparison("fn:eq", "Whether two values of one type are equal.", func(c int) bool { return c == 0 }),
		comparison("fn:ne", "Whether two values of one type differ.", func(c int) bool { return c != 0 }),
		comparison("fn:lt", "Whether the first value comes before the second in the order of their type.",
			func(c int) bool { return c < 0 }),
		comparison("fn:le", "Whether the first value comes before the second or equals it.",
			func(c int) bool { return c <= 0 }),
		comparison("fn:gt", "Whether the first value comes after the second in the order of their type.",
			func(c int) bool { return c > 0 }),
		comparison("fn:ge", "Whether the first value comes after the second or equals it.",
			func(c int) bool { return c >= 0 }),
		&Func{Name: "fn:and", Params: types(boolean), Variadic: true, Result: boolean,
			Doc: "/true if all conditions are /true, also if there is none.",
			Eval: func(_ *relations.Store, args []relations.Value) relations.Value {
				return relations.Bool(count(args, relations.True) == len(args))
			}},
		&Func{Name: "fn:or", Params: types(boolean), Variadic: true, Result: boolean,
			Doc: "/true if at least one condition is /true.",
			Eval: func(_ *relations.Store, args []relations.Value) relations.Value {
				return relations.Bool(count(args, relations.True) > 0)
			}},
		&Func{Name: "fn:not", Params: types(boolean), Result: boolean,
			Doc: "/false if the condition is /true, else /true.",
			Eval: func(_ *relations.Store, args []relations.Value) relations.Value {
				return relations.Bool(args[0] != relations.True)
			}},
		&Func{Name: "fn:if", Params: types(boolean, typeT, typeT), Result: typeT,
			Doc: "The second argument if the condition is /true, else the third. All arguments are " +
				"computed.",
			Eval: func(_ *relations.Store, args []relations.Value) relations.Value {
				if args[0] == relations.True {
					return args[1]
				}
				return args[2]
			}},
	)
}

func comparison(name, doc string, holds func(c int) bool) *Func {
	return &Func{Name: name, Params: types(typeT, typeT), Result: boolean, Doc: doc,
		Compile: func(_ *relations.Store, args []Arg) (Eval, error) {
			if len(args) != 2 {
				return nil, fmt.Errorf("it takes two arguments, not %d", len(args))
			}
			t := args[0].Type
			return func(s *relations.Store, args []relations.Value) relations.Value {
				return relations.Bool(holds(s.Compare(t, args[0], args[1])))
			}, nil
		}}
}

func count(values []relations.Value, v relations.Value) (n int) {
	for _, x := range values {
		if x == v {
			n++
		}
	}
	return n
}
