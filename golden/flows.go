package golden

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// flow is a logical flow as the Southbound has it: flows that are equal but for their scopes are
// one, for the union of the scopes' members.
type flow struct {
	stage, match, actions, meter string
	priority                     int
	order                        int // of the stage in the pipelines
	datapaths                    []string
	port, hint                   string // the least of several
}

// flows shows logical flows, in the order of the pipelines and then from the highest priority on.
func (v *view) flows(r *Report) ([]string, *fault) {
	if v.w.relation("lflow") == nil || v.w.relation("stage") == nil {
		return nil, faultf("", "the program makes no logical flows")
	}
	stages := v.stages()
	if list, ok := r.Filters["stage"]; ok {
		for _, s := range strings.Split(list, ",") {
			if _, ok := stages["/"+s]; !ok {
				return nil, faultf("", "there is no stage %s", s)
			}
		}
	}
	var out []string
	for _, f := range v.merged(stages) {
		if v.shows(r, f) {
			out = append(out, f.line())
		}
	}
	return out, nil
}

func (v *view) stages() map[string]int {
	stages := map[string]int{}
	for _, s := range v.w.rows("stage") {
		table, _ := strconv.Atoi(s[2])
		if s[1] == "egress" {
			table += 1000
		}
		stages[s[0]] = table
	}
	return stages
}

func (v *view) shows(r *Report, f *flow) bool {
	if list, ok := r.Filters["switch"]; ok {
		if !slices.ContainsFunc(strings.Split(list, ","), func(s string) bool {
			return slices.Contains(f.datapaths, s)
		}) {
			return false
		}
	}
	return r.passes("stage", f.stage) && r.passes("priority", strconv.Itoa(f.priority)) &&
		(r.passes("port", f.port) || r.passes("port", f.hint)) &&
		strings.Contains(f.match, r.Filters["match"])
}

// merged makes flows of the facts.
func (v *view) merged(stages map[string]int) []*flow {
	members := map[string][]string{}
	for _, m := range v.w.rows("scope_member") {
		members[m[0]] = append(members[m[0]], m[1])
	}
	found := map[string]*flow{}
	for _, l := range v.w.rows("lflow") {
		if len(members[l[0]]) == 0 {
			continue
		}
		key := strings.Join(l[1:6], "\x00")
		f := found[key]
		if f == nil {
			f = &flow{stage: strings.TrimPrefix(l[1], "/"), order: stages[l[1]], match: l[3],
				actions: l[4], meter: l[5], port: l[6], hint: l[7]}
			f.priority, _ = strconv.Atoi(l[2])
			found[key] = f
		}
		f.datapaths = append(f.datapaths, members[l[0]]...)
		f.port, f.hint = min(f.port, l[6]), min(f.hint, l[7])
	}
	var out []*flow
	for _, f := range found {
		slices.Sort(f.datapaths)
		f.datapaths = slices.Compact(f.datapaths)
		for i, dp := range f.datapaths {
			f.datapaths[i] = v.row(dp)
		}
		f.hint = v.row(f.hint)
		out = append(out, f)
	}
	slices.SortFunc(out, func(a, b *flow) int {
		switch {
		case a.order != b.order:
			return a.order - b.order
		case a.priority != b.priority:
			return b.priority - a.priority
		}
		return strings.Compare(a.line(), b.line())
	})
	return out
}

// line spells the flow: datapaths, stage, priority, match => actions, and what it is about.
func (f *flow) line() string {
	s := fmt.Sprintf("%s %s %d %s => %s", strings.Join(f.datapaths, ","), f.stage, f.priority,
		f.match, f.actions)
	var about []string
	if f.meter != "" {
		about = append(about, "meter="+plain(f.meter))
	}
	if f.port != "" {
		about = append(about, "port="+plain(f.port))
	}
	if f.hint != "-" {
		about = append(about, "hint="+f.hint)
	}
	if len(about) > 0 {
		s += " [" + strings.Join(about, " ") + "]"
	}
	return s
}
