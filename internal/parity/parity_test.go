package parity

import (
	"errors"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

var (
	seeds = flag.Int("seeds", 3, "number of random runs")
	seed  = flag.Uint64("seed", 0, "seed of the first random run; 0 takes one from the clock")
	steps = flag.Int("steps", 25, "transactions of a random run")
)

// woven is our northd, built from the source that is being tested.
var woven Northd

func TestMain(m *testing.M) {
	flag.Parse()
	status, err := runWithWoven(m.Run)
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
	}
	os.Exit(status)
}

// runWithWoven builds our northd for the time of the tests.
func runWithWoven(run func() int) (status int, err error) {
	dir, err := os.MkdirTemp("", "woven")
	if err != nil {
		return 1, err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(dir)) }()
	woven = Northd{Name: "woven-northd", Path: filepath.Join(dir, "woven-northd")}
	build := exec.Command("go", "build", "-o", woven.Path, "woven/cmd/woven-northd")
	if out, err := build.CombinedOutput(); err != nil {
		return 1, fmt.Errorf("%v: %w\n%s", build, err, out)
	}
	return run(), nil
}

// northds returns what is compared with the reference: the reference itself, which shows that a
// scenario is one to which there is a single answer, and ours.
func northds() []Northd { return []Northd{Reference(), woven} }

func TestParityOfScenarios(t *testing.T) {
	for _, s := range readScenarios(t) {
		for _, n := range northds() {
			t.Run(s.Name+"/"+n.Name, func(t *testing.T) {
				t.Parallel()
				p := NewPair(t, Reference(), n, !s.Unseeded)
				require.NoError(t, p.Run(s))
				requireFrugal(t, p)
			})
		}
	}
}

// requireFrugal checks that ours wrote no more rows than the reference did.
func requireFrugal(t *testing.T, p *Pair) {
	if p.GotNorthd.Path != p.WantNorthd.Path {
		require.LessOrEqual(t, p.GotRows, p.WantRows, "rows written to the Southbound")
	}
}

func readScenarios(t *testing.T) []Scenario {
	files, err := filepath.Glob("testdata/*.scenario")
	require.NoError(t, err)
	require.NotEmpty(t, files)
	var all []Scenario
	for _, file := range files {
		in, err := os.Open(file)
		require.NoError(t, err)
		scenarios, err := ParseScenarios(file, in)
		require.NoError(t, err)
		require.NoError(t, in.Close())
		all = append(all, scenarios...)
	}
	return all
}

func TestParityOfRandomRuns(t *testing.T) {
	first := *seed
	if first == 0 {
		first = uint64(time.Now().UnixNano())
	}
	for i := range *seeds {
		s := Generate(first+uint64(i), *steps)
		for _, n := range northds() {
			t.Run(fmt.Sprintf("seed %d/%s", first+uint64(i), n.Name), func(t *testing.T) {
				t.Parallel()
				p := NewPair(t, Reference(), n, true)
				if err := p.Run(s); err != nil {
					t.Fatalf("repeat with -seed=%d -seeds=1 -steps=%d: %v\n%s",
						first+uint64(i), *steps, err, s)
				}
				requireFrugal(t, p)
			})
		}
	}
}
