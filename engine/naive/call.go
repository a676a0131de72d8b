package naive

import (
	"fmt"
	"slices"
	"strings"

	"woven/engine/function"
	"woven/engine/syntax"
	"woven/relations"
)

// callSite tells apart the compiled forms of one call: types are only known with the values.
type callSite struct {
	call  *syntax.Call
	types string
}

// callee is what a call comes down to.
type callee struct {
	eval   function.Eval
	result relations.Type
}

// eval computes a term whose variables are bound.
func (r *run) eval(t syntax.Term, b bindings) (Datum, error) {
	switch t := t.(type) {
	case *syntax.Const:
		return r.constant(t), nil
	case *syntax.Var:
		d, ok := b[t.Name]
		if !ok {
			return Datum{}, fmt.Errorf("%s: %s is not bound", t.Pos, t.Name)
		}
		return d, nil
	case *syntax.Call:
		args := make(Row, len(t.Args))
		for i, a := range t.Args {
			d, err := r.eval(a, b)
			if err != nil {
				return Datum{}, err
			}
			args[i] = d
		}
		return r.call(t, args)
	}
	return Datum{}, fmt.Errorf("a term of an unknown kind: %v", t)
}

func (r *run) call(c *syntax.Call, args Row) (Datum, error) {
	switch c.Fn {
	case "fn:list":
		return r.list(args), nil
	case "fn:map":
		return r.mapping(args), nil
	case "fn:struct":
		return r.structure(args), nil
	}
	f := r.reg.Funcs[c.Fn]
	if f == nil {
		return Datum{}, fmt.Errorf("%s: there is no function %s", c.Pos, c.Fn)
	}
	vars := typeVars{}
	values := make([]relations.Value, len(args))
	for i, d := range args {
		values[i] = d.Value
		if len(f.Params) > 0 {
			vars.bind(f.Params[min(i, len(f.Params)-1)], d.Type)
		}
	}
	site := callSite{call: c}
	known := make([]function.Arg, len(args))
	for i, d := range args {
		site.types += d.Type.String() + ";"
		known[i] = function.Arg{Type: d.Type}
		if _, ok := c.Args[i].(*syntax.Const); ok {
			known[i].Const, known[i].Value = true, d.Value
		}
	}
	to, ok := r.callees[site]
	if !ok {
		var err error
		if to, err = r.compile(f, known, vars); err != nil {
			return Datum{}, fmt.Errorf("%s: %s: %w", c.Pos, c.Fn, err)
		}
		r.callees[site] = to
	}
	return NewDatum(r.store, to.result, to.eval(r.store, values)), nil
}

// compile finds what a call does with arguments of known types.
func (r *run) compile(f *function.Func, args []function.Arg, vars typeVars) (to callee, err error) {
	to = callee{eval: f.Eval, result: vars.apply(f.Result)}
	if f.ResultOf != nil {
		if to.result, err = f.ResultOf(r.store, args); err != nil {
			return to, err
		}
	}
	if f.Compile != nil {
		to.eval, err = f.Compile(r.store, args)
	}
	return to, err
}

func (r *run) list(args Row) Datum {
	elem := commonType(args)
	values := make([]relations.Value, len(args))
	for i, d := range args {
		values[i] = d.Value
	}
	return NewDatum(r.store, relations.ListOf(elem), r.store.List(elem, values))
}

// mapping makes a map of keys and values alternating; of equal keys the last one counts.
func (r *run) mapping(args Row) Datum {
	var keys, values Row
	for i := 0; i+1 < len(args); i += 2 {
		if at := slices.IndexFunc(keys, args[i].same); at >= 0 {
			values[at] = args[i+1]
			continue
		}
		keys, values = append(keys, args[i]), append(values, args[i+1])
	}
	key, value := commonType(keys), commonType(values)
	order := make([]int, len(keys))
	for i := range order {
		order[i] = i
	}
	slices.SortFunc(order, func(i, j int) int {
		return r.store.Compare(key, keys[i].Value, keys[j].Value)
	})
	var entries []relations.Value
	for _, i := range order {
		entries = append(entries, keys[i].Value, values[i].Value)
	}
	return NewDatum(r.store, relations.MapOf(key, value), r.store.Map(key, value, entries))
}

// structure makes a struct of field names and values alternating.
func (r *run) structure(args Row) Datum {
	type field struct {
		name  string
		datum Datum
	}
	var fields []field
	for i := 0; i+1 < len(args); i += 2 {
		fields = append(fields, field{args[i].text, args[i+1]})
	}
	slices.SortFunc(fields, func(a, b field) int { return strings.Compare(a.name, b.name) })
	t := relations.Type{Kind: relations.Struct}
	var values []relations.Value
	for _, f := range fields {
		t.Fields = append(t.Fields, f.name)
		t.Elems = append(t.Elems, f.datum.Type)
		values = append(values, f.datum.Value)
	}
	return NewDatum(r.store, t, r.store.Struct(t, values))
}
