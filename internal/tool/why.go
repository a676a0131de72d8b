package tool

import (
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"woven/engine"
)

func whyCommand() *cobra.Command {
	var src source
	var depth int
	cmd := &cobra.Command{
		Use:   "why FACT [FILE.mg]... [FILE.facts | FILE.rows]...",
		Short: "prove a fact, down to the facts that were put in",
		Long: `why prints the rule that derives a fact, with its place and what its variables stand for, below it
what the rule needed, and so on down to base facts. FACT may be a pattern as for woven query; then
the first fact that matches is proved. Exit code 1 says that no such fact holds.

` + factsHelp,
		Example: `  woven why 'path("park", "shop")' examples/paths.mg examples/paths.facts
  woven why --depth 3 'lflow(_, /ls_out_acl, 2000, _, _, _, _, _)' examples/two-switches.rows`,
		Args: cobra.MinimumNArgs(1),
	}
	src.flags(cmd)
	cmd.Flags().IntVar(&depth, "depth", 0, "how many levels to print; 0 prints all")
	out := formatFlag(cmd, "text", "json")
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		if depth < 0 {
			return fmt.Errorf("--depth %d: there is no level below 0", depth)
		}
		w, err := settled(&src, args[1:])
		if err != nil {
			return err
		}
		facts, err := w.match(args[0])
		if err != nil {
			return usage(err)
		}
		if len(facts) == 0 {
			return found("no fact %s holds, so there is nothing to explain", args[0])
		}
		proof, err := w.engine.Why(facts[0].relation, facts[0].row)
		if err != nil {
			return finding{err}
		}
		tree := w.reader.proof(proof, depth)
		if out.value == "json" {
			return printJSON(cmd.OutOrStdout(), tree)
		}
		tree.print(cmd.OutOrStdout(), "", "")
		if n := len(facts) - 1; n > 0 {
			fmt.Fprintf(cmd.OutOrStdout(), "(%s; woven query lists all)\n", count(n, "more fact"))
		}
		return nil
	}
	return cmd
}

// proofJSON is a proof with the names of rows in the place of their uuids.
type proofJSON struct {
	Fact  string            `json:"fact"`
	Kind  engine.ProofKind  `json:"kind"`
	Rule  string            `json:"rule,omitempty"`
	Place string            `json:"place,omitempty"` // of the rule
	Vars  map[string]string `json:"vars,omitempty"`
	From  []*proofJSON      `json:"from,omitempty"`
	More  int               `json:"more,omitempty"` // what is left out: rows of a group, or levels
}

// proof takes a proof over, down to a depth; 0 stands for all of it.
func (r *factReader) proof(p *engine.Proof, depth int) *proofJSON {
	out := &proofJSON{Fact: r.named(p.Fact), Kind: p.Kind, Rule: p.Rule, More: p.More}
	if p.Rule != "" {
		out.Place = fmt.Sprintf("%s:%d", p.Pos.File, p.Pos.Line)
	}
	for name, value := range p.Vars {
		if out.Vars == nil {
			out.Vars = map[string]string{}
		}
		out.Vars[name] = r.named(value)
	}
	if depth == 1 {
		out.More += len(p.From)
		return out
	}
	for _, from := range p.From {
		sub := r.proof(from, max(depth-1, 0))
		if p.Kind == engine.Aggregated {
			sub.Kind, sub.Rule, sub.Place = groupRow, "", ""
			sub.Fact = "a row of the group:" + varsText(sub.Vars)
		}
		out.From = append(out.From, sub)
	}
	return out
}

// groupRow is the kind of the conditions of an aggregating rule: what its body found.
const groupRow engine.ProofKind = "row"

// print draws the proof as a tree: lead is before its first line, rest before the others.
func (p *proofJSON) print(w io.Writer, lead, rest string) {
	note := ""
	switch p.Kind {
	case engine.BaseFact:
		note = "  [put in]"
	case engine.Absent:
		note = "  [holds nowhere]"
	case engine.Repeated:
		note = "  [see above]"
	case engine.Condition:
		note = "  [computed]"
	case engine.Operated:
		note = "  [" + p.Rule + " " + p.Place + "]"
	}
	fmt.Fprintf(w, "%s%s%s\n", lead, p.Fact, note)
	if p.Kind == engine.Derived || p.Kind == engine.Aggregated {
		bar := "  "
		if len(p.From)+p.More > 0 {
			bar = "| "
		}
		fmt.Fprintf(w, "%s%srule %s  %s%s\n", rest, bar, p.Rule, p.Place, varsText(p.Vars))
	}
	for i, from := range p.From {
		if i == len(p.From)-1 && p.More == 0 {
			from.print(w, rest+"`- ", rest+"   ")
		} else {
			from.print(w, rest+"+- ", rest+"|  ")
		}
	}
	if p.More > 0 {
		fmt.Fprintf(w, "%s`- (%d more)\n", rest, p.More)
	}
}

func varsText(vars map[string]string) string {
	var out []string
	for _, name := range slices.Sorted(maps.Keys(vars)) {
		if !strings.HasPrefix(name, "_") {
			out = append(out, name+"="+vars[name])
		}
	}
	if len(out) == 0 {
		return ""
	}
	return "  " + strings.Join(out, " ")
}
