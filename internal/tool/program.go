package tool

import (
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"

	"github.com/spf13/cobra"

	"woven/engine/check"
	"woven/internal/logical"
	"woven/rules"
)

// How the names of files end.
const (
	ruleExtension = ".mg"
	factExtension = ".facts"
	rowExtension  = ".rows"
)

// source says where the rules come from.
type source struct {
	rules  string // a folder that replaces the embedded rules
	daemon string // whose rules
}

func (s *source) flags(cmd *cobra.Command) {
	cmd.Flags().StringVar(&s.rules, "rules", "",
		"folder with the rules, in place of those in woven; holds a folder for each daemon")
	cmd.Flags().StringVar(&s.daemon, "daemon", "northd", "whose rules, without .mg files")
}

// program is a parsed and checked program, and the files of facts named with it.
type program struct {
	checked     *check.Program // nil if there are errors
	diagnostics []check.Diagnostic
	facts       []string // the other files, in the order of the command line
}

// read parses and checks the .mg files among paths, or the rules of the daemon if there are
// none. Files and folders that cannot be read are errors; faults in them are diagnostics.
func (s *source) read(paths []string) (*program, error) {
	p := &program{}
	var files []rules.File
	for _, name := range paths {
		switch filepath.Ext(name) {
		case ruleExtension:
			text, err := os.ReadFile(name)
			if err != nil {
				return nil, err
			}
			files = append(files, rules.File{Path: filepath.ToSlash(name), Text: text})
		case factExtension, rowExtension:
			p.facts = append(p.facts, name)
		default:
			return nil, fmt.Errorf("%s: files end in %s (rules), %s (facts) or %s (rows of a database)",
				name, ruleExtension, factExtension, rowExtension)
		}
	}
	if len(files) == 0 || s.rules != "" {
		own, err := rules.Load(s.rules, s.daemon)
		if err != nil {
			return nil, err
		}
		files = append(own, files...)
	}
	p.checked, p.diagnostics = check.Texts(files, logical.Registry(),
		check.Options{Generated: rules.Shared})
	return p, nil
}

// usable reads a program that is to be run. Errors in it are a finding; warnings are for woven
// check.
func (s *source) usable(paths []string) (*program, error) {
	p, err := s.read(paths)
	if err != nil || p.checked != nil {
		return p, err
	}
	return nil, found("%w\nthe rules cannot be run", check.Errors(p.diagnostics))
}

// expand replaces folders by the .mg files in them.
func expand(paths []string) ([]string, error) {
	var out []string
	for _, name := range paths {
		info, err := os.Stat(name)
		if err != nil {
			return nil, err
		}
		if !info.IsDir() {
			out = append(out, name)
			continue
		}
		before := len(out)
		err = filepath.WalkDir(name, func(p string, e fs.DirEntry, err error) error {
			if err == nil && !e.IsDir() && path.Ext(p) == ruleExtension {
				out = append(out, p)
			}
			return err
		})
		if err != nil {
			return nil, err
		}
		if len(out) == before {
			return nil, fmt.Errorf("%s holds no %s file", name, ruleExtension)
		}
		slices.Sort(out[before:])
	}
	return out, nil
}
