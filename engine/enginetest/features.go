package enginetest

import (
	"slices"

	"woven/engine/function"
	"woven/engine/syntax"
	"woven/relations"
)

// The features that a run has to exercise.
const (
	SelfJoin         = "self-join"
	RepeatedVariable = "variable repeated in an atom"
	Constant         = "constant in an atom"
	NonLinear        = "non-linear recursion"
	Mutual           = "mutual recursion"
	MixedRecursion   = "insertion and deletion in a recursive relation by one batch"
	Negation         = "negation without _"
	NegationBlank    = "negation with _"
	NegationOver     = "negation over recursion"
	NegatedAggregate = "negation over an aggregate"
	AggregateOver    = "aggregate over recursion"
	AggregateTwice   = "aggregate over an aggregate"
	AggregateNoKey   = "aggregate without keys"
	Comparison       = "comparison"
	HeadFunction     = "function in a head"
	BodyFunction     = "function in an atom of a body"
	LetFunction      = "function in a let"
	FormattedJoin    = "formatted text joined"
	Flattening       = "flattening predicate"
	NegatedFlat      = "negated flattening predicate"
	ListColumn       = "list in a column"
	Undeclared       = "undeclared relation"
	ProgramFact      = "fact in the program"
	Replacement      = "program replaced"
	Previewed        = "preview with an effect"
	RolledBack       = "rollback"
	ThereAndBack     = "one fact changed twice in a batch"
	NoEffect         = "batch without effect"
	Allocation       = "allocator"
	BlockAllocation  = "allocator of blocks"
	Components       = "connected components"
	Emptied          = "base relation emptied"
)

// Features lists them.
var Features = []string{SelfJoin, RepeatedVariable, Constant, NonLinear, Mutual, MixedRecursion,
	Negation, NegationBlank, NegationOver, NegatedAggregate, AggregateOver, AggregateTwice,
	AggregateNoKey, Comparison, HeadFunction, BodyFunction, LetFunction, FormattedJoin, Flattening,
	NegatedFlat, ListColumn, Undeclared, ProgramFact, Replacement, Previewed, RolledBack,
	ThereAndBack, NoEffect, Emptied, Allocation, BlockAllocation, Components}

// Reducing is the feature of a reducer.
func Reducing(name string) string { return "reducer " + name }

// analysis finds the features of a program.
type analysis struct {
	program   *Program
	reg       *function.Registry
	reads     map[string]map[string]bool // relation, the relations it depends on, also indirectly
	recursive map[string]bool
	features  map[string][]string // feature, the relations of the rules that have it
	clause    *syntax.Clause
}

func analyse(p *Program, reg *function.Registry) *analysis {
	a := &analysis{program: p, reg: reg, reads: map[string]map[string]bool{}, recursive: map[string]bool{},
		features: map[string][]string{}}
	a.close()
	for _, r := range p.Relations {
		if slices.ContainsFunc(r.Types, func(t relations.Type) bool {
			return t.Kind == relations.List
		}) {
			a.features[ListColumn] = append(a.features[ListColumn], r.Name)
		}
		if o := r.Operator; o != nil {
			a.features[o.feature(p)] = append(a.features[o.feature(p)], r.Name)
		}
		for _, c := range r.Rules {
			a.clause = c
			a.rule(r)
		}
	}
	return a
}

// close computes what depends on what.
func (a *analysis) close() {
	for _, r := range a.program.Relations {
		a.reads[r.Name] = map[string]bool{}
		if r.Operator != nil {
			for _, name := range r.Operator.Inputs {
				a.reads[r.Name][name] = true
			}
		}
		for _, c := range r.Rules {
			for _, m := range matches(c) {
				a.reads[r.Name][m.Atom.Pred] = true
			}
		}
	}
	for through := range a.reads {
		for _, reached := range a.reads {
			if reached[through] {
				for name := range a.reads[through] {
					reached[name] = true
				}
			}
		}
	}
	for name, reached := range a.reads {
		a.recursive[name] = reached[name]
	}
}

func matches(c *syntax.Clause) []*syntax.Match {
	var out []*syntax.Match
	for _, l := range c.Body {
		if m, ok := l.(*syntax.Match); ok {
			out = append(out, m)
		}
	}
	return out
}

// has notes a feature of the rule at hand.
func (a *analysis) has(feature string, holds bool) {
	if holds {
		a.features[feature] = append(a.features[feature], a.clause.Head.Pred)
	}
}

func (a *analysis) rule(r *Relation) {
	a.has(Undeclared, !r.Declared)
	a.has(ProgramFact, len(a.clause.Body) == 0)
	a.has(HeadFunction, slices.ContainsFunc(a.clause.Head.Args, isCall))
	sources := map[string]int{}
	inside := 0
	for _, m := range matches(a.clause) {
		pred := m.Atom.Pred
		if pred[0] != ':' && !m.Negated {
			sources[pred]++
			a.has(SelfJoin, sources[pred] == 2)
			if a.reads[pred][r.Name] {
				inside++
				a.has(Mutual, pred != r.Name)
			}
		}
		a.atom(m)
	}
	a.has(NonLinear, inside > 1)
	for _, l := range a.clause.Body {
		_, ok := l.(*syntax.Compare)
		a.has(Comparison, ok)
	}
	if a.clause.Transform != nil {
		a.transform(a.clause.Transform)
	}
}

func (a *analysis) atom(m *syntax.Match) {
	if m.Atom.Pred[0] == ':' {
		a.has(Flattening, !m.Negated)
		a.has(NegatedFlat, m.Negated)
		return
	}
	a.has(BodyFunction, slices.ContainsFunc(m.Atom.Args, isCall))
	seen, blanks := map[string]bool{}, 0
	for _, t := range m.Atom.Args {
		switch t := t.(type) {
		case *syntax.Const:
			a.has(Constant, true)
		case *syntax.Var:
			if t.Name == "_" {
				blanks++
				continue
			}
			a.has(RepeatedVariable, seen[t.Name])
			seen[t.Name] = true
		}
	}
	if m.Negated {
		a.has(Negation, blanks == 0)
		a.has(NegationBlank, blanks > 0)
		a.has(NegationOver, a.recursive[m.Atom.Pred])
		a.has(NegatedAggregate, a.aggregated(m.Atom.Pred))
	} else {
		a.has(FormattedJoin, a.joinsFormatted(m.Atom))
	}
}

func isCall(t syntax.Term) bool {
	_, ok := t.(*syntax.Call)
	return ok
}

func (a *analysis) aggregated(name string) bool {
	r := a.program.relation(name)
	return r != nil && r.aggregates()
}

// joinsFormatted reports whether an atom binds a variable to a formatted text that another
// atom of the rule mentions too.
func (a *analysis) joinsFormatted(atom *syntax.Atom) bool {
	for i, t := range atom.Args {
		v, ok := t.(*syntax.Var)
		if !ok || v.Name == "_" || !a.formatted(atom.Pred, i) {
			continue
		}
		for _, m := range matches(a.clause) {
			if m.Atom != atom && slices.ContainsFunc(m.Atom.Args, func(t syntax.Term) bool {
				other, ok := t.(*syntax.Var)
				return ok && other.Name == v.Name
			}) {
				return true
			}
		}
	}
	return false
}

// formatted reports whether a rule makes the column with fn:fmt.
func (a *analysis) formatted(name string, column int) bool {
	r := a.program.relation(name)
	return r != nil && slices.ContainsFunc(r.Rules, func(c *syntax.Clause) bool {
		made := c.Head.Args[column]
		return isFormat(made) || slices.ContainsFunc(equations(c), func(e *syntax.Compare) bool {
			return isFormat(e.R) && e.L.String() == made.String()
		})
	})
}

func isFormat(t syntax.Term) bool {
	call, ok := t.(*syntax.Call)
	return ok && call.Fn == "fn:fmt"
}

// equations returns what a clause says of its variables: X = term, and lets.
func equations(c *syntax.Clause) []*syntax.Compare {
	var out []*syntax.Compare
	for _, l := range c.Body {
		if e, ok := l.(*syntax.Compare); ok && e.Op == "=" {
			out = append(out, e, &syntax.Compare{L: e.R, R: e.L})
		}
	}
	if c.Transform != nil {
		for _, let := range c.Transform.Lets {
			out = append(out, &syntax.Compare{L: let.Var, R: let.Fn})
		}
	}
	return out
}

func (a *analysis) transform(t *syntax.Transform) {
	if !t.Grouped {
		a.has(LetFunction, true)
		return
	}
	a.has(AggregateNoKey, len(t.GroupBy) == 0)
	for _, let := range t.Lets {
		if a.reg.Reducers[let.Fn.Fn] != nil {
			a.has(Reducing(let.Fn.Fn), true)
		}
	}
	for _, m := range matches(a.clause) {
		a.has(AggregateOver, !m.Negated && a.recursive[m.Atom.Pred])
		a.has(AggregateTwice, !m.Negated && a.aggregated(m.Atom.Pred))
	}
}
