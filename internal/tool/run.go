package tool

import (
	"fmt"
	"io"
	"slices"

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

// run is what a command line asks for.
type run struct {
	rules      string // a folder that replaces the embedded rules
	openFlow   bool   // only the flows of a hypervisor
	hypervisor string
	tables     []int // of OpenFlow; all if it is empty
	all        bool
}

func runCommand() *cobra.Command {
	var r run
	cmd := &cobra.Command{
		Use:   "run",
		Short: "show the embedded example: logical flows, the way of two packets, OpenFlow flows",
		Long: `run puts the example Northbound, and two hypervisors on which its ports are, through the rules of
northd and of the controller in this one process: no server, no file, no root. It prints the logical
flows, each with the rule that it comes from; the way of two packets through them; and the OpenFlow
flows that the controller of a hypervisor makes of them.

OpenFlow flows are spelled as ovs-ofctl dump-flows --no-stats --no-names spells them, each with
the rule that it comes from: for a flow of a logical table one of northd, for others one of the
controller. Only uuids, and therefore cookies, are not those of a real network.`,
		Example: `  woven run | less
  woven run --openflow --hypervisor hv2
  woven run --openflow --table 0,33,65`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error { return r.print(cmd.OutOrStdout()) },
	}
	f := cmd.Flags()
	f.StringVar(&r.rules, "rules", "",
		"folder with the rules, in place of those in woven; holds a folder for each daemon")
	f.BoolVar(&r.openFlow, "openflow", false, "print the OpenFlow flows and nothing else")
	f.StringVar(&r.hypervisor, "hypervisor", "hv1", "whose OpenFlow flows: hv1 or hv2")
	f.IntSliceVar(&r.tables, "table", nil, "only these OpenFlow tables, with commas between them")
	f.BoolVar(&r.all, "all", false, "print also the OpenFlow tables that let every packet on")
	return cmd
}

func (r *run) print(out io.Writer) error {
	c, err := exampleCloud(r.rules)
	if err != nil {
		return err
	}
	at := slices.IndexFunc(c.hypervisors, func(m *member) bool { return m.name == r.hypervisor })
	if at < 0 {
		return fmt.Errorf("there is no hypervisor %q: the example has hv1 and hv2", r.hypervisor)
	}
	if !r.openFlow {
		if err := c.printLogical(out); err != nil {
			return err
		}
	}
	if err := c.printOpenFlow(out, c.hypervisors[at], r.tables, r.all); err != nil || r.openFlow {
		return err
	}
	fmt.Fprintln(out, "Go on with woven run --openflow --all, woven trace, woven why and woven query; each has\n"+
		"examples in its --help. woven sandbox runs all of this for real.")
	return nil
}

// printLogical prints what northd makes of the example.
func (c *cloud) printLogical(out io.Writer) error {
	n, err := newNetwork(c.northd.world)
	if err != nil {
		return err
	}
	fmt.Fprintf(out, "The Northbound (%s):\n\n%s\nThe rules of northd make of it:\n\n",
		exampleName, examples.TwoSwitches)
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
	fmt.Fprint(out, "blue-client runs on the hypervisor hv2, the other machines on hv1 (examples/hv1.rows, "+
		"hv2.rows).\nThe rules of the controller make of the logical flows:\n\n")
	return nil
}
