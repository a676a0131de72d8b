package tool

import (
	"fmt"
	"io"
	"slices"

	"github.com/spf13/cobra"
)

func evalCommand() *cobra.Command {
	var src source
	var wanted []string
	var plain bool
	cmd := &cobra.Command{
		Use:   "eval [FILE.mg]... [FILE.facts | FILE.rows]...",
		Short: "evaluate rules on facts",
		Long: `eval prints the facts of the output relations, or of those that --relation names; without either,
of all that rules derive. After each further transaction it prints a line --- and what has changed,
with + and -, in the form in which .facts files are read.

` + factsHelp,
		Example: `  woven eval examples/paths.mg examples/paths.facts
  woven eval --relation problem examples/two-switches.rows
  woven eval --naive -o json examples/paths.mg examples/paths.facts`,
		Args: cobra.MinimumNArgs(1),
	}
	src.flags(cmd)
	cmd.Flags().StringSliceVarP(&wanted, "relation", "r", nil, "the relations to print")
	cmd.Flags().BoolVar(&plain, "naive", false,
		"use the naive evaluator, which shares no plan with the engine, and derives all anew each time")
	out := formatFlag(cmd, "text", "json")
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		w, transactions, err := newWorld(&src, args)
		if err != nil {
			return err
		}
		names, err := w.wanted(wanted)
		if err != nil {
			return err
		}
		var e evaluator = w
		if plain {
			if e, err = newNaiveWorld(w.program, w.reader); err != nil {
				return err
			}
		}
		return evaluate(cmd.OutOrStdout(), e, w.reader, transactions, names, out.value)
	}
	return cmd
}

// evaluator is what eval runs on.
type evaluator interface {
	commit(transaction) error
	// facts returns the facts of a relation as a file of facts writes them, in order.
	facts(relation string) ([]string, error)
}

// wanted returns the relations to print.
func (w *world) wanted(named []string) ([]string, error) {
	for _, name := range named {
		if w.program.checked.Relations[name] == nil {
			return nil, fmt.Errorf("the program has no relation %s", name)
		}
	}
	if len(named) > 0 {
		return named, nil
	}
	var outputs, derived []string
	for name, r := range w.program.checked.Relations {
		if r.Output {
			outputs = append(outputs, name)
		}
		if !r.Base {
			derived = append(derived, name)
		}
	}
	if len(outputs) == 0 {
		outputs = derived
	}
	slices.Sort(outputs)
	return outputs, nil
}

// transactionJSON is what a transaction changed in the relations that are shown.
type transactionJSON struct {
	Inserted []factJSON `json:"inserted"`
	Deleted  []factJSON `json:"deleted"`
}

type factJSON struct {
	Relation string `json:"relation"`
	Fact     string `json:"fact"`
}

func evaluate(out io.Writer, e evaluator, r *factReader, transactions []transaction, names []string,
	format string) error {
	before := map[string][]string{}
	var all []transactionJSON
	for i, t := range transactions {
		if err := e.commit(t); err != nil {
			return err
		}
		changed := transactionJSON{[]factJSON{}, []factJSON{}}
		for _, name := range names {
			now, err := e.facts(name)
			if err != nil {
				return err
			}
			for _, f := range missing(before[name], now) {
				changed.Deleted = append(changed.Deleted, factJSON{name, r.named(f)})
			}
			for _, f := range missing(now, before[name]) {
				changed.Inserted = append(changed.Inserted, factJSON{name, r.named(f)})
			}
			before[name] = now
		}
		all = append(all, changed)
		if format == "text" {
			changed.print(out, i > 0)
		}
	}
	if format == "json" {
		return printJSON(out, map[string]any{"transactions": all})
	}
	return nil
}

func (t transactionJSON) print(out io.Writer, later bool) {
	sign := ""
	if later {
		fmt.Fprintln(out, "---")
		sign = "+"
	}
	for _, f := range t.Deleted {
		fmt.Fprintf(out, "-%s.\n", f.Fact)
	}
	for _, f := range t.Inserted {
		fmt.Fprintf(out, "%s%s.\n", sign, f.Fact)
	}
}

// missing returns the elements of a that b lacks; both are in order.
func missing(a, b []string) []string {
	var out []string
	for _, x := range a {
		if _, found := slices.BinarySearch(b, x); !found {
			out = append(out, x)
		}
	}
	return out
}
