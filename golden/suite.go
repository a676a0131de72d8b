package golden

import (
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"strings"
)

// Suite is a folder of test files, run on one program.
type Suite struct {
	Program *Program
	Folder  string         // holds a folder for each daemon
	Daemon  string         // whose folder is run, such as northd
	Match   *regexp.Regexp // runs the cases whose "path: title" matches; nil runs all
	Update  bool           // writes what came out into the files that differ
}

// Extension ends the names of test files.
const Extension = ".test"

// Summary is what a suite found.
type Summary struct {
	Files, Cases int
	Failures     []Failure
	Updated      []string // the files that were written anew
}

// Run runs the suite's cases. The error is the first case that cannot be run, or a file that
// cannot be read or written; what failed in comparison is in the summary.
func (s *Suite) Run() (Summary, error) {
	var sum Summary
	root := os.DirFS(s.Folder)
	err := fs.WalkDir(root, s.Daemon, func(name string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() || path.Ext(name) != Extension {
			return err
		}
		text, err := fs.ReadFile(root, name)
		if err != nil {
			return err
		}
		f, err := Parse(name, text)
		if err != nil {
			return err
		}
		return s.file(f, &sum)
	})
	return sum, err
}

func (s *Suite) file(f *File, sum *Summary) error {
	chosen := *f
	chosen.Cases = nil
	for _, c := range f.Cases {
		if s.Match == nil || s.Match.MatchString(f.Path+": "+c.Title) {
			chosen.Cases = append(chosen.Cases, c)
		}
	}
	if len(chosen.Cases) == 0 {
		return nil
	}
	sum.Files++
	sum.Cases += len(chosen.Cases)
	failures, err := s.Program.Run(&chosen)
	if err != nil {
		return err
	}
	if s.Update && len(failures) > 0 {
		now := string(chosen.Update(failures))
		if now != strings.Join(f.lines, "\n")+"\n" {
			target := filepath.Join(s.Folder, filepath.FromSlash(f.Path))
			if err := os.WriteFile(target, []byte(now), 0o644); err != nil {
				return err
			}
			sum.Updated = append(sum.Updated, f.Path)
		}
	}
	sum.Failures = append(sum.Failures, failures...)
	return nil
}
