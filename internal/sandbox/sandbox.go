package sandbox

import (
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"strings"
	"syscall"

	"woven/internal/testbed"
)

// Options say what runs in a sandbox.
type Options struct {
	// Northd and Controller are programs; empty for woven's own.
	Northd, Controller string
	// Dummy asks for the datapath that needs no root.
	Dummy bool
	// Command runs instead of the user's shell.
	Command []string
	// Stdin, Stdout and Stderr are those of the command. What the sandbox itself says goes to Stderr.
	Stdin          io.Reader
	Stdout, Stderr io.Writer
}

// Run starts a sandbox, runs the command or the user's shell in it, and removes it again. The error
// says what kept it from starting, or how the command failed.
func Run(o Options) (err error) {
	northd, northdNote, err := choose(o.Northd, "woven-northd", testbed.ReferenceNorthd())
	if err != nil {
		return err
	}
	controller, controllerNote, err := choose(o.Controller, "woven-controller",
		testbed.ReferenceController())
	if err != nil {
		return err
	}
	for _, note := range []string{northdNote, controllerNote} {
		if note != "" {
			fmt.Fprintln(o.Stderr, note)
		}
	}
	// From here on nothing may end this process before it has cleaned up.
	signals, interrupts := make(chan os.Signal, 1), make(chan os.Signal, 1)
	signal.Notify(signals, syscall.SIGTERM, syscall.SIGHUP)
	defer signal.Stop(signals)
	// An interrupt is meant for the command. It has a channel of its own, that nobody reads, so that
	// it cannot take the place of a signal that ends us.
	signal.Notify(interrupts, syscall.SIGINT)
	defer signal.Stop(interrupts)
	datapath := testbed.Userspace
	if o.Dummy {
		datapath = testbed.Dummy
	}
	b, err := testbed.New(datapath)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, b.Close()) }()
	fmt.Fprintf(o.Stderr, "Starting %s, and two hypervisors with %s ...\n", northd.Name(), controller.Name())
	if err := start(b, northd, controller); err != nil {
		return err
	}
	server, err := serve(b)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, server.Close()) }()
	folder, err := writeCommands(b)
	if err != nil {
		return err
	}
	if len(o.Command) == 0 {
		fmt.Fprint(o.Stderr, introduction(b))
	}
	return runCommand(o, environment(b, folder), folder, signals)
}

// environment leads OVN's clients to the sandbox, and finds its commands.
func environment(b *testbed.Bed, commands string) []string {
	c := b.Central
	return append(os.Environ(), "PATH="+commands+":"+os.Getenv("PATH")+":/usr/sbin:/sbin",
		"OVN_NB_DB="+c.NBRemote(), "OVN_SB_DB="+c.SBRemote(), "OVN_RUNDIR="+c.Folder(),
		"OVN_LOGDIR="+c.Folder(), "WOVEN_SANDBOX="+b.Folder())
}

// runCommand runs the command, or the user's shell, until it ends, which signals make it
// do.
func runCommand(o Options, environment []string, commands string, signals <-chan os.Signal) error {
	arguments := o.Command
	if len(arguments) == 0 {
		shell := os.Getenv("SHELL")
		if shell == "" {
			shell = "/bin/sh"
		}
		arguments = []string{shell}
	}
	program := arguments[0]
	if own := filepath.Join(commands, program); !strings.Contains(program, "/") && isFile(own) {
		program = own // this process has another PATH
	}
	cmd := exec.Command(program, arguments[1:]...)
	cmd.Env = environment
	cmd.Stdin, cmd.Stdout, cmd.Stderr = o.Stdin, o.Stdout, o.Stderr
	if err := cmd.Start(); err != nil {
		return err
	}
	ended := make(chan error, 1)
	go func() { ended <- cmd.Wait() }()
	for {
		select {
		case <-signals:
			_ = cmd.Process.Signal(syscall.SIGHUP) // what a shell ends by; it may have ended
		case err := <-ended:
			if len(o.Command) == 0 {
				return nil // how the last command at the shell ended concerns nobody
			}
			if err != nil {
				return fmt.Errorf("%s: %w", strings.Join(o.Command, " "), err)
			}
			return nil
		}
	}
}

func isFile(path string) bool {
	info, err := os.Stat(path)
	return err == nil && info.Mode().IsRegular()
}

// introduction tells what there is and what to try.
func introduction(b *testbed.Bed) string {
	var text strings.Builder
	text.WriteString("\nThis is a whole OVN. Its machines, and where they run:\n\n")
	for _, h := range b.Hypervisors {
		for _, v := range h.VMs {
			fmt.Fprintf(&text, "  %-12s %s  %v\n", v.Name, h.Name, v.Addresses)
		}
	}
	text.WriteString(`
Things to try:

  blue-client ping 10.0.1.1              # over the tunnel to blue-web
  green-one ping fd00:2::2               # on the same hypervisor
  ovn-nbctl show                         # the network as users describe it
  ovn-sbctl lflow-list blue              # what northd makes of it
  hv1 ovs-ofctl dump-flows br-int        # what the controller makes of that
  ovn-nbctl --wait=hv acl-add blue to-lport 2000 'outport == "blue-web" && icmp4' drop
  blue-client ping 10.0.1.1              # not any more
  hv1 ovn-appctl -t ` + b.Hypervisors[0].Controller.Name() + ` connection-status

NAME COMMAND runs a command on a hypervisor or a machine. Logs are in $WOVEN_SANDBOX.
Leave with exit; everything is removed then.

`)
	return text.String()
}
