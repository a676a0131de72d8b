package check

import (
	"fmt"
)

// stratify finds the cycles that pass through a negation, a group or an operator: what such a
// cycle derives would depend on its own absence.
func (c *checker) stratify(recursive map[*Relation]bool) {
	type edge struct{ from, to *Relation }
	reported := map[edge]bool{}
	for _, r := range c.sorted {
		if !recursive[r] {
			continue
		}
		for _, u := range c.uses[r] {
			if u.how == plainStep || reported[edge{r, u.of}] {
				continue
			}
			path, ok := c.path(u.of, r)
			if !ok {
				continue
			}
			reported[edge{r, u.of}] = true
			c.reportCycle(r, u, path)
		}
	}
}

func (c *checker) reportCycle(r *Relation, u use, path []use) {
	cycle := r.Name
	for _, step := range append([]use{u}, path...) {
		cycle += fmt.Sprintf(" -> %s%s (%s)", marks[step.how], step.of.Name, step.pos)
	}
	what := "a negation"
	switch u.how {
	case groupedStep:
		what = "an aggregate"
	case operatorStep:
		what = "an operator"
	}
	message := fmt.Sprintf("%s depends on itself through %s: %s", r.Name, what, cycle)
	hint := "break the cycle, so that " + u.of.Name + " is complete before " + r.Name + " reads it"
	if u.by == nil {
		c.errorAt(u.pos, r.Decl, "unstratified", message, hint)
		return
	}
	c.errorAt(u.pos, u.by, "unstratified", message, hint)
}

var marks = map[stepKind]string{negatedStep: "!", groupedStep: "group of ",
	operatorStep: "operator on "}

// path returns the shortest way on which one relation depends on another; none if they are the
// same.
func (c *checker) path(from, to *Relation) (steps []use, ok bool) {
	type reach struct {
		before *Relation
		step   use
	}
	seen := map[*Relation]reach{from: {}}
	for queue := []*Relation{from}; len(queue) > 0; queue = queue[1:] {
		if queue[0] == to {
			for r := to; r != from; r = seen[r].before {
				steps = append([]use{seen[r].step}, steps...)
			}
			return steps, true
		}
		for _, u := range c.uses[queue[0]] {
			if _, ok := seen[u.of]; !ok {
				seen[u.of] = reach{queue[0], u}
				queue = append(queue, u.of)
			}
		}
	}
	return nil, false
}
