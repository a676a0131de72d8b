package tool

import (
	"errors"

	"github.com/spf13/cobra"
)

func traceCommand() *cobra.Command {
	var src source
	var all bool
	var tracking string
	cmd := &cobra.Command{
		Use:   "trace PACKET FILE.rows...",
		Short: "follow a packet through the logical flows that rules make of rows",
		Long: `trace makes the logical flows of a Northbound and follows one packet through them: for each table
the flow that matches, the rule that it comes from, and what it does.

The packet is a match as in ovn-trace(8): fields joined by &&. What it does not speak of is 0.
Exit code 1 says that the packet is not delivered anywhere.`,
		Example: `  woven trace 'inport == "blue-client" && eth.src == 02:00:00:00:01:02 &&
    eth.dst == 02:00:00:00:01:01 && ip4.src == 10.0.1.2 && ip4.dst == 10.0.1.1 && icmp4.type == 8' \
    examples/two-switches.rows`,
		Args: cobra.MinimumNArgs(2),
	}
	src.flags(cmd)
	cmd.Flags().BoolVar(&all, "all", false, "show also the tables that let every packet on")
	cmd.Flags().StringVar(&tracking, "ct", "new",
		"what connection tracking says of the packet: new, or est,rpl and so on")
	out := formatFlag(cmd, "text", "json")
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		w, err := settled(&src, args[1:])
		if err != nil {
			return err
		}
		n, err := newNetwork(w)
		if err != nil {
			return err
		}
		t, err := n.Run(args[0], tracking)
		if err != nil {
			return err
		}
		n.explainTrace(t)
		if out.value == "json" {
			err = printJSON(cmd.OutOrStdout(), t)
		} else {
			t.Print(cmd.OutOrStdout(), all)
		}
		if err == nil && len(t.Delivered) == 0 {
			err = errSilent
		}
		return err
	}
	return cmd
}

// usage makes an error of a file's contents one of the command line, for words that stood there.
func usage(err error) error {
	var f finding
	if errors.As(err, &f) {
		return f.error
	}
	return err
}
