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

//go:embed schema session northd controller
var embedded embed.FS

// FS is the embedded files: schema/nb.mg, northd/pipeline.mg and so on.
var FS fs.FS = embedded

// The folders that every daemon's rules build on: the generated declarations, and what rules and
// the session that runs them say to each other.
const (
	schemaFolder  = "schema"
	sessionFolder = "session"
)

// File is the text of a rule file and its path, with slashes, below the folder of all rules.
type File struct {
	Path string
	Text []byte
}

// Shared reports whether a file of this path is a part of every daemon's program, so that not all
// of its declarations are of use to each.
func Shared(name string) bool {
	folder := path.Base(path.Dir(name))
	return folder == schemaFolder || folder == sessionFolder
}

// Load reads a daemon's program, such as northd: all of schema/ and session/, then all of the
// daemon's own folder, each in the order of their paths. An empty folder stands for the embedded
// files; a folder without schema/ or session/ uses the embedded ones. No rule file at all is an
// error.
func Load(folder, daemon string) ([]File, error) {
	from := FS
	if folder != "" {
		from = os.DirFS(folder)
	}
	var files []File
	for _, shared := range []string{schemaFolder, sessionFolder} {
		at := from
		if _, err := fs.Stat(from, shared); err != nil {
			at = FS
		}
		more, err := read(at, shared)
		if err != nil {
			return nil, err
		}
		files = append(files, more...)
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
