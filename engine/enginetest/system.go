package enginetest

import (
	"fmt"
	"maps"
	"slices"

	"woven/engine/check"
	"woven/engine/naive"
)

// System is an engine under test: a program and its base facts.
type System interface {
	// Apply makes the changes in their order and returns what became of the output relations.
	Apply(batch []Change) (Deltas, error)
	// Preview returns what Apply would, and changes nothing.
	Preview(batch []Change) (Deltas, error)
	// Rollback makes the changes and takes them back.
	Rollback(batch []Change) error
	// Replace puts another program in the place of the running one. Base facts stay.
	Replace(program *check.Program) (Deltas, error)
	// Contents returns the facts of a relation, each as naive.Row.String spells it, in any
	// order.
	Contents(relation string) ([]string, error)
}

// Factory starts a System without base facts. The deltas are what the program says of no facts.
type Factory func(program *check.Program) (System, Deltas, error)

// Deltas holds the net changes of output relations. One without changes may be missing.
type Deltas map[string]Delta

// Delta is the net change of one relation: rows as naive.Row.String spells them, in any order.
type Delta struct {
	Inserted []string
	Deleted  []string
}

// Diff returns how two sets of relations differ.
func Diff(before, after naive.Result) Deltas {
	deltas := Deltas{}
	for _, result := range []naive.Result{before, after} {
		for name := range result {
			d := Delta{Inserted: missing(after[name], before[name]),
				Deleted: missing(before[name], after[name])}
			if len(d.Inserted)+len(d.Deleted) > 0 {
				deltas[name] = d
			}
		}
	}
	return deltas
}

// missing returns the rows of a that b lacks.
func missing(a, b []string) []string {
	has := map[string]bool{}
	for _, row := range b {
		has[row] = true
	}
	var out []string
	for _, row := range a {
		if !has[row] {
			out = append(out, row)
		}
	}
	return out
}

// Equal compares deltas as sets of rows. A row that is reported twice makes a difference.
func (d Deltas) Equal(e Deltas) bool {
	for _, pair := range [][2]Deltas{{d, e}, {e, d}} {
		for name, x := range pair[0] {
			y := pair[1][name]
			if !sameRows(x.Inserted, y.Inserted) || !sameRows(x.Deleted, y.Deleted) {
				return false
			}
		}
	}
	return true
}

func sameRows(a, b []string) bool {
	return slices.Equal(slices.Sorted(slices.Values(a)), slices.Sorted(slices.Values(b)))
}

// String spells the deltas one change a line.
func (d Deltas) String() string {
	text := ""
	for _, name := range slices.Sorted(maps.Keys(d)) {
		for _, row := range slices.Sorted(slices.Values(d[name].Deleted)) {
			text += fmt.Sprintf("    -%s(%s)\n", name, row)
		}
		for _, row := range slices.Sorted(slices.Values(d[name].Inserted)) {
			text += fmt.Sprintf("    +%s(%s)\n", name, row)
		}
	}
	return text
}
