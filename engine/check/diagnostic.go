package check

import (
	"fmt"
	"strings"

	"woven/engine/syntax"
)

// Severity tells what stops a program from what deserves a look.
type Severity uint8

// The severities.
const (
	Error   Severity = iota // the program has no meaning, or not the one it seems to have
	Warning                 // the program runs, but a part of it is likely a mistake
)

// String spells the severity as diagnostics do.
func (s Severity) String() string {
	if s == Warning {
		return "warning"
	}
	return "error"
}

// Diagnostic is one finding.
type Diagnostic struct {
	Pos      syntax.Pos
	Severity Severity
	Code     string // stable, such as "unknown-relation"; for filters and documentation
	Clause   string // the clause or declaration on one line
	Message  string // what is wrong
	Hint     string // what to do about it; may be empty
}

// String spells the finding on up to three lines: place and message, clause, hint.
func (d Diagnostic) String() string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s: %s: %s [%s]", d.Pos, d.Severity, d.Message, d.Code)
	if d.Clause != "" {
		b.WriteString("\n    " + d.Clause)
	}
	if d.Hint != "" {
		b.WriteString("\n    hint: " + d.Hint)
	}
	return b.String()
}

// Spelling turns the faults that a parser found into findings, so that callers show both alike.
func Spelling(faults []syntax.Error) []Diagnostic {
	out := make([]Diagnostic, len(faults))
	for i, f := range faults {
		out[i] = Diagnostic{Pos: f.Pos, Code: "syntax", Message: f.Message, Hint: f.Hint}
	}
	return out
}
