package check

import (
	"errors"

	"woven/engine/function"
	"woven/engine/syntax"
)

// Source is the text of a rule file and where it is from.
type Source struct {
	Path string
	Text []byte
}

// Texts parses and checks the texts of files as one program. If a text cannot be read, only the
// faults of spelling are told: what depends on a clause that was lost would be reported too.
func Texts[F ~struct {
	Path string
	Text []byte
}](files []F, reg *function.Registry, opts Options) (*Program, []Diagnostic) {
	var parsed []*syntax.File
	var found []Diagnostic
	for _, f := range files {
		file, faults := syntax.Parse(Source(f).Path, Source(f).Text)
		parsed = append(parsed, file)
		found = append(found, Spelling(faults)...)
	}
	if len(found) > 0 {
		return nil, found
	}
	return Check(parsed, reg, opts)
}

// Errors joins the errors among diagnostics, or returns nil if all are warnings.
func Errors(diagnostics []Diagnostic) error {
	var all []error
	for _, d := range diagnostics {
		if d.Severity == Error {
			all = append(all, errors.New(d.String()))
		}
	}
	return errors.Join(all...)
}
