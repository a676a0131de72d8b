package tool

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"woven/internal/bench"
)

func benchCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use:     "bench",
		Short:   "measure the engine, or a daemon's work beside the reference",
		Example: "  woven bench engine\n  woven bench soak --changes 100000\n  woven bench northd\n  woven bench openflow",
		Args:    cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return errors.New("what is to be measured: engine, soak, northd or openflow")
		},
	}
	cmd.AddCommand(benchEngineCommand(), benchSoakCommand(), benchNorthdCommand(),
		benchOpenFlowCommand())
	return cmd
}

func benchEngineCommand() *cobra.Command {
	var only string
	cmd := &cobra.Command{
		Use:   "engine",
		Short: "measure the engine on its own workloads",
		Long: `engine measures bulk loads and single changes, and checks the results. It takes most of a minute
and wants a machine that does nothing else. As JSON it prints one object a line.`,
		Example: "  woven bench engine\n  woven bench engine -o json --only ports-1m",
		Args:    cobra.NoArgs,
	}
	cmd.Flags().StringVar(&only, "only", "", "the one workload to run: "+workloadNames())
	out := formatFlag(cmd, "text", "json")
	cmd.RunE = func(cmd *cobra.Command, _ []string) error {
		if only != "" && !slices.Contains(strings.Split(workloadNames(), ", "), only) {
			return fmt.Errorf("there is no workload %q; there are %s", only, workloadNames())
		}
		results, err := bench.Engine(only, cmd.ErrOrStderr())
		if err != nil {
			return finding{err}
		}
		if out.value == "json" {
			return printJSONLines(cmd.OutOrStdout(), results)
		}
		bench.WriteTable(cmd.OutOrStdout(), results)
		return nil
	}
	return cmd
}

func workloadNames() string {
	var names []string
	for _, w := range bench.Workloads {
		names = append(names, w.Name)
	}
	return strings.Join(names, ", ")
}

func benchSoakCommand() *cobra.Command {
	o := bench.SoakOptions{}
	cmd := &cobra.Command{
		Use:   "soak",
		Short: "change a cloud for long, with a reader of the past and a sink that lags",
		Long: `soak adds and removes ports at random, and checks that memory reaches a plateau and that every text
that a reader or a late sink sees is what it was. Exit code 1 says that one of the two does not hold.`,
		Example: "  woven bench soak\n  woven bench soak --changes 100000 --seed 7",
		Args:    cobra.NoArgs,
	}
	cmd.Flags().IntVar(&o.Changes, "changes", 1_000_000, "how many ports are added or removed")
	cmd.Flags().IntVar(&o.Ports, "ports", 10_000, "how many ports there are at a time, about")
	cmd.Flags().IntVar(&o.Behind, "behind", 1000, "how many batches the sink lags")
	cmd.Flags().Uint64Var(&o.Seed, "seed", 0, "of the random changes; 0 draws one")
	out := formatFlag(cmd, "text", "json")
	cmd.RunE = func(cmd *cobra.Command, _ []string) error {
		if o.Changes < 1000 || o.Ports < 1 || o.Behind < 0 {
			return errors.New("--changes is at least 1000, --ports at least 1, --behind at least 0")
		}
		if o.Seed == 0 {
			o.Seed = rand.Uint64()
		}
		fmt.Fprintf(cmd.ErrOrStderr(), "seed %d\n", o.Seed)
		o.Progress = cmd.ErrOrStderr()
		r, err := bench.Soak(o)
		if err != nil {
			return finding{err}
		}
		if out.value == "json" {
			return printJSONLines(cmd.OutOrStdout(), []bench.Result{r})
		}
		bench.WriteTable(cmd.OutOrStdout(), []bench.Result{r})
		return nil
	}
	return cmd
}

func benchNorthdCommand() *cobra.Command {
	var scenario string
	o := bench.NorthdOptions{}
	cmd := &cobra.Command{
		Use:   "northd [PROGRAM]...",
		Short: "measure northd programs side by side, between real ovsdb-servers",
		Long: `northd starts a Northbound and a Southbound of its own for every program in turn, fills them with
the same network, and measures the cold start and single changes of each kind. The first program is
the one that is looked at; the others are references and are measured with fewer changes. Without
any they are the woven-northd beside this woven, and ovn-northd. Debian's ovn-central is needed.`,
		Example: "  woven bench northd --scenario tenants\n" +
			"  woven bench northd --flows 10000 bin/woven-northd /usr/bin/ovn-northd",
		Args: cobra.ArbitraryArgs,
	}
	cmd.Flags().StringVar(&scenario, "scenario", "tenants", "the network: tenants")
	cmd.Flags().IntVar(&o.Flows, "flows", 190_000, "how many logical flows the network has, about")
	cmd.Flags().IntVar(&o.Samples, "samples", 200, "how many changes of each kind")
	out := formatFlag(cmd, "text", "json")
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		if scenario != "tenants" {
			return fmt.Errorf("there is no scenario %q; there is tenants", scenario)
		}
		if o.Flows < 1 || o.Samples < 1 {
			return errors.New("--flows and --samples are at least 1")
		}
		var err error
		if o.Programs, err = northdPrograms(args); err != nil {
			return err
		}
		results, err := bench.Northd(o, cmd.ErrOrStderr())
		if err != nil {
			return finding{err}
		}
		if out.value == "json" {
			return printJSONLines(cmd.OutOrStdout(), results)
		}
		bench.WriteNorthdTable(cmd.OutOrStdout(), results)
		return nil
	}
	return cmd
}

func benchOpenFlowCommand() *cobra.Command {
	o := bench.OpenFlowOptions{}
	cmd := &cobra.Command{
		Use:   "openflow",
		Short: "measure flows on their way to a switch, beside ovs-ofctl",
		Long: `openflow sends the flows of a hypervisor to an empty switch, all in one bundle, and then changes one
flow at a time: from facts, as woven-controller does, and with ovs-ofctl --bundle. Each has an
ovs-vswitchd of its own, with the dummy datapath. Debian's openvswitch-switch is needed.`,
		Example: "  woven bench openflow\n  woven bench openflow --flows 10000 -o json",
		Args:    cobra.NoArgs,
	}
	cmd.Flags().IntVar(&o.Flows, "flows", 100_000, "how many flows the switch gets")
	cmd.Flags().IntVar(&o.Samples, "samples", 500, "how many changes of one flow")
	out := formatFlag(cmd, "text", "json")
	cmd.RunE = func(cmd *cobra.Command, _ []string) error {
		if o.Flows < 1 || o.Samples < 1 {
			return errors.New("--flows and --samples are at least 1")
		}
		results, err := bench.OpenFlow(o, cmd.ErrOrStderr())
		if err != nil {
			return finding{err}
		}
		if out.value == "json" {
			return printJSONLines(cmd.OutOrStdout(), results)
		}
		bench.WriteOpenFlowTable(cmd.OutOrStdout(), results)
		return nil
	}
	return cmd
}

// northdPrograms finds the programs to compare.
func northdPrograms(named []string) ([]string, error) {
	if len(named) == 0 {
		own, err := os.Executable()
		if err != nil {
			return nil, err
		}
		named = []string{filepath.Join(filepath.Dir(own), "woven-northd"), "ovn-northd"}
	}
	var out []string
	for _, name := range named {
		path, err := exec.LookPath(name)
		if err != nil {
			return nil, err
		}
		out = append(out, path)
	}
	return out, nil
}
