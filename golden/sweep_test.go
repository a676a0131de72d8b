package golden_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"woven/engine"
	"woven/engine/check"
	"woven/engine/syntax"
	"woven/internal/logical"
	"woven/rules"
)

// allowance says which sweeps do not make the cost of a change grow with the network.
type allowance struct {
	// drivers are relations whose changes may cost as much as the network is large: they have one
	// row or a few, which say something about all of it, and whose change changes all of it.
	drivers []string
	// small are relations that have one row or a few, so that sweeping them costs nothing.
	small []string
}

var allowances = map[string]allowance{
	"northd": {
		drivers: []string{"tunnel_mode", "global_flag", "ct_storage", "ct_inv_match",
			"hypervisor_option"},
		// Counters of the whole network are one row against one row.
		small: []string{"acked", "hv_cfg", "hv_cfg_time"},
	},
	"controller": {
		drivers: []string{"chassis_name", "chassis_index", "config_flag", "integration_bridge",
			"integration_bridge_handle", "leaving", "!leaving", "our_chassis", "our_chassis_handle",
			"!our_zone", "!switch_ready", "tunnel_metadata_field", "tunnels_are_set_up",
			"tunnel_setting_of_all"},
		// What the hypervisor is configured to be, and counters.
		small: []string{"bridge_cfg", "bridge_datapath", "config", "config_flag", "encap",
			"encap_handle", "encap_ip", "encap_type_given", "given", "nb_cfg_delay", "nb_cfg_reached",
			"acked",
			"ovs.Open_vSwitch.external_ids", "override_name", "sb.SB_Global.nb_cfg",
			"tunnel_setting_of_all"},
	},
}

// Whatever else changes, nothing is swept: the cost of a change does not grow with the network.
func TestOnlyWhatConcernsAllSweeps(t *testing.T) {
	for _, daemon := range daemons {
		t.Run(daemon, func(t *testing.T) {
			for _, r := range plans(t, daemon) {
				for _, p := range r.Plans {
					for _, step := range p.Steps {
						if step.Kind == "sweep" && !allowances[daemon].covers(p.Driver, step.Literal) {
							t.Errorf("%s %s: a change of %s sweeps %s", r.Pos, r.Rule, p.Driver, step.Literal)
						}
					}
				}
			}
		})
	}
}

func (a allowance) covers(driver, swept string) bool {
	driver, _, _ = strings.Cut(driver, "(")
	swept, _, _ = strings.Cut(swept, "(")
	return slices.Contains(a.drivers, driver) || slices.Contains(a.small, swept)
}

// plans are those of a daemon's rules.
func plans(t *testing.T, daemon string) []engine.RulePlans {
	files, err := rules.Load("", daemon)
	require.NoError(t, err)
	var parsed []*syntax.File
	for _, f := range files {
		p, faults := syntax.Parse(f.Path, f.Text)
		require.Empty(t, faults)
		parsed = append(parsed, p)
	}
	program, _ := check.Check(parsed, logical.Registry(), check.Options{Generated: rules.Shared})
	require.NotNil(t, program)
	all, err := engine.Plans(program)
	require.NoError(t, err)
	require.NotEmpty(t, all)
	return all
}
