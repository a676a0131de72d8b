package testbed

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
)

// Program is an executable that does the work of one of OVN's daemons and takes its options.
type Program struct {
	// Path is a file, or a name that is looked up on the PATH and where Debian keeps daemons.
	Path string
	// Args come before the options that a bed adds.
	Args []string
	// Fragile says that the program may crash on its own: then it is started again, a few times.
	Fragile bool
}

// ReferenceNorthd is the ovn-northd that is installed on this machine.
func ReferenceNorthd() Program { return Program{Path: "ovn-northd"} }

// ReferenceController is the ovn-controller that is installed on this machine. About one in ten
// starts of Debian's 23.03.1 ends with a segmentation fault in its packet thread.
func ReferenceController() Program { return Program{Path: "ovn-controller", Fragile: true} }

// Name is what the program calls itself in the names of its control socket and its log.
func (p Program) Name() string { return filepath.Base(p.Path) }

// find returns a program's path, also where the PATH of an unprivileged user does not lead.
func find(program string) (string, error) {
	if path, err := exec.LookPath(program); err == nil {
		return path, nil
	}
	for _, folder := range []string{"/usr/sbin", "/sbin"} {
		if path, err := exec.LookPath(filepath.Join(folder, program)); err == nil {
			return path, nil
		}
	}
	return "", fmt.Errorf("the program %s is not installed%s", program, packageHint(program))
}

// packages says which of Debian's packages hold the programs that a bed runs.
var packages = map[string]string{
	"ip": "iproute2", "ovsdb-server": "openvswitch-switch", "ovsdb-tool": "openvswitch-common",
	"ovs-vswitchd": "openvswitch-switch", "ovs-vsctl": "openvswitch-switch",
	"ovs-appctl": "openvswitch-common", "ovs-ofctl": "openvswitch-common",
	"ovn-nbctl": "ovn-common", "ovn-sbctl": "ovn-common", "ovn-northd": "ovn-central",
	"ovn-controller": "ovn-host",
}

func packageHint(program string) string {
	if name := packages[program]; name != "" {
		return ": it is in Debian's package " + name
	}
	return ""
}

// The schemas of the three databases, where Debian's packages put them.
const (
	northboundSchema = "/usr/share/ovn/ovn-nb.ovsschema"
	southboundSchema = "/usr/share/ovn/ovn-sb.ovsschema"
	vswitchSchema    = "/usr/share/openvswitch/vswitch.ovsschema"
)

// checkNeeds returns an error that names the first thing that a bed cannot do without.
func checkNeeds(datapath Datapath) error {
	needed := []string{"ovsdb-server", "ovsdb-tool", "ovs-vswitchd", "ovs-vsctl", "ovs-appctl",
		"ovs-ofctl", "ovn-nbctl", "ovn-sbctl"}
	if datapath == Userspace {
		if os.Geteuid() != 0 {
			return fmt.Errorf("network namespaces need root, and this runs as user %d: "+
				"run it as root, or with the dummy datapath", os.Geteuid())
		}
		needed = append(needed, "ip")
	}
	for _, program := range needed {
		if _, err := find(program); err != nil {
			return err
		}
	}
	for _, schema := range []string{northboundSchema, southboundSchema, vswitchSchema} {
		if _, err := os.Stat(schema); err != nil {
			return fmt.Errorf("%w: install Debian's packages ovn-common and openvswitch-common", err)
		}
	}
	return nil
}
