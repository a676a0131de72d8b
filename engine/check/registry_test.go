package check_test

import (
	"fmt"
	"strings"

	"woven/engine/function"
	"woven/relations"
)

var (
	text   = relations.T(relations.String)
	number = relations.T(relations.Number)
	name   = relations.T(relations.Name)
	some   = relations.VarType("T")
)

// registry is a small library, so that these tests do not depend on the real one.
func registry() *function.Registry {
	r := function.NewRegistry()
	r.AddFunc(
		&function.Func{Name: "fn:plus", Params: []relations.Type{number, number}, Result: number},
		&function.Func{Name: "fn:lt", Params: []relations.Type{number, number}, Result: name},
		&function.Func{Name: "fn:if", Params: []relations.Type{name, some, some}, Result: some},
		&function.Func{Name: "fn:len", Params: []relations.Type{relations.ListOf(some)}, Result: number},
		&function.Func{Name: "fn:show", Params: []relations.Type{relations.T(relations.Any)},
			Result: text},
		&function.Func{Name: "fn:ip", Params: []relations.Type{text},
			Result: relations.T(relations.IP)},
		&function.Func{Name: "fn:fmt", Params: []relations.Type{text, relations.T(relations.Any)},
			Variadic: true, Result: text, Compile: compileFormat},
		&function.Func{Name: "fn:get", Params: []relations.Type{relations.T(relations.Any), name},
			Result: relations.T(relations.Any), ResultOf: fieldType},
	)
	r.AddPredicate(
		&function.Predicate{Name: ":member", In: []relations.Column{{Name: "List",
			Type: relations.ListOf(some)}}, Out: []relations.Column{{Name: "Element", Type: some}}},
		&function.Predicate{Name: ":split", In: []relations.Column{{Name: "Text", Type: text},
			{Name: "Separator", Type: text}}, Out: []relations.Column{{Name: "Part", Type: text}}},
	)
	r.AddReducer(
		&function.Reducer{Name: "fn:count", Result: number, State: function.CountState},
		&function.Reducer{Name: "fn:sum", Params: []relations.Type{number}, Result: number,
			State: function.SumState},
		&function.Reducer{Name: "fn:max", Params: []relations.Type{some}, Result: some,
			State: function.OrderedState, OfSet: true},
		&function.Reducer{Name: "fn:collect", Params: []relations.Type{some},
			Result: relations.ListOf(some), State: function.OrderedState},
	)
	return r
}

func compileFormat(s *relations.Store, args []function.Arg) (function.Eval, error) {
	if !args[0].Const {
		return nil, fmt.Errorf("the format has to be a constant")
	}
	want := strings.Count(s.Text(text, args[0].Value), "%")
	if want != len(args)-1 {
		return nil, fmt.Errorf("the format has %d verbs for %d values", want, len(args)-1)
	}
	return func(*relations.Store, []relations.Value) relations.Value { return 0 }, nil
}

func fieldType(s *relations.Store, args []function.Arg) (relations.Type, error) {
	if args[0].Type.Kind != relations.Struct || !args[1].Const {
		return relations.Type{}, fmt.Errorf("there is no field to get")
	}
	field := s.NameOf(args[1].Value)
	for i, f := range args[0].Type.Fields {
		if f == field {
			return args[0].Type.Elems[i], nil
		}
	}
	return relations.Type{}, fmt.Errorf("there is no field %s", field)
}
