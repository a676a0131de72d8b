package check

import "woven/engine/syntax"

// binding is what is known of the variables of one clause's body.
type binding struct {
	bound map[string]bool // by the body; lets come on top
	// blamed holds the variables whose lack of a value was reported, or follows from another
	// one's.
	blamed map[string]bool
}

// literalState is a condition and what it takes to evaluate it.
type literalState struct {
	needs, gives []*syntax.Var
	done         bool
}

// bind works out which variables the body binds, in whatever order its conditions can be
// evaluated, and reports those that are needed but never bound.
func (c *checker) bind(cl *Clause) *binding {
	b := &binding{bound: map[string]bool{}, blamed: map[string]bool{}}
	states := make([]literalState, 0, len(cl.Body))
	for _, l := range cl.Body {
		states = append(states, c.literalState(l)...)
	}
	for progress := true; progress; {
		progress = false
		for i := range states {
			if s := &states[i]; !s.done && b.holds(s.needs) {
				s.done, progress = true, true
				for _, v := range s.gives {
					b.bound[v.Name] = true
				}
			}
		}
	}
	b.excuse(states)
	for _, s := range states {
		for _, v := range s.needs {
			c.requireBound(cl, b, v)
		}
	}
	c.reportBlanks(cl)
	return b
}

func (b *binding) holds(vars []*syntax.Var) bool {
	for _, v := range vars {
		if !b.bound[v.Name] {
			return false
		}
	}
	return true
}

// literalState splits a condition into steps of what it needs and gives. An equation can be
// read from either side.
func (c *checker) literalState(l syntax.Literal) []literalState {
	switch l := l.(type) {
	case *syntax.Compare:
		left, right := varsOf(l.L), varsOf(l.R)
		if l.Op == "=" {
			var steps []literalState
			if v, ok := l.L.(*syntax.Var); ok && v.Name != "_" {
				steps = append(steps, literalState{needs: right, gives: []*syntax.Var{v}})
			}
			if v, ok := l.R.(*syntax.Var); ok && v.Name != "_" {
				steps = append(steps, literalState{needs: left, gives: []*syntax.Var{v}})
			}
			if len(steps) > 0 {
				return steps
			}
		}
		return []literalState{{needs: append(left, right...)}}
	case *syntax.Match:
		return c.atomState(l)
	}
	return nil
}

func (c *checker) atomState(m *syntax.Match) []literalState {
	if m.Negated {
		return []literalState{{needs: varsOf(m.Atom.Args...)}}
	}
	inputs := 0
	if isPredicate(m.Atom) {
		p := c.registry.Predicates[m.Atom.Pred]
		if p == nil { // reported; it may bind what it likes
			return []literalState{{gives: varsOf(m.Atom.Args...)}}
		}
		inputs = len(p.In)
	}
	var free, computed literalState
	for i, t := range m.Atom.Args {
		if v, ok := t.(*syntax.Var); ok && i >= inputs {
			if v.Name != "_" {
				free.gives = append(free.gives, v)
			}
			continue
		}
		if i < inputs {
			free.needs = append(free.needs, varsOf(t)...)
		} else {
			computed.needs = append(computed.needs, varsOf(t)...)
		}
	}
	return []literalState{free, computed}
}

func varsOf(terms ...syntax.Term) []*syntax.Var {
	var out []*syntax.Var
	for _, t := range terms {
		syntax.EachVar(t, func(v *syntax.Var) { out = append(out, v) })
	}
	return out
}

// excuse leaves only the roots of the trouble: a variable that an unevaluable condition would
// have bound is not to blame, unless the conditions wait for each other in a circle.
func (b *binding) excuse(states []literalState) {
	given := map[string]bool{}
	for _, s := range states {
		if !s.done {
			for _, v := range s.gives {
				given[v.Name] = true
			}
		}
	}
	root := false
	for _, s := range states {
		for _, v := range s.needs {
			root = root || !b.bound[v.Name] && !given[v.Name]
		}
	}
	if !root {
		for _, s := range states {
			for _, v := range s.needs {
				if !b.bound[v.Name] { // one is enough to name the circle
					for name := range given {
						b.blamed[name] = name != v.Name
					}
					return
				}
			}
		}
		return
	}
	for name := range given {
		b.blamed[name] = true
	}
}

// requireBound reports a variable that has no value, once a clause.
func (c *checker) requireBound(cl *Clause, b *binding, v *syntax.Var) {
	if b.bound[v.Name] || b.blamed[v.Name] {
		return
	}
	b.blamed[v.Name] = true
	hint := "a positive condition has to bind it"
	switch {
	case inNegation(cl, v):
		hint = "bind it in a positive condition, or write _ if any value will do"
	case len(cl.Body) == 0:
		hint = "a fact has constants only"
	}
	c.errorAt(v.Pos, cl, "unbound", v.Name+" has no value", hint)
}

func inNegation(cl *Clause, v *syntax.Var) bool {
	for _, m := range matches(cl.Clause) {
		if !m.Negated {
			continue
		}
		for _, x := range varsOf(m.Atom.Args...) {
			if x == v {
				return true
			}
		}
	}
	return false
}

// reportBlanks reports every _ that stands where a value is needed.
func (c *checker) reportBlanks(cl *Clause) {
	blank := func(where string, terms ...syntax.Term) {
		for _, t := range terms {
			syntax.Walk(t, func(t syntax.Term) {
				if v, ok := t.(*syntax.Var); ok && v.Name == "_" {
					c.errorAt(v.Pos, cl, "blank-value", "_ has no value "+where, "write a variable "+
						"that is bound elsewhere")
				}
			})
		}
	}
	nested := func(terms []syntax.Term) {
		for _, t := range terms {
			if call, ok := t.(*syntax.Call); ok {
				blank("as an argument of a function", call)
			}
		}
	}
	blank("in a head", cl.Head.Args...)
	for _, l := range cl.Body {
		switch l := l.(type) {
		case *syntax.Compare:
			blank("in a comparison", l.L, l.R)
		case *syntax.Match:
			args := l.Atom.Args
			if p := c.registry.Predicates[l.Atom.Pred]; isPredicate(l.Atom) && p != nil {
				n := min(len(p.In), len(args))
				blank("as an input of "+l.Atom.Pred, args[:n]...)
				args = args[n:]
			}
			nested(args)
		}
	}
	if cl.Transform != nil {
		for _, let := range cl.Transform.Lets {
			nested([]syntax.Term{let.Fn})
		}
	}
}
