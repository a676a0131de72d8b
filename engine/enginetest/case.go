package enginetest

import (
	"fmt"
	"strings"

	"pgregory.net/rapid"

	"woven/engine/function"
)

// Action is what a step does.
type Action uint8

// The actions.
const (
	Apply    Action = iota // make the changes
	Preview                // ask what they would do
	Rollback               // make them and take them back
	Replace                // put another program in the place of the running one
)

// Step is one thing done to a system.
type Step struct {
	Action  Action
	Batch   []Change
	Program *Program // Replace only
}

// Case is a program and what happens to it.
type Case struct {
	Program *Program
	Steps   []Step
}

// Cases generates cases of a number of steps each, with the functions of a registry.
func Cases(reg *function.Registry, steps int) *rapid.Generator[*Case] {
	return rapid.Custom(func(t *rapid.T) *Case {
		g := &generator{t: t, reg: reg}
		g.generateProgram()
		c := &Case{Program: g.program}
		present := facts{}
		for range steps {
			switch n := g.intn(100); {
			case n < 85:
				c.Steps = append(c.Steps, Step{Action: Apply, Batch: g.batch(present)})
			case n < 90:
				c.Steps = append(c.Steps, Step{Action: Preview, Batch: g.batch(present.clone())})
			case n < 95:
				c.Steps = append(c.Steps, Step{Action: Rollback, Batch: g.batch(present.clone())})
			default:
				c.Steps = append(c.Steps, Step{Action: Replace, Program: g.mutate()})
			}
		}
		return c
	})
}

// GoString spells the case so that it can be done by hand.
func (c *Case) GoString() string {
	var b strings.Builder
	b.WriteString("\n" + c.Program.Source())
	for i, s := range c.Steps {
		fmt.Fprintf(&b, "step %d: %s\n", i, s)
	}
	return b.String()
}

// String spells the step on one line, but for a program.
func (s Step) String() string {
	name := [...]string{"apply", "preview", "roll back", "replace"}[s.Action]
	if s.Action == Replace {
		return name + " by\n" + s.Program.Source()
	}
	for _, c := range s.Batch {
		name += " " + c.String()
	}
	return name
}
