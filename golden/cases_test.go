package golden_test

import (
	"flag"
	"testing"

	"github.com/stretchr/testify/require"

	"woven/golden"
	"woven/rules"
)

var update = flag.Bool("update", false, "write what came out into the files that differ")

// daemons are those all of whose rules have cases.
var daemons = []string{"northd", "controller"}

func program(t *testing.T, daemon string) *golden.Program {
	t.Helper()
	files, err := rules.Load("", daemon)
	require.NoError(t, err)
	p, err := golden.NewProgram(files)
	require.NoError(t, err)
	return p
}

// Every case of every rule file holds, in every way of running it, and together they make every
// rule fire.
func TestCases(t *testing.T) {
	for _, daemon := range daemons {
		t.Run(daemon, func(t *testing.T) {
			p := program(t, daemon)
			s := golden.Suite{Program: p, Folder: ".", Daemon: daemon, Update: *update}
			sum, err := s.Run()
			require.NoError(t, err)
			for _, f := range sum.Failures {
				t.Error(f.String())
			}
			t.Logf("%d cases in %d files", sum.Cases, sum.Files)
			require.Empty(t, p.Uncovered(), "no case makes these rules fire")
		})
	}
}
