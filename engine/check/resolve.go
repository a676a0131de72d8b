package check

import (
	"fmt"

	"woven/engine/syntax"
	"woven/relations"
)

// resolve looks up every name that a clause mentions, and counts its arguments.
func (c *checker) resolve() {
	for _, cl := range c.clauses {
		if r := c.relations[cl.Head.Pred]; r != nil {
			c.countColumns(cl, cl.Head, r)
		}
		for _, t := range cl.Head.Args {
			c.resolveTerm(cl, t)
		}
		for _, l := range cl.Body {
			if m, ok := l.(*syntax.Match); ok {
				c.resolveAtom(cl, m.Atom)
			}
			for _, t := range syntax.Terms(l) {
				c.resolveTerm(cl, t)
			}
		}
		if cl.Transform != nil {
			for _, let := range cl.Transform.Lets {
				c.resolveLet(cl, let.Fn)
			}
		}
	}
}

func (c *checker) resolveAtom(cl *Clause, a *syntax.Atom) {
	if isPredicate(a) {
		p := c.registry.Predicates[a.Pred]
		if p == nil {
			c.errorAt(a.Pos, cl, "unknown-predicate", "there is no predicate "+a.Pred,
				didYouMean(a.Pred, keys(c.registry.Predicates), ""))
			return
		}
		if want := len(p.In) + len(p.Out); want != len(a.Args) {
			c.errorAt(a.Pos, cl, "wrong-arity", fmt.Sprintf("%s has %s, here %d", a.Pred,
				plural(want, "argument"), len(a.Args)), "write "+predicateUse(p.Name, p.In, p.Out))
		}
		return
	}
	r := c.relations[a.Pred]
	if r == nil {
		c.meant[c.relations[nearest(a.Pred, keys(c.relations))]] = true
		c.errorAt(a.Pos, cl, "unknown-relation", "there is no relation "+a.Pred, didYouMean(a.Pred,
			keys(c.relations), "declare it, or write a clause that derives it"))
		return
	}
	c.countColumns(cl, a, r)
}

func (c *checker) countColumns(cl *Clause, a *syntax.Atom, r *Relation) {
	if len(a.Args) == len(r.Columns) {
		return
	}
	use := r.Name + "("
	for i, col := range r.Columns {
		if i > 0 {
			use += ", "
		}
		use += col.Name
	}
	c.errorAt(a.Pos, cl, "wrong-arity", fmt.Sprintf("%s has %s, here %d", a.Pred,
		plural(len(r.Columns), "column"), len(a.Args)), "write "+use+"), as at "+
		r.place().String())
}

// place is where the relation is declared or first derived.
func (r *Relation) place() syntax.Pos {
	if r.Decl != nil {
		return r.Decl.Pos
	}
	return r.Clauses[0].Pos
}

func predicateUse(name string, in, out []relations.Column) string {
	s := name + "("
	for i, col := range in {
		if i > 0 {
			s += ", "
		}
		s += col.Name
	}
	for i, col := range out {
		if i > 0 || len(in) > 0 {
			s += ", "
		}
		s += col.Name
	}
	return s + ")"
}

// resolveTerm looks up the functions of a term. Reducers have no place in it.
func (c *checker) resolveTerm(cl *Clause, t syntax.Term) {
	call, ok := t.(*syntax.Call)
	if !ok {
		return
	}
	for _, a := range call.Args {
		c.resolveTerm(cl, a)
	}
	if isConstructor(call.Fn) {
		c.checkConstructor(cl, call)
		return
	}
	f := c.registry.Funcs[call.Fn]
	if f == nil {
		c.badCalls[call] = true
		c.reportNoFunction(cl, call)
		return
	}
	least := len(f.Params)
	if f.Variadic {
		least--
	}
	if n := len(call.Args); n < least || n > len(f.Params) && !f.Variadic {
		want := plural(len(f.Params), "argument")
		if f.Variadic {
			want = "at least " + plural(least, "argument")
		}
		c.reportCount(cl, call, want)
	}
}

func (c *checker) reportCount(cl *Clause, call *syntax.Call, want string) {
	c.badCalls[call] = true
	c.errorAt(call.Pos, cl, "wrong-arity",
		fmt.Sprintf("%s takes %s, here %d", call.Fn, want, len(call.Args)), "")
}

func (c *checker) reportNoFunction(cl *Clause, call *syntax.Call) {
	if call.Fn == "fn:group_by" {
		c.errorAt(call.Pos, cl, "misplaced-reducer", "fn:group_by stands behind do only",
			"write |> do fn:group_by(Key), let N = fn:count()")
		return
	}
	if c.registry.Reducers[call.Fn] != nil {
		c.errorAt(call.Pos, cl, "misplaced-reducer", call.Fn+" is a reducer",
			"a reducer stands alone in a let behind do fn:group_by(...)")
		return
	}
	names := append(keys(c.registry.Funcs), keys(c.registry.Reducers)...)
	c.errorAt(call.Pos, cl, "unknown-function", "there is no function "+call.Fn,
		didYouMean(call.Fn, names, ""))
}

// resolveLet looks up what a let computes: in a grouped transform a reducer comes first.
func (c *checker) resolveLet(cl *Clause, call *syntax.Call) {
	reducer := c.registry.Reducers[call.Fn]
	if !cl.Aggregate || reducer == nil {
		c.resolveTerm(cl, call)
		return
	}
	for _, a := range call.Args {
		c.resolveTerm(cl, a)
	}
	if len(call.Args) != len(reducer.Params) {
		c.reportCount(cl, call, plural(len(reducer.Params), "argument"))
	}
}

func isConstructor(fn string) bool {
	return fn == "fn:list" || fn == "fn:map" || fn == "fn:struct"
}

// checkConstructor checks the shape of maps and structs; a list may have any.
func (c *checker) checkConstructor(cl *Clause, call *syntax.Call) {
	if call.Fn != "fn:list" && len(call.Args)%2 != 0 {
		c.reportCount(cl, call, "keys and values in turn")
		return
	}
	if call.Fn != "fn:struct" {
		return
	}
	seen := map[string]bool{}
	for i := 0; i < len(call.Args); i += 2 {
		k, ok := call.Args[i].(*syntax.Const)
		if !ok || k.Kind != syntax.NameConst {
			c.badCalls[call] = true
			c.errorAt(call.Args[i].Position(), cl, "malformed-struct", "a field of a struct is a "+
				"constant name, not "+call.Args[i].String(), "write {/field : Value}")
		} else if seen[k.Str] {
			c.badCalls[call] = true
			c.errorAt(k.Pos, cl, "malformed-struct", "the field "+k.Str+" is there twice", "")
		} else {
			seen[k.Str] = true
		}
	}
}

func keys[V any](m map[string]V) []string {
	out := make([]string, 0, len(m))
	for k := range m {
		out = append(out, k)
	}
	return out
}
