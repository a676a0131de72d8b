package sandbox

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"woven/internal/testbed"
)

// writeCommands makes a command for each hypervisor and each machine, named like it, and returns
// the folder that they are in.
func writeCommands(b *testbed.Bed) (string, error) {
	folder := filepath.Join(b.Folder(), "bin")
	if err := os.Mkdir(folder, 0o700); err != nil {
		return "", err
	}
	for _, h := range b.Hypervisors {
		if err := writeCommand(folder, h.Name, hypervisorScript(h)); err != nil {
			return "", err
		}
		for _, v := range h.VMs {
			if err := writeCommand(folder, v.Name, machineScript(b, v)); err != nil {
				return "", err
			}
		}
	}
	return folder, nil
}

func writeCommand(folder, name, text string) error {
	return os.WriteFile(filepath.Join(folder, name), []byte("#!/bin/sh\n"+text), 0o700)
}

// within is the beginning of a command that runs in a namespace.
func within(n *testbed.Namespace) string {
	if n == nil {
		return "exec"
	}
	return "exec ip netns exec " + n.Name
}

// hypervisorScript runs its arguments on the host: with its run-time directory, and in its
// namespace.
func hypervisorScript(h *testbed.Hypervisor) string {
	var text strings.Builder
	fmt.Fprintf(&text, "if [ $# = 0 ]; then echo 'usage: %s COMMAND, such as: %s ovs-vsctl show' >&2; "+
		"exit 2; fi\n", h.Name, h.Name)
	for _, variable := range []string{"OVS_RUNDIR", "OVN_RUNDIR", "OVS_DBDIR", "OVS_LOGDIR", "OVN_LOGDIR"} {
		fmt.Fprintf(&text, "export %s=%s\n", variable, h.Folder())
	}
	fmt.Fprintf(&text, "%s \"$@\"\n", within(h.Namespace))
	return text.String()
}

// machineScript pings, which the sandbox itself does, or runs its arguments on the machine. A
// machine of the dummy datapath has no system to run anything else on.
func machineScript(b *testbed.Bed, v *testbed.VM) string {
	otherwise := within(v.Namespace) + ` "$@"`
	usage := fmt.Sprintf("echo 'usage: %s ping ADDRESS [COUNT], or %s COMMAND' >&2; exit 2", v.Name, v.Name)
	if v.Namespace == nil {
		usage = fmt.Sprintf("echo 'usage: %s ping ADDRESS [COUNT]' >&2; exit 2", v.Name)
		otherwise = usage
	}
	return fmt.Sprintf(`case "$1" in
"") %s ;;
ping) shift; exec ovs-appctl --target=%s ping %s "$@" ;;
*) %s ;;
esac
`, usage, controlSocket(b), v.Name, otherwise)
}
