package tidy

import (
	"fmt"
	"go/ast"
	"path"
	"strings"

	"woven/rules"
)

// The longest that files and functions may be, in lines. A file is one idea; a function fits on
// a screen.
const (
	fileLinesMax      = 300
	testLinesMax      = 600 // of Go tests and golden files, whose cases stand side by side
	functionLinesMax  = 70
	generatedLinesMax = 0 // no limit
)

// checkLengths finds files and functions that are too long.
func checkLengths(r *Repository) []Finding {
	var found []Finding
	for _, f := range r.Files {
		most := linesMax(f.Path)
		if most > 0 && len(f.Lines) > most {
			found = append(found, Finding{f.Path, most + 1, fmt.Sprintf(
				"the file has %d lines, more than %d: which two ideas does it hold?",
				len(f.Lines), most)})
		}
	}
	for _, f := range r.GoFiles {
		for _, d := range f.Syntax.Decls {
			fn, ok := d.(*ast.FuncDecl)
			if !ok {
				continue
			}
			first, last := r.line(fn.Pos()), r.line(fn.End())
			if last-first+1 > functionLinesMax {
				found = append(found, Finding{f.Path, first, fmt.Sprintf(
					"%s has %d lines, more than %d", fn.Name.Name, last-first+1, functionLinesMax)})
			}
		}
	}
	return found
}

// linesMax returns the limit for a file, 0 for none.
func linesMax(name string) int {
	switch {
	case path.Ext(name) == ".mg" && rules.Shared(name):
		return generatedLinesMax
	case strings.HasSuffix(name, "_test.go"), path.Ext(name) == ".test":
		return testLinesMax
	case path.Ext(name) == ".go", path.Ext(name) == ".mg":
		return fileLinesMax
	}
	return 0
}
