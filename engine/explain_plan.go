package engine

import (
	"slices"
	"strings"

	"woven/engine/check"
	"woven/engine/syntax"
	"woven/relations"
)

// RulePlans says how the engine follows the changes of what a rule reads.
type RulePlans struct {
	Rule  string
	Pos   syntax.Pos
	Plans []PlanText // one for each atom of the body whose relation can change
}

// PlanText is a plan in words: a changed row of the driver's relation, then step after step.
type PlanText struct {
	Driver string   // the atom whose changes drive the plan, as the rule has it
	Binds  []string // the variables that the driver's row gives
	Steps  []PlanStep
}

// PlanStep is one step of a plan.
type PlanStep struct {
	// Kind is scan (the rows of a key, or of a relation of a fixed size), sweep (rows that nothing
	// known so far narrows down, so that the step costs as much as the relation is large), lookup
	// (one row, all of it known), absent (no row of a key), eval, same (a function's value equals
	// what is known), copy, test, flatten or absent-flatten.
	Kind    string
	Literal string   // as the rule has it
	Index   []string // the columns of the key, for scan and absent
	Binds   []string // the variables that are known from here on
}

// Plans compiles a checked program and describes the plan of every rule for every atom that
// may change, in the order in which rules run.
func Plans(program *check.Program) ([]RulePlans, error) {
	g, err := compile(program, relations.NewStore(), Options{})
	if err != nil {
		return nil, err
	}
	var out []RulePlans
	for _, r := range g.rules {
		rp := RulePlans{Rule: r.name, Pos: r.place}
		for i := range r.literals {
			if l := &r.literals[i]; l.kind == atomLiteral && !isConstant(program, l.rel.info) {
				rp.Plans = append(rp.Plans, newPlan(r, i).describe(program))
			}
		}
		out = append(out, rp)
	}
	return out, nil
}

func (p *plan) describe(program *check.Program) PlanText {
	d := describer{program: program, rule: p.rule, names: p.rule.registerNames()}
	driver := &p.rule.literals[p.driver]
	text := PlanText{Driver: driver.spelling()}
	for _, b := range p.bind {
		text.Binds = append(text.Binds, d.names[b.reg]...)
	}
	for i := range p.steps {
		text.Steps = append(text.Steps, d.step(&p.steps[i]))
	}
	return text
}

// registerNames says which variables stand in a register.
func (r *rule) registerNames() map[int][]string {
	names := map[int][]string{}
	for name, reg := range r.vars {
		names[reg] = append(names[reg], name)
	}
	for _, list := range names {
		slices.Sort(list)
	}
	return names
}

func (l *literal) spelling() string {
	if l.negated {
		return "!" + l.text
	}
	return l.text
}

type describer struct {
	program *check.Program
	rule    *rule
	names   map[int][]string
}

var stepNames = map[stepKind]string{scanStep: "scan", sweepStep: "sweep", lookupStep: "lookup",
	absentStep: "absent", emptyStep: "absent", evalStep: "eval", sameStep: "same", copyStep: "copy",
	testStep: "test", equalStep: "test", flatStep: "flatten", noFlatStep: "absent-flatten"}

func (d *describer) step(s *step) PlanStep {
	out := PlanStep{Kind: stepNames[s.kind], Literal: s.lit.spelling()}
	if s.index != nil {
		for _, c := range s.index.columns {
			out.Index = append(out.Index, columnName(s.lit.rel, c))
		}
	}
	if s.kind == scanStep && !d.narrows(s) && !isFixed(d.program, s.lit.rel.info) {
		out.Kind = stepNames[sweepStep]
	}
	switch s.kind {
	case evalStep:
		out.Binds = d.names[s.lit.dst]
		out.Literal = strings.Join(append(slices.Clone(out.Binds), s.lit.text), " = ")
	case copyStep:
		out.Binds = d.names[s.bind[0].reg]
	case scanStep, sweepStep, flatStep:
		for _, b := range s.bind {
			out.Binds = append(out.Binds, d.names[b.reg]...)
		}
	}
	return out
}

// narrows reports whether a step's key has anything but constants.
func (d *describer) narrows(s *step) bool {
	return slices.ContainsFunc(s.key, func(reg int) bool {
		return !slices.ContainsFunc(d.rule.consts, func(c constant) bool { return c.reg == reg })
	})
}

// sizes works out which relations do not grow with the data.
type sizes struct {
	program *check.Program
	// singletons says whether relations count that have at most one row, by their declaration or
	// as the only group of an aggregation, or lose rows to a negation: their rows may change.
	singletons bool
	seen       map[*check.Relation]bool // what is known so far
}

// fixed reports whether the program alone decides how many rows a relation has.
func (s sizes) fixed(r *check.Relation) bool {
	if r == nil {
		return false
	}
	if known, ok := s.seen[r]; ok {
		return known
	}
	if _, ok := r.Annotation("singleton"); ok && s.singletons {
		return true
	}
	if r.Base || len(r.Clauses) == 0 { // without clauses an operator fills it
		return false
	}
	s.seen[r] = false // what depends on itself is not looked into
	for _, c := range r.Clauses {
		if s.singletons && c.Aggregate && len(c.Transform.GroupBy) == 0 {
			continue // one group
		}
		for _, l := range c.Body {
			m, ok := l.(*syntax.Match)
			if !ok || m.Atom.Pred[0] == ':' || m.Negated && s.singletons {
				continue
			}
			if !s.fixed(s.program.Relations[m.Atom.Pred]) {
				return false
			}
		}
	}
	s.seen[r] = true
	return true
}

// isFixed reports whether steps over a relation cost the same however large the data is.
func isFixed(p *check.Program, r *check.Relation) bool {
	return sizes{p, true, map[*check.Relation]bool{}}.fixed(r)
}

// isConstant reports whether a relation never changes.
func isConstant(p *check.Program, r *check.Relation) bool {
	return sizes{p, false, map[*check.Relation]bool{}}.fixed(r)
}

// columnName names a column as the relation's declaration does.
func columnName(r *relation, column int) string {
	if r.info != nil && column < len(r.info.Columns) {
		return r.info.Columns[column].Name
	}
	return "column"
}
