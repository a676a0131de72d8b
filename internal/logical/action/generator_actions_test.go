package action

import (
	"fmt"
	"strconv"

	"woven/internal/logical/oracle"
)

// actionMakers make one action each, without its semicolon.
var actionMakers []func(*generator) string

func init() {
	actionMakers = []func(*generator) string{makeLoad, makeLoad, makeMove, makeExchange, makePort,
		makeStack, makeNext, makeBare, makeNested, makeReply, makeCommit, makeCommitOld, makeTranslate,
		makeBalance, makeSelect, makeForward, makeNextHop, makeAffinity, makeResult, makeNeighbor,
		makeDHCPv4, makeDHCPv6, makeAdvertisement, makeLog, makeEvent, makeLimit, makeSample, makeMTU}
}

func makeLoad(g *generator) string {
	f := g.field(anyBits, true)
	value := g.number(widthOf(f))
	if g.IntN(4) == 0 && f != "ip.dscp" {
		value = fmt.Sprintf("%#x/%#x", g.IntN(256), 1+g.IntN(255))
		if widthOf(f) < 8 {
			value = "1/1"
		}
	}
	return f + pick(g, []string{" = ", "="}) + value
}

func makeMove(g *generator) string {
	f := g.field(anyBits, true)
	return f + " = " + g.field(widthOf(f), false)
}

func makeExchange(g *generator) string {
	f := g.field(anyBits, true)
	return f + " <-> " + g.field(widthOf(f), true)
}

func makePort(g *generator) string {
	if g.IntN(2) == 0 {
		return pick(g, []string{"inport = outport", "outport = inport", "inport <-> outport"})
	}
	return g.field(port, true) + " = " + g.name()
}

func makeStack(g *generator) string {
	if g.IntN(2) == 0 {
		return "push(" + g.field(anyBits, false) + ")"
	}
	return "pop(" + g.field(anyBits, true) + ")"
}

func makeNext(g *generator) string {
	table := g.decimal(0, lastTable)
	return pick(g, []string{"output", "next", "next(" + table + ")", "next(table=" + table + ")",
		"next(pipeline=egress)", "next(pipeline=ingress, table=" + table + ")"})
}

func makeBare(g *generator) string {
	return pick(g, []string{"ct_next", "ct_clear", "ct_commit_nat", "ct_snat_to_vip", "igmp", "ip.ttl--",
		"handle_dhcpv6_reply", "handle_bfd_msg()", "handle_svc_check(inport)",
		"handle_svc_check(outport)", "bind_vport(" + g.name() + ", " + g.field(port, false) + ")"})
}

func makeNested(g *generator) string {
	g.first = false
	if g.depth > 2 {
		return "next"
	}
	g.depth++
	text := "clone {" + g.actions(g.IntN(4)) + "}"
	g.depth--
	return text
}

func makeReply(g *generator) string {
	if g.depth > 2 {
		return "output"
	}
	g.depth++
	g.first = true
	name := pick(g, []string{"arp", "nd_ns", "nd_na", "nd_na_router", "icmp4", "icmp4_error", "icmp6",
		"icmp6_error", "tcp_reset", "sctp_abort", "reject"})
	text := name + " { " + g.actions(g.IntN(4)) + " }"
	g.depth--
	return text
}

func makeCommit(g *generator) string {
	if !g.first {
		return "ct_clear"
	}
	if g.IntN(4) == 0 {
		return pick(g, []string{"ct_commit", "ct_commit{}", "ct_commit { drop; }"})
	}
	mark := func() string {
		f := pick(g, []string{"ct_mark", "ct_label", "ct_mark.blocked", "ct_label.label",
			"ct_mark.ecmp_reply_port", "ct_label.ecmp_reply_eth", "ct_mark[3..9]", "ct_label[100]"})
		if g.IntN(3) == 0 {
			return f + " = " + g.field(widthOf(f), false) + ";"
		}
		return f + " = " + g.number(widthOf(f)) + ";"
	}
	return "ct_commit { " + g.list(1, 3, " ", mark) + " }"
}

func makeCommitOld(g *generator) string {
	if !g.first {
		return "ct_next"
	}
	return "ct_commit(ct_mark=" + g.number(32) + g.maybe(", ct_label="+g.number(64), " ct_label=1/3") + ")"
}

func makeTranslate(g *generator) string {
	address := pick(g, []string{g.ip4(), g.ip6()})
	low := 1 + g.IntN(60000)
	ports := g.maybe(","+strconv.Itoa(low), ", "+strconv.Itoa(low)+"-"+strconv.Itoa(low+1+g.IntN(5000)))
	return pick(g, []string{"ct_dnat", "ct_snat", "ct_dnat_in_czone", "ct_snat_in_czone"}) +
		g.maybe("("+address+ports+")")
}

func makeBalance(g *generator) string {
	backend := func() string {
		return pick(g, []string{g.ip4(), g.ip6(), g.ip4() + ":" + g.decimal(0, 65535),
			"[" + g.ip6() + "]:" + g.decimal(1, 65535), "[" + g.ip6() + "]"})
	}
	return pick(g, []string{"ct_lb", "ct_lb_mark"}) + g.maybe("(backends="+
		g.list(1, 6, pick(g, []string{",", ", ", " "}), backend)+
		g.maybe(`; hash_fields="eth_src,eth_dst,ip_src,ip_dst"`, `; hash_fields="tcp_dst,ipv6_src"`)+
		g.maybe("; skip_snat", "; force_snat")+")")
}

func makeSelect(g *generator) string {
	member := func() string {
		return g.decimal(0, 65535) + g.maybe("="+g.decimal(1, 65535))
	}
	f := g.field(anyBits, true)
	for widthOf(f) < fewestBits {
		f = g.field(anyBits, true)
	}
	return f + " = select(" + g.list(2, 5, ", ", member) + ")"
}

func makeForward(g *generator) string {
	return "fwd_group(" + g.maybe("liveness=true, ", `liveness="false", `) + "childports=" +
		g.list(1, 3, ", ", func() string { return strconv.Quote(pick(g, oracle.Ports)) }) + ")"
}

func makeNextHop(g *generator) string {
	if g.depth > 0 || g.match != "1" || g.family != "" {
		return "reg9[5] = chk_ecmp_nh()"
	}
	proto := pick(g, []string{"tcp", "udp", "sctp"})
	if g.IntN(2) == 0 {
		g.match = "ip6 && " + proto
		return "commit_ecmp_nh(ipv6 = true, proto = " + proto + ")"
	}
	g.match = "ip4 && " + proto
	return "commit_ecmp_nh(ipv6=false, proto=" + proto + ")"
}

func makeAffinity(g *generator) string {
	if g.depth > 0 || g.match != "1" || g.family != "" {
		return "reg9[6] = chk_lb_aff()"
	}
	vip, backend := g.ip4(), g.ip4()
	g.match = "ip4"
	if g.IntN(2) == 0 {
		vip, backend, g.match = "["+g.ip6()+"]", "["+g.ip6()+"]", "ip6"
	}
	proto := pick(g, []string{"tcp", "udp", "sctp"})
	g.match += " && " + proto
	return fmt.Sprintf(`commit_lb_aff(vip = "%s:%s", backend = "%s:%s", proto = %s, timeout = %s)`, vip,
		g.decimal(1, 65535), backend, g.decimal(1, 65535), proto, g.decimal(1, 65535))
}

func makeResult(g *generator) string {
	return g.field(1, true) + " = " + pick(g, []string{"chk_lb_hairpin()", "chk_lb_hairpin_reply()",
		"check_in_port_sec()", "check_out_port_sec()", "chk_ecmp_nh_mac()", "chk_ecmp_nh()",
		"chk_lb_aff()", "dns_lookup()", "check_pkt_larger(" + g.decimal(0, 65535) + ")"})
}

func makeNeighbor(g *generator) string {
	version, bits := pick(g, []string{"arp", "nd"}), 32
	if version == "nd" {
		bits = 128
	}
	where, address := g.field(port, false), g.field(bits, false)
	mac := g.field(48, false)
	return pick(g, []string{
		"get_" + version + "(" + where + ", " + address + ")",
		"put_" + version + "(" + where + ", " + address + ", " + mac + ")",
		g.field(1, true) + " = lookup_" + version + "(" + where + ", " + address + ", " + mac + ")",
		g.field(1, true) + " = lookup_" + version + "_ip(" + where + ", " + address + ")",
		"put_fdb(" + where + ", " + mac + ")",
		g.field(1, true) + " = lookup_fdb(" + where + ", " + mac + ")",
		g.field(pick(g, []int{port, 32}), true) + " = get_fdb(" + mac + ")",
	})
}

func makeDHCPv4(g *generator) string {
	addresses := func() string { return g.list(1, 4, ", ", g.ip4) }
	option := func() string {
		return pick(g, []string{"router={" + addresses() + "}", "netmask=255.255.255.0",
			"dns_server = " + g.ip4(), "mtu=" + g.decimal(0, 65535), "lease_time=" + g.decimal(0, 1<<30),
			"domain_name=" + g.quoted(40), "ip_forward_enable=1", "default_ttl=" + g.number(8),
			`domain_search_list="a.example,b.a.example,example,c.d"`, "bootfile_name=" + g.quoted(30),
			"bootfile_name_alt=" + g.quoted(30), "next_server=" + g.ip4(), "tftp_server=" + g.ip4(),
			"wpad=" + g.quoted(20), "classless_static_route={" + g.ip4() + "/" + g.decimal(0, 32) + "," +
				g.ip4() + ", 0.0.0.0/0," + g.ip4() + "}"})
	}
	return g.field(1, true) + " = put_dhcp_opts(offerip=" + g.ip4() + ", " +
		g.list(1, 6, pick(g, []string{",", ", ", " "}), option) + g.maybe(",") + ")"
}

func makeDHCPv6(g *generator) string {
	option := func() string {
		return pick(g, []string{"ia_addr=" + g.ip6(), "server_id=" + g.mac(),
			"dns_server={" + g.list(1, 3, ",", g.ip6) + "}", "domain_search=" + g.quoted(40)})
	}
	return g.field(1, true) + " = put_dhcpv6_opts(" + g.list(0, 4, ", ", option) + ")"
}

func makeAdvertisement(g *generator) string {
	option := func() string {
		return pick(g, []string{"mtu=" + g.decimal(1, 65535), "prefix=" + g.ip6() + "/" + g.decimal(0, 128),
			"rdnss=" + g.ip6(), `dnssl="` + pick(g, []string{"a.b", "a.b,c", "..a,,b."}) + `"`,
			`router_preference="` + pick(g, []string{"HIGH", "MEDIUM", "LOW"}) + `"`,
			`addr_mode="` + pick(g, []string{"slaac", "dhcpv6_stateful", "dhcpv6_stateless"}) + `"`,
			`route_info="` + pick(g, []string{"HIGH-", "LOW-", "MEDIUM-", "x-"}) + g.ip6() + "/" +
				g.decimal(0, 128) + `"`})
	}
	return g.field(1, true) + " = put_nd_ra_opts(slla=" + g.mac() + ", prefix=" + g.ip6() + "/64, " +
		g.list(1, 5, ", ", option) + ")"
}

func makeLog(g *generator) string {
	argument := func() string {
		return pick(g, []string{"severity=" + pick(g, []string{"alert", "warning", "notice", "info", "debug"}),
			"name=" + g.quoted(63), `meter="` + someMeter + `"`})
	}
	return "log(verdict=" + pick(g, []string{"allow", "drop", "reject"}) +
		g.maybe(", "+g.list(1, 3, ", ", argument)) + ")"
}

func makeEvent(g *generator) string {
	option := func() string {
		return pick(g, []string{`vip="` + g.ip4() + ":" + g.decimal(1, 65535) + `"`,
			`vip="[` + g.ip6() + "]:" + g.decimal(1, 65535) + `"`, `protocol="udp"`,
			`load_balancer="12345678-abcd-9876-fedc-11119f8e7d6c"`})
	}
	return `trigger_event(event="empty_lb_backends"` + g.maybe(", "+g.list(1, 3, ", ", option)) + ")"
}

func makeLimit(g *generator) string {
	return pick(g, []string{"set_queue(" + g.decimal(0, maxQueue) + ")",
		"set_meter(" + g.decimal(1, 1<<30) + g.maybe(", "+g.decimal(0, 1<<30)) + ")"})
}

func makeSample(g *generator) string {
	return "sample(probability=" + g.decimal(1, 65535) + g.maybe(", collector_set=7", ",collector_set=9") +
		g.maybe(",obs_domain="+g.decimal(0, 255)) +
		g.maybe(", obs_point=$cookie", ",obs_point="+g.decimal(0, 1<<30)) + ")"
}

func makeMTU(g *generator) string {
	return pick(g, []string{"icmp4.frag_mtu = " + g.number(16), "icmp6.frag_mtu = " + g.number(32)})
}
