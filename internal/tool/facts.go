package tool

import (
	"errors"
	"os"
	"path/filepath"
	"strings"

	"woven/engine/check"
	"woven/engine/syntax"
	"woven/golden"
)

// factsHelp describes the files of facts; commands that read them have it in their help.
const factsHelp = `A .facts file holds base facts as rules write them, and a line --- between transactions. A fact
begins a line; - before it takes the fact away, + or nothing puts it in:

  link("home", "shop").
  ---
  -link("home", "shop").
  +link("home", "park").

Addresses and uuids are written as texts. Where a uuid stands, any other text names a row.

A .rows file holds rows of the databases, also with --- between transactions:

  Logical_Switch sw0 { ports: [p1, p2], other_config: { vlan-passthru: true } }
  sb.Chassis ch1 { }
  delete Logical_Switch_Port p1

Several files are read one after the other, and only --- ends a transaction.`

// change inserts or deletes a base fact.
type change struct {
	delete    bool
	relation  *check.Relation
	arguments []syntax.Term
	pos       syntax.Pos
}

type transaction []change

// factReader reads files of facts for a program.
type factReader struct {
	checked *check.Program
	rows    *golden.Reader
	naming  *strings.Replacer // of uuids by names, as far as those were known
	known   int               // how many
}

func newFactReader(p *check.Program) *factReader {
	return &factReader{checked: p, rows: golden.NewReader(p)}
}

// files reads files as one sequence of transactions, of which there is at least one.
func (r *factReader) files(paths []string) ([]transaction, error) {
	out := []transaction{nil}
	for _, name := range paths {
		text, err := os.ReadFile(name)
		if err != nil {
			return nil, err
		}
		list, err := r.read(name, text)
		if err != nil {
			return nil, err
		}
		last := len(out) - 1
		out[last] = append(out[last], list[0]...)
		out = append(out, list[1:]...)
	}
	return out, nil
}

// read reads a file by the kind that its name tells.
func (r *factReader) read(name string, text []byte) ([]transaction, error) {
	if filepath.Ext(name) == rowExtension {
		return r.readRows(name, text)
	}
	var out []transaction
	lines := strings.Split(string(text), "\n")
	for from := 0; from <= len(lines); {
		to := from
		for to < len(lines) && strings.TrimSpace(lines[to]) != "---" {
			to++
		}
		t, err := r.facts(name, lines[from:to], from)
		if err != nil {
			return nil, err
		}
		out = append(out, t)
		from = to + 1
	}
	return out, nil
}

// facts reads the facts of one transaction, which stand below the given number of lines.
func (r *factReader) facts(name string, lines []string, above int) (transaction, error) {
	deleted := map[int]bool{} // by line, from 1
	text := strings.Repeat("\n", above)
	for i, line := range lines {
		if len(line) > 1 && (line[0] == '+' || line[0] == '-') && (line[1] < '0' || line[1] > '9') {
			deleted[above+i+1] = line[0] == '-'
			line = " " + line[1:]
		}
		text += line + "\n"
	}
	file, faults := syntax.Parse(name, []byte(text))
	var errs []error
	for _, d := range check.Spelling(faults) {
		errs = append(errs, errors.New(d.String()))
	}
	if len(errs) > 0 {
		return nil, finding{errors.Join(errs...)}
	}
	if len(file.Decls) > 0 {
		return nil, fault(file.Decls[0].Pos, "declarations belong into a %s file", ruleExtension)
	}
	var out transaction
	for _, c := range file.Clauses {
		if len(c.Body) > 0 || c.Transform != nil {
			return nil, fault(c.Pos, "rules belong into a %s file", ruleExtension)
		}
		rel, err := r.base(c.Head)
		if err != nil {
			return nil, err
		}
		out = append(out, change{deleted[c.Pos.Line], rel, c.Head.Args, c.Pos})
	}
	return out, nil
}

// base finds the relation of a base fact.
func (r *factReader) base(a *syntax.Atom) (*check.Relation, error) {
	rel := r.checked.Relations[a.Pred]
	switch {
	case rel == nil:
		return nil, fault(a.Pos, "the program has no relation %s", a.Pred)
	case !rel.Base:
		return nil, fault(a.Pos, "%s is derived by rules; facts are given for relations that are "+
			"declared extensional()", a.Pred)
	case len(rel.Columns) != len(a.Args):
		return nil, fault(a.Pos, "%s has %s, the fact has %d", a.Pred,
			count(len(rel.Columns), "column"), len(a.Args))
	}
	return rel, nil
}

func (r *factReader) readRows(name string, text []byte) ([]transaction, error) {
	list, err := r.rows.Read(name, text)
	if err != nil {
		return nil, finding{err}
	}
	pos := syntax.Pos{File: name, Line: 1, Col: 1}
	var out []transaction
	for _, t := range list {
		var changes transaction
		for i, facts := range [2][]golden.BaseFact{t.Delete, t.Insert} {
			for _, f := range facts {
				c := change{delete: i == 0, relation: r.checked.Relations[f.Relation], pos: pos}
				for k, text := range f.Arguments {
					c.arguments = append(c.arguments, termOf(c.relation.Columns[k].Type, pos, text))
				}
				changes = append(changes, c)
			}
		}
		out = append(out, changes)
	}
	return out, nil
}

// named puts the names of rows in the place of their uuids.
func (r *factReader) named(text string) string {
	if names := r.rows.Names(); r.naming == nil || len(names) != r.known {
		var pairs []string
		for uuid, name := range names {
			pairs = append(pairs, uuid, name)
		}
		r.naming, r.known = strings.NewReplacer(pairs...), len(names)
	}
	return r.naming.Replace(text)
}
