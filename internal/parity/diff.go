package parity

import (
	"fmt"
	"slices"
	"strings"
)

// Diff compares two texts made by Text, line by line. Equal texts give "". Otherwise the answer
// has one line for each row that only one side has, "-" for want and "+" for got, rows of the same
// key side by side, and a heading that explains the signs. At most limit lines are shown.
func Diff(wantName, want, gotName, got string, limit int) string {
	only := map[string]int{}
	for line := range strings.Lines(want) {
		only[line]++
	}
	for line := range strings.Lines(got) {
		only[line]--
	}
	type change struct{ key, sign, line string }
	var changes []change
	for line, n := range only {
		key, _, _ := strings.Cut(line, " | ")
		for ; n > 0; n-- {
			changes = append(changes, change{key, "-", line})
		}
		for ; n < 0; n++ {
			changes = append(changes, change{key, "+", line})
		}
	}
	if len(changes) == 0 {
		return ""
	}
	slices.SortFunc(changes, func(a, b change) int {
		if c := strings.Compare(a.key, b.key); c != 0 {
			return c
		}
		if a.sign != b.sign {
			return strings.Compare(b.sign, a.sign)
		}
		return strings.Compare(a.line, b.line)
	})
	var b strings.Builder
	fmt.Fprintf(&b, "%d rows differ (- only %s has it, + only %s has it):\n", len(changes),
		wantName, gotName)
	for i, c := range changes {
		if i == limit {
			fmt.Fprintf(&b, "... and %d more\n", len(changes)-limit)
			break
		}
		b.WriteString(c.sign + " " + c.line)
	}
	return b.String()
}
