package syntax

// Walk calls f for a term and then for the terms nested in it, in the order of the source.
func Walk(t Term, f func(Term)) {
	f(t)
	if c, ok := t.(*Call); ok {
		for _, a := range c.Args {
			Walk(a, f)
		}
	}
}

// EachVar calls f for every named variable of a term, once a mention.
func EachVar(t Term, f func(*Var)) {
	Walk(t, func(t Term) {
		if v, ok := t.(*Var); ok && v.Name != "_" {
			f(v)
		}
	})
}

// Terms returns the outermost terms of a condition: an atom's arguments or a comparison's
// two sides.
func Terms(l Literal) []Term {
	switch l := l.(type) {
	case *Match:
		return l.Atom.Args
	case *Compare:
		return []Term{l.L, l.R}
	}
	return nil
}

// Walk calls f for every term of the clause, nested ones included, in the order of the source.
func (c *Clause) Walk(f func(Term)) {
	for _, t := range c.Head.Args {
		Walk(t, f)
	}
	for _, l := range c.Body {
		for _, t := range Terms(l) {
			Walk(t, f)
		}
	}
	if c.Transform == nil {
		return
	}
	for _, k := range c.Transform.GroupBy {
		f(k)
	}
	for _, l := range c.Transform.Lets {
		f(l.Var)
		Walk(l.Fn, f)
	}
}
