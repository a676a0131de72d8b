package tool

import (
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"woven/internal/bench"
)

func benchCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use:     "bench",
		Short:   "measure the engine, or a northd beside the reference",
		Example: "  woven bench engine\n  woven bench northd bin/woven-northd /usr/bin/ovn-northd",
		Args:    cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return errors.New("what is to be measured: engine or northd")
		},
	}
	cmd.AddCommand(benchEngineCommand(), benchNorthdCommand())
	return cmd
}

// workload is what bench engine measures.
type workload struct {
	name string
	run  func() (bench.Result, error)
}

// changeSamples is how many single changes are timed.
const changeSamples = 20_000

var workloads = []workload{
	{"ports-1m", func() (bench.Result, error) { return bench.Ports(1_000_000, changeSamples) }},
}

func benchEngineCommand() *cobra.Command {
	var only string
	cmd := &cobra.Command{
		Use:   "engine",
		Short: "measure the engine on its own workloads",
		Long: `engine measures bulk loads and single changes, and checks the results. It takes most of a minute
and wants a machine that does nothing else.`,
		Example: "  woven bench engine\n  woven bench engine -o json --only ports-1m",
		Args:    cobra.NoArgs,
	}
	cmd.Flags().StringVar(&only, "only", "", "the one workload to run: "+workloadNames(workloads))
	out := formatFlag(cmd, "text", "json")
	cmd.RunE = func(cmd *cobra.Command, _ []string) error {
		return benchEngine(cmd.OutOrStdout(), workloads, only, out.value)
	}
	return cmd
}

func workloadNames(list []workload) string {
	var names []string
	for _, w := range list {
		names = append(names, w.name)
	}
	return strings.Join(names, ", ")
}

// benchEngine runs the workloads, or the one of that name. As JSON it prints one object a line.
func benchEngine(out io.Writer, list []workload, only, format string) error {
	var results []bench.Result
	for _, w := range list {
		if only != "" && w.name != only {
			continue
		}
		r, err := w.run()
		if err != nil {
			return found("%s: %w", w.name, err)
		}
		results = append(results, r)
	}
	if len(results) == 0 {
		return fmt.Errorf("there is no workload %q; there are %s", only, workloadNames(list))
	}
	if format == "json" {
		return printJSONLines(out, results)
	}
	bench.WriteTable(out, results)
	return nil
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
