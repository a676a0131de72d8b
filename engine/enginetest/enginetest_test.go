package enginetest_test

import (
	"flag"
	"os"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"woven/engine/enginetest"
	"woven/engine/function"
)

var steps = flag.Int("enginetest.steps", 30, "steps of each random program")

func TestMain(m *testing.M) {
	flag.Parse()
	set := map[string]bool{}
	flag.Visit(func(f *flag.Flag) { set[f.Name] = true })
	if !set["rapid.checks"] { // more programs than rapid's 100, so that each feature is sure to be met
		if err := flag.Set("rapid.checks", "150"); err != nil {
			panic(err)
		}
	}
	// A failure prints its case and its seed; a file in the source tree is not wanted too.
	if err := flag.Set("rapid.nofailfile", "true"); err != nil {
		panic(err)
	}
	os.Exit(m.Run())
}

// TestTruthAgainstItself shows that the generator makes programs that the checker accepts, that
// naive evaluation of them is deterministic, and that a run meets every feature.
func TestTruthAgainstItself(t *testing.T) {
	reg := function.Default()
	driver := &enginetest.Driver{Registry: reg, System: enginetest.NewTruth,
		Census: &enginetest.Census{}}
	cases := enginetest.Cases(reg, *steps)
	rapid.Check(t, func(t *rapid.T) {
		require.NoError(t, driver.Run(cases.Draw(t, "case")))
	})
	t.Logf("exercised:\n%s", driver.Census)
	require.Empty(t, driver.Census.Never())
}
