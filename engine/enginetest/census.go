package enginetest

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"woven/engine/naive"
)

// Census counts what programs and batches exercised. A property of a program counts once the
// relation that it stands in had a row.
type Census struct {
	counts map[string]int
	open   map[string][]string // features of the running program that wait for a row of any of these
	cycles map[string]bool     // the recursive relations of the running program
}

// Counts returns how often each feature was exercised.
func (c *Census) Counts() map[string]int { return maps.Clone(c.counts) }

// Never returns the features that nothing exercised, the given ones looked for besides
// those that every run has to meet.
func (c *Census) Never(more ...string) []string {
	var never []string
	for _, feature := range slices.Concat(Features, more) {
		if c.counts[feature] == 0 {
			never = append(never, feature)
		}
	}
	return never
}

// String lists the counts.
func (c *Census) String() string {
	var b strings.Builder
	for _, feature := range slices.Sorted(maps.Keys(c.counts)) {
		fmt.Fprintf(&b, "%7d %s\n", c.counts[feature], feature)
	}
	return b.String()
}

func (c *Census) note(feature string) {
	if c.counts == nil {
		c.counts = map[string]int{}
	}
	c.counts[feature]++
}

// program begins a program, the first of a case or one that replaces another.
func (c *Census) program(p *Program, truth *Truth, replaced Deltas) {
	if c == nil {
		return
	}
	if len(replaced) > 0 {
		c.note(Replacement)
	}
	a := analyse(p, truth.program.Registry)
	c.open, c.cycles = a.features, a.recursive
	c.rows(truth.all)
}

// rows counts the features whose relations have rows now.
func (c *Census) rows(all naive.Result) {
	for feature, heads := range c.open {
		if slices.ContainsFunc(heads, func(name string) bool { return len(all[name]) > 0 }) {
			c.note(feature)
			delete(c.open, feature)
		}
	}
}

// batch notes an applied batch.
func (c *Census) batch(batch []Change, changed Deltas, all naive.Result) {
	if c == nil {
		return
	}
	c.rows(all)
	for name := range c.cycles {
		if d := changed[name]; len(d.Inserted) > 0 && len(d.Deleted) > 0 {
			c.note(MixedRecursion)
			break
		}
	}
	touched := map[string]bool{}
	for _, change := range batch {
		if touched[change.fact()] {
			c.note(ThereAndBack)
			break
		}
		touched[change.fact()] = true
	}
	if len(batch) > 0 && len(changed) == 0 {
		c.note(NoEffect)
	}
	for name, d := range changed {
		if strings.HasPrefix(name, "base") && len(d.Deleted) > 0 && len(all[name]) == 0 {
			c.note(Emptied)
		}
	}
}

// preview notes a previewed batch.
func (c *Census) preview(changed Deltas) {
	if c != nil && len(changed) > 0 {
		c.note(Previewed)
	}
}

// rollback notes a batch that was taken back.
func (c *Census) rollback(batch []Change) {
	if c != nil && len(batch) > 0 {
		c.note(RolledBack)
	}
}
