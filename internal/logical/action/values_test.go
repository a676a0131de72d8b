package action

import (
	"testing"

	"github.com/stretchr/testify/require"
)

func TestValues(t *testing.T) {
	v := NewValues("port lsp1 3", `port "lsp2" 4`, `port "a b\n\"c\"" 5`, `port "" 6`, "collector_set 7",
		`dhcp_option "router" 3 ipv4`, `group "type=select bucket" 8`, "port twice 2", "port twice 1",
		"", "port", `port "open 9`, `port "x"10`, "port  11")
	for _, c := range []struct{ kind, name, want string }{{"port", "lsp1", "3"}, {"port", "lsp2", "4"},
		{"port", "a b\n\"c\"", "5"}, {"collector_set", "7", ""}, {"dhcp_option", "router", "3 ipv4"},
		{"group", "type=select bucket", "8"}, {"port", "twice", "1"}} {
		value, ok := v.lookup(c.kind, c.name)
		require.True(t, ok, c.name)
		require.Equal(t, c.want, value, c.name)
	}
	for _, name := range []string{"lsp3", "open", `"open`, "lsp1 3"} {
		_, ok := v.lookup("port", name)
		require.False(t, ok, name)
	}
	_, ok := NewValues().lookup("port", "lsp1")
	require.False(t, ok)
}
