package tidy

import (
	"go/ast"
	"go/token"
	"strings"
)

// checkDocumentation finds packages without a comment that begins as Go's tools expect, and
// exported identifiers without one that begins with their name.
func checkDocumentation(r *Repository) []Finding {
	found := checkPackages(r)
	for _, f := range r.GoFiles {
		if f.Test {
			continue
		}
		for _, d := range f.Syntax.Decls {
			switch d := d.(type) {
			case *ast.FuncDecl:
				if d.Name.IsExported() && exportedReceiver(d) && !names(d.Doc, d.Name.Name) {
					found = append(found, r.undocumented(f, d.Pos(), d.Name.Name))
				}
			case *ast.GenDecl:
				found = append(found, r.checkDeclaration(f, d)...)
			}
		}
	}
	return found
}

// checkPackages finds folders whose package says nowhere what it is for. A folder that holds
// only tests may say it in one of them.
func checkPackages(r *Repository) []Finding {
	type state struct {
		first     *GoFile
		described bool
	}
	folders := map[string]*state{}
	for _, f := range r.GoFiles {
		s := folders[f.Folder]
		if s == nil {
			s = &state{first: f}
			folders[f.Folder] = s
		}
		doc := f.Syntax.Doc.Text()
		s.described = s.described || strings.HasPrefix(doc, "Package ") ||
			f.Syntax.Name.Name == "main" && strings.HasPrefix(doc, "Command ")
	}
	var found []Finding
	for folder, s := range folders {
		if !s.described {
			found = append(found, Finding{s.first.Path, 1, "the package " + folder +
				" has no comment: begin a doc.go with what belongs in it and what does not"})
		}
	}
	return found
}

// checkDeclaration finds undocumented types, variables and constants. The members of a group may
// have a comment of their own, one behind them, or share the group's.
func (r *Repository) checkDeclaration(f *GoFile, d *ast.GenDecl) []Finding {
	var found []Finding
	group := d.Lparen.IsValid() && d.Doc != nil
	for _, s := range d.Specs {
		switch s := s.(type) {
		case *ast.TypeSpec:
			if s.Name.IsExported() && !names(s.Doc, s.Name.Name) && !names(d.Doc, s.Name.Name) {
				found = append(found, r.undocumented(f, s.Pos(), s.Name.Name))
			}
		case *ast.ValueSpec:
			for _, n := range s.Names {
				if n.IsExported() && !group && s.Doc == nil && s.Comment == nil &&
					(d.Tok == token.VAR || d.Tok == token.CONST) && !names(d.Doc, n.Name) {
					found = append(found, r.undocumented(f, n.Pos(), n.Name))
				}
			}
		}
	}
	return found
}

func (r *Repository) undocumented(f *GoFile, at token.Pos, name string) Finding {
	return Finding{f.Path, r.line(at), name + " is exported and has no comment that begins with its name"}
}

// names reports whether a comment begins with a name, perhaps behind an article.
func names(doc *ast.CommentGroup, name string) bool {
	words := strings.Fields(doc.Text())
	if len(words) > 1 && (words[0] == "A" || words[0] == "An" || words[0] == "The") {
		words = words[1:]
	}
	return len(words) > 0 && strings.TrimRight(words[0], ".,:;") == name
}

// exportedReceiver reports whether a function has no receiver or one of an exported type: others
// cannot be seen from outside of the package.
func exportedReceiver(d *ast.FuncDecl) bool {
	if d.Recv == nil || len(d.Recv.List) == 0 {
		return true
	}
	t := d.Recv.List[0].Type
	for {
		switch x := t.(type) {
		case *ast.StarExpr:
			t = x.X
		case *ast.IndexExpr:
			t = x.X
		case *ast.IndexListExpr:
			t = x.X
		case *ast.Ident:
			return x.IsExported()
		default:
			return true
		}
	}
}
