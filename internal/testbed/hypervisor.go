package testbed

import (
	"fmt"
	"os/exec"
	"path/filepath"

	"github.com/digitalocean/go-openvswitch/ovs"
)

// Hypervisor is a host: Open vSwitch with the bridges br-phy and br-int, and a controller.
type Hypervisor struct {
	// Name is the name of the host, and of its chassis.
	Name string
	// Address is the end of its tunnels.
	Address string
	// Namespace is where its switch runs; nil with the dummy datapath.
	Namespace *Namespace
	// Database is the server of Open_vSwitch, Switch is ovs-vswitchd, Controller the controller.
	Database, Switch, Controller *Daemon
	// VMs are its virtual machines, in the order in which they were started.
	VMs []*VM

	bed     *Bed
	folder  string
	number  int
	client  *ovs.Client // does on the host what go-openvswitch can do
	settled int         // how often Settle was called
}

// StartHypervisor starts a host and its controller, and connects it to the others and to the
// Southbound.
func (b *Bed) StartHypervisor(name string, controller Program) (*Hypervisor, error) {
	if b.Central == nil {
		return nil, fmt.Errorf("hypervisor %s: the bed has no Southbound yet", name)
	}
	h := &Hypervisor{Name: name, bed: b, number: len(b.Hypervisors) + 1}
	h.Address = underlayAddress(h.number)
	h.client = ovs.New(ovs.Exec(h.run))
	var err error
	if h.folder, err = b.newFolder(name); err != nil {
		return nil, err
	}
	if b.datapath == Userspace {
		if h.Namespace, err = b.newNamespace(name); err != nil {
			return nil, err
		}
	}
	if err := h.startSwitch(); err != nil {
		return nil, fmt.Errorf("hypervisor %s: %w", name, err)
	}
	if err := h.addBridges(); err != nil {
		return nil, fmt.Errorf("hypervisor %s: %w", name, err)
	}
	b.Hypervisors = append(b.Hypervisors, h)
	return h, h.startController(controller)
}

func (h *Hypervisor) startController(controller Program) error {
	h.Controller = h.bed.newDaemon(controller.Name(), controller, h.folder, h.databaseRemote())
	h.Controller.namespace = h.Namespace
	if err := h.Controller.Start(); err != nil {
		return fmt.Errorf("hypervisor %s: %w", h.Name, err)
	}
	return nil
}

// Replace ends the controller as for an upgrade and starts another one in its place, over the same
// switch and databases.
func (h *Hypervisor) Replace(controller Program) error {
	if err := h.Controller.Exit("--restart"); err != nil {
		return err
	}
	return h.startController(controller)
}

// startSwitch starts the database and ovs-vswitchd.
func (h *Hypervisor) startSwitch() (err error) {
	h.Database, err = h.bed.newDatabase(h.folder, "vswitch", vswitchSchema, "db.sock")
	if err != nil {
		return err
	}
	if err := h.Database.Start(); err != nil {
		return err
	}
	_, err = h.VSCtl("--no-wait", "init", "--", "set", "Open_vSwitch", ".",
		"external_ids:system-id="+h.Name, "external_ids:hostname="+h.Name,
		"external_ids:ovn-remote="+h.bed.Central.SBRemote(),
		"external_ids:ovn-encap-type=geneve", "external_ids:ovn-encap-ip="+h.Address)
	if err != nil {
		return err
	}
	// The kernel's datapath, which a machine may have, would not be the bed's own.
	args := []string{"--disable-system", h.databaseRemote()}
	if h.bed.datapath == Dummy {
		args = append([]string{"--enable-dummy"}, args...)
	}
	h.Switch = h.bed.newDaemon("ovs-vswitchd", Program{Path: "ovs-vswitchd"}, h.folder, args...)
	h.Switch.namespace = h.Namespace
	return h.Switch.Start()
}

// addBridges makes br-phy with its address, and an empty br-int.
func (h *Hypervisor) addBridges() error {
	datapath := "datapath_type=" + string(h.bed.datapath)
	_, err := h.VSCtl("add-br", "br-phy", "--", "set", "Bridge", "br-phy", datapath,
		"other_config:hwaddr="+underlayMAC(h.number),
		"--", "add-br", "br-int", "--", "set", "Bridge", "br-int", datapath, "fail_mode=secure")
	if err != nil {
		return err
	}
	port, err := h.bed.underlay.connect(h)
	if err != nil {
		return err
	}
	if len(port) > 0 {
		if _, err := h.VSCtl(port...); err != nil {
			return err
		}
	}
	h.Switch.ready = func() error { return h.bed.underlay.address(h) }
	return h.Switch.ready()
}

// Folder is the run-time directory of the host's daemons.
func (h *Hypervisor) Folder() string { return h.folder }

// databaseRemote is where the Open_vSwitch database is reached.
func (h *Hypervisor) databaseRemote() string {
	return "unix:" + filepath.Join(h.folder, "db.sock")
}

// run runs a program of Open vSwitch on the host, for go-openvswitch.
func (h *Hypervisor) run(program string, args ...string) ([]byte, error) {
	output, err := h.Command(program, args...).CombinedOutput()
	if err != nil {
		err = fmt.Errorf("%s %q on %s: %w", program, args, h.Name, err)
	}
	return output, err
}

// Command is a command that runs on the host: in its namespace, with its run-time directory.
func (h *Hypervisor) Command(program string, args ...string) *exec.Cmd {
	if path, err := find(program); err == nil {
		program = path
	}
	command := h.Namespace.command(program, args...)
	command.Env = environment(h.folder)
	return command
}

// VSCtl runs ovs-vsctl on the host, for what go-openvswitch cannot express, and returns what it
// prints. Unless told not to, it waits until the switch has done it.
func (h *Hypervisor) VSCtl(args ...string) (string, error) {
	return client(h.folder, "ovs-vsctl", append([]string{"--db=" + h.databaseRemote()}, args...)...)
}

// Ports lists the ports of br-int.
func (h *Hypervisor) Ports() ([]string, error) { return h.client.VSwitch.ListPorts("br-int") }

// Flows is what "ovs-ofctl dump-flows" says of br-int, with the words that change with time and
// traffic left out.
func (h *Hypervisor) Flows() (string, error) {
	return client(h.folder, "ovs-ofctl", "--protocols=OpenFlow15", "--no-stats", "--no-names",
		"dump-flows", "br-int")
}

// Trace follows a frame that comes out of a machine of this host through br-int, with
// "ovs-appctl ofproto/trace".
func (h *Hypervisor) Trace(from *VM, frame []byte) (*ovs.ProtoTrace, error) {
	return h.client.App.ProtoTrace("br-int", "",
		[]ovs.Match{ovs.FieldMatch("in_port", from.Name)}, fmt.Sprintf("%x", frame))
}
