package parity

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// Pair runs one history of commands through two northds and compares what they write.
type Pair struct {
	// Want is the stack of the reference, Got that of the northd under test.
	Want, Got *Stack
	// WantNorthd and GotNorthd are what runs in them.
	WantNorthd, GotNorthd Northd
	// Mode is how exact the comparison is; it becomes Seeded with the step "seed".
	Mode Mode
	// Patience is how long the two sides may take to become equal after both say that they are
	// done: write-backs that follow from the echo of a northd's own writes come a little later.
	Patience time.Duration
	// WantRows and GotRows count the Southbound rows that each side inserted, deleted or wrote; a
	// row that was written several times before a comparison counts once.
	WantRows, GotRows int

	wantSeen, gotSeen Versions

	author *Author
}

// NewPair starts the databases and both northds. Everything ends with the test.
func NewPair(t testing.TB, want, got Northd, seeded bool) *Pair {
	p := &Pair{
		Want: NewStack(t, seeded), WantNorthd: want,
		Got: NewStack(t, seeded), GotNorthd: got,
		Patience: 10 * time.Second,
		author:   NewAuthor(t),
	}
	require.NoError(t, p.Want.StartNorthd(want))
	require.NoError(t, p.Got.StartNorthd(got))
	return p
}

// Run does every step of a scenario, comparing after each, and ends with Fixpoints. The error says
// which step failed, and how.
func (p *Pair) Run(s Scenario) error {
	if err := p.Compare(); err != nil {
		return fmt.Errorf("%s: before the first step: %w", s.Name, err)
	}
	for _, step := range s.Steps {
		if err := p.Do(step); err != nil {
			return fmt.Errorf("%s: step %q: %w", s.Name, step, err)
		}
	}
	if err := p.Fixpoints(); err != nil {
		return fmt.Errorf("%s: fixpoint: %w", s.Name, err)
	}
	return nil
}

// Do does one step on both sides and compares.
func (p *Pair) Do(step Step) error {
	if err := p.apply(step); err != nil {
		return err
	}
	return p.Compare()
}

// apply does a step without comparing.
func (p *Pair) apply(step Step) error {
	switch step.Verb {
	case "nbctl":
		ops, err := p.author.NBCtl(step.Args...)
		if err := step.judge(err); err != nil || step.Fails {
			return err
		}
		return errors.Join(p.Want.Repeat(ops), p.Got.Repeat(ops))
	case "sbctl":
		_, wantErr := p.Want.SBCtl(step.Args...)
		_, gotErr := p.Got.SBCtl(step.Args...)
		return errors.Join(step.judge(wantErr), step.judge(gotErr))
	case "restart":
		return errors.Join(p.Want.Fixpoint(p.WantNorthd), p.Got.Fixpoint(p.GotNorthd))
	case "kill":
		p.Want.KillNorthd()
		p.Got.KillNorthd()
		return errors.Join(p.Want.StartNorthd(p.WantNorthd), p.Got.StartNorthd(p.GotNorthd))
	case "seed":
		return p.seed()
	}
	return fmt.Errorf("unknown verb %q", step.Verb)
}

// judge turns a command's result into an error if it is not what the step says.
func (s Step) judge(err error) error {
	if !s.Fails {
		return err
	}
	if err == nil {
		return errors.New("the command should have failed")
	}
	return nil
}

// seed gives the side under test a copy of the reference's Southbound; from then on all numbers
// must be equal.
func (p *Pair) seed() error {
	if err := errors.Join(p.Want.StopNorthd(), p.Got.StopNorthd()); err != nil {
		return err
	}
	if err := p.Got.CopySouthbound(p.Want); err != nil {
		return err
	}
	p.Mode = Seeded
	p.wantSeen, p.gotSeen = nil, nil
	return errors.Join(p.Want.StartNorthd(p.WantNorthd), p.Got.StartNorthd(p.GotNorthd))
}

// Compare waits until both northds are done and returns an error that shows the difference
// between what they wrote, if there is one that does not go away.
func (p *Pair) Compare() error {
	deadline := time.Now().Add(p.Patience)
	for {
		if err := errors.Join(p.Want.Sync(), p.Got.Sync()); err != nil {
			return err
		}
		wantNB, wantSB, err := p.Want.Snapshots()
		if err != nil {
			return err
		}
		gotNB, gotSB, err := p.Got.Snapshots()
		if err != nil {
			return err
		}
		difference := Diff(p.WantNorthd.Name, Text(wantNB, wantSB, p.Mode),
			p.GotNorthd.Name, Text(gotNB, gotSB, p.Mode), 60)
		if difference == "" {
			defer p.count(wantSB.Versions(), gotSB.Versions())
			return p.checkHints(gotNB, gotSB)
		}
		if time.Now().After(deadline) {
			return fmt.Errorf("%s%s", difference, p.complaints())
		}
		// The pause between two looks: a northd may still be writing.
		time.Sleep(20 * time.Millisecond)
	}
}

// count adds up what was written since the last comparison.
func (p *Pair) count(want, got Versions) {
	if p.wantSeen != nil {
		p.WantRows += len(p.wantSeen.Changed(want))
		p.GotRows += len(p.gotSeen.Changed(got))
	}
	p.wantSeen, p.gotSeen = want, got
}

// checkHints checks the stage hints of the flows that are new since the last comparison. Before
// the first one, and after a seed, all flows are somebody else's.
func (p *Pair) checkHints(nb, sb Snapshot) error {
	if p.gotSeen == nil {
		return nil
	}
	faults := UnjustifiedHints(nb, sb, p.gotSeen)
	if len(faults) == 0 {
		return nil
	}
	return fmt.Errorf("%d stage hints without a reason:\n%s", len(faults),
		strings.Join(faults, "\n"))
}

func (p *Pair) complaints() string {
	text := p.Got.Complaints()
	if text == "" {
		return ""
	}
	return "the log of " + p.GotNorthd.Name + " ends with:\n" + text
}

// Fixpoints starts each northd over the Southbound that the other one wrote, where it must write
// nothing, and then swaps back.
func (p *Pair) Fixpoints() error {
	if err := p.Want.Fixpoint(p.GotNorthd); err != nil {
		return fmt.Errorf("over the Southbound of %s: %w", p.WantNorthd.Name, err)
	}
	if err := p.Got.Fixpoint(p.WantNorthd); err != nil {
		return fmt.Errorf("over the Southbound of %s: %w", p.GotNorthd.Name, err)
	}
	return errors.Join(p.Want.Fixpoint(p.WantNorthd), p.Got.Fixpoint(p.GotNorthd))
}
