package tool

import (
	"fmt"

	"github.com/spf13/cobra"

	"woven/internal/sandbox"
)

func sandboxCommand() *cobra.Command {
	var o sandbox.Options
	cmd := &cobra.Command{
		Use:   "sandbox [-- COMMAND...]",
		Short: "start a whole OVN to play with: databases, daemons, two hypervisors, four machines",
		Long: `sandbox starts a Northbound, a Southbound, a northd, and two hypervisors with Open vSwitch and a
controller, all private and apart from what else runs on the machine; gives them the network that
woven run shows, with real packets; and starts your shell in the midst of it. When the shell ends,
everything is removed.

In it ovn-nbctl and its kin reach the sandbox's databases. The name of a hypervisor (hv1, hv2) or of
a machine is a command that runs another one there: hv1 ovs-vsctl show. Every machine can ping:
blue-client ping 10.0.1.1 [COUNT].

It needs Debian's OVN and Open vSwitch, and root for network namespaces. With --dummy it needs no
root; then machines can ping and nothing else.

Exit codes: 0 all is well, 1 the sandbox did not start or COMMAND failed, 2 the command line is
wrong.`,
		Example: `  woven sandbox
  woven sandbox --northd ovn-northd --controller ovn-controller
  woven sandbox --dummy -- blue-client ping 10.0.1.1`,
		Args: func(cmd *cobra.Command, args []string) error {
			if at := cmd.ArgsLenAtDash(); len(args) > 0 && at != 0 {
				return fmt.Errorf("a command to run stands behind --, as in woven sandbox -- %s", args[0])
			}
			return nil
		},
	}
	cmd.Flags().StringVar(&o.Northd, "northd", "",
		"the program to use as northd (default: woven-northd beside woven, else ovn-northd)")
	cmd.Flags().StringVar(&o.Controller, "controller", "",
		"the program to use as controller (default: woven-controller beside woven, else ovn-controller)")
	cmd.Flags().BoolVar(&o.Dummy, "dummy", false, "use Open vSwitch's dummy datapath, which needs no root")
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		o.Command = args
		o.Stdin, o.Stdout, o.Stderr = cmd.InOrStdin(), cmd.OutOrStdout(), cmd.ErrOrStderr()
		if err := sandbox.Run(o); err != nil {
			return finding{err}
		}
		return nil
	}
	return cmd
}
