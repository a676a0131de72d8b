package northd

import (
	"testing"

	"github.com/stretchr/testify/require"

	"woven/internal/ovsdbtest"
)

// A clustered Southbound loses its leader: the daemon finds the new one and goes on.
func TestClusterLosesItsLeader(t *testing.T) {
	c := newSite(t)
	cluster := ovsdbtest.StartCluster(t, 3, "/usr/share/ovn/ovn-sb.ovsschema")
	n := c.woven("woven", "--ovnsb-db="+cluster.Remotes())
	n.isActive()
	c.fill()
	cluster.Leader().Kill()
	c.nbctl("lsp-del", "p00", "--", "lsp-add", "sw0", "new")
	n.isActive()
	c.sb = cluster.Leader()
	ports := c.sbctl("--bare", "--columns=logical_port", "list", "Port_Binding")
	require.Contains(t, ports, "new")
	require.NotContains(t, ports, "p00")
}
