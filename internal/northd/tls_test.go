package northd

import (
	"testing"

	"github.com/stretchr/testify/require"

	"woven/internal/ovsdbtest"
)

func TestDatabasesBehindTLS(t *testing.T) {
	authority := ovsdbtest.NewAuthority(t)
	key, certificate := authority.Issue("northd")
	c := newSite(t)
	c.nb = ovsdbtest.StartTLS(t, authority, "/usr/share/ovn/ovn-nb.ovsschema")
	c.sb = ovsdbtest.StartTLS(t, authority, "/usr/share/ovn/ovn-sb.ovsschema")
	remotes := []string{"--ovnnb-db=" + c.nb.SSL(), "--ovnsb-db=" + c.sb.SSL()}
	n := c.woven("woven", append(remotes, "-p", key, "-c", certificate, "-C", authority.File,
		"--ssl-protocols=TLSv1.2")...)
	n.isActive()
	c.nbctl("ls-add", "sw0")
	require.Contains(t, c.sbctl("--bare", "--columns=external_ids", "list", "Datapath_Binding"), "sw0")
	require.Contains(t, n.log(), "--ssl-protocols and --ssl-ciphers are ignored")
}
