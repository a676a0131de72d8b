package tool

import (
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// Relations that change only when somebody configures the network as a whole: then it may cost
// as much as the network is large.
var configuration = []string{"tunnel_mode", "ct_storage", "ct_inv_match", "global_flag"}

// Relations that have a row for each sink, or one at all.
var few = []string{"acked"}

// No change of a port, an ACL or a switch makes the engine look at all of the others.
func TestNorthdRulesSweepNothing(t *testing.T) {
	p, err := (&source{daemon: "northd"}).usable(nil)
	require.NoError(t, err)
	rules, err := rulePlans(p.checked)
	require.NoError(t, err)
	require.Greater(t, len(rules), 100)
	relation := func(literal string) string {
		name, _, _ := strings.Cut(strings.TrimPrefix(literal, "!"), "(")
		return name
	}
	for _, r := range rules {
		for _, plan := range r.Plans {
			for _, s := range plan.Steps {
				if s.Kind == "sweep" && !slices.Contains(few, relation(s.Literal)) {
					require.Contains(t, configuration, relation(plan.Driver),
						"%s %s: a change of %s looks at all of %s", r.Rule, r.Place, plan.Driver, s.Literal)
				}
			}
		}
	}
}
