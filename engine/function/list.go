package function

import (
	"fmt"
	"slices"

	"woven/relations"
)

// onStack is how many elements of a sequence are copied without an allocation.
const onStack = 32

func addLists(r *Registry) {
	listT := relations.ListOf(typeT)
	r.AddFunc(
		&Func{Name: "fn:list", Params: types(typeT), Variadic: true, Result: listT,
			Doc:     "The list of the arguments, which rules also write as [A, B].",
			Compile: compileList},
		&Func{Name: "fn:list:len", Params: types(listT), Result: number,
			Doc: "How many elements the list has.",
			Eval: func(s *relations.Store, args []relations.Value) relations.Value {
				var buf [onStack]relations.Value
				return s.Number(int64(len(s.AppendElements(buf[:0], args[0]))))
			}},
		&Func{Name: "fn:list:get", Params: types(listT, number, typeT), Result: typeT,
			Doc: "The element at a place counted from 0, or the third argument if there is none.",
			Eval: func(s *relations.Store, args []relations.Value) relations.Value {
				var buf [onStack]relations.Value
				list, i := s.AppendElements(buf[:0], args[0]), s.Int(args[1])
				if i < 0 || i >= int64(len(list)) {
					return args[2]
				}
				return list[i]
			}},
		&Func{Name: "fn:list:join", Params: types(relations.ListOf(text), text), Result: text,
			Doc: "The texts of the list with the separator between them.",
			Eval: func(s *relations.Store, args []relations.Value) relations.Value {
				var buf [256]byte
				var list [onStack]relations.Value
				b := buf[:0]
				for i, v := range s.AppendElements(list[:0], args[0]) {
					if i > 0 {
						b = s.AppendString(b, args[1])
					}
					b = s.AppendString(b, v)
				}
				return s.Bytes(b)
			}},
		&Func{Name: "fn:list:contains", Params: types(listT, typeT), Result: boolean,
			Doc: "Whether a value is among the elements of the list.",
			Compile: perElement(2, func(s *relations.Store, t relations.Type, list []relations.Value,
				args []relations.Value) relations.Value {
				return relations.Bool(slices.Contains(list, plain(s, t, args[1])))
			})},
		listMap("fn:list:append", "The list with one more element at its end.", types(listT, typeT),
			func(_ *relations.Store, _ relations.Type, list, args []relations.Value) []relations.Value {
				return append(list, args[1])
			}),
		listMap("fn:list:concat", "The elements of the first list, then those of the second.",
			types(listT, listT),
			func(s *relations.Store, _ relations.Type, list, args []relations.Value) []relations.Value {
				return s.AppendElements(list, args[1])
			}),
		listMap("fn:list:sort", "The list in the order of its elements' type, repeats kept.", types(listT),
			func(s *relations.Store, t relations.Type, list, _ []relations.Value) []relations.Value {
				slices.SortFunc(list, func(a, b relations.Value) int { return s.Compare(t, a, b) })
				return list
			}),
		listMap("fn:list:reverse", "The list from its end to its start.", types(listT),
			func(_ *relations.Store, _ relations.Type, list, _ []relations.Value) []relations.Value {
				slices.Reverse(list)
				return list
			}),
	)
}

// addListPredicates registers what takes a list apart.
func addListPredicates(r *Registry) {
	listT := relations.ListOf(typeT)
	r.AddPredicate(
		&Predicate{Name: ":list:member", In: columns(column("List", listT)),
			Out: columns(column("Elem", typeT)), Doc: "Each element of the list.",
			Eval: func(s *relations.Store, in []relations.Value, emit func([]relations.Value)) {
				list := s.Elements(in[0])
				for i := range list {
					emit(list[i : i+1])
				}
			}},
		&Predicate{Name: ":list:item", In: columns(column("List", listT)),
			Out: columns(column("Index", number), column("Elem", typeT)),
			Doc: "Each element of the list with its place, counted from 0.",
			Eval: func(s *relations.Store, in []relations.Value, emit func([]relations.Value)) {
				for i, v := range s.Elements(in[0]) {
					emit([]relations.Value{s.Number(int64(i)), v})
				}
			}},
	)
}

func compileList(_ *relations.Store, args []Arg) (Eval, error) {
	elem := anyType
	for _, a := range args {
		elem = moreSpecific(elem, a.Type)
	}
	return func(s *relations.Store, args []relations.Value) relations.Value {
		return s.List(elem, args)
	}, nil
}

// moreSpecific chooses the type that is known; an empty list's element is not.
func moreSpecific(a, b relations.Type) relations.Type {
	if a.Kind == relations.Any || a.Kind == relations.TypeVar {
		return b
	}
	return a
}

// perElement compiles a function whose first argument is a list and which needs to know what
// the list holds.
func perElement(n int, f func(s *relations.Store, t relations.Type, list,
	args []relations.Value) relations.Value) func(*relations.Store, []Arg) (Eval, error) {
	return func(_ *relations.Store, args []Arg) (Eval, error) {
		if len(args) != n {
			return nil, fmt.Errorf("it takes %s, not %d", plural(n, "argument"), len(args))
		}
		elem := anyType
		for _, a := range args {
			if a.Type.Kind == relations.List {
				elem = moreSpecific(elem, a.Type.Elems[0])
			} else {
				elem = moreSpecific(elem, a.Type)
			}
		}
		return func(s *relations.Store, args []relations.Value) relations.Value {
			var buf [onStack]relations.Value
			return f(s, elem, s.AppendElements(buf[:0], args[0]), args)
		}, nil
	}
}

// listMap is a function that makes a list of the elements of its first argument, a copy of
// which f gets and may change.
func listMap(name, doc string, params []relations.Type, f func(s *relations.Store,
	t relations.Type, list, args []relations.Value) []relations.Value) *Func {
	return &Func{Name: name, Params: params, Result: relations.ListOf(typeT), Doc: doc,
		Compile: perElement(len(params), func(s *relations.Store, t relations.Type, list,
			args []relations.Value) relations.Value {
			return s.List(t, f(s, t, list, args))
		})}
}

// plain is a value as sequences hold it: texts in them are never terms.
func plain(s *relations.Store, t relations.Type, v relations.Value) relations.Value {
	if t.Kind == relations.String {
		return s.Canonical(v)
	}
	return v
}
