package tidy

import (
	"path"
	"slices"
	"strings"
)

// vague are the names that say nothing about what is inside.
var vague = []string{"util", "utils", "common", "misc", "helper", "helpers", "stuff"}

// checkNames finds files and folders that are not named after an idea.
func checkNames(r *Repository) []Finding {
	var found []Finding
	for _, f := range r.Files {
		for _, part := range strings.Split(f.Path, "/") {
			stem := strings.TrimSuffix(part, path.Ext(part))
			for _, w := range strings.FieldsFunc(stem, func(c rune) bool { return c == '_' || c == '-' }) {
				if slices.Contains(vague, strings.ToLower(w)) {
					found = append(found, Finding{f.Path, 0,
						"\"" + part + "\" says nothing: name it after the idea that it holds"})
				}
			}
		}
	}
	return found
}
