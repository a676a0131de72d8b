package tidy

import (
	"cmp"
	"fmt"
	"slices"
)

// Finding is one place that breaks a rule of style.
type Finding struct {
	File string // path below the repository's folder, with slashes
	Line int    // from 1; 0 if the file as a whole is meant
	Text string // what is wrong, and what to do where that is not plain
}

// String spells the finding as compilers do, so that editors find the place.
func (f Finding) String() string {
	if f.Line == 0 {
		return f.File + ": " + f.Text
	}
	return fmt.Sprintf("%s:%d: %s", f.File, f.Line, f.Text)
}

// order sorts findings by their places and removes repetitions.
func order(found []Finding) []Finding {
	slices.SortFunc(found, func(a, b Finding) int {
		return cmp.Or(cmp.Compare(a.File, b.File), cmp.Compare(a.Line, b.Line),
			cmp.Compare(a.Text, b.Text))
	})
	return slices.Compact(found)
}
