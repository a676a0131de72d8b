package northd

import (
	"errors"
	"log/slog"

	"woven/engine/check"
	"woven/engine/function"
	"woven/engine/syntax"
	"woven/rules"
)

// loadProgram reads and checks the rules. Every error in them is in the error; warnings go to the
// log.
func loadProgram(folder string, log *slog.Logger) (*check.Program, error) {
	files, err := rules.Load(folder, "northd")
	if err != nil {
		return nil, err
	}
	var parsed []*syntax.File
	var found []check.Diagnostic
	for _, f := range files {
		file, faults := syntax.Parse(f.Path, f.Text)
		parsed = append(parsed, file)
		found = append(found, check.Spelling(faults)...)
	}
	program, diagnostics := check.Check(parsed, function.Default(),
		check.Options{Generated: rules.Generated})
	var faults []error
	for _, d := range append(found, diagnostics...) {
		if d.Severity == check.Error {
			faults = append(faults, errors.New(d.String()))
		} else {
			log.Warn(d.String())
		}
	}
	return program, errors.Join(faults...)
}
