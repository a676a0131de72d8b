package tidy

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"path"
	"strings"
	"unicode/utf8"
)

// Repository is the text files of a source tree, and the syntax trees of its Go files.
type Repository struct {
	Files   []*File // in the order of their paths
	GoFiles []*GoFile
	tree    fs.FS
	places  *token.FileSet
}

// File is a text file.
type File struct {
	Path  string // below the repository's folder, with slashes
	Text  string
	Lines []string
}

// GoFile is a Go file and its syntax tree, comments included.
type GoFile struct {
	*File
	Syntax *ast.File
	Folder string // the package's folder
	Test   bool   // its name ends in _test.go
}

// Load reads all text files below a folder, except those of git and the built programs. A Go file
// that cannot be parsed is an error.
func Load(tree fs.FS) (*Repository, error) {
	r := &Repository{tree: tree, places: token.NewFileSet()}
	err := fs.WalkDir(tree, ".", func(name string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if entry.IsDir() {
			if name == ".git" || name == "bin" {
				return fs.SkipDir
			}
			return nil
		}
		if !entry.Type().IsRegular() {
			return nil
		}
		return r.add(name)
	})
	return r, err
}

func (r *Repository) add(name string) error {
	text, err := fs.ReadFile(r.tree, name)
	if err != nil {
		return err
	}
	if !utf8.Valid(text) {
		return nil
	}
	f := &File{Path: name, Text: string(text)}
	f.Lines = strings.Split(strings.TrimSuffix(f.Text, "\n"), "\n")
	r.Files = append(r.Files, f)
	if path.Ext(name) != ".go" {
		return nil
	}
	tree, err := parser.ParseFile(r.places, name, text, parser.ParseComments)
	if err != nil {
		return fmt.Errorf("a Go file cannot be read: %w", err)
	}
	r.GoFiles = append(r.GoFiles, &GoFile{File: f, Syntax: tree, Folder: path.Dir(name),
		Test: strings.HasSuffix(name, "_test.go")})
	return nil
}

// file returns the file of a path, or nil.
func (r *Repository) file(name string) *File {
	for _, f := range r.Files {
		if f.Path == name {
			return f
		}
	}
	return nil
}

// line returns the line of a place in a Go file.
func (r *Repository) line(at token.Pos) int { return r.places.Position(at).Line }

// own reports whether a file is one of this package's, which has to spell what it forbids.
func own(name string) bool { return path.Dir(name) == "internal/tidy" }
