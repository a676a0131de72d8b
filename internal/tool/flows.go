package tool

import (
	"fmt"
	"io"
	"slices"
	"strings"

	"woven/internal/trace"
)

// printFlows lists the logical flows, those of several switches once for all of them.
func (n *network) printFlows(w io.Writer) {
	holders := map[*trace.Flow][]string{}
	for _, d := range n.Datapaths {
		for _, f := range d.Flows {
			holders[f] = append(holders[f], d.Name)
		}
	}
	groups := map[string][]*trace.Flow{}
	for f, names := range holders {
		title := strings.Join(names, ", ")
		groups[title] = append(groups[title], f)
	}
	titles := make([]string, 0, len(groups))
	for title := range groups {
		titles = append(titles, title)
	}
	slices.SortFunc(titles, func(a, b string) int {
		if c := strings.Count(b, ",") - strings.Count(a, ","); c != 0 {
			return c
		}
		return strings.Compare(a, b)
	})
	for _, title := range titles {
		kind := "Switch"
		if strings.Contains(title, ",") {
			kind = "Switches"
		}
		fmt.Fprintf(w, "%s %s: %s\n", kind, title, count(len(groups[title]), "logical flow"))
		n.printGroup(w, groups[title])
	}
}

// printGroup lists flows in the order of the pipelines, from the highest priority down.
func (n *network) printGroup(w io.Writer, flows []*trace.Flow) {
	slices.SortFunc(flows, func(a, b *trace.Flow) int {
		switch {
		case a.Pipeline != b.Pipeline:
			return strings.Compare(b.Pipeline, a.Pipeline) // ingress comes first
		case a.Table != b.Table:
			return a.Table - b.Table
		case a.Priority != b.Priority:
			return b.Priority - a.Priority
		}
		return strings.Compare(a.Match+a.Actions, b.Match+b.Actions)
	})
	pipeline := ""
	for _, f := range flows {
		n.explain(f)
		if f.Pipeline != pipeline {
			pipeline = f.Pipeline
			fmt.Fprintf(w, " %s\n", pipeline)
		}
		fmt.Fprintf(w, "  table=%-2d(%s), priority=%d, match=(%s), action=(%s)  # %s\n", f.Table,
			f.Stage, f.Priority, f.Match, f.Actions, f.Source)
	}
	fmt.Fprintln(w)
}
