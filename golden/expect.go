package golden

import (
	"path"
	"slices"
	"strings"

	"woven/relations"
)

// expectations checks that the rules which a report names have fired since the case began, or
// that nothing which holds now was made by them. A rule without a file is one of the rule file
// that the test file mirrors.
func (r *runner) expectations(w *world, report *Report) ([]Failure, error) {
	var out []Failure
	fail := func(what string) { out = append(out, r.failure(report.Line, asWritten, what)) }
	counts := w.counts()
	for _, rule := range slices.Concat(report.Expect, report.ExpectNot) {
		if _, ok := counts[r.ruleID(rule)]; !ok {
			fail("there is no rule " + r.ruleID(rule))
		}
	}
	if len(out) > 0 {
		return out, nil
	}
	for _, rule := range report.Expect {
		if id := r.ruleID(rule); counts[id] <= w.initial[id] && !r.p.alone[id] {
			fail(id + " has not fired")
		}
	}
	for _, rule := range report.ExpectNot {
		fact, err := w.madeBy(r.ruleID(rule))
		if err != nil {
			return nil, err
		}
		if fact != "" {
			fail(r.ruleID(rule) + " has made " + fact)
		}
	}
	return out, nil
}

// madeBy returns a fact that a rule has made, or nothing. A rule that has only made something in
// the course of a transaction, before what it rests on was complete, has made nothing.
func (w *world) madeBy(id string) (string, error) {
	file, name, _ := strings.Cut(id, ":")
	head, _, _ := strings.Cut(name, "#")
	r, ok := w.engine.Relation(head)
	if !ok {
		return "", nil
	}
	var rows [][]relations.Value
	w.engine.Each(r, func(row []relations.Value) bool {
		rows = append(rows, slices.Clone(row))
		return true
	})
	for _, row := range rows {
		proof, err := w.engine.Why(r, row)
		if err != nil {
			return "", err
		}
		if proof.Rule == name && proof.Pos.File == file {
			return proof.Fact, nil
		}
	}
	return "", nil
}

// ruleID completes a rule's name with its file: northd/switch/fdb.test speaks of the rules of
// northd/switch/fdb.mg.
func (r *runner) ruleID(rule string) string {
	if strings.Contains(rule, ":") {
		return rule
	}
	return ruleID(strings.TrimSuffix(r.file.Path, path.Ext(r.file.Path))+".mg", rule)
}
