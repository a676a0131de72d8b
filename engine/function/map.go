package function

import (
	"fmt"
	"slices"

	"woven/relations"
)

func addMaps(r *Registry) {
	mapKV := relations.MapOf(typeK, typeV)
	r.AddFunc(
		&Func{Name: "fn:map", Params: types(anyType), Variadic: true, Result: mapKV,
			Doc: "The map of keys and values that follow each other, which rules also write as [K: V]; of " +
				"equal keys the last one counts.",
			ResultOf: func(_ *relations.Store, args []Arg) (relations.Type, error) { return mapType(args) },
			Compile:  compileMap},
		&Func{Name: "fn:map:get", Params: types(mapKV, typeK, typeV), Result: typeV,
			Doc: "The value of a key in the map, or the third argument if the map lacks the key.",
			Compile: func(_ *relations.Store, args []Arg) (Eval, error) {
				if len(args) != 3 {
					return nil, fmt.Errorf("it takes 3 arguments, not %d", len(args))
				}
				key := args[1].Type
				return func(s *relations.Store, args []relations.Value) relations.Value {
					var buf [onStack]relations.Value
					k, m := plain(s, key, args[1]), s.AppendElements(buf[:0], args[0])
					for i := 0; i < len(m); i += 2 {
						if m[i] == k {
							return m[i+1]
						}
					}
					return args[2]
				}, nil
			}},
		&Func{Name: "fn:map:len", Params: types(mapKV), Result: number,
			Doc: "How many keys the map has.",
			Eval: func(s *relations.Store, args []relations.Value) relations.Value {
				var buf [onStack]relations.Value
				return s.Number(int64(len(s.AppendElements(buf[:0], args[0])) / 2))
			}},
	)
	r.AddPredicate(&Predicate{Name: ":map:entry", In: columns(column("Map", mapKV)),
		Out: columns(column("Key", typeK), column("Value", typeV)),
		Doc: "Each key of the map with its value.",
		Eval: func(s *relations.Store, in []relations.Value, emit func([]relations.Value)) {
			entries := s.Elements(in[0])
			for i := 0; i < len(entries); i += 2 {
				emit(entries[i : i+2])
			}
		}})
}

// mapType is the type of a map of alternating keys and values.
func mapType(args []Arg) (relations.Type, error) {
	if len(args)%2 != 0 {
		return relations.Type{}, fmt.Errorf("a map is made of keys and values in turn, but there are " +
			"an odd number of arguments")
	}
	if len(args) == 0 {
		return relations.MapOf(typeK, typeV), nil
	}
	t := relations.MapOf(args[0].Type, args[1].Type)
	for i, a := range args {
		if !a.Type.Equal(t.Elems[i%2]) {
			return relations.Type{}, fmt.Errorf("argument %d is a %s, but the map has %s as its %s", i+1,
				a.Type, t.Elems[i%2], []string{"keys", "values"}[i%2])
		}
	}
	return t, nil
}

func compileMap(_ *relations.Store, args []Arg) (Eval, error) {
	t, err := mapType(args)
	if err != nil {
		return nil, err
	}
	return func(s *relations.Store, args []relations.Value) relations.Value {
		return makeMap(s, t, args)
	}, nil
}

// makeMap sorts entries by key; of equal keys the last one counts.
func makeMap(s *relations.Store, t relations.Type, entries []relations.Value) relations.Value {
	pairs := make([][2]relations.Value, 0, len(entries)/2)
	for i := len(entries) - 2; i >= 0; i -= 2 {
		pairs = append(pairs, [2]relations.Value{entries[i], entries[i+1]})
	}
	order := func(a, b [2]relations.Value) int { return s.Compare(t.Elems[0], a[0], b[0]) }
	slices.SortStableFunc(pairs, order)
	pairs = slices.CompactFunc(pairs, func(a, b [2]relations.Value) bool { return order(a, b) == 0 })
	flat := make([]relations.Value, 0, 2*len(pairs))
	for _, p := range pairs {
		flat = append(flat, p[0], p[1])
	}
	return s.Map(t.Elems[0], t.Elems[1], flat)
}
