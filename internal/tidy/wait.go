package tidy

import (
	"go/ast"
	"strings"
)

// checkWaits finds sleeps in tests that nothing explains. A test waits for a condition; where time
// itself is what is tested, or the pause between two looks, a comment directly above says so.
func checkWaits(r *Repository) []Finding {
	var found []Finding
	for _, f := range r.GoFiles {
		if !testOnly(f) {
			continue
		}
		ast.Inspect(f.Syntax, func(n ast.Node) bool {
			call, ok := n.(*ast.CallExpr)
			if !ok || !isSleep(call) {
				return true
			}
			line := r.line(call.Pos())
			above := ""
			if line > 1 {
				above = strings.TrimSpace(f.Lines[line-2])
			}
			if !strings.HasPrefix(above, "//") {
				found = append(found, Finding{f.Path, line,
					"a test sleeps: wait for a condition, or say in the line above why time is meant"})
			}
			return true
		})
	}
	return found
}

func isSleep(call *ast.CallExpr) bool {
	s, ok := call.Fun.(*ast.SelectorExpr)
	if !ok || s.Sel.Name != "Sleep" {
		return false
	}
	x, ok := s.X.(*ast.Ident)
	return ok && x.Name == "time"
}
