package match

import (
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"woven/bridge/openflow"
)

// FuzzExpand makes sure that no text crashes or stalls the compiler, and that what it makes of one
// can be read by the switch's side.
func FuzzExpand(f *testing.F) {
	for _, text := range []string{"", "ip4 && (tcp || udp)", `inport == {"lsp1", @pg2} && ip4.src == $as4`,
		"!(1 <= tcp.dst[0..3] < 5) || reg0 != 0", "ip6.mcast && nd.target == {fe80::1, $as6}",
		`is_chassis_resident("lsp1") && !ip.first_frag`, "vlan.tci[3..15] > 5", "ct_state == 0/0"} {
		f.Add(text, "ip")
	}
	f.Fuzz(func(t *testing.T, match, prerequisite string) {
		start := time.Now()
		for _, symbolic := range []bool{false, true} {
			rows, err := Expand(match, prerequisite, known.values(match, symbolic))
			if err != nil {
				require.NotEmpty(t, err.Error())
				continue
			}
			for _, row := range rows {
				text, fits := AppendText(nil, row.Pattern, 1, 1, "10.0.0.1")
				if !fits {
					continue
				}
				m, err := openflow.ParseMatch(string(text))
				require.NoError(t, err, "%s: %s", match, text)
				require.Equal(t, string(text), m.String(), match)
			}
		}
		require.Less(t, time.Since(start), time.Minute, strings.ToValidUTF8(match, "?"))
	})
}
