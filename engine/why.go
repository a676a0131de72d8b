package engine

import (
	"fmt"
	"slices"
	"strings"

	"woven/engine/syntax"
	"woven/relations"
)

// Proof says why a fact holds: by which rule, from which facts, down to base facts.
type Proof struct {
	Fact string // the fact as a .mg file writes it, or a condition
	Kind ProofKind
	Rule string            // the rule's name, for Derived and Aggregated
	Pos  syntax.Pos        // where the rule is
	Vars map[string]string // the rule's variables
	From []*Proof          // its conditions, in the order of the rule
	More int               // of a large group: rows that are not listed
}

// ProofKind says how a fact or condition came to hold.
type ProofKind string

// The kinds of proof.
const (
	BaseFact   ProofKind = "base"      // it was put in from outside
	Derived    ProofKind = "rule"      // a rule derived it
	Aggregated ProofKind = "aggregate" // a rule made it of a group of rows
	Operated   ProofKind = "operator"  // an allocator or a component operator made it
	Absent     ProofKind = "absent"    // no fact matches
	Condition  ProofKind = "condition" // a comparison, function or flattening predicate
	Repeated   ProofKind = "see above" // proved elsewhere in the same proof
)

// ErrNoSuchFact says that there is nothing to explain.
type ErrNoSuchFact struct{ Fact string }

// Error spells the fact.
func (e ErrNoSuchFact) Error() string {
	return fmt.Sprintf("%s does not hold, so there is nothing to explain", e.Fact)
}

const (
	proofGroupRows = 20      // rows of a group that a proof lists
	proofInstances = 200_000 // rule instances looked at for one recursive fact
)

// Why proves a fact. It is called between transactions; it changes nothing and keeps nothing.
func (e *Engine) Why(r *Relation, row []relations.Value) (*Proof, error) {
	id := r.r.lookup(row)
	if id == none || *r.r.flags(id)&flagLive == 0 {
		return nil, ErrNoSuchFact{e.factText(r.r, row)}
	}
	w := &prover{e: e, seen: map[member]bool{}, ranks: map[member]*instance{}}
	return w.prove(r.r, id)
}

// prover builds one proof.
type prover struct {
	e     *Engine
	seen  map[member]bool
	ranks map[member]*instance // the chosen instance of rows of recursive relations
}

// instance is a rule with the rows that it stands on.
type instance struct {
	plan  *plan
	regs  []value
	trace []uint32
	group *aggregation // the rule aggregates, and this is the group's row in group.ids
	key   uint32
}

func (w *prover) prove(r *relation, id uint32) (*Proof, error) {
	p := &Proof{Fact: w.e.factText(r, r.row(id)), Kind: BaseFact}
	if r.base {
		return p, nil
	}
	if r.info != nil {
		if kind, ok := operatorKind(r.info); ok {
			p.Kind, p.Rule = Operated, kind
			p.Pos = r.info.Decl.Pos
			return p, w.fillOperated(p, r, id)
		}
	}
	if w.seen[member{r, id}] {
		p.Kind = Repeated
		return p, nil
	}
	w.seen[member{r, id}] = true
	in, err := w.choose(r, id)
	if err != nil {
		return nil, err
	}
	switch {
	case in == nil:
		return nil, fmt.Errorf("internal error: nothing derives %s", p.Fact)
	case in.group != nil:
		return p, w.fillGroup(p, in)
	}
	return p, w.fill(p, in)
}

// choose finds an instance that derives the row. In a recursive component it takes one whose
// own proof does not lead back to the row.
func (w *prover) choose(r *relation, id uint32) (*instance, error) {
	if r.component == nil {
		var first *instance
		w.instances(r, id, func(in *instance) bool {
			first = in
			return false
		})
		return first, nil
	}
	if w.ranks[member{r, id}] == nil {
		if err := w.rank(member{r, id}); err != nil {
			return nil, err
		}
	}
	return w.ranks[member{r, id}], nil
}

// instances visits the instances that derive a row until f returns false.
func (w *prover) instances(r *relation, id uint32, f func(*instance) bool) {
	row := r.row(id)
	more := true
	for _, rule := range r.rules {
		if !more {
			return
		}
		p := newPlan(rule, headDriver)
		fr := newFrame(p, w.e.store)
		fr.trace = make([]uint32, len(p.steps))
		fr.emit = func(fr *frame) bool {
			if equalRow(fr.out, row) {
				more = f(&instance{plan: p, regs: slices.Clone(fr.regs),
					trace: slices.Clone(fr.trace)})
			}
			return more
		}
		fr.run(row)
	}
	for _, a := range w.e.graph.aggregations {
		for key, g := range a.states {
			if more && a.finisher.rule.head == r && g != nil && equalRow(g.head, row) {
				more = f(&instance{group: a, key: uint32(key)})
			}
		}
	}
}

// rank finds instances for a row and what it rests on inside its component, so that each
// instance rests on rows that got theirs before: first it gathers all instances backwards, then
// it goes forward from those that need nothing of the component.
func (w *prover) rank(goal member) error {
	type edge struct {
		of   member
		in   *instance
		need []member
	}
	edges := 0
	users := map[member][]*edge{}
	known := map[member]bool{goal: true}
	todo := []member{goal}
	var ready []*edge
	for len(todo) > 0 {
		m := todo[len(todo)-1]
		todo = todo[:len(todo)-1]
		w.instances(m.rel, m.id, func(in *instance) bool {
			ed := &edge{of: m, in: in, need: in.within(m.rel.component)}
			edges++
			for _, n := range ed.need {
				users[n] = append(users[n], ed)
				if !known[n] {
					known[n] = true
					todo = append(todo, n)
				}
			}
			if len(ed.need) == 0 {
				ready = append(ready, ed)
			}
			return edges < proofInstances
		})
		if edges >= proofInstances {
			return fmt.Errorf("%s rests on more than %d rule instances, too many to prove",
				w.e.factText(goal.rel, goal.rel.row(goal.id)), proofInstances)
		}
	}
	reached := map[member]bool{}
	for ; len(ready) > 0; ready = ready[1:] {
		m := ready[0].of
		if reached[m] {
			continue
		}
		reached[m] = true
		if w.ranks[m] == nil { // else the proof has used another instance before
			w.ranks[m] = ready[0].in
		}
		for _, u := range users[m] {
			if !slices.ContainsFunc(u.need, func(n member) bool { return w.ranks[n] == nil }) {
				ready = append(ready, u)
			}
		}
	}
	return nil
}

// within returns the rows of a component that an instance stands on.
func (in *instance) within(c *component) (rows []member) {
	if in.group != nil {
		return nil
	}
	for i, s := range in.plan.steps {
		if s.lit.kind == atomLiteral && !s.lit.negated && s.lit.rel.component == c {
			rows = append(rows, member{s.lit.rel, in.trace[i]})
		}
	}
	return rows
}

// fill describes an instance in the order of the rule's text.
func (w *prover) fill(p *Proof, in *instance) error {
	rule := in.plan.rule
	p.Kind, p.Rule, p.Pos = Derived, rule.name, rule.place
	p.Vars = w.vars(rule, in.regs)
	for i := range rule.literals {
		l := &rule.literals[i]
		step := slices.IndexFunc(in.plan.steps, func(s step) bool { return s.lit == l })
		if l.kind != atomLiteral || l.negated {
			kind := Condition
			text := l.text
			if l.negated {
				kind, text = Absent, "!"+l.text
			}
			p.From = append(p.From, &Proof{Fact: substitute(text, p.Vars), Kind: kind, Pos: l.pos})
			continue
		}
		sub, err := w.prove(l.rel, in.trace[step])
		if err != nil {
			return err
		}
		p.From = append(p.From, sub)
	}
	return nil
}

func (w *prover) vars(r *rule, regs []value) map[string]string {
	out := map[string]string{}
	for name, reg := range r.vars {
		t := r.regTypes[reg]
		out[name] = string(w.e.store.AppendLiteral(nil, t, regs[reg]))
	}
	return out
}

// substitute puts values in the place of variables, which are words that begin with a capital.
func substitute(text string, vars map[string]string) string {
	var b strings.Builder
	isWord := func(c byte) bool {
		return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '_'
	}
	for i := 0; i < len(text); {
		j := i
		for j < len(text) && isWord(text[j]) {
			j++
		}
		if j == i {
			b.WriteByte(text[i])
			i++
			continue
		}
		word := text[i:j]
		if v, ok := vars[word]; ok {
			word = v
		}
		b.WriteString(word)
		i = j
	}
	return b.String()
}

// FactText spells a row as a .mg file does.
func (e *Engine) FactText(r *Relation, row []relations.Value) string { return e.factText(r.r, row) }

func (e *Engine) factText(r *relation, row []value) string {
	b := append([]byte(r.name), '(')
	for i, v := range row {
		if i > 0 {
			b = append(b, ", "...)
		}
		b = e.store.AppendLiteral(b, r.types[i], v)
	}
	return string(append(b, ')'))
}
