package tool

import (
	"fmt"

	"github.com/spf13/cobra"
)

func queryCommand() *cobra.Command {
	var src source
	cmd := &cobra.Command{
		Use:   "query PATTERN [FILE.mg]... [FILE.facts | FILE.rows]...",
		Short: "find facts by a pattern",
		Long: `query prints the facts that hold after all transactions and match the pattern. In a pattern a
variable matches anything, the same at each mention; _ matches anything. Exit code 1 says that no
fact matches.

` + factsHelp,
		Example: `  woven query 'path("home", X)' examples/paths.mg examples/paths.facts
  woven query 'port_on(_, "blue")' examples/two-switches.rows
  woven query 'lflow(_, /ls_in_l2_lkup, 50, Match, Actions, _, _, _)' examples/two-switches.rows`,
		Args: cobra.MinimumNArgs(1),
	}
	src.flags(cmd)
	out := formatFlag(cmd, "text", "json")
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		w, err := settled(&src, args[1:])
		if err != nil {
			return err
		}
		facts, err := w.match(args[0])
		if err != nil {
			return usage(err)
		}
		list := []factJSON{}
		for _, f := range facts {
			list = append(list, factJSON{f.relation.Name(), f.text})
			if out.value == "text" {
				fmt.Fprintf(cmd.OutOrStdout(), "%s.\n", f.text)
			}
		}
		if out.value == "json" {
			err = printJSON(cmd.OutOrStdout(), map[string]any{"facts": list})
		}
		if err == nil && len(list) == 0 {
			err = errSilent
		}
		return err
	}
	return cmd
}
