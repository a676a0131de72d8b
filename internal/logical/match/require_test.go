package match

import (
	"testing"

	"github.com/stretchr/testify/require"
)

// TestWhatTheReferenceCannotDo has matches that the reference crashes on, or for which it sends flows
// that the switch refuses, again and again.
func TestWhatTheReferenceCannotDo(t *testing.T) {
	for match, want := range map[string][]string{
		// No packet is like this.
		"ct_state[9] == 1":                         {},
		"ct_state == {0x100, 0x21}":                {"ct_state=new|trk,metadata=0x1"},
		"ip4 && ip.frag == 2":                      {},
		"ip4 && ip.later_frag && tcp.src == 1":     {},
		"ip4 && tcp.src == 1 && ip.frag == {1, 3}": {"tcp,metadata=0x1,nw_frag=first,tp_src=1"},
		"ip4 && ip.later_frag && udp":              {"udp,metadata=0x1,nw_frag=later"},
		// A priority without the presence of a tag.
		"vlan.tci == 0x2001": {"metadata=0x1,dl_vlan=1,dl_vlan_pcp=1"},
		"vlan.tci[13]":       {"metadata=0x1"},
	} {
		rows, err := Expand(match, "", nil)
		require.NoError(t, err, match)
		require.ElementsMatch(t, want, known.flows(rows), match)
	}
	require.EqualError(t, Check("ip4 && icmp4.frag_mtu == 5"), `at character 8, "icmp4.frag_mtu": `+
		`icmp4.frag_mtu is written by actions only: packets cannot be matched on it`)
}
