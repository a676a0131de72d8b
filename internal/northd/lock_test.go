package northd

import (
	"testing"

	"github.com/stretchr/testify/require"
)

// A second northd waits for the lock, and takes over from one that dies, in any mixture of ours and
// the reference. Whoever takes over finds everything in place.
func TestTakeover(t *testing.T) {
	type start func(c *site, name string) *server
	woven := func(c *site, name string) *server { return c.woven(name) }
	reference := func(c *site, name string) *server { return c.reference(name) }
	for name, pair := range map[string][2]start{
		"ours from ours":          {woven, woven},
		"ours from the reference": {reference, woven},
		"the reference from ours": {woven, reference},
	} {
		t.Run(name, func(t *testing.T) {
			c := newSite(t)
			first := pair[0](c, "first")
			first.isActive()
			second := pair[1](c, "second")
			second.becomes("connected", "sb-connection-status")
			second.isOnStandby()
			c.fill()
			before := c.versions()

			first.kill()
			second.isActive()
			c.nbctl("sync")
			require.Equal(t, before, c.versions(), "nothing had to be written")
			c.nbctl("ls-add", "more", "--", "lsp-del", "p00")
			require.Contains(t, c.sbctl("--bare", "--columns=external_ids", "list", "Datapath_Binding"), "more")
			require.NotContains(t, c.sbctl("--bare", "--columns=logical_port", "list", "Port_Binding"), "p00")
		})
	}
}

func TestPause(t *testing.T) {
	c := newSite(t)
	first := c.woven("first")
	first.isActive()
	c.fill()
	require.Equal(t, "", first.answer("pause"))
	require.Equal(t, "Status: paused\n", first.answer("status"))
	require.Equal(t, "true\n", first.answer("is-paused"))

	// The lock is free now. What the other writes cannot be the first one's.
	second := c.woven("second")
	second.isActive()
	c.nbctl("ls-add", "more")
	require.Equal(t, "Status: paused\n", first.answer("status"))

	require.Equal(t, "", first.answer("resume"))
	require.Equal(t, "false\n", first.answer("is-paused"))
	first.isOnStandby()
	second.terminate()
	first.isActive()
	before := c.versions()
	c.nbctl("sync")
	require.Equal(t, before, c.versions())
	require.Contains(t, first.log(), "ovn-northd lock acquired. This ovn-northd instance is now active.")
	require.Contains(t, first.log(), "This ovn-northd instance is now paused.")
}

func TestDryRun(t *testing.T) {
	c := newSite(t)
	n := c.woven("dry", "--dry-run")
	n.becomes("connected", "nb-connection-status")
	n.becomes("connected", "sb-connection-status")
	require.Equal(t, "Status: paused\n", n.answer("status"))
	c.change("ls-add", "sw0")
	require.Empty(t, c.versions())
	n.answer("resume")
	c.nbctl("sync")
	require.NotEmpty(t, c.versions())
}
