package function

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"woven/relations"
)

// callCase is one call with what it must return: the text of a function's value, the rows of a
// predicate as "a, b; c, d", or after "error: " a part of what Compile says.
type callCase struct {
	name string
	args in
	want string
}

// in are arguments as Go values: texts, numbers and booleans, the types below, and lists.
type in []any

type (
	label    string // a name constant
	macText  string
	ipText   string
	uuidText string
	pairs    []any          // a map's keys and values in turn
	fields   map[string]any // a struct
)

// every holds the cases of all families.
func every() []callCase {
	var all []callCase
	for _, c := range [][]callCase{formatCases, textCases, textNumberCases, integerCases, bitCases,
		floatCases, conditionCases, macCases, ipCases, ipPartCases, ipDerivedCases, hashCases,
		uuidCases, listCases, mapCases, structCases, rangeCases, lspAddressCases(),
		portSecurityCases} {
		all = append(all, c...)
	}
	return all
}

// run makes the calls of a family.
func run(t *testing.T, cases []callCase) {
	t.Helper()
	r := Default()
	for _, c := range cases {
		plain, term := call(t, r, c, false), call(t, r, c, true)
		require.Equal(t, c.want, plain, "%s%q", c.name, c.args)
		require.Equal(t, plain, term, "%s%q: how a text was made must not matter", c.name, c.args)
	}
}

// call makes one call, with texts that are not constants as terms if that is asked for.
func call(t *testing.T, r *Registry, c callCase, asTerm bool) string {
	s := relations.NewStore()
	var args []Arg
	var values []relations.Value
	for i, x := range c.args {
		a := argument(t, s, x)
		constant := c.name == "fn:fmt" && i == 0 || c.name == "fn:mac" || c.name == "fn:ip"
		if a.Type.Kind == relations.String && asTerm && !constant {
			a.Value, a.Const = spelled(t, s, x.(string)), false
		}
		args, values = append(args, a), append(values, a.Value)
	}
	if p := r.Predicates[c.name]; p != nil {
		require.Len(t, values, len(p.In))
		ts := resultTypes(p, args)
		var rows []string
		p.Eval(s, values, func(out []relations.Value) {
			require.Len(t, out, len(p.Out))
			row := make([]string, len(out))
			for i, v := range out {
				row[i] = s.Text(ts[i], v)
			}
			rows = append(rows, strings.Join(row, ", "))
		})
		return strings.Join(rows, "; ")
	}
	f := r.Funcs[c.name]
	require.NotNil(t, f, c.name)
	eval := f.Eval
	if f.Compile != nil {
		var err error
		if eval, err = f.Compile(s, args); err != nil {
			require.True(t, strings.HasPrefix(c.want, "error: "), "%s: %v", c.name, err)
			require.ErrorContains(t, err, strings.TrimPrefix(c.want, "error: "))
			return c.want
		}
	}
	return s.Text(resultType(t, s, f, args), eval(s, values))
}

// spelled is a term that spells a text.
func spelled(t *testing.T, s *relations.Store, x string) relations.Value {
	f, ok := s.RegisterFormat(relations.Format{Pieces: []string{x[:len(x)/2], ""},
		Verbs: []relations.Verb{relations.VerbText}, Types: types(text)})
	require.True(t, ok)
	return s.Term(f, []relations.Value{s.String(x[len(x)/2:])})
}

func argument(t *testing.T, s *relations.Store, x any) Arg {
	switch x := x.(type) {
	case string:
		return Arg{Type: text, Const: true, Value: s.String(x)}
	case int:
		return Arg{Type: number, Const: true, Value: s.Number(int64(x))}
	case float64:
		return Arg{Type: float, Value: s.Float(x)}
	case bool:
		return Arg{Type: boolean, Const: true, Value: relations.Bool(x)}
	case label:
		return Arg{Type: name, Const: true, Value: s.Name(string(x))}
	case macText:
		m, ok := (&scanner{text: []byte(x)}).mac()
		require.True(t, ok)
		return Arg{Type: mac, Value: s.MAC(m)}
	case ipText:
		p, ok := readCIDR([]byte(x))
		require.True(t, ok)
		return Arg{Type: ip, Value: s.IP(p)}
	case uuidText:
		u, ok := relations.ParseUUID(string(x))
		require.True(t, ok)
		return Arg{Type: uuid, Value: s.UUID(u)}
	case []any:
		elem, values := anyType, []relations.Value(nil)
		for _, e := range x {
			a := argument(t, s, e)
			elem, values = a.Type, append(values, a.Value)
		}
		return Arg{Type: relations.ListOf(elem), Value: s.List(elem, values)}
	case pairs:
		return made(t, s, "fn:map", x)
	case fields:
		var all []any
		for k, v := range x {
			all = append(all, label(k), v)
		}
		return made(t, s, "fn:struct", all)
	}
	require.Fail(t, "no value", "%T", x)
	return Arg{}
}

// made is an argument that a function makes.
func made(t *testing.T, s *relations.Store, fn string, parts []any) Arg {
	var args []Arg
	var values []relations.Value
	for _, p := range parts {
		a := argument(t, s, p)
		args, values = append(args, a), append(values, a.Value)
	}
	f := Default().Funcs[fn]
	ty, err := f.ResultOf(s, args)
	require.NoError(t, err)
	eval, err := f.Compile(s, args)
	require.NoError(t, err)
	return Arg{Type: ty, Value: eval(s, values)}
}

// resultType works out a call's type as a checker does.
func resultType(t *testing.T, s *relations.Store, f *Func, args []Arg) relations.Type {
	if f.ResultOf != nil {
		ty, err := f.ResultOf(s, args)
		require.NoError(t, err)
		return ty
	}
	vars := map[string]relations.Type{}
	for i, a := range args {
		bind(vars, f.Params[min(i, len(f.Params)-1)], a.Type)
	}
	return substitute(vars, f.Result)
}

func resultTypes(p *Predicate, args []Arg) (ts []relations.Type) {
	vars := map[string]relations.Type{}
	for i, a := range args {
		bind(vars, p.In[i].Type, a.Type)
	}
	for _, c := range p.Out {
		ts = append(ts, substitute(vars, c.Type))
	}
	return ts
}

func bind(vars map[string]relations.Type, param, arg relations.Type) {
	if param.Kind == relations.TypeVar {
		if known, ok := vars[param.Var]; !ok || known.Kind == relations.Any {
			vars[param.Var] = arg
		}
		return
	}
	for i := range min(len(param.Elems), len(arg.Elems)) {
		bind(vars, param.Elems[i], arg.Elems[i])
	}
}

func substitute(vars map[string]relations.Type, t relations.Type) relations.Type {
	if t.Kind == relations.TypeVar {
		return vars[t.Var]
	}
	elems := make([]relations.Type, len(t.Elems))
	for i, e := range t.Elems {
		elems[i] = substitute(vars, e)
	}
	t.Elems = elems
	return t
}
