package tidy

import (
	"path"
	"regexp"
)

// word is a spelling that no file may hold.
type word struct {
	pattern *regexp.Regexp
	goOnly  bool
	reason  string
}

var words = []word{
	{regexp.MustCompile(`\b(TODO|FIXME|XXX)\b`), false,
		"is either done now, or an issue; the sources say what is"},
	{regexp.MustCompile(`\b[tbf]\.Skip(f|Now)?\(`), true,
		"skips a test: what it needs is installed by make test, and its lack is a failure"},
	{regexp.MustCompile(`/tmp/coord|(^|[^\w.])/work/|\.\./shared/|(^|[^\w/.])shared/[a-z]`), false,
		"is a path of one machine; the repository speaks of woven alone"},
	{regexp.MustCompile(`(?i)\bhelper-\d|\btranscripts?\b|\bprompts?\b`), false,
		"is about how the project is made; the repository speaks of woven alone"},
}

// checkWords finds words that have no place in any file.
func checkWords(r *Repository) []Finding {
	var found []Finding
	for _, f := range r.Files {
		if own(f.Path) || f.Path == "LICENSE" || f.Path == "go.sum" {
			continue
		}
		for i, line := range f.Lines {
			for _, w := range words {
				if w.goOnly && path.Ext(f.Path) != ".go" {
					continue
				}
				if text := w.pattern.FindString(line); text != "" {
					found = append(found, Finding{f.Path, i + 1, "\"" + text + "\" " + w.reason})
				}
			}
		}
	}
	return found
}
