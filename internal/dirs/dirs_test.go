package dirs

import (
	"testing"

	"github.com/stretchr/testify/require"
)

func TestDirectoriesFollowTheirVariables(t *testing.T) {
	for _, c := range []struct {
		name string
		env  map[string]string
		dir  func() string
		want string
	}{
		{"run", nil, OVNRun, "/var/run/ovn"},
		{"run moved", map[string]string{"OVN_RUNDIR": "/r"}, OVNRun, "/r"},
		{"run ignores OVS", map[string]string{"OVS_RUNDIR": "/r"}, OVNRun, "/var/run/ovn"},
		{"log", nil, OVNLog, "/var/log/ovn"},
		{"log as the C daemon", map[string]string{"OVS_LOGDIR": "/s"}, OVNLog, "/s"},
		{"log as the manual", map[string]string{"OVN_LOGDIR": "/n", "OVS_LOGDIR": "/s"}, OVNLog, "/n"},
		{"db", nil, OVNDB, "/var/lib/ovn"},
		{"db by sysconf", map[string]string{"OVN_SYSCONFDIR": "/c"}, OVNDB, "/c/ovn"},
		{"db moved", map[string]string{"OVN_SYSCONFDIR": "/c", "OVN_DBDIR": "/d"}, OVNDB, "/d"},
		{"sysconf", nil, OVNSysconf, "/etc"},
		{"ovs run", nil, OVSRun, "/var/run/openvswitch"},
		{"ovs db", nil, OVSDB, "/etc/openvswitch"},
		{"ovs db by sysconf", map[string]string{"OVS_SYSCONFDIR": "/c"}, OVSDB, "/c/openvswitch"},
	} {
		t.Run(c.name, func(t *testing.T) {
			for _, name := range []string{"OVN_RUNDIR", "OVS_RUNDIR", "OVN_LOGDIR", "OVS_LOGDIR",
				"OVN_DBDIR", "OVS_DBDIR", "OVN_SYSCONFDIR", "OVS_SYSCONFDIR"} {
				t.Setenv(name, c.env[name])
			}
			require.Equal(t, c.want, c.dir())
		})
	}
}

func TestIn(t *testing.T) {
	require.Equal(t, "/run/x.pid", In("/run", "x.pid"))
	require.Equal(t, "/a/x.pid", In("/run", "/a/x.pid"))
}
