package enginetest

import (
	"fmt"
	"maps"
	"slices"

	"woven/engine/check"
	"woven/engine/naive"
	"woven/relations"
)

// Truth is a System that computes everything anew with the naive evaluator.
type Truth struct {
	program   *check.Program
	store     *relations.Store
	evaluator *naive.Evaluator
	base      facts
	all       naive.Result
	outputs   naive.Result // the part of all that is delivered
}

// NewTruth is the Factory of Truth.
func NewTruth(program *check.Program) (System, Deltas, error) {
	t := &Truth{base: facts{}}
	deltas, err := t.Replace(program)
	return t, deltas, err
}

// Apply makes the changes.
func (t *Truth) Apply(batch []Change) (Deltas, error) {
	for _, c := range batch {
		if t.base[c.Relation] == nil {
			return nil, fmt.Errorf("%s is no base relation", c.Relation)
		}
		t.base.apply(c)
	}
	return t.evaluate()
}

func (t *Truth) evaluate() (Deltas, error) {
	data := map[string][]naive.Row{}
	for name, rows := range t.base {
		for _, key := range slices.Sorted(maps.Keys(rows)) {
			data[name] = append(data[name], rows[key].row(t.store))
		}
	}
	all, err := t.evaluator.Eval(data, t.all)
	if err != nil {
		return nil, err
	}
	before := t.outputs
	t.all, t.outputs = all, naive.Result{}
	for name, r := range t.program.Relations {
		if r.Output {
			t.outputs[name] = all[name]
		}
	}
	return Diff(before, t.outputs), nil
}

// Preview makes the changes and restores what was before.
func (t *Truth) Preview(batch []Change) (Deltas, error) {
	base, all, outputs := t.base.clone(), t.all, t.outputs
	deltas, err := t.Apply(batch)
	t.base, t.all, t.outputs = base, all, outputs
	return deltas, err
}

// Rollback changes nothing.
func (t *Truth) Rollback([]Change) error { return nil }

// Replace starts over with another program. Facts of base relations that it lacks are dropped.
func (t *Truth) Replace(program *check.Program) (Deltas, error) {
	store := relations.NewStore()
	evaluator, err := naive.New(program.Files, program.Registry, store)
	if err != nil {
		return nil, err
	}
	base := facts{}
	for name, r := range program.Relations {
		if r.Base {
			base[name] = map[string]Change{}
			maps.Copy(base[name], t.base[name])
		}
	}
	t.program, t.store, t.evaluator, t.base = program, store, evaluator, base
	return t.evaluate()
}

// Contents returns the facts of a relation.
func (t *Truth) Contents(relation string) ([]string, error) { return t.all[relation], nil }
