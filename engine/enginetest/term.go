package enginetest

import (
	"slices"

	"woven/engine/function"
	"woven/engine/syntax"
	"woven/relations"
)

// term returns a variable, a constant or a call of a type, or nil if the rule has none. Calls
// nest at most depth deep.
func (b *body) term(t relations.Type, depth int) syntax.Term {
	vars := b.bound(t)
	roll := b.intn(100)
	if roll < 70 && len(vars) > 0 {
		return &syntax.Var{Name: pick(b.generator, vars).name}
	}
	if roll < 85 && depth > 0 {
		if c := b.call(t, depth); c != nil {
			return c
		}
	}
	if c := b.constant(t); c != nil {
		return c
	}
	if len(vars) > 0 {
		return &syntax.Var{Name: pick(b.generator, vars).name}
	}
	return nil
}

// call returns a function call with a result of a type, or nil if none was found.
func (b *body) call(t relations.Type, depth int) syntax.Term {
	if t.Kind == relations.String && b.chance(60) {
		return b.format(depth)
	}
	var fitting []*function.Func
	for _, name := range b.reg.Names() {
		f := b.reg.Funcs[name]
		if f != nil && !unsuited[name] && f.ResultOf == nil && (typeVars{}).fits(f.Result, t) {
			fitting = append(fitting, f)
		}
	}
	for range 3 {
		if len(fitting) == 0 {
			return nil
		}
		if c := b.apply(pick(b.generator, fitting), t, depth); c != nil {
			return c
		}
	}
	return nil
}

// unsuited names functions that need constants of a certain form, which have their own
// makers, or whose results grow beyond measure.
var unsuited = map[string]bool{"fn:fmt": true, "fn:map": true, "fn:struct": true}

// apply makes a call of a function with terms of its parameters' types, or returns nil.
func (b *body) apply(f *function.Func, result relations.Type, depth int) syntax.Term {
	vars := typeVars{}
	vars.fits(f.Result, result)
	params := slices.Clone(f.Params)
	if f.Variadic {
		last := params[len(params)-1]
		params = params[:len(params)-1]
		least := 0
		if last.Kind == relations.TypeVar {
			least = 1 // nothing else may show what [] is a list of
		}
		for range least + b.intn(3) {
			params = append(params, last)
		}
	}
	call := &syntax.Call{Fn: f.Name}
	var known []function.Arg
	for _, param := range params {
		t := b.concrete(param, vars)
		a := b.term(t, depth-1)
		if a == nil {
			return nil
		}
		call.Args = append(call.Args, a)
		known = append(known, function.Arg{Type: t})
	}
	if f.Compile != nil {
		if _, err := f.Compile(relations.NewStore(), known); err != nil {
			return nil
		}
	}
	return call
}

// concrete replaces type variables, and draws those that nothing determines yet.
func (b *body) concrete(t relations.Type, vars typeVars) relations.Type {
	switch t.Kind {
	case relations.Any:
		return b.someType()
	case relations.TypeVar:
		if _, ok := vars[t.Var]; !ok {
			vars[t.Var] = b.someType()
		}
		return vars[t.Var]
	}
	t.Elems = slices.Clone(t.Elems)
	for i, e := range t.Elems {
		t.Elems[i] = b.concrete(e, vars)
	}
	return t
}

// someType draws a type of which there is a term.
func (b *body) someType() relations.Type {
	if len(b.vars) > 0 && b.chance(70) {
		return pick(b.generator, b.vars).t
	}
	return pick(b.generator, []relations.Type{numberType, stringType})
}

// format makes a call of fn:fmt whose text may be one of those that base facts hold.
func (b *body) format(depth int) syntax.Term {
	call := &syntax.Call{Fn: "fn:fmt"}
	format := pick(b.generator, []string{"", "", "a", "b", "%%"})
	for range b.intn(3) {
		t := b.someType()
		a := b.term(t, depth-1)
		if a == nil || len(t.Elems) > 0 { // lists and maps have no text
			continue
		}
		verbs := []string{"%s"}
		switch t.Kind {
		case relations.Number:
			verbs = []string{"%d", "%d", "%x"}
		case relations.String:
			verbs = []string{"%s", "%s", "%q"}
		}
		format += pick(b.generator, verbs) + pick(b.generator, []string{"", "", "a", "-"})
		call.Args = append(call.Args, a)
	}
	call.Args = append([]syntax.Term{&syntax.Const{Kind: syntax.StringConst, Str: format}},
		call.Args...)
	return call
}

// flatten adds a flattening predicate, seldom a negated one.
func (b *body) flatten() {
	var all []*function.Predicate
	for _, name := range b.reg.Names() {
		if p := b.reg.Predicates[name]; p != nil {
			all = append(all, p)
		}
	}
	if len(all) == 0 {
		return
	}
	p := pick(b.generator, all)
	atom := &syntax.Atom{Pred: p.Name}
	vars := typeVars{}
	for _, column := range p.In {
		a := b.input(p, b.concrete(column.Type, vars))
		if a == nil {
			return
		}
		atom.Args = append(atom.Args, a)
	}
	negated := b.chance(20)
	for _, column := range p.Out {
		t := b.concrete(column.Type, vars)
		switch old := b.bound(t); {
		case len(old) > 0 && b.chance(30):
			atom.Args = append(atom.Args, &syntax.Var{Name: pick(b.generator, old).name})
		case negated || b.chance(15):
			atom.Args = append(atom.Args, b.constantOr(t, blank()))
		default:
			atom.Args = append(atom.Args, b.bind(t, true))
		}
	}
	b.literals = append(b.literals, &syntax.Match{Negated: negated, Atom: atom})
}

// input returns a term for a predicate's input. A range has bounds that keep it short.
func (b *body) input(p *function.Predicate, t relations.Type) syntax.Term {
	if p.Name == ":range" {
		return b.constant(t)
	}
	return b.term(t, 1)
}

// typeVars says what the type variables of a signature stand for.
type typeVars map[string]relations.Type

// fits reports whether a signature's type can be a certain type, and notes its variables.
func (v typeVars) fits(signature, t relations.Type) bool {
	if signature.Kind == relations.TypeVar {
		if known, ok := v[signature.Var]; ok {
			return known.Equal(t)
		}
		v[signature.Var] = t
		return true
	}
	if signature.Kind != t.Kind || len(signature.Elems) != len(t.Elems) {
		return false
	}
	for i, e := range signature.Elems {
		if !v.fits(e, t.Elems[i]) {
			return false
		}
	}
	return true
}
