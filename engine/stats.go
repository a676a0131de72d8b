package engine

import (
	"time"

	"woven/engine/syntax"
)

// RuleStats are the counters of a rule, always on.
type RuleStats struct {
	Time time.Duration // spent in the rule's plans outside of recursive components
	In   uint64        // changed rows that drove it
	Out  uint64        // derivations found, gained or lost
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
