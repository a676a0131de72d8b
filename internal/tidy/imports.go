package tidy

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// The place of the table of edges in DESIGN.md.
const (
	designFile  = "DESIGN.md"
	tableBegin  = "<!-- imports -->\n"
	tableEnd    = "<!-- /imports -->\n"
	tableUpdate = "go test ./internal/tidy -update writes it"
)

// checkImports compares every import between the project's folders with the table of edges, and
// the table with the one in DESIGN.md.
func checkImports(r *Repository) []Finding {
	return append(checkEdges(r, edges), checkTable(r, edges)...)
}

func checkEdges(r *Repository, edges []edge) []Finding {
	var found []Finding
	used := make([]bool, len(edges))
	for _, f := range r.GoFiles {
		from := area(f.Folder)
		if from == "" {
			found = append(found, Finding{f.Path, 0,
				"the folder has no row in internal/tidy/edge.go: say what it may import"})
			continue
		}
		for _, spec := range f.Syntax.Imports {
			target, ok := strings.CutPrefix(importPath(spec.Path.Value), module+"/")
			to := area(target)
			if !ok || to == from {
				continue
			}
			i := slices.IndexFunc(edges, func(e edge) bool {
				return e.from == from && e.to == to && (!e.tests || testOnly(f))
			})
			if i >= 0 {
				used[i] = true
				continue
			}
			found = append(found, Finding{f.Path, r.line(spec.Pos()), fmt.Sprintf(
				"%s/ does not import %s/ (%s): see the table in %s", from, to, target, designFile)})
		}
	}
	for i, e := range edges {
		if !used[i] {
			found = append(found, Finding{"internal/tidy/edge.go", 0, fmt.Sprintf(
				"nothing in %s/ imports %s/ any more: remove the row", e.from, e.to)})
		}
	}
	return found
}

// testOnly reports whether a file is compiled for tests alone: a test file, or one of a package
// whose name says that it serves tests.
func testOnly(f *GoFile) bool { return f.Test || testPackage(f.Folder) }

// testPackage reports whether a package serves tests alone. internal/parity compares with
// Debian's daemons and does nothing else.
func testPackage(folder string) bool {
	return strings.HasSuffix(folder, "test") || folder == "internal/parity"
}

func importPath(quoted string) string {
	name, _ := strconv.Unquote(quoted) // the parser has read it
	return name
}

// checkTable compares the table in DESIGN.md.
func checkTable(r *Repository, edges []edge) []Finding {
	f := r.file(designFile)
	if f == nil {
		return []Finding{{designFile, 0, "is missing: it shows which folder may import which"}}
	}
	begin, end, why := tableBounds(f.Text)
	if why != "" {
		return []Finding{{designFile, 0, why}}
	}
	if f.Text[begin:end] != edgeTable(edges) {
		return []Finding{{designFile, strings.Count(f.Text[:begin], "\n"),
			"the table is not that of internal/tidy/edge.go; " + tableUpdate}}
	}
	return nil
}

// tableBounds finds the text between the markers, or says which marker is missing.
func tableBounds(text string) (begin, end int, why string) {
	begin = strings.Index(text, tableBegin)
	if begin < 0 {
		return 0, 0, "has no line " + strings.TrimSpace(tableBegin) + ", behind which the table stands"
	}
	begin += len(tableBegin)
	length := strings.Index(text[begin:], tableEnd)
	if length < 0 {
		return 0, 0, "has no line " + strings.TrimSpace(tableEnd) + " behind the table"
	}
	return begin, begin + length, ""
}

// UpdateTable returns the text of DESIGN.md with the current table of imports, or an error if
// the text has no place for it.
func UpdateTable(text string) (string, error) {
	begin, end, why := tableBounds(text)
	if why != "" {
		return "", fmt.Errorf("%s %s", designFile, why)
	}
	return text[:begin] + edgeTable(edges) + text[end:], nil
}
