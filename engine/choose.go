package engine

import "slices"

// The order of a plan's literals is chosen greedily, by what is known so far.

func (pl *planner) allBound(regs []int) bool {
	for _, r := range regs {
		if r != wildcard && !pl.bound[r] {
			return false
		}
	}
	return true
}

// next chooses the literal to do next: what only filters first, then what can be looked up,
// then what computes something a later literal needs, then the atom with the best key. What
// only the head needs is computed last.
func (pl *planner) next() int {
	best, bestScore := 0, -1
	for i, n := range pl.rest {
		if s := pl.score(&pl.rule.literals[n], n); s > bestScore {
			best, bestScore = i, s
		}
	}
	return best
}

const (
	scoreFilter   = 9000
	scoreLookup   = 8000
	scoreAbsent   = 7000
	scoreEval     = 6000
	scoreFlat     = 5000
	scoreKeyed    = 1000
	scoreUnkeyed  = 10
	scoreLate     = 5
	scoreNotReady = 0
)

func (pl *planner) score(l *literal, n int) int {
	switch l.kind {
	case testLiteral:
		if pl.allBound(l.in) {
			return scoreFilter
		}
	case copyLiteral:
		if pl.allBound(l.in) || pl.bound[l.dst] {
			return scoreFilter
		}
	case evalLiteral:
		if pl.allBound(l.in) {
			if pl.needed(l.dst, map[int]bool{}) {
				return scoreEval
			}
			return scoreLate
		}
	case flatLiteral:
		if pl.allBound(l.in) {
			if l.negated {
				if pl.allBound(l.args) {
					return scoreAbsent
				}
				return scoreNotReady
			}
			return scoreFlat
		}
	case atomLiteral:
		return pl.atomScore(l)
	}
	return scoreNotReady
}

// atomScore prefers known keys. The first column is a relation's key by convention, so knowing
// it promises few rows.
func (pl *planner) atomScore(l *literal) int {
	known := 0
	for _, r := range l.args {
		if r != wildcard && pl.bound[r] {
			known++
		}
	}
	if l.negated {
		if pl.allBound(l.args) {
			return scoreAbsent
		}
		return scoreNotReady
	}
	switch {
	case known == len(l.args):
		return scoreLookup
	case known == 0:
		return scoreUnkeyed
	case l.args[0] != wildcard && pl.bound[l.args[0]]:
		return scoreKeyed + 500 + known
	}
	return scoreKeyed + known
}

// needed reports whether a register is read by a remaining literal that is not itself only
// computing for the head.
func (pl *planner) needed(reg int, seen map[int]bool) bool {
	if seen[reg] {
		return false
	}
	seen[reg] = true
	for _, n := range pl.rest {
		l := &pl.rule.literals[n]
		reads := slices.Contains(l.in, reg) || l.kind == atomLiteral && slices.Contains(l.args, reg) ||
			l.kind == flatLiteral && slices.Contains(l.args, reg) ||
			l.kind == copyLiteral && l.dst == reg
		if reads && (l.kind != evalLiteral || pl.needed(l.dst, seen)) {
			return true
		}
	}
	return false
}
