package tidy

import (
	"path"
	"strings"

	"woven/engine/check"
	"woven/engine/syntax"
	"woven/internal/logical"
	"woven/rules"
)

const (
	rulesFolder  = "rules/"
	goldenFolder = "golden/"
)

// checkRules finds rule files without an introduction or a golden file, or that the daemon's README
// leaves out; golden files without a rule file; and everything that woven check finds in a daemon's
// program, warnings included.
func checkRules(r *Repository) []Finding {
	var found []Finding
	var shared []*syntax.File
	programs := map[string][]*syntax.File{} // by daemon
	for _, f := range r.Files {
		inside := strings.TrimPrefix(f.Path, rulesFolder)
		if inside == f.Path || path.Ext(f.Path) != ".mg" {
			continue
		}
		if !strings.HasPrefix(f.Text, "#") {
			found = append(found, Finding{f.Path, 1,
				"the file does not begin with a comment that says what it is"})
		}
		file, faults := syntax.Parse(f.Path, []byte(f.Text))
		found = append(found, diagnosed(check.Spelling(faults))...)
		if rules.Shared(inside) {
			shared = append(shared, file)
			continue
		}
		daemon, _, _ := strings.Cut(inside, "/")
		programs[daemon] = append(programs[daemon], file)
		found = append(found, unlisted(r, daemon, f, inside)...)
		cases := goldenFolder + strings.TrimSuffix(inside, ".mg") + ".test"
		if r.file(cases) == nil {
			found = append(found, Finding{f.Path, 0, "has no golden cases: begin " + cases})
		}
	}
	for _, own := range programs {
		_, diagnostics := check.Check(append(shared[:len(shared):len(shared)], own...),
			logical.Registry(), check.Options{Generated: rules.Shared})
		found = append(found, diagnosed(diagnostics)...)
	}
	return append(found, orphans(r)...)
}

// unlisted finds a rule file that the daemon's table of contents leaves out.
func unlisted(r *Repository, daemon string, f *File, inside string) []Finding {
	contents := rulesFolder + daemon + "/README.md"
	page := r.file(contents)
	if page == nil || strings.Contains(page.Text, "("+strings.TrimPrefix(inside, daemon+"/")+")") {
		return nil
	}
	return []Finding{{f.Path, 0, "has no line in " + contents}}
}

// orphans finds golden files whose rule file is gone.
func orphans(r *Repository) []Finding {
	var found []Finding
	for _, f := range r.Files {
		inside := strings.TrimPrefix(f.Path, goldenFolder)
		if inside == f.Path || path.Ext(f.Path) != ".test" || strings.Contains(inside, "testdata/") {
			continue
		}
		if rule := rulesFolder + strings.TrimSuffix(inside, ".test") + ".mg"; r.file(rule) == nil {
			found = append(found, Finding{f.Path, 0, "has no rule file " + rule})
		}
	}
	return found
}

func diagnosed(diagnostics []check.Diagnostic) []Finding {
	var found []Finding
	for _, d := range diagnostics {
		text := d.Message + " [" + d.Code + "]"
		if d.Hint != "" {
			text += "; " + d.Hint
		}
		found = append(found, Finding{d.Pos.File, d.Pos.Line, text})
	}
	return found
}
