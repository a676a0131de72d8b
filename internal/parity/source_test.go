package parity

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// TestFlowsNameTheirRules looks at what ovn-trace and ovn-detrace show of a flow: the file, the line
// and the name of the rule that made it.
func TestFlowsNameTheirRules(t *testing.T) {
	s := NewStack(t, true)
	require.NoError(t, s.StartNorthd(woven))
	_, err := s.NBCtl("ls-add", "sw0", "--", "lsp-add", "sw0", "p0", "--",
		"lsp-set-addresses", "p0", "02:00:00:00:00:01 10.0.0.1", "--",
		"acl-add", "sw0", "to-lport", "1000", "ip4", "drop")
	require.NoError(t, err)
	require.NoError(t, s.Sync())
	list, err := s.SBCtl("--bare", "--columns=external_ids", "list", "Logical_Flow")
	require.NoError(t, err)
	require.Regexp(t, `source="?northd/switch/l2_lookup\.mg:\d+ lflow#1`, list)
	require.Regexp(t, `source="?northd/switch/acl\.mg:\d+ acl_flow#\d+`, list)
	require.Regexp(t, `source="?northd/switch/fdb\.mg:\d+ switch_flow#1`, list)
	require.Equal(t, strings.Count(list, "stage-name="), strings.Count(list, "source="),
		"every flow comes from a rule:\n%s", list)
}
