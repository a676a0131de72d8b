package check

import (
	"fmt"
	"slices"

	"woven/engine/function"
	"woven/engine/syntax"
	"woven/relations"
)

// infer finds the types of all columns and terms by unification. Clauses are visited in the
// order of computation, so that a conflict is blamed on the reader and not on what it reads.
func (c *checker) infer(order [][]*Relation) {
	c.columns = map[*Relation][]*node{}
	for _, r := range c.sorted {
		c.columns[r] = columnNodes(r)
	}
	visited := map[*Clause]bool{}
	var all []*inference
	visit := func(cl *Clause) {
		if !visited[cl] {
			visited[cl] = true
			in := &inference{checker: c, clause: cl, vars: map[string]*node{},
				terms: map[syntax.Term]*node{}}
			in.run()
			all = append(all, in)
		}
	}
	for _, comp := range order {
		for _, r := range comp {
			for _, cl := range r.Clauses {
				visit(cl)
			}
		}
	}
	for _, cl := range c.clauses { // those whose head is no relation
		visit(cl)
	}
	for _, r := range c.sorted {
		if a, ok := operatorOf(r); ok {
			c.inferOperator(r, a)
		}
	}
	for progress := true; progress; {
		progress = false
		for _, in := range all {
			progress = in.computeResults() || progress
		}
	}
	for _, in := range all {
		in.giveUp()
		in.checkOrdered()
	}
	c.setColumns()
	for _, in := range all {
		in.setTypes()
	}
}

func columnNodes(r *Relation) []*node {
	nodes := make([]*node, len(r.Columns))
	for i, col := range r.Columns {
		switch {
		case col.Type.Kind != relations.Invalid:
			nodes[i] = nodeOf(col.Type, nil, fmt.Sprintf("the Decl at %s", r.Decl.Pos))
		case r.Decl != nil && len(r.Decl.Bounds) > 0 || r.Base:
			nodes[i] = faultyNode()
		default:
			nodes[i] = freeNode()
		}
	}
	return nodes
}

// setColumns writes the types of the columns down. What no clause tells is an error.
func (c *checker) setColumns() {
	for _, r := range c.sorted {
		for i, n := range c.columns[r] {
			t, known := n.typ()
			r.Columns[i].Type = t
			if known || n.faulty() {
				continue
			}
			if c.anyFaulty(r.Clauses) {
				n.poison()
				continue
			}
			about, hint := fmt.Stringer(r.Decl), "give its Decl a bound"
			if r.Decl == nil {
				about, hint = r.Clauses[0], "declare it: Decl "+r.Name+"(...) bound [...]"
			}
			c.errorAt(r.place(), about, "no-type", fmt.Sprintf("nothing tells the type of %s of %s",
				r.Columns[i].Name, r.Name), hint)
			n.poison()
		}
	}
}

// anyFaulty reports whether a fault of a clause may hide what it would tell of a type.
func (c *checker) anyFaulty(clauses []*Clause) bool {
	for _, cl := range clauses {
		if c.faulty[cl] {
			return true
		}
	}
	return false
}

// poison makes the free parts of a type faulty, so that they are reported once.
func (n *node) poison() {
	n = n.find()
	if n.free {
		n.free = false
		n.kind = relations.Invalid
	}
	for _, e := range n.elems {
		e.poison()
	}
}

// inference finds the types of one clause.
type inference struct {
	*checker
	clause  *Clause
	vars    map[string]*node
	terms   map[syntax.Term]*node
	pending []pendingCall
	calls   []*syntax.Call    // whose arguments their function wants to see
	ordered []*syntax.Compare // with < <= > >=
}

// pendingCall is a call whose result's type its function works out from the arguments'.
type pendingCall struct {
	call   *syntax.Call
	fn     *function.Func
	result *node
}

func (in *inference) run() {
	cl := in.clause
	for _, l := range cl.Body {
		switch l := l.(type) {
		case *syntax.Match:
			in.atom(l.Atom)
		case *syntax.Compare:
			in.compare(l)
		}
	}
	if cl.Transform != nil {
		for _, k := range cl.Transform.GroupBy {
			in.term(k)
		}
		for _, let := range cl.Transform.Lets {
			got := in.let(let.Fn)
			if v := in.term(let.Var); !unify(v, got) {
				in.mismatch(let.Fn, got, let.Var.Name+" is", v)
			}
		}
	}
	in.atom(cl.Head)
}

// atom gives arguments the types of the columns.
func (in *inference) atom(a *syntax.Atom) {
	var want []*node
	var names []string
	if isPredicate(a) {
		if p := in.registry.Predicates[a.Pred]; p != nil {
			vars := map[string]*node{}
			for _, col := range append(append([]relations.Column(nil), p.In...), p.Out...) {
				want = append(want, nodeOf(col.Type, vars, "the predicate "+a.Pred))
				names = append(names, col.Name)
			}
		}
	} else if r := in.relations[a.Pred]; r != nil {
		want = in.columns[r]
		for _, col := range r.Columns {
			names = append(names, col.Name)
		}
	}
	for i, t := range a.Args {
		got := in.term(t)
		switch {
		case len(a.Args) != len(want): // reported; the types would be those of other columns
			unify(got, faultyNode())
		case !unify(got, want[i]):
			in.mismatch(t, got, fmt.Sprintf("%s of %s is", names[i], a.Pred), want[i])
		}
	}
}

func (in *inference) compare(cmp *syntax.Compare) {
	l, r := in.term(cmp.L), in.term(cmp.R)
	if !unify(l, r) {
		in.errorAt(cmp.Pos, in.clause, "type-mismatch", fmt.Sprintf("%s is %s, but %s is %s", cmp.L,
			l, cmp.R, r), firstOf(in.conversion(cmp.R, r, l), in.conversion(cmp.L, l, r),
			r.because(cmp.R), l.because(cmp.L)))
		return
	}
	if cmp.Op != "=" && cmp.Op != "!=" {
		in.ordered = append(in.ordered, cmp)
	}
}

// checkOrdered checks that what < compares has an order that the language knows.
func (in *inference) checkOrdered() {
	for _, cmp := range in.ordered {
		n := in.terms[cmp.L].find()
		switch {
		case n.free, n.kind == relations.Invalid, n.kind == relations.Number,
			n.kind == relations.Float:
		default:
			in.errorAt(cmp.Pos, in.clause, "not-ordered", fmt.Sprintf("%s compares numbers; %s is %s",
				cmp.Op, cmp.L, n), "only /number and /float64 have an order")
		}
	}
}

// mismatch reports a term of another type than its place asks for.
func (in *inference) mismatch(t syntax.Term, got *node, place string, want *node) {
	in.errorAt(t.Position(), in.clause, "type-mismatch", fmt.Sprintf("%s is %s, but %s %s", t, got,
		place, want), firstOf(in.conversion(t, got, want), got.because(t)))
}

// conversion is the hint for a value that can be written, or made, in the type that is wanted.
func (in *inference) conversion(t syntax.Term, got, want *node) string {
	got, want = got.find(), want.find()
	if k, ok := t.(*syntax.Const); ok && got.kind == relations.Number && want.kind == relations.Float {
		return "write " + k.String() + ".0"
	}
	switch want.kind {
	case relations.IP, relations.MAC, relations.UUID:
	default:
		return ""
	}
	var names []string
	for name, f := range in.registry.Funcs {
		if len(f.Params) == 1 && f.Params[0].Kind == got.kind && f.Result.Kind == want.kind {
			names = append(names, name)
		}
	}
	if len(names) == 0 {
		return ""
	}
	return fmt.Sprintf("%s makes one: %s(%s)", slices.Min(names), slices.Min(names), t)
}

func firstOf(hints ...string) string {
	for _, h := range hints {
		if h != "" {
			return h
		}
	}
	return ""
}

// setTypes writes the types of the clause down and lets functions look at their arguments.
func (in *inference) setTypes() {
	silent := in.faulty[in.clause]
	in.clause.Walk(func(t syntax.Term) {
		n := in.terms[t]
		if n == nil {
			return
		}
		typ, known := n.typ()
		in.clause.Types[t] = typ
		if v, ok := t.(*syntax.Var); ok && v.Name != "_" {
			in.clause.VarTypes[v.Name] = typ
		}
		if !known && !n.faulty() && !silent {
			in.errorAt(t.Position(), in.clause, "no-type", "nothing tells the type of "+t.String(),
				"compare it with, or put it into, something of a known type")
			n.poison()
		}
	})
	for _, call := range in.calls {
		in.compileCall(call)
	}
}
