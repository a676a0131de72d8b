package controller

import (
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// snapshot is all that a controller has made of a Southbound and a local database.
type snapshot struct{ flows, rows []string }

// changing are values that depend on the moment, and what the test bed writes itself.
var changing = regexp.MustCompile(`,? ?(ovn-installed-ts|settled)="\d+"`)

// look takes a snapshot of the controller that runs now.
func (s *site) look(reference bool) snapshot {
	s.t.Helper()
	ofctl := func(command string) string {
		out, err := s.hv.Command("ovs-ofctl", "-O", "OpenFlow15", command,
			filepath.Join(s.hv.Folder(), "br-int.mgmt")).Output()
		require.NoError(s.t, err)
		return string(out)
	}
	flows, err := s.hv.Flows()
	require.NoError(s.t, err)
	c := newCanon(s.call("ct-zone-list"), ofctl("dump-groups"), s.call("meter-table-list"), flows)
	snap := snapshot{flows: c.flows(flows, reference)}
	add := func(what, out string, err error) {
		require.NoError(s.t, err)
		for _, line := range strings.Split(out, "\n") {
			line = strings.ReplaceAll(strings.TrimSpace(line), `""`, `"`)
			snap.rows = append(snap.rows, what+": "+changing.ReplaceAllString(line, ""))
		}
	}
	for table, columns := range map[string]string{
		"Chassis": "name,hostname,other_config,transport_zones", "Encap": "chassis_name,type,ip,options",
		"Chassis_Private": "name", "Port_Binding": "logical_port,chassis,up,encap"} {
		out, err := s.bed.Central.SBCtl("-f", "csv", "--no-headings", "--columns="+columns, "list", table)
		// Encaps are named by their uuids, which a controller chooses.
		add(table, sortLines(uuids.ReplaceAllString(out, "UUID")), err)
	}
	for table, columns := range map[string]string{"Bridge": "name,fail_mode,datapath_type,other_config",
		"Port": "name,external_ids", "Interface": "name,type,options,external_ids,ofport",
		"Open_vSwitch": "other_config,external_ids"} {
		out, err := s.hv.VSCtl("-f", "csv", "--no-headings", "--columns="+columns, "list", table)
		add(table, sortLines(out), err)
	}
	slices.Sort(snap.rows)
	return snap
}

// steps are commands to the Northbound, the Southbound and the local database; after each step the
// two controllers have to agree.
var steps = []struct {
	title string
	run   func(s *site)
}{
	{"a port", func(s *site) {}},
	{"ports of all kinds", func(s *site) {
		s.nbctl("lsp-add", "sw0", "p2", "--", "lsp-set-addresses", "p2", "02:00:00:00:00:02 10.0.0.2 fd00::2",
			"--", "lsp-add", "sw0", "p3", "--", "lsp-set-addresses", "p3", "unknown",
			"--", "lsp-add", "sw0", "lp0", "--", "lsp-set-type", "lp0", "localport",
			"--", "ls-add", "sw1", "--", "lsp-add", "sw1", "q1", "--", "lsp-set-addresses", "q1", "unknown",
			"--", "lsp-add", "sw1", "q2", "--", "lsp-add", "sw1", "q3")
		s.plug("p2", "p3", "lp0", "q1", "q2")
	}},
	{"other chassis", func(s *site) {
		s.sbctl("chassis-add", "hv2", "geneve", "192.168.0.2")
		s.sbctl("chassis-add", "hv3", "vxlan", "192.168.0.3")
		s.sbctl("chassis-add", "hv4", "stt", "192.168.0.4")
		s.vsctl("set", "Open_vSwitch", ".", "external_ids:ovn-encap-type=geneve,vxlan,stt")
		for _, port := range []string{"r2", "r3", "r4"} {
			s.nbctl("--wait=sb", "lsp-add", "sw0", port, "--", "lsp-set-addresses", port, "unknown")
			s.sbctl("lsp-bind", port, "hv"+port[1:])
		}
	}},
	{"port security", func(s *site) {
		s.nbctl("lsp-set-port-security", "p1", "02:00:00:00:00:01 10.0.0.1",
			"--", "lsp-set-port-security", "p2", "02:00:00:00:00:02", "02:00:00:00:00:12 fd00::2/64",
			"--", "lsp-set-port-security", "q1", "02:00:00:00:01:01 10.1.0.1/24 fd00::1", "bogus",
			"--", "lsp-set-port-security", "q2", "02:00:00:00:01:02 10.0.1.0/24 fd01::/64 10.0.2.1/31")
	}},
	{"ACLs", func(s *site) {
		s.nbctl("create", "Address_Set", "name=as1", "addresses=10.0.0.1,10.0.0.2,10.0.0.64/26")
		s.nbctl("pg-add", "pg1", "p1", "p3", "q1",
			"--", "acl-add", "pg1", "to-lport", "1001", "outport == @pg1 && ip4.src == $as1", "allow-related",
			"--", "acl-add", "pg1", "from-lport", "1002", "inport == @pg1 && icmp6.type == {1, 2, 3}", "reject",
			"--", "acl-add", "sw0", "to-lport", "900", "ip4.src == {10.0.0.1, 10.0.0.2} && tcp.dst == {80, 443}", "allow",
			"--", "acl-add", "sw0", "to-lport", "800", "ip4.src == {10.0.0.1, 10.0.0.2} && tcp.dst == {80, 444}", "drop",
			"--", "acl-add", "sw1", "to-lport", "700", "ip4.src != $as1 && tcp.dst >= 1000 && tcp.dst <= 1010", "allow-stateless")
	}},
	{"members of sets come and go", func(s *site) {
		s.nbctl("add", "Address_Set", "as1", "addresses", "10.0.0.9", "--", "pg-set-ports", "pg1", "p1", "q1", "q2")
		s.nbctl("remove", "Address_Set", "as1", "addresses", "10.0.0.1", "10.0.0.2")
	}},
	{"what was learnt, and DHCP", func(s *site) {
		dp := strings.TrimSpace(s.sbctl("--bare", "--columns=_uuid", "find", "Datapath_Binding", "tunnel_key=1"))
		s.sbctl("create", "FDB", `mac="02:00:00:00:00:77"`, "dp_key=1", "port_key=2")
		s.sbctl("create", "MAC_Binding", "logical_port=p1", "ip=10.0.0.77", `mac="02:00:00:00:00:77"`, "datapath="+dp)
		s.sbctl("create", "MAC_Binding", "logical_port=p1", `ip="fd00::77"`, `mac="02:00:00:00:00:77"`, "datapath="+dp)
		s.nbctl("dhcp-options-create", "10.0.0.0/24")
		row := strings.TrimSpace(s.nbctl("--bare", "--columns=_uuid", "find", "DHCP_Options"))
		s.nbctl("dhcp-options-set-options", row, "lease_time=3600", "router=10.0.0.1", "server_id=10.0.0.1",
			"server_mac=c0:ff:ee:00:00:01", "--", "lsp-set-dhcpv4-options", "p1", row)
	}},
	{"ports move", func(s *site) {
		s.nbctl("lsp-set-options", "p2", "requested-chassis=hv2")
		s.vsctl("set", "Interface", "p3", "external_ids:iface-id=q3", "--", "del-port", "q2")
		s.nbctl("lsp-del", "r3")
	}},
	{"configuration", func(s *site) {
		s.vsctl("set", "Open_vSwitch", ".", "external_ids:ovn-encap-type=geneve",
			"external_ids:ovn-encap-csum=false", "external_ids:ovn-encap-tos=inherit",
			"external_ids:ovn-bridge-mappings=phys:br-x", "external_ids:ovn-monitor-all=true",
			"external_ids:ovn-cms-options=a,b", "external_ids:ovn-transport-zones=z1")
	}},
	{"a switch goes", func(s *site) {
		s.vsctl("remove", "Open_vSwitch", ".", "external_ids", "ovn-transport-zones")
		s.nbctl("ls-del", "sw1")
		s.sbctl("chassis-del", "hv2")
	}},
}

// For one Southbound and one local database, woven-controller and the reference make the same flows,
// groups, meters and rows. They take turns over the same switch.
func TestControllersAgree(t *testing.T) {
	s := newSite(t, ours())
	for _, step := range steps {
		t.Run(step.title, func(t *testing.T) {
			s.t = t
			step.run(s)
			s.agree(t)
		})
	}
}

func (s *site) vsctl(args ...string) {
	s.t.Helper()
	_, err := s.hv.VSCtl(args...)
	require.NoError(s.t, err)
}

// plug adds interfaces for ports.
func (s *site) plug(ports ...string) {
	for _, port := range ports {
		s.vsctl("add-port", "br-int", port, "--", "set", "Interface", port, "type=dummy",
			"external_ids:iface-id="+port)
	}
}

func sortLines(text string) string {
	lines := strings.Split(strings.TrimSpace(text), "\n")
	slices.Sort(lines)
	return strings.Join(lines, "\n")
}
