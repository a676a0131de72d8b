package northd

import (
	"log/slog"

	"woven/engine/check"
	"woven/engine/function"
	"woven/rules"
)

// loadProgram reads and checks the rules. Every error in them is in the error; warnings go to the
// log.
func loadProgram(folder string, log *slog.Logger) (*check.Program, error) {
	files, err := rules.Load(folder, "northd")
	if err != nil {
		return nil, err
	}
	program, diagnostics := check.Texts(files, function.Default(),
		check.Options{Generated: rules.Shared})
	for _, d := range diagnostics {
		if d.Severity == check.Warning {
			log.Warn(d.String())
		}
	}
	return program, check.Errors(diagnostics)
}
