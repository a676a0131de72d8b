package golden

import (
	"path"
	"strings"
)

// expectations checks that the rules which a report names have fired since the case began, or
// have not. A rule without a file is one of the rule file that the test file mirrors.
func (r *runner) expectations(w *world, report *Report) []Failure {
	if len(report.Expect)+len(report.ExpectNot) == 0 {
		return nil
	}
	counts := w.counts()
	var out []Failure
	check := func(rule string, must bool) {
		id := r.ruleID(rule)
		n, known := counts[id]
		switch fired := n > w.initial[id] || r.p.alone[id]; {
		case !known:
			out = append(out, r.failure(report.Line, asWritten, "there is no rule "+id))
		case must && !fired:
			out = append(out, r.failure(report.Line, asWritten, id+" has not fired"))
		case !must && fired:
			out = append(out, r.failure(report.Line, asWritten, id+" has fired"))
		}
	}
	for _, rule := range report.Expect {
		check(rule, true)
	}
	for _, rule := range report.ExpectNot {
		check(rule, false)
	}
	return out
}

// ruleID completes a rule's name with its file: northd/switch/fdb.test speaks of the rules of
// northd/switch/fdb.mg.
func (r *runner) ruleID(rule string) string {
	if strings.Contains(rule, ":") {
		return rule
	}
	return ruleID(strings.TrimSuffix(r.file.Path, path.Ext(r.file.Path))+".mg", rule)
}
