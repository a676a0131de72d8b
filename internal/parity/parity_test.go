package parity

import (
	"flag"
	"fmt"
	"os"
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

// northds returns what is compared with the reference: the reference itself, which shows that a
// scenario is one to which there is a single answer, and ours.
func northds(t *testing.T) []Northd {
	all := []Northd{Reference()}
	if path := os.Getenv("WOVEN_NORTHD"); path != "" {
		path, err := filepath.Abs(path)
		require.NoError(t, err)
		all = append(all, Northd{Name: "woven-northd", Path: path})
	}
	return all
}

func TestParityOfScenarios(t *testing.T) {
	for _, s := range readScenarios(t) {
		for _, n := range northds(t) {
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
		for _, n := range northds(t) {
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
