package check

import (
	"fmt"

	"woven/engine/function"
	"woven/engine/syntax"
	"woven/relations"
)

// term returns the type of a term.
func (in *inference) term(t syntax.Term) *node {
	if n := in.terms[t]; n != nil {
		return n
	}
	n := in.termNode(t)
	in.terms[t] = n
	return n
}

func (in *inference) termNode(t syntax.Term) *node {
	switch t := t.(type) {
	case *syntax.Var:
		if t.Name == "_" {
			return freeNode()
		}
		if in.vars[t.Name] == nil {
			in.vars[t.Name] = freeNode()
		}
		return in.vars[t.Name]
	case *syntax.Const:
		return in.constant(t)
	case *syntax.Call:
		if isConstructor(t.Fn) {
			return in.construct(t)
		}
		f := in.registry.Funcs[t.Fn]
		if f == nil || in.badCalls[t] {
			return in.faultyCall(t)
		}
		vars := map[string]*node{}
		in.arguments(t, f.Params, vars)
		if f.Compile != nil {
			in.calls = append(in.calls, t)
		}
		if f.ResultOf != nil {
			n := freeNode()
			in.pending = append(in.pending, pendingCall{t, f, n})
			return n
		}
		return nodeOf(f.Result, vars, in.why(t))
	}
	return faultyNode()
}

func (in *inference) why(t syntax.Term) string {
	return fmt.Sprintf("%s at %s", t, t.Position())
}

var constKinds = map[syntax.ConstKind]relations.Kind{syntax.StringConst: relations.String,
	syntax.NumberConst: relations.Number, syntax.FloatConst: relations.Float,
	syntax.NameConst: relations.Name}

func (in *inference) constant(k *syntax.Const) *node {
	kind, ok := constKinds[k.Kind]
	if !ok {
		in.errorAt(k.Pos, in.clause, "bytes-constant", "bytes are not part of the language",
			"write a string")
		return faultyNode()
	}
	return nodeOf(relations.T(kind), nil, in.why(k))
}

// faultyCall types the arguments of a call about which a fault was reported.
func (in *inference) faultyCall(call *syntax.Call) *node {
	for _, a := range call.Args {
		in.term(a)
	}
	return faultyNode()
}

// arguments unifies a call's arguments with the parameters; the last parameter repeats.
func (in *inference) arguments(call *syntax.Call, params []relations.Type, vars map[string]*node) {
	for i, a := range call.Args {
		got := in.term(a)
		want := nodeOf(params[min(i, len(params)-1)], vars, "the function "+call.Fn)
		if !unify(got, want) {
			in.mismatch(a, got, fmt.Sprintf("argument %d of %s is", i+1, call.Fn), want)
		}
	}
}

// construct types a list, map or struct.
func (in *inference) construct(call *syntax.Call) *node {
	if in.badCalls[call] {
		return in.faultyCall(call)
	}
	why := in.why(call)
	switch call.Fn {
	case "fn:list":
		elem := freeNode()
		for _, a := range call.Args {
			in.element(a, elem, "the elements before are")
		}
		return &node{kind: relations.List, elems: []*node{elem}, why: why}
	case "fn:map":
		key, value := freeNode(), freeNode()
		for i := 0; i < len(call.Args); i += 2 {
			in.element(call.Args[i], key, "the keys before are")
			in.element(call.Args[i+1], value, "the values before are")
		}
		return &node{kind: relations.Map, elems: []*node{key, value}, why: why}
	}
	n := &node{kind: relations.Struct, why: why}
	var fields []string
	for i := 0; i < len(call.Args); i += 2 {
		in.term(call.Args[i])
		fields = append(fields, call.Args[i].(*syntax.Const).Str)
	}
	for _, at := range fieldOrder(fields) {
		n.fields = append(n.fields, fields[at])
		n.elems = append(n.elems, in.term(call.Args[2*at+1]))
	}
	return n
}

func (in *inference) element(t syntax.Term, want *node, before string) {
	if got := in.term(t); !unify(got, want) {
		in.mismatch(t, got, before, want)
	}
}

// let types what a let computes: in a grouped transform a reducer comes first.
func (in *inference) let(call *syntax.Call) *node {
	reducer := in.registry.Reducers[call.Fn]
	if !in.clause.Aggregate || reducer == nil {
		return in.term(call)
	}
	if in.badCalls[call] {
		in.terms[call] = in.faultyCall(call)
		return in.terms[call]
	}
	vars := map[string]*node{}
	in.arguments(call, reducer.Params, vars)
	in.terms[call] = nodeOf(reducer.Result, vars, in.why(call))
	return in.terms[call]
}

// computeResults asks the functions that work out their result's type, as soon as the types of
// their arguments are known. It reports whether it learned anything.
func (in *inference) computeResults() (progress bool) {
	left := in.pending[:0]
	for _, p := range in.pending {
		args, known := in.known(p.call)
		if !known {
			left = append(left, p)
			continue
		}
		progress = true
		t, err := p.fn.ResultOf(in.store, args)
		if err != nil {
			in.errorAt(p.call.Pos, in.clause, "bad-call", p.call.Fn+": "+err.Error(), "")
			unify(p.result, faultyNode())
		} else if got := nodeOf(t, nil, in.why(p.call)); !unify(p.result, got) {
			in.mismatch(p.call, got, "here it is used as", p.result)
		}
	}
	in.pending = left
	return progress
}

// giveUp leaves calls alone whose arguments have no type because of a reported fault.
func (in *inference) giveUp() {
	for _, p := range in.pending {
		for _, a := range p.call.Args {
			if in.terms[a].faulty() {
				unify(p.result, faultyNode())
			}
		}
	}
}

// compileCall lets a function say what it thinks of its arguments' types and constants.
func (in *inference) compileCall(call *syntax.Call) {
	args, known := in.known(call)
	if !known {
		return
	}
	if _, err := in.registry.Funcs[call.Fn].Compile(in.store, args); err != nil {
		in.errorAt(call.Pos, in.clause, "bad-call", call.Fn+": "+err.Error(), "")
	}
}

// known returns what is known of a call's arguments; known is false unless all types are.
func (in *inference) known(call *syntax.Call) (args []function.Arg, known bool) {
	args = make([]function.Arg, len(call.Args))
	for i, a := range call.Args {
		t, ok := in.terms[a].typ()
		if !ok {
			return nil, false
		}
		args[i].Type = t
		if k, ok := a.(*syntax.Const); ok {
			args[i].Const, args[i].Value = true, in.intern(k)
		}
	}
	return args, true
}

func (in *inference) intern(k *syntax.Const) relations.Value {
	switch k.Kind {
	case syntax.NumberConst:
		return in.store.Number(k.Num)
	case syntax.FloatConst:
		return in.store.Float(k.Float)
	case syntax.NameConst:
		return in.store.Name(k.Str)
	}
	return in.store.String(k.Str)
}
