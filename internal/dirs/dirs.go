package dirs

import (
	"os"
	"path/filepath"
)

// OVNRun is where OVN's daemons keep pidfiles and sockets: $OVN_RUNDIR or /var/run/ovn.
func OVNRun() string { return fromEnv("OVN_RUNDIR", "/var/run/ovn") }

// OVNLog is where OVN's daemons keep their logs: $OVN_LOGDIR, else /var/log/ovn. Debian's
// daemons look at $OVS_LOGDIR instead, against their manual page; so that an installation that
// relies on this keeps its place, that variable comes second.
func OVNLog() string { return fromEnv("OVN_LOGDIR", fromEnv("OVS_LOGDIR", "/var/log/ovn")) }

// OVNDB is where OVN's databases are: $OVN_DBDIR, else the folder ovn below $OVN_SYSCONFDIR,
// else /var/lib/ovn.
func OVNDB() string {
	if conf := os.Getenv("OVN_SYSCONFDIR"); conf != "" {
		return fromEnv("OVN_DBDIR", filepath.Join(conf, "ovn"))
	}
	return fromEnv("OVN_DBDIR", "/var/lib/ovn")
}

// OVNSysconf is OVN's configuration directory: $OVN_SYSCONFDIR or /etc.
func OVNSysconf() string { return fromEnv("OVN_SYSCONFDIR", "/etc") }

// OVSRun is where Open vSwitch keeps pidfiles and sockets: $OVS_RUNDIR or /var/run/openvswitch.
func OVSRun() string { return fromEnv("OVS_RUNDIR", "/var/run/openvswitch") }

// OVSSysconf is Open vSwitch's configuration directory: $OVS_SYSCONFDIR or /etc.
func OVSSysconf() string { return fromEnv("OVS_SYSCONFDIR", "/etc") }

// OVSDB is where the local Open_vSwitch database is: $OVS_DBDIR, else the folder openvswitch of
// OVSSysconf.
func OVSDB() string { return fromEnv("OVS_DBDIR", filepath.Join(OVSSysconf(), "openvswitch")) }

// In makes name absolute: a name that does not begin with / is one inside of dir.
func In(dir, name string) string {
	if filepath.IsAbs(name) {
		return name
	}
	return filepath.Join(dir, name)
}

// fromEnv treats an empty variable as one that is not set, as the C daemons do.
func fromEnv(name, otherwise string) string {
	if value := os.Getenv(name); value != "" {
		return value
	}
	return otherwise
}
