package engine

import (
	"time"

	"woven/engine/syntax"
)

// RuleStats are the counters of a rule, always on. Those of an aggregating rule are of its body.
type RuleStats struct {
	Time time.Duration // spent in the rule's plans outside of recursive components
	In   uint64        // changed rows that drove it, previewed ones too
	Out  uint64        // derivations found, gained or lost
	Held int64         // derivations that stand
}

// RuleProfile names the counters.
type RuleProfile struct {
	Rule  string
	Pos   syntax.Pos
	Stats RuleStats
}

// Profile returns the counters of every rule, in the order of the program.
func (e *Engine) Profile() []RuleProfile {
	var out []RuleProfile
	for _, r := range e.graph.rules {
		out = append(out, RuleProfile{r.name, r.place, r.stats})
	}
	return out
}

// derives notes that a rule has n derivations more in the running transaction.
func (e *Engine) derives(r *rule, n int64) {
	if !r.driven {
		r.driven = true
		e.graph.driven = append(e.graph.driven, r)
	}
	r.change += n
}

// settleHeld ends a transaction for the rules that it drove.
func (g *graph) settleHeld(kept bool) {
	for _, r := range g.driven {
		if kept {
			r.stats.Held += r.change
		}
		r.change, r.driven = 0, false
	}
	g.driven = g.driven[:0]
}

// takeStats takes over the counters of rules that are the same in another program.
func (r *relation) takeStats(was *relation) {
	taken := map[*rule]bool{}
	for _, rule := range r.rules {
		for _, old := range was.rules {
			if old.clause.Text == rule.clause.Text && !taken[old] {
				taken[old] = true
				rule.stats = old.stats
				break
			}
		}
	}
}
