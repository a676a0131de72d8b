package testbed

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"

	"golang.org/x/sys/unix"
)

// namespaceFolder is where ip-netns(8) keeps the names of network namespaces.
const namespaceFolder = "/run/netns"

// Namespace is a network namespace with a name. A nil one is the namespace of this process.
type Namespace struct {
	// Name is the name for "ip netns exec".
	Name string
}

// newNamespace makes a namespace whose loopback interface is up.
func newNamespace(name string) (*Namespace, error) {
	n := &Namespace{Name: name}
	if err := runIP("netns", "add", name); err != nil {
		return nil, err
	}
	return n, n.ip("link set lo up")
}

// remove ends the namespace, and with it the interfaces in it.
func (n *Namespace) remove() error { return runIP("netns", "del", n.Name) }

// ip runs commands of ip(8) in the namespace, one a line.
func (n *Namespace) ip(lines ...string) error {
	command := exec.Command("ip", "-n", n.Name, "-batch", "-")
	command.Stdin = strings.NewReader(strings.Join(lines, "\n") + "\n")
	if output, err := command.CombinedOutput(); err != nil {
		return fmt.Errorf("ip -n %s: %w: %s\nof these commands:\n%s", n.Name, err, output,
			strings.Join(lines, "\n"))
	}
	return nil
}

func runIP(args ...string) error {
	if output, err := exec.Command("ip", args...).CombinedOutput(); err != nil {
		return fmt.Errorf("ip %s: %w: %s", strings.Join(args, " "), err, output)
	}
	return nil
}

// command is a command that runs in the namespace. Its process is the program itself, because ip
// becomes it.
func (n *Namespace) command(program string, args ...string) *exec.Cmd {
	if n == nil {
		return exec.Command(program, args...)
	}
	return exec.Command("ip", append([]string{"netns", "exec", n.Name, program}, args...)...)
}

// Do calls f on a thread that is in the namespace, and returns what f returns. Sockets that f opens
// belong to the namespace for as long as they live; goroutines that f starts do not.
func (n *Namespace) Do(f func() error) (err error) {
	if n == nil {
		return f()
	}
	runtime.LockOSThread()
	home, err := os.Open("/proc/thread-self/ns/net")
	if err != nil {
		runtime.UnlockOSThread()
		return err
	}
	defer home.Close()
	there, err := os.Open(filepath.Join(namespaceFolder, n.Name))
	if err != nil {
		runtime.UnlockOSThread()
		return err
	}
	defer there.Close()
	if err := unix.Setns(int(there.Fd()), unix.CLONE_NEWNET); err != nil {
		runtime.UnlockOSThread()
		return fmt.Errorf("entering the namespace %s: %w", n.Name, err)
	}
	defer func() {
		// A thread that cannot come home stays locked, so that no other goroutine runs there.
		if back := unix.Setns(int(home.Fd()), unix.CLONE_NEWNET); back != nil {
			err = fmt.Errorf("leaving the namespace %s: %w", n.Name, back)
			return
		}
		runtime.UnlockOSThread()
	}()
	return f()
}
