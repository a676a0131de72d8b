package program

import (
	"log/slog"

	"woven/engine/check"
	"woven/internal/logical"
	"woven/rules"
)

// Load reads and checks the rules of a daemon, such as northd, in a folder, or those in the program
// if it is empty. Every error in them is in the error; warnings go to the log.
func Load(folder, daemon string, log *slog.Logger) (*check.Program, error) {
	files, err := rules.Load(folder, daemon)
	if err != nil {
		return nil, err
	}
	program, diagnostics := check.Texts(files, logical.Registry(),
		check.Options{Generated: rules.Shared})
	for _, d := range diagnostics {
		if d.Severity == check.Warning {
			log.Warn(d.String())
		}
	}
	return program, check.Errors(diagnostics)
}
