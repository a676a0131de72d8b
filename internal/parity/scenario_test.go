package parity

import (
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestParseScenarios(t *testing.T) {
	scenarios, err := ParseScenarios("x", strings.NewReader(`
# a comment
scenario one two
unseeded
nbctl a 'b "c' "d \"e" \
  f\ g ''
fails sbctl x

scenario three
restart
`))
	require.NoError(t, err)
	require.Equal(t, []Scenario{
		{Name: "one two", Unseeded: true, Steps: []Step{
			{Verb: "nbctl", Args: []string{"a", `b "c`, `d "e`, "f g", ""}},
			{Verb: "sbctl", Args: []string{"x"}, Fails: true},
		}},
		{Name: "three", Steps: []Step{{Verb: "restart", Args: []string{}}}},
	}, scenarios)
}

func TestParseScenariosSaysWhere(t *testing.T) {
	for text, want := range map[string]string{
		"nbctl x":                 "x:1: a step before the first scenario",
		"scenario a\n\nnbctl":     "x:3: nbctl needs a command",
		"scenario a\nrestart now": "x:2: restart stands alone",
		"scenario a\nhop":         `x:2: unknown step "hop"`,
		"scenario a\nnbctl 'x":    "x:2: unfinished quote",
		"scenario a\nnbctl x\\":   "x:2: unfinished quote",
	} {
		_, err := ParseScenarios("x", strings.NewReader(text))
		require.ErrorContains(t, err, want, text)
	}
}

func TestScenariosArePrintedAsTheyAreRead(t *testing.T) {
	for seed := range uint64(20) {
		s := Generate(seed, 30)
		again, err := ParseScenarios("x", strings.NewReader(s.String()))
		require.NoError(t, err)
		require.Equal(t, s.String(), again[0].String())
		require.Equal(t, s.String(), Generate(seed, 30).String(), "a seed has one scenario")
	}
}

// What Generate says it covers must appear, or a random run proves less than it claims.
func TestGenerateCoversItsGround(t *testing.T) {
	var all strings.Builder
	steps := 0
	for seed := range uint64(40) {
		s := Generate(seed, 50)
		steps += len(s.Steps)
		all.WriteString(s.String())
	}
	text := all.String()
	for _, pattern := range []string{"create Logical_Switch ", "ls-del", "create Logical_Switch_Port",
		"lsp-del", "create ACL", "acls ", "enabled=false", "type=localport", "type=localnet",
		"type=no-such-type", "vlan-passthru=true", "requested-tnl-key=1", "requested-tnl-key=(abc|9x|0x20)",
		"interconn-ts", "port_security=", `port_security=\["(bogus|02:00:00| )"\]`, "dynamic", "router",
		`unknown"`, "bogus", "junk", "fd00::", "fails nbctl", "restart", "allow-related", "reject",
		"log=true", " -- .* -- .* -- ", "neutron:network_name", "neutron:port_name", "name=renamed",
		"clear Logical_Switch_Port", "clear Logical_Switch "} {
		require.True(t, regexp.MustCompile(pattern).MatchString(text), "nothing matches %s", pattern)
	}
	require.Equal(t, 40*51, steps)
}
