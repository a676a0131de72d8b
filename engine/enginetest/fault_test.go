package enginetest_test

import (
	"errors"
	"maps"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"woven/engine/check"
	"woven/engine/enginetest"
	"woven/engine/function"
)

// faulty is the truth with one mistake planted into it.
type faulty struct {
	enginetest.System
	fault fault
}

type fault func(f *faulty, call call) (enginetest.Deltas, error)

// call is a call of a System's method, and how to do it right.
type call struct {
	action   enginetest.Action
	batch    []enginetest.Change
	program  *check.Program
	properly func() (enginetest.Deltas, error)
}

func (f *faulty) Apply(batch []enginetest.Change) (enginetest.Deltas, error) {
	return f.fault(f, call{action: enginetest.Apply, batch: batch,
		properly: func() (enginetest.Deltas, error) { return f.System.Apply(batch) }})
}

func (f *faulty) Preview(batch []enginetest.Change) (enginetest.Deltas, error) {
	return f.fault(f, call{action: enginetest.Preview, batch: batch,
		properly: func() (enginetest.Deltas, error) { return f.System.Preview(batch) }})
}

func (f *faulty) Rollback(batch []enginetest.Change) error {
	_, err := f.fault(f, call{action: enginetest.Rollback, batch: batch,
		properly: func() (enginetest.Deltas, error) { return nil, f.System.Rollback(batch) }})
	return err
}

func (f *faulty) Replace(program *check.Program) (enginetest.Deltas, error) {
	return f.fault(f, call{action: enginetest.Replace, program: program,
		properly: func() (enginetest.Deltas, error) { return f.System.Replace(program) }})
}

// reports plants a mistake into reported deltas.
func reports(change func(enginetest.Delta) enginetest.Delta) fault {
	return func(f *faulty, call call) (enginetest.Deltas, error) {
		deltas, err := call.properly()
		deltas = maps.Clone(deltas)
		for name, d := range deltas {
			deltas[name] = change(d)
		}
		return deltas, err
	}
}

var faults = map[string]fault{
	"insertions are not reported": reports(func(d enginetest.Delta) enginetest.Delta {
		d.Inserted = nil
		return d
	}),
	"deletions are not reported": reports(func(d enginetest.Delta) enginetest.Delta {
		d.Deleted = nil
		return d
	}),
	"an insertion is reported twice": reports(func(d enginetest.Delta) enginetest.Delta {
		d.Inserted = slices.Concat(d.Inserted, d.Inserted[:min(1, len(d.Inserted))])
		return d
	}),
	"what did not change is reported": reports(func(d enginetest.Delta) enginetest.Delta {
		return enginetest.Delta{Inserted: append(slices.Clone(d.Inserted), d.Deleted...),
			Deleted: append(slices.Clone(d.Deleted), d.Deleted...)}
	}),
	"a preview leaves its changes": func(f *faulty, call call) (enginetest.Deltas, error) {
		if call.action == enginetest.Preview {
			return f.System.Apply(call.batch)
		}
		return call.properly()
	},
	"a rollback leaves its changes": func(f *faulty, call call) (enginetest.Deltas, error) {
		if call.action == enginetest.Rollback {
			return f.System.Apply(call.batch)
		}
		return call.properly()
	},
	"deletions come before insertions": func(f *faulty, call call) (enginetest.Deltas, error) {
		if call.action == enginetest.Apply {
			batch := slices.Clone(call.batch)
			slices.SortStableFunc(batch, func(a, b enginetest.Change) int {
				switch {
				case a.Insert == b.Insert:
					return 0
				case a.Insert:
					return 1
				}
				return -1
			})
			return f.System.Apply(batch)
		}
		return call.properly()
	},
	"replacing starts without base facts": func(f *faulty, call call) (enginetest.Deltas, error) {
		if call.action != enginetest.Replace {
			return call.properly()
		}
		system, deltas, err := enginetest.NewTruth(call.program)
		f.System = system
		return deltas, err
	},
	"replacing does nothing": func(f *faulty, call call) (enginetest.Deltas, error) {
		if call.action == enginetest.Replace {
			return nil, nil
		}
		return call.properly()
	},
	"big batches are refused": func(f *faulty, call call) (enginetest.Deltas, error) {
		if len(call.batch) > 25 {
			return nil, errors.New("too big")
		}
		return call.properly()
	},
	"deleting panics": func(f *faulty, call call) (enginetest.Deltas, error) {
		if len(call.batch) == 1 && !call.batch[0].Insert {
			panic("planted")
		}
		return call.properly()
	},
}

// TestPlantedFaults shows that the driver sees what is wrong with a system, and that a failing
// case shrinks to a few steps.
func TestPlantedFaults(t *testing.T) {
	reg := function.Default()
	cases := enginetest.Cases(reg, *steps)
	for name, fault := range faults {
		t.Run(name, func(t *testing.T) {
			driver := &enginetest.Driver{Registry: reg,
				System: func(p *check.Program) (enginetest.System, enginetest.Deltas, error) {
					truth, deltas, err := enginetest.NewTruth(p)
					return &faulty{System: truth, fault: fault}, deltas, err
				}}
			requireCaught(t, driver, cases)
		})
	}
}

// requireCaught tries cases until one fails, with the same seeds in every run.
func requireCaught(t *testing.T, driver *enginetest.Driver, cases *rapid.Generator[*enginetest.Case]) {
	t.Helper()
	for seed := range 30 {
		c := cases.Example(seed)
		if err := driver.Run(c); err != nil {
			require.NotErrorIs(t, err, enginetest.ErrCase)
			small := driver.Minimize(c, 300)
			require.Error(t, driver.Run(small))
			require.LessOrEqual(t, len(small.Steps), 3, "%#v", small)
			return
		}
	}
	require.Fail(t, "no case shows the fault")
}
