package enginetest

import (
	"errors"
	"fmt"
	"runtime/debug"
	"slices"

	"woven/engine/check"
	"woven/engine/function"
	"woven/engine/naive"
)

// Driver does cases to a system and compares it with the truth after every step.
type Driver struct {
	Registry *function.Registry
	System   Factory
	Census   *Census // what the cases exercised; nil if nobody asks
}

// pair is a system beside its truth.
type pair struct {
	*Driver
	program *check.Program
	truth   *Truth
	system  System
}

// ErrCase says that a case itself is at fault: its program or its changes make no sense.
var ErrCase = errors.New("the case is at fault")

// Run does one case. The error says at which step the system first differed, and how; a panic
// of the system is an error too.
func (d *Driver) Run(c *Case) (err error) {
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("panic: %v\n%s", r, debug.Stack())
		}
	}()
	p, err := d.start(c.Program)
	if err != nil {
		return fmt.Errorf("at the start: %w", err)
	}
	for i, s := range c.Steps {
		if err := p.step(s); err != nil {
			return fmt.Errorf("at step %d: %w", i, err)
		}
	}
	if err := p.fresh(); err != nil {
		return fmt.Errorf("in a fresh system with the facts of the end: %w", err)
	}
	if err := p.step(Step{Batch: p.truth.base.deletions()}); err != nil {
		return fmt.Errorf("on taking everything out: %w", err)
	}
	return nil
}

func (d *Driver) start(source *Program) (*pair, error) {
	program, err := source.Check(d.Registry)
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrCase, err)
	}
	p, err := d.begin(program)
	if err == nil {
		p.Census.program(source, p.truth, nil)
	}
	return p, err
}

// begin starts a program without base facts in both.
func (d *Driver) begin(program *check.Program) (*pair, error) {
	truth, want, err := NewTruth(program)
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrCase, err)
	}
	system, got, err := d.System(program)
	if err != nil {
		return nil, err
	}
	p := &pair{Driver: d, program: program, truth: truth.(*Truth), system: system}
	return p, p.compare(want, got)
}

// step does one step to both.
func (p *pair) step(s Step) error {
	switch s.Action {
	case Preview:
		want, err := p.truth.Preview(s.Batch)
		if err != nil {
			return fmt.Errorf("%w: %w", ErrCase, err)
		}
		got, err := p.system.Preview(s.Batch)
		if err != nil {
			return err
		}
		p.Census.preview(want)
		return p.compare(want, got)
	case Rollback:
		if err := p.system.Rollback(s.Batch); err != nil {
			return err
		}
		p.Census.rollback(s.Batch)
		return p.compare(nil, nil)
	case Replace:
		return p.replace(s.Program)
	}
	before := p.truth.all
	want, err := p.truth.Apply(s.Batch)
	if err != nil {
		return fmt.Errorf("%w: %w", ErrCase, err)
	}
	got, err := p.system.Apply(s.Batch)
	if err != nil {
		return err
	}
	p.Census.batch(s.Batch, Diff(before, p.truth.all), p.truth.all)
	return p.compare(want, got)
}

func (p *pair) replace(source *Program) error {
	program, err := source.Check(p.Registry)
	if err != nil {
		return fmt.Errorf("%w: %w", ErrCase, err)
	}
	want, err := p.truth.Replace(program)
	if err != nil {
		return fmt.Errorf("%w: %w", ErrCase, err)
	}
	got, err := p.system.Replace(program)
	if err != nil {
		return err
	}
	p.program = program
	p.Census.program(source, p.truth, want)
	return p.compare(want, got)
}

// compare checks the reported deltas, and the contents of every relation.
func (p *pair) compare(want, got Deltas) error {
	if !got.Equal(want) {
		return fmt.Errorf("the deltas are\n%s  and should be\n%s", got, want)
	}
	return contents(p.system, p.truth)
}

func contents(system System, truth *Truth) error {
	for name, want := range truth.all {
		got, err := system.Contents(name)
		if err != nil {
			return err
		}
		got = slices.Sorted(slices.Values(got))
		if !slices.Equal(got, want) {
			return fmt.Errorf("the contents differ from the naive ones by\n%s  they are %s(…): %q",
				Diff(naive.Result{name: want}, naive.Result{name: got}), name, got)
		}
	}
	return nil
}

// fresh compares systems that get all facts at once.
func (p *pair) fresh() error {
	q, err := p.begin(p.program)
	if err != nil {
		return err
	}
	return q.step(Step{Batch: p.truth.base.insertions()})
}
