package tidy

import (
	"io/fs"
	"path"
	"regexp"
	"strings"
)

// link matches the target of a link in Markdown.
var link = regexp.MustCompile(`\]\(([^)\s]+)\)`)

// checkLinks finds links between the documents whose file is not there.
func checkLinks(r *Repository) []Finding {
	var found []Finding
	for _, f := range r.Files {
		if path.Ext(f.Path) != ".md" {
			continue
		}
		for i, line := range f.Lines {
			for _, m := range link.FindAllStringSubmatch(line, -1) {
				target, _, _ := strings.Cut(m[1], "#")
				if target == "" || strings.Contains(target, ":") {
					continue // within the page, or elsewhere on the net
				}
				name := path.Join(path.Dir(f.Path), target)
				if _, err := fs.Stat(r.tree, name); err != nil {
					found = append(found, Finding{f.Path, i + 1, "there is no " + name + " to link to"})
				}
			}
		}
	}
	return found
}
