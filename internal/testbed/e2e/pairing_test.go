// Package e2e sends packets through whole stacks, in every pairing of woven's and the reference's
// daemons: who should be reached is reached, nobody else is, and it stays so whatever is killed.
//
// What belongs here: what a network does to packets. What does not: how a stack is started, which
// is internal/testbed's, and what the databases hold, which is internal/parity's.
package e2e

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"testing"

	"woven/internal/testbed"
)

// daemons are woven's that are tested here; built is the folder that they are built into.
var (
	daemons = []string{"woven/cmd/woven-northd", "woven/cmd/woven-controller"}
	built   string
)

func TestMain(m *testing.M) {
	os.Exit(run(m))
}

func run(m *testing.M) int {
	folder, err := os.MkdirTemp("", "e2e")
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	defer os.RemoveAll(folder)
	build := exec.Command("go", append([]string{"build", "-o", folder + "/"}, daemons...)...)
	if output, err := build.CombinedOutput(); err != nil {
		fmt.Fprintf(os.Stderr, "building woven's daemons: %v\n%s", err, output)
		return 1
	}
	built = folder
	return m.Run()
}

// woven is one of our daemons.
func woven(name string) testbed.Program { return testbed.Program{Path: filepath.Join(built, name)} }

// pairing is which programs a stack is made of.
type pairing struct {
	name     string
	northd   testbed.Program
	hv1, hv2 testbed.Program // the controllers
}

// pairings are all that are tested.
func pairings() []pairing {
	northd, controller := testbed.ReferenceNorthd(), testbed.ReferenceController()
	ourNorthd, ours := woven("woven-northd"), woven("woven-controller")
	return []pairing{
		{"reference", northd, controller, controller},
		{"woven northd", ourNorthd, controller, controller},
		{"woven controllers", northd, ours, ours},
		{"woven", ourNorthd, ours, ours},
		{"side by side", ourNorthd, ours, controller},
	}
}

// Every pairing passes the same packets, from its start on and after everything that can happen to
// its programs.
func TestPairings(t *testing.T) {
	for _, p := range pairings() {
		t.Run(p.name, func(t *testing.T) {
			t.Parallel()
			w := newWorld(t, p)
			w.step("from the start", nothing)
			for _, v := range w.victims() {
				w.killed(v)
			}
			for _, r := range w.restarts() {
				w.restarted(r)
			}
		})
	}
}

func nothing() error { return nil }
