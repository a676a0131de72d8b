package engine

import "slices"

// plan is one way to run a rule: driven by the rows of one literal, or with the head's values
// given, it finds every assignment of the other literals along indexes.
type plan struct {
	rule   *rule
	driver int // the literal whose rows drive it; headDriver, loadDriver
	bind   []bind
	checks []bind
	steps  []step
	frames []*frame // one a worker
}

const (
	headDriver = -1 // the head's values are given; the plan makes no index of its own
	loadDriver = -2 // nothing is given, or an aggregation's results
)

// bind connects a column of the row at hand with a register.
type bind struct{ column, reg int }

type stepKind uint8

const (
	scanStep   stepKind = iota // every row of an index's key
	sweepStep                  // every row of the relation: only when loading or explaining
	lookupStep                 // the one row that is all known
	absentStep                 // no row of a key
	emptyStep                  // no row at all
	evalStep                   // register = function
	sameStep                   // function's result must equal a register
	copyStep                   // register = register
	testStep
	equalStep
	flatStep
	noFlatStep
)

// view says which state of a relation a step reads; see run.go.
type view uint8

const (
	viewNew view = iota
	viewOld
	viewBefore
	viewAfter
)

type step struct {
	kind   stepKind
	lit    *literal
	view   view
	index  *index
	key    []int // registers of the key, in the order of the index's columns
	bind   []bind
	checks []bind // columns that must equal a register bound by this very row
}

// planner orders the literals of a rule for one driver.
type planner struct {
	rule  *rule
	plan  *plan
	bound []bool
	rest  []int
}

// newPlan plans a rule for a driver. Literals before the driver read the new state of the
// driver's own relation and those after it the old one: summed over all drivers, every
// assignment that appears or vanishes is counted exactly once.
func newPlan(r *rule, driver int) *plan {
	pl := &planner{rule: r, plan: &plan{rule: r, driver: driver}, bound: make([]bool, r.regs)}
	for _, c := range r.consts {
		pl.bound[c.reg] = true
	}
	switch {
	case driver >= 0:
		pl.bindRow(r.literals[driver].args)
	case driver == headDriver:
		pl.bindHead()
	default:
		pl.bindRow(r.inputs)
	}
	for i := range r.literals {
		if i != driver {
			pl.rest = append(pl.rest, i)
		}
	}
	for len(pl.rest) > 0 {
		i := pl.next()
		n := pl.rest[i]
		pl.rest = slices.Delete(pl.rest, i, i+1)
		pl.add(n)
	}
	return pl.plan
}

// bindRow takes the driver row's columns into registers, or checks those that are known.
func (pl *planner) bindRow(args []int) {
	for c, r := range args {
		switch {
		case r == wildcard:
		case pl.bound[r]:
			pl.plan.checks = append(pl.plan.checks, bind{c, r})
		default:
			pl.bound[r] = true
			pl.plan.bind = append(pl.plan.bind, bind{c, r})
		}
	}
}

// bindHead takes what of the head is a variable or constant; whoever runs the plan compares
// what it finds with the head, because computed values are known only at the end.
func (pl *planner) bindHead() {
	computed := map[int]bool{}
	for _, l := range pl.rule.literals {
		if l.kind == evalLiteral {
			computed[l.dst] = true
		}
	}
	args := slices.Clone(pl.rule.headRegs)
	for c, r := range args {
		if computed[r] || pl.rule.canonical[c] {
			args[c] = wildcard
		}
	}
	pl.bindRow(args)
}

// add appends the step of literal n.
func (pl *planner) add(n int) {
	l := &pl.rule.literals[n]
	s := step{lit: l}
	switch l.kind {
	case atomLiteral:
		pl.addAtom(&s, l, n)
	case evalLiteral:
		s.kind = evalStep
		if pl.bound[l.dst] {
			s.kind = sameStep
		}
		pl.bound[l.dst] = true
	case copyLiteral:
		pl.addCopy(&s, l)
	case testLiteral:
		s.kind = testStep
	case flatLiteral:
		s.kind = flatStep
		if l.negated {
			s.kind = noFlatStep
		}
		s.bind, s.checks = pl.bindNew(l.args, s.bind, s.checks)
	}
	pl.plan.steps = append(pl.plan.steps, s)
}

func (pl *planner) addCopy(s *step, l *literal) {
	from, to := l.in[0], l.dst
	if pl.bound[from] && pl.bound[to] {
		s.kind, s.bind = equalStep, []bind{{from, to}}
		return
	}
	if !pl.bound[from] {
		from, to = to, from
	}
	pl.bound[to] = true
	s.kind, s.bind = copyStep, []bind{{from, to}}
}

// bindNew splits arguments into those that bind a register and those that are compared.
func (pl *planner) bindNew(args []int, binds, checks []bind) ([]bind, []bind) {
	for c, r := range args {
		switch {
		case r == wildcard:
		case pl.bound[r]:
			checks = append(checks, bind{c, r})
		default:
			pl.bound[r] = true
			binds = append(binds, bind{c, r})
		}
	}
	return binds, checks
}

func (pl *planner) addAtom(s *step, l *literal, n int) {
	s.view = pl.viewOf(l, n)
	var columns []int
	for c, r := range l.args {
		if r != wildcard && pl.bound[r] {
			columns = append(columns, c)
			s.key = append(s.key, r)
		}
	}
	s.kind = scanStep
	if l.negated {
		s.kind = absentStep
	}
	if len(columns) == l.rel.width {
		if !l.negated {
			s.kind = lookupStep
		}
		return
	}
	if pl.plan.driver >= 0 || l.negated && len(columns) > 0 {
		s.index = l.rel.indexOn(columns)
	} else {
		columns = pl.borrowIndex(s, l, columns)
	}
	if l.negated {
		return
	}
	for c, r := range l.args {
		switch {
		case r == wildcard || slices.Contains(columns, c):
		case pl.bound[r]:
			s.checks = append(s.checks, bind{c, r})
		default:
			pl.bound[r] = true
			s.bind = append(s.bind, bind{c, r})
		}
	}
}

// borrowIndex finds the best index among those that changes need anyway, and returns its columns;
// the other known columns are compared row by row.
func (pl *planner) borrowIndex(s *step, l *literal, known []int) []int {
	for _, x := range l.rel.indexes {
		within := len(x.columns) > 0
		for _, c := range x.columns {
			within = within && slices.Contains(known, c)
		}
		if within && (s.index == nil || len(x.columns) > len(s.index.columns)) {
			s.index = x
		}
	}
	s.key = s.key[:0]
	if s.index == nil {
		s.kind = sweepStep
		if l.negated {
			s.kind = emptyStep
		}
		return nil
	}
	for _, c := range s.index.columns {
		s.key = append(s.key, l.args[c])
	}
	return s.index.columns
}

// viewOf says which state literal n reads when the driver's relation changes. Relations that
// have not had their turn show the old state, those that had it the new one; only the driver's
// own relation, and in a recursive component its own row, must be told apart by position.
func (pl *planner) viewOf(l *literal, n int) view {
	d := pl.plan.driver
	if d < 0 {
		return viewNew
	}
	driver := pl.rule.literals[d].rel
	sameTurn := l.rel == driver || driver.component != nil && l.rel.component == driver.component
	switch {
	case !sameTurn:
		return viewNew
	case driver.component != nil && driver.component == pl.rule.head.component:
		if n < d || fault == faultOneself {
			return viewAfter
		}
		return viewBefore
	case n > d && fault != faultOldView:
		return viewOld
	}
	return viewNew
}
