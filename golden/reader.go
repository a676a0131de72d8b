package golden

import (
	"strings"

	"woven/engine/check"
)

// Reader reads files of statements, as they stand below apply, for others than cases: it turns
// them into changes of base facts. Rows keep their uuids from file to file.
type Reader struct {
	state *state
}

// NewReader makes a reader for the tables of a program.
func NewReader(checked *check.Program) *Reader {
	p := &Program{checked: checked, tables: map[string]*table{}}
	p.findTables()
	return &Reader{newState(p)}
}

// Transaction is what a group of statements changes.
type Transaction struct {
	Delete, Insert []BaseFact
}

// BaseFact is a fact of an extensional relation, its arguments in the form in which databases
// show them: true is /true, a row its uuid.
type BaseFact struct {
	Relation  string
	Arguments []string
}

// transactionMark is a line that ends a transaction.
const transactionMark = "---"

// Read reads a file. A line --- ends a transaction; # begins a line of comment. Its error is an
// *Error.
func (r *Reader) Read(path string, text []byte) ([]Transaction, error) {
	p := &fileParser{file: &File{Path: path, lines: strings.Split(string(text), "\n")}}
	var out []Transaction
	var open []*Statement
	commit := func() error {
		c, line, err := r.state.apply(open)
		if err != nil {
			return &Error{path, line, err.message, err.hint}
		}
		out = append(out, Transaction{baseFacts(c.del), baseFacts(c.ins)})
		open = nil
		return nil
	}
	for p.at < len(p.file.lines) {
		switch line := strings.TrimSpace(p.file.lines[p.at]); {
		case line == transactionMark:
			if err := commit(); err != nil {
				return nil, err
			}
			p.at++
		case line == "" || line[0] == '#':
			p.at++
		default:
			s, err := p.statement()
			if err != nil {
				return nil, err
			}
			open = append(open, s)
		}
	}
	return out, commit()
}

// Row returns the uuid of the row of that name; a new name gets a new uuid.
func (r *Reader) Row(name string) string { return r.state.names.row(name) }

// Names returns the rows' names by their uuids.
func (r *Reader) Names() map[string]string { return r.state.names.of }

func baseFacts(list []fact) []BaseFact {
	var out []BaseFact
	for _, f := range list {
		out = append(out, BaseFact{f.relation, f.texts()})
	}
	return out
}
