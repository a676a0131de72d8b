package rules

import (
	"embed"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
)

//go:embed schema northd
var embedded embed.FS

// FS is the embedded files: schema/nb.mg, northd/pipeline.mg and so on.
var FS fs.FS = embedded

// schemaFolder holds the generated declarations, which every daemon's rules build on.
const schemaFolder = "schema"

// File is the text of a rule file and its path, with slashes, below the folder of all rules.
type File struct {
	Path string
	Text []byte
}

// Generated reports whether a file of this path is made by `woven schema`.
func Generated(name string) bool { return path.Base(path.Dir(name)) == schemaFolder }

// Load reads a daemon's program, such as northd: all of schema/, then all of the daemon's own
// folder, each in the order of their paths. An empty folder stands for the embedded files; a
// folder without schema/ uses the embedded declarations. No rule file at all is an error.
func Load(folder, daemon string) ([]File, error) {
	from := FS
	if folder != "" {
		from = os.DirFS(folder)
	}
	declarations := from
	if _, err := fs.Stat(from, schemaFolder); err != nil {
		declarations = FS
	}
	files, err := read(declarations, schemaFolder)
	if err != nil {
		return nil, err
	}
	own, err := read(from, daemon)
	if err != nil {
		return nil, fmt.Errorf("no rules for %s in %s: %w", daemon, filepath.Clean(folder), err)
	}
	if len(own) == 0 {
		return nil, fmt.Errorf("no rules for %s in %s: %s holds no .mg file", daemon,
			filepath.Clean(folder), daemon)
	}
	return append(files, own...), nil
}

func read(from fs.FS, folder string) ([]File, error) {
	var files []File
	err := fs.WalkDir(from, folder, func(name string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() || path.Ext(name) != ".mg" {
			return err
		}
		text, err := fs.ReadFile(from, name)
		files = append(files, File{Path: name, Text: text})
		return err
	})
	slices.SortFunc(files, func(a, b File) int {
		if a.Path < b.Path {
			return -1
		}
		return 1
	})
	return files, err
}
