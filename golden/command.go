package golden

import (
	"fmt"
	"slices"
	"strings"
)

// fault is what is wrong with a line, before its place is known.
type fault struct{ message, hint string }

func faultf(hint, format string, args ...any) *fault {
	return &fault{fmt.Sprintf(format, args...), hint}
}

// filters says which filters each kind of report takes; a kind with a subject names it behind
// itself.
var filters = map[string][]string{
	"flows":    {"stage", "switch", "priority", "port", "match"},
	"openflow": {"table", "priority", "match"},
	"rows":     {"columns", "row"},
	"drops":    {},
	"facts":    {},
	"problems": {},
}

var subjects = map[string]string{
	"rows":  "a table, such as Port_Binding or nb.NB_Global",
	"drops": "a table, such as FDB",
	"facts": "a relation, such as port_on",
}

// command reads the words of a report's first line.
func (r *Report) command(words []string) *fault {
	if words[0] == "delta" {
		r.Delta = true
		if words = words[1:]; len(words) == 0 {
			return faultf("such as: delta flows stage=ls_in_l2_lkup", "delta of what")
		}
	}
	r.Kind = words[0]
	known, ok := filters[r.Kind]
	if !ok {
		return faultf("there are apply, and flows, openflow, rows, drops, facts, problems, each with delta "+
			"before it if need be", "%q is no command", r.Kind)
	}
	words = words[1:]
	if what := subjects[r.Kind]; what != "" {
		if len(words) == 0 || strings.Contains(words[0], "=") {
			return faultf("", "%s needs %s", r.Kind, what)
		}
		r.Subject, words = words[0], words[1:]
	}
	for _, w := range words {
		key, value, ok := strings.Cut(w, "=")
		switch {
		case !ok:
			return faultf("filters are written key=value, without blanks", "%q is no filter", w)
		case key == "expect":
			r.Expect = append(r.Expect, strings.Split(value, ",")...)
		case key == "expect-not":
			r.ExpectNot = append(r.ExpectNot, strings.Split(value, ",")...)
		case !slices.Contains(known, key):
			return faultf("it takes "+strings.Join(append(slices.Clone(known), "expect",
				"expect-not"), ", "), "%s has no filter %s", r.Kind, key)
		default:
			r.Filters[key] = value
		}
	}
	return nil
}

// passes reports whether a value is among those that a filter lists; without the filter it is.
func (r *Report) passes(filter, value string) bool {
	list, ok := r.Filters[filter]
	return !ok || slices.Contains(strings.Split(list, ","), value)
}
