package golden_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"woven/engine"
	"woven/engine/check"
	"woven/engine/function"
	"woven/engine/syntax"
	"woven/rules"
)

// sweepers are the relations whose changes may cost as much as the network is large. They have one
// row or a few, which say something about the whole network, and whose change changes all of it.
var sweepers = []string{"tunnel_mode", "global_flag", "ct_storage", "ct_inv_match",
	"hypervisor_option"}

// Counters of the whole network are one row against one row.
var countersFile = "northd/sync/sequence_number.mg"

// Whatever else changes, nothing is swept: the cost of a change does not grow with the network.
func TestOnlyWhatConcernsAllSweeps(t *testing.T) {
	files, err := rules.Load("", "northd")
	require.NoError(t, err)
	var parsed []*syntax.File
	for _, f := range files {
		p, faults := syntax.Parse(f.Path, f.Text)
		require.Empty(t, faults)
		parsed = append(parsed, p)
	}
	program, _ := check.Check(parsed, function.Default(), check.Options{Generated: rules.Shared})
	require.NotNil(t, program)
	all, err := engine.Plans(program)
	require.NoError(t, err)
	require.NotEmpty(t, all)
	for _, r := range all {
		for _, p := range r.Plans {
			driver, _, _ := strings.Cut(p.Driver, "(")
			for _, step := range p.Steps {
				if step.Kind == "sweep" && r.Pos.File != countersFile {
					require.Contains(t, sweepers, driver, "%s %s: a change of %s sweeps %s", r.Pos, r.Rule,
						p.Driver, step.Literal)
				}
			}
		}
	}
}
