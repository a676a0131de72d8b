package tool

import (
	"fmt"
	"io"

	"github.com/spf13/cobra"

	"woven/examples"
)

// exampleName is what the embedded example is called in what run prints.
const exampleName = "examples/two-switches.rows"

// examplePackets are the packets that run sends, each with what it is.
var examplePackets = []struct{ about, packet string }{
	{"blue-client pings blue-web", `inport == "blue-client" && eth.src == 02:00:00:00:01:02 && ` +
		`eth.dst == 02:00:00:00:01:01 && ip4.src == 10.0.1.2 && ip4.dst == 10.0.1.1 && ip.ttl == 64 && ` +
		`icmp4.type == 8`},
	{"blue-client asks blue-web for a web page", `inport == "blue-client" && ` +
		`eth.src == 02:00:00:00:01:02 && eth.dst == 02:00:00:00:01:01 && ip4.src == 10.0.1.2 && ` +
		`ip4.dst == 10.0.1.1 && ip.ttl == 64 && tcp.dst == 80`},
}

func runCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "run",
		Short: "show the embedded example: its logical flows, and the way of two packets",
		Long: `run puts the example Northbound through the rules in this one process: no server, no file, no
root. It prints the logical flows, each with the rule that it comes from, and the way of two packets
through them.`,
		Example: "  woven run | less",
		Args:    cobra.NoArgs,
		RunE:    func(cmd *cobra.Command, _ []string) error { return runExample(cmd.OutOrStdout()) },
	}
}

func runExample(out io.Writer) error {
	w, _, err := newWorld(&source{daemon: "northd"}, nil)
	if err != nil {
		return err
	}
	transactions, err := w.reader.read(exampleName, examples.TwoSwitches)
	if err != nil {
		return err
	}
	for _, t := range transactions {
		if err := w.commit(t); err != nil {
			return err
		}
	}
	n, err := newNetwork(w)
	if err != nil {
		return err
	}
	fmt.Fprintf(out, "The Northbound (%s):\n\n%s\nThe rules make of it:\n\n", exampleName,
		examples.TwoSwitches)
	n.printFlows(out)
	for i, p := range examplePackets {
		fmt.Fprintf(out, "Packet %d: %s\n  %s\n\n", i+1, p.about, p.packet)
		t, err := n.Run(p.packet, "new")
		if err != nil {
			return err
		}
		n.explainTrace(t)
		t.Print(out, false)
		fmt.Fprintln(out)
	}
	fmt.Fprintf(out, "Go on with woven trace, woven why and woven query; each has an example in its --help.\n")
	return nil
}
