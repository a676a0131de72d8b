package trace

import (
	"fmt"
	"io"
	"strings"
)

// Print writes the trace in the spirit of ovn-trace(8): pipeline by pipeline, the flow that
// matched in each table, and what it did. Unless all is set, runs of tables that let every packet
// on are one line.
func (t *Trace) Print(w io.Writer, all bool) {
	for _, p := range t.Passes {
		title := fmt.Sprintf("%s(dp=%q, inport=%q", p.Pipeline, p.Datapath, p.Inport)
		if p.Outport != "" {
			title += fmt.Sprintf(", outport=%q", p.Outport)
		}
		title += ")"
		fmt.Fprintf(w, "%s\n%s\n", title, strings.Repeat("-", len(title)))
		for i := 0; i < len(p.Steps); {
			n := 0
			for !all && i+n < len(p.Steps) && p.Steps[i+n].idle() {
				n++
			}
			if n > 1 {
				fmt.Fprintf(w, "%2d.-%d. (%d tables that let every packet on)\n", p.Steps[i].Table,
					p.Steps[i+n-1].Table, n)
				i += n
				continue
			}
			p.Steps[i].print(w)
			i++
		}
		fmt.Fprintln(w)
	}
	for _, f := range t.Faults {
		fmt.Fprintf(w, "passed over: %s\n", f)
	}
	if len(t.Delivered) == 0 {
		fmt.Fprintln(w, "The packet is dropped.")
		return
	}
	fmt.Fprintf(w, "The packet is delivered to %s.\n", strings.Join(t.Delivered, ", "))
}

// idle reports whether the table let the packet on without looking at it.
func (s *Step) idle() bool {
	return s.Flow != nil && s.Flow.Match == "1" && s.Flow.Actions == "next;"
}

func (s *Step) print(w io.Writer) {
	fmt.Fprintf(w, "%2d. ", s.Table)
	if s.Flow != nil {
		fmt.Fprintf(w, "%s", s.Flow.Stage)
		if s.Flow.Source != "" {
			fmt.Fprintf(w, " (%s)", s.Flow.Source)
		}
		fmt.Fprintf(w, ": %s, priority %d", s.Flow.Match, s.Flow.Priority)
	}
	fmt.Fprintln(w)
	for _, line := range s.Lines {
		fmt.Fprintf(w, "    %s\n", line)
	}
}
