package action

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"woven/bridge/openflow"
	"woven/internal/logical/oracle"
)

// gateway is the name of a router that is on one host, inner of one that has no gateway.
const (
	gateway = "gw"
	inner   = "inner"
)

// richNetwork makes use of everything that makes northd write actions.
func richNetwork() (commands [][]string) {
	add := func(lines ...string) {
		for _, line := range lines {
			commands = append(commands, splitQuoted(line))
		}
	}
	for i := range oracle.Ports {
		add(fmt.Sprintf("lsp-set-addresses lsp%d '00:00:00:00:00:0%d 10.0.0.%d fd00::%d'", i+1, i+1, i+1, i+1))
		if i < 2 {
			add(fmt.Sprintf("lsp-set-port-security lsp%d '00:00:00:00:00:0%d 10.0.0.%d'", i+1, i+1, i+1))
		}
	}
	add("lsp-set-addresses lsp4 unknown",
		"lsp-add sw virtual", "lsp-set-type virtual virtual",
		"set logical_switch_port virtual options:virtual-ip=10.0.0.50 options:virtual-parents=lsp1,lsp2",
		"ls-add sw2", "lsp-add sw2 net", "lsp-set-type net localnet", "lsp-set-addresses net unknown",
		"lsp-set-options net network_name=physnet",
		"lrp-add ro lrp2 00:00:00:00:ff:02 172.16.0.1/24 fd16::1/64",
		"lsp-add sw2 lsp-ro2", "lsp-set-type lsp-ro2 router", "lsp-set-addresses lsp-ro2 router",
		"lsp-set-options lsp-ro2 router-port=lrp2",
		"lrp-set-gateway-chassis lrp2 hv 10",
		"lrp-add ro lrp3 00:00:00:00:ff:03 10.0.0.254/24 fd00::ffff/64", "ls-add sw3",
		"lsp-add sw3 lsp-ro3", "lsp-set-type lsp-ro3 router", "lsp-set-addresses lsp-ro3 router",
		"lsp-set-options lsp-ro3 router-port=lrp3",
		"lr-add "+gateway, "set logical_router gw options:chassis=hv",
		"lrp-add gw lrp4 00:00:00:00:ff:04 172.16.0.2/24 fd16::2/64",
		"lsp-add sw2 lsp-gw", "lsp-set-type lsp-gw router", "lsp-set-addresses lsp-gw router",
		"lsp-set-options lsp-gw router-port=lrp4",
		"lr-add "+inner, "lrp-add inner lrp5 00:00:00:00:ff:05 192.168.5.1/24 fd95::1/64",
		"lsp-add sw lsp-inner", "lsp-set-type lsp-inner router", "lsp-set-addresses lsp-inner router",
		"lsp-set-options lsp-inner router-port=lrp5")
	// The keys of ports go beyond 9, for the groups of ports.
	for i := range 9 {
		add(fmt.Sprintf("lsp-add sw other%d", i))
	}
	add(aclCommands...)
	add(serviceCommands...)
	add(routerCommands...)
	return commands
}

// aclCommands add access control of all kinds, with logging and meters, and what goes with it.
var aclCommands = []string{
	"meter-add limit drop 10 pktps", "meter-add arps drop 100 pktps 20",
	"acl-add sw from-lport 1000 'ip4.src == 10.0.0.1' allow-related",
	"--log --name=web --severity=info --meter=limit acl-add sw to-lport 1001 tcp.dst==80 allow-related",
	"--log --severity=alert acl-add sw to-lport 1002 udp drop",
	"--log --name=rejected acl-add sw to-lport 1003 'tcp.dst == 22' reject",
	"acl-add sw from-lport 1004 'udp.dst == 53' reject",
	"acl-add sw from-lport 1005 'ip6' allow-stateless",
	"--label=1234 acl-add sw to-lport 1006 'ip4 && icmp4' allow-related",
	"--apply-after-lb acl-add sw from-lport 1007 'inport == \"lsp1\" && tcp' drop",
	"acl-add sw to-lport 900 'outport == \"lsp2\"' allow",
	"acl-add sw to-lport 800 1 drop",
	"pg-add pg1 lsp1 lsp2", "--type=port-group acl-add pg1 to-lport 700 'outport == @pg1 && ip4' drop",
	"copp-add copp0 arp arps", "copp-add copp0 reject limit", "copp-add copp0 event-elb limit",
	"copp-add copp0 dhcpv4-opts limit", "copp-add copp0 dns arps", "copp-add copp0 arp-resolve arps",
	"copp-add copp0 icmp4-error limit", "copp-add copp0 tcp-reset limit", "copp-add copp0 nd-ns arps",
	"ls-copp-add copp0 sw", "lr-copp-add copp0 ro",
	"qos-add sw from-lport 100 'ip4' dscp=10 rate=1000",
	"qos-add sw to-lport 101 'tcp' rate=2000 burst=3000",
	"set logical_switch sw other_config:mcast_snoop=true other_config:mcast_querier=true " +
		"other_config:mcast_eth_src=00:00:00:00:00:99 other_config:mcast_ip4_src=10.0.0.99 " +
		"other_config:mcast_ip6_src=fe80::99",
	"set logical_router ro options:mcast_relay=true",
}

// serviceCommands add DHCP, DNS, load balancers and groups of ports.
var serviceCommands = []string{
	"--id=@dhcp4 create dhcp_options cidr=10.0.0.0/24 options:server_id=10.0.0.254 " +
		"options:server_mac=00:00:00:00:ff:01 options:lease_time=3600 options:router=10.0.0.254 " +
		"options:mtu=1400 options:dns_server='{8.8.8.8,8.8.4.4}' options:domain_name='\"\\\"ovn.test\\\"\"' " +
		"options:classless_static_route='{30.0.0.0/24,10.0.0.4,0.0.0.0/0,10.0.0.254}' -- " +
		"set logical_switch_port lsp1 dhcpv4_options=@dhcp4",
	"--id=@dhcp6 create dhcp_options cidr=fd00\\:\\:/64 options:server_id=00:00:00:00:ff:01 " +
		"options:dns_server=fd00::53 options:domain_search='\"\\\"ovn.test\\\"\"' -- " +
		"set logical_switch_port lsp1 dhcpv6_options=@dhcp6",
	"--id=@dns create dns records:vm1.ovn.test=10.0.0.1 -- add logical_switch sw dns_records @dns",
	"lb-add lb1 10.0.0.100:80 10.0.0.1:80,10.0.0.2:80", "ls-lb-add sw lb1", "lr-lb-add ro lb1",
	"lb-add lb6 [fd00::100]:80 [fd00::1]:80,[fd00::2]:80", "ls-lb-add sw lb6", "lr-lb-add ro lb6",
	"lb-add lbip 10.0.0.101 10.0.0.1,10.0.0.2", "ls-lb-add sw lbip",
	"lb-add lbhash 10.0.0.102:53 10.0.0.1:53 udp", "ls-lb-add sw lbhash",
	"set load_balancer lbhash selection_fields=ip_src,ip_dst,tp_src",
	"lb-add lbempty 10.0.0.103:80 ''", "ls-lb-add sw lbempty", "lr-lb-add ro lbempty",
	"set load_balancer lbempty options:event=true options:reject=false",
	"lb-add lbreject 10.0.0.104:80 ''", "ls-lb-add sw lbreject",
	"set load_balancer lbreject options:reject=true",
	"lb-add lbaff 10.0.0.105:80 10.0.0.1:80,10.0.0.2:80", "ls-lb-add sw lbaff", "lr-lb-add ro lbaff",
	"set load_balancer lbaff options:affinity_timeout=60",
	"lb-add lbaff6 [fd00::105]:80 [fd00::1]:80", "ls-lb-add sw lbaff6", "lr-lb-add ro lbaff6",
	"set load_balancer lbaff6 options:affinity_timeout=60",
	"lb-add lbskip 172.16.0.100:80 10.0.0.1:80", "lr-lb-add ro lbskip",
	"set load_balancer lbskip options:skip_snat=true options:hairpin_snat_ip=172.16.0.200",
	"fwd-group-add group1 sw 10.0.0.60 00:00:00:00:00:60 lsp1 other8",
	"set NB_Global . options:debug_drop_collector_set=7 options:debug_drop_domain_id=9",
}

// routerCommands add routes, translations, policies and advertisements.
var routerCommands = []string{
	"lr-nat-add ro snat 172.16.0.10 10.0.0.0/24", "lr-nat-add ro dnat_and_snat 172.16.0.11 10.0.0.1",
	"lr-nat-add ro dnat_and_snat 172.16.0.12 10.0.0.2 lsp2 00:00:00:00:00:12",
	"lr-nat-add ro dnat 172.16.0.13 10.0.0.3", "lr-nat-add ro snat fd16::10 fd00::/64",
	"--portrange lr-nat-add ro snat 172.16.0.14 10.0.0.4 1000-2000",
	"lr-route-add ro 0.0.0.0/0 172.16.0.254", "lr-route-add ro ::/0 fd16::fe",
	"--ecmp lr-route-add ro 50.0.0.0/8 172.16.0.201", "--ecmp lr-route-add ro 50.0.0.0/8 172.16.0.202",
	"--ecmp-symmetric-reply lr-route-add gw 60.0.0.0/8 172.16.0.203 lrp4",
	"--ecmp-symmetric-reply lr-route-add gw 60.0.0.0/8 172.16.0.204 lrp4",
	"--ecmp-symmetric-reply lr-route-add gw fd60::/64 fd16::203 lrp4",
	"--ecmp-symmetric-reply lr-route-add gw fd60::/64 fd16::204 lrp4",
	"lr-nat-add gw snat 172.16.0.20 10.0.0.0/24", "lr-nat-add gw dnat_and_snat 172.16.0.21 10.0.0.1",
	"set logical_router gw options:lb_force_snat_ip=172.16.0.22 options:dnat_force_snat_ip=172.16.0.23",
	"lr-lb-add gw lb1", "lr-lb-add gw lb6",
	"lr-policy-add ro 100 'ip4.src == 10.0.0.1' reroute 172.16.0.205,172.16.0.206",
	"lr-policy-add ro 101 'ip4.src == 10.0.0.2' drop", "lr-policy-add ro 102 'ip4.src == 10.0.0.3' allow " +
		"pkt_mark=100",
	"set logical_router_port lrp2 options:gateway_mtu=1500",
	"set logical_router_port lrp3 ipv6_ra_configs:address_mode=slaac ipv6_ra_configs:mtu=1450 " +
		"ipv6_ra_configs:router_preference=HIGH ipv6_ra_configs:send_periodic=true",
	"set logical_router_port lrp1 ipv6_ra_configs:address_mode=dhcpv6_stateful networks=" +
		"192.168.0.1/24,fd92\\:\\:1/64",
	"set logical_router_port lrp2 options:prefix_delegation=true",
	"set logical_router ro options:always_learn_from_arp_request=false",
	"--id=@bfd create bfd logical_port=lrp2 dst_ip=172.16.0.254",
}

// splitQuoted splits a line at blanks that are not within single quotes, and removes these.
func splitQuoted(line string) (words []string) {
	word, quoted, any := "", false, false
	for _, c := range line + " " {
		switch {
		case c == '\'':
			quoted, any = !quoted, true
		case c == ' ' && !quoted:
			if word != "" || any {
				words = append(words, word)
			}
			word, any = "", false
		default:
			word += string(c)
		}
	}
	return words
}

// TestNetwork compiles every action that the installed northd writes for a rich network, and
// compares with what the installed ovn-controller has in the switch for it.
func TestNetwork(t *testing.T) {
	r := startReference(t)
	used := map[string]bool{}
	compared, repaired := 0, 0
	installed := r.Network(richNetwork()...)
	groups, meters := r.Groups(), r.Meters()
	for _, f := range installed {
		w := &world{ports: r.PortKeys(f.Datapath), dhcpv4: r.DHCPOptions("DHCP_Options"),
			dhcpv6:       r.DHCPOptions("DHCPv6_Options"),
			capabilities: map[string]string{"ct_zero_snat": "true", "max_hash_alg": "1"},
			collectors:   []string{fmt.Sprint(collectors)}, datapathKey: fmt.Sprint(f.DatapathKey),
			groups: groups, meters: meters, cookie: cookie(f.UUID), rateLimits: ownMeters(meters, f.UUID),
			controllerMeter: meters[f.ControllerMeter]}
		at := Place{Egress: f.Egress, Table: f.Table, Router: slices.Contains([]string{oracle.Router, gateway, inner}, f.Datapath)}
		text, _, err := w.compile(t, f.Actions, at)
		require.NoError(t, err, f.Actions)
		for _, flow := range f.Flows {
			if flow.Actions != text {
				require.Equal(t, flow.Actions, w.withoutEarly(t, f.Actions, at), "%s in %+v", f.Actions, at)
				repaired++
			}
			compared++
		}
		if len(f.Flows) > 0 {
			noteNames(used, f.Actions)
		}
	}
	t.Logf("%d flows of %d logical flows compared, of %d the reference forgets a part", compared,
		len(installed), repaired)
	require.Greater(t, compared, 800)
	for _, name := range []string{"ct_lb_mark", "select", "log", "reject", "put_dhcp_opts",
		"put_dhcpv6_opts", "dns_lookup", "trigger_event", "put_fdb", "get_fdb", "lookup_fdb", "set_meter",
		"igmp", "fwd_group", "bind_vport", "commit_ecmp_nh", "commit_lb_aff", "chk_lb_aff", "icmp4_error",
		"check_pkt_larger", "put_nd_ra_opts", "handle_dhcpv6_reply", "handle_bfd_msg", "get_arp", "put_arp",
		"lookup_arp", "nd_na", "nd_ns", "arp", "check_in_port_sec", "check_out_port_sec", "ct_snat_to_vip",
		"ct_commit_nat", "clone", "sample", "ct_dnat", "ct_snat", "tcp_reset", "chk_ecmp_nh_mac"} {
		require.Contains(t, used, name, "no flow has this action")
	}
}

// noteNames notes the names in actions.
func noteNames(names map[string]bool, actions string) {
	for _, word := range strings.FieldsFunc(actions, func(c rune) bool {
		return strings.ContainsRune(" ;(){}=,", c)
	}) {
		names[word] = true
	}
}

// withoutEarly is what the reference makes of actions with a ct_commit: of what stands before it,
// only the first action is left, and not even the commit.
func (w *world) withoutEarly(t *testing.T, text string, at Place) string {
	t.Helper()
	p, err := Parse(text)
	require.NoError(t, err)
	c, err := p.Compile(at, w.values(t, p))
	require.NoError(t, err)
	for i := len(c.Actions) - 1; i > 0; i-- {
		if ct, ok := c.Actions[i].(openflow.CT); ok && ct.Commit && ct.Table == openflow.NoTable {
			return openflow.PrintActions(append(c.Actions[:1], c.Actions[i+1:]...))
		}
	}
	return openflow.PrintActions(c.Actions)
}
