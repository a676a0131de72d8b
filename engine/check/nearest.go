package check

import (
	"sort"
	"strings"
)

// nearest returns the candidate that a misspelt name most likely meant, or nothing.
func nearest(name string, candidates []string) string {
	sort.Strings(candidates)
	best, bestDistance := "", 2+min(len(name)/4, 3)
	if len(name) < 3 {
		return ""
	}
	for _, x := range candidates {
		if x == name {
			continue
		}
		if strings.EqualFold(x, name) {
			return x
		}
		if d := len(x) - len(name); d >= bestDistance || -d >= bestDistance {
			continue
		}
		if d := distance(name, x); d < bestDistance {
			best, bestDistance = x, d
		}
	}
	return best
}

// distance counts the insertions, deletions, replacements and swaps of neighbours that turn
// one text into the other.
func distance(a, b string) int {
	row := func() []int { return make([]int, len(b)+1) }
	before, last, this := row(), row(), row()
	for j := range last {
		last[j] = j
	}
	for i := 1; i <= len(a); i++ {
		this[0] = i
		for j := 1; j <= len(b); j++ {
			cost := 1
			if a[i-1] == b[j-1] {
				cost = 0
			}
			this[j] = min(last[j]+1, this[j-1]+1, last[j-1]+cost)
			if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
				this[j] = min(this[j], before[j-2]+1)
			}
		}
		before, last, this = last, this, before
	}
	return last[len(b)]
}

// didYouMean is the hint for a misspelt name; otherwise is the hint when nothing is near.
func didYouMean(name string, candidates []string, otherwise string) string {
	if near := nearest(name, candidates); near != "" {
		return "did you mean " + near + "?"
	}
	return otherwise
}
