package golden

import (
	"fmt"
	"strings"
)

// File is a parsed test file.
type File struct {
	Path  string
	Cases []*Case
	lines []string
}

// Case is one test: from an empty database, transactions and what has to hold after each.
type Case struct {
	Title string
	Line  int
	// History says that what holds depends on what held before, not on the databases alone:
	// allocators keep their numbers. Such a case is only run as it stands, and shuffled.
	History bool
	Steps   []*Step // the first one has no statements: what holds without any fact
}

// Step is a transaction with the reports behind it.
type Step struct {
	Statements []*Statement
	Reports    []*Report
}

// Report is a block that shows a part of what holds.
type Report struct {
	Line      int
	Kind      string            // flows, rows, drops, facts, problems
	Delta     bool              // shows what the transaction changed
	Subject   string            // the table or relation, for those kinds that have one
	Filters   map[string]string // stage=, switch= and so on
	Expect    []string          // rules that must have fired
	ExpectNot []string          // rules that must not
	Want      []string          // the lines below ----
	from, to  int               // where they stand in the file: lines[from:to]
}

// Error is a fault in a test file.
type Error struct {
	Path    string
	Line    int
	Message string
	Hint    string // may be empty
}

// Error spells the fault with its place.
func (e *Error) Error() string {
	s := fmt.Sprintf("%s:%d: %s", e.Path, e.Line, e.Message)
	if e.Hint != "" {
		s += " (" + e.Hint + ")"
	}
	return s
}

// Parse reads a test file. It stops at the first fault, which is an *Error.
func Parse(path string, text []byte) (*File, error) {
	p := &fileParser{file: &File{Path: path}}
	p.file.lines = strings.Split(strings.TrimSuffix(string(text), "\n"), "\n")
	for p.at < len(p.file.lines) {
		if err := p.block(); err != nil {
			return nil, err
		}
	}
	return p.file, nil
}

type fileParser struct {
	file *File
	at   int // the line that is next, from 0
	open *Case
}

func (p *fileParser) fault(line int, hint, format string, args ...any) error {
	return &Error{p.file.Path, line + 1, fmt.Sprintf(format, args...), hint}
}

const titleMark = "## "

// block reads one line that opens something, and what belongs to it.
func (p *fileParser) block() error {
	line := p.file.lines[p.at]
	start := p.at
	p.at++
	switch {
	case strings.HasPrefix(line, titleMark):
		p.title(strings.TrimSpace(line[len(titleMark):]), start)
		return nil
	case strings.TrimSpace(line) == "" || strings.HasPrefix(line, "#"):
		return nil
	case p.open == nil:
		return p.fault(start, `a case begins with a line such as "## A port gets a flow."`,
			"%q belongs to no case", line)
	case line == "apply":
		return p.apply()
	}
	return p.report(line, start)
}

const historyMark = " [history]"

func (p *fileParser) title(title string, line int) {
	c := &Case{Title: title, Line: line + 1, Steps: []*Step{{}}}
	c.Title, c.History = strings.CutSuffix(title, historyMark)
	p.file.Cases = append(p.file.Cases, c)
	p.open = c
}

// apply reads statements up to a blank line.
func (p *fileParser) apply() error {
	step := &Step{}
	p.open.Steps = append(p.open.Steps, step)
	for p.at < len(p.file.lines) && strings.TrimSpace(p.file.lines[p.at]) != "" {
		if strings.HasPrefix(p.file.lines[p.at], "#") {
			p.at++
			continue
		}
		s, err := p.statement()
		if err != nil {
			return err
		}
		step.Statements = append(step.Statements, s)
	}
	if len(step.Statements) == 0 {
		return p.fault(p.at-1, "write one statement a line right below it", "apply applies nothing")
	}
	return nil
}

// statement reads a statement, which goes on as long as a bracket is open.
func (p *fileParser) statement() (*Statement, error) {
	start := p.at
	text := p.file.lines[p.at]
	p.at++
	for openBrackets(text) > 0 && p.at < len(p.file.lines) {
		text += "\n" + p.file.lines[p.at]
		p.at++
	}
	s, err := parseStatement(text)
	if err != nil {
		return nil, p.fault(start, err.hint, "%s", err.message)
	}
	s.Line = start + 1
	return s, nil
}

const separator = "----"

// report reads a command, the line ---- and the lines that are expected.
func (p *fileParser) report(line string, start int) error {
	r := &Report{Line: start + 1, Filters: map[string]string{}}
	if err := r.command(strings.Fields(line)); err != nil {
		return p.fault(start, err.hint, "%s", err.message)
	}
	if p.at == len(p.file.lines) || p.file.lines[p.at] != separator {
		return p.fault(start, "the expected lines follow below it",
			"the line below a report must be %s", separator)
	}
	p.at++
	r.from = p.at
	for p.at < len(p.file.lines) && strings.TrimSpace(p.file.lines[p.at]) != "" {
		p.at++
	}
	r.to = p.at
	r.Want = p.file.lines[r.from:r.to]
	step := p.open.Steps[len(p.open.Steps)-1]
	step.Reports = append(step.Reports, r)
	return nil
}
