package function

import (
	"fmt"
	"slices"
	"strings"

	"woven/relations"
)

func addStructs(r *Registry) {
	r.AddFunc(
		&Func{Name: "fn:struct", Params: types(anyType), Variadic: true,
			Result: relations.T(relations.Struct),
			Doc: "The struct of field names, which are constants such as /mac, and values that follow each " +
				"other; rules also write it as {/mac: M}.",
			ResultOf: func(s *relations.Store, args []Arg) (relations.Type, error) {
				t, _, err := structType(s, args)
				return t, err
			},
			Compile: func(s *relations.Store, args []Arg) (Eval, error) {
				t, from, err := structType(s, args)
				if err != nil {
					return nil, err
				}
				return func(s *relations.Store, args []relations.Value) relations.Value {
					var buf [onStack]relations.Value
					values := buf[:0]
					for _, i := range from {
						values = append(values, args[i])
					}
					return s.Struct(t, values)
				}, nil
			}},
		&Func{Name: "fn:struct:get", Params: types(anyType, name), Result: anyType,
			Doc: "The value of the struct's field that the second argument, a constant, names.",
			ResultOf: func(s *relations.Store, args []Arg) (relations.Type, error) {
				i, err := fieldOf(s, args)
				if err != nil {
					return relations.Type{}, err
				}
				return args[0].Type.Elems[i], nil
			},
			Compile: func(s *relations.Store, args []Arg) (Eval, error) {
				field, err := fieldOf(s, args)
				return func(s *relations.Store, args []relations.Value) relations.Value {
					var buf [onStack]relations.Value
					return s.AppendElements(buf[:0], args[0])[field]
				}, err
			}},
	)
}

// structType is the type that alternating names and values make, and for each of its fields in
// order which argument is its value.
func structType(s *relations.Store, args []Arg) (t relations.Type, from []int, err error) {
	t.Kind = relations.Struct
	if len(args)%2 != 0 {
		return t, nil, fmt.Errorf("a struct is made of field names and values in turn, but there are " +
			"an odd number of arguments")
	}
	fields := map[string]int{}
	for i := 0; i < len(args); i += 2 {
		if !args[i].Const || args[i].Type.Kind != relations.Name {
			return t, nil, fmt.Errorf("argument %d must be a constant such as /mac, the name of a field",
				i+1)
		}
		n := s.NameOf(args[i].Value)
		if _, twice := fields[n]; twice {
			return t, nil, fmt.Errorf("the field %s is there twice", n)
		}
		fields[n] = i + 1
		t.Fields = append(t.Fields, n)
	}
	slices.Sort(t.Fields)
	for _, n := range t.Fields {
		from = append(from, fields[n])
		t.Elems = append(t.Elems, args[fields[n]].Type)
	}
	return t, from, nil
}

// fieldOf finds the place of the field that a call of fn:struct:get names.
func fieldOf(s *relations.Store, args []Arg) (int, error) {
	if len(args) != 2 || args[0].Type.Kind != relations.Struct {
		return 0, fmt.Errorf("it takes a struct and the name of a field")
	}
	if !args[1].Const || args[1].Type.Kind != relations.Name {
		return 0, fmt.Errorf("the name of the field must be a constant such as /mac")
	}
	t, n := args[0].Type, s.NameOf(args[1].Value)
	if i := slices.Index(t.Fields, n); i >= 0 {
		return i, nil
	}
	return 0, fmt.Errorf("the struct has no field %s; it has %s", n, strings.Join(t.Fields, " "))
}
