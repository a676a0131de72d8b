package tidy

import "strings"

// exception allows the findings of one file whose text contains a phrase.
type exception struct {
	file   string
	phrase string
	reason string
}

// exceptions are the places that may differ. The list is meant to stay short.
var exceptions = []exception{}

// except removes the findings that exceptions allow, and adds one for each exception that allows
// nothing.
func except(found []Finding, exceptions []exception) []Finding {
	var left []Finding
	used := make([]bool, len(exceptions))
	for _, f := range found {
		allowed := false
		for i, e := range exceptions {
			if f.File == e.file && strings.Contains(f.Text, e.phrase) {
				used[i], allowed = true, true
			}
		}
		if !allowed {
			left = append(left, f)
		}
	}
	for i, e := range exceptions {
		if !used[i] {
			left = append(left, Finding{File: "internal/tidy/exception.go",
				Text: "the exception for " + e.file + " (" + e.phrase + ") allows nothing: remove it"})
		}
	}
	return left
}
