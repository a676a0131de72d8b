package action

// rows is the table of all actions that have a name. Assignments (= and <->) and ip.ttl-- are in
// the grammar.
var rows = []row{
	{"output", bare, "", just(output{})},
	{"next", bare | called, "", analyseNext},
	{"push", called, "", analysePush},
	{"pop", called, "", analysePop},
	{"clone", braced, "", analyseClone},

	{"ct_next", bare, "ip", analyseTrack(false, false)},
	{"ct_commit", bare | called | braced, "ip", analyseCommit},
	{"ct_commit_nat", bare, "ip", analyseTrack(true, true)},
	{"ct_dnat", bare | called, "ip", analyseTranslate(false, false)},
	{"ct_snat", bare | called, "ip", analyseTranslate(true, false)},
	{"ct_dnat_in_czone", bare | called, "ip", analyseTranslate(false, true)},
	{"ct_snat_in_czone", bare | called, "ip", analyseTranslate(true, true)},
	{"ct_clear", bare, "", just(clearTracking{})},
	{"ct_snat_to_vip", bare, "", just(detour{tableHairpinSNAT})},

	{"ct_lb", bare | called, "ip", analyseBalance(false)},
	{"ct_lb_mark", bare | called, "ip", analyseBalance(true)},
	{"select", resulting, "", analyseSelect},
	{"fwd_group", bare | called, "", analyseForward},
	{"chk_lb_hairpin", resulting, "", analyseLookup(tableHairpin, flagLookupHairpin)},
	{"chk_lb_hairpin_reply", resulting, "", analyseLookup(tableHairpinReply, flagLookupHairpin)},
	{"chk_lb_aff", resulting, "", analyseLookup(tableLoadBalancerAffine, flagAffinity)},
	{"commit_lb_aff", called, "", analyseCommitAffinity},
	{"chk_ecmp_nh_mac", resulting, "", analyseLookup(tableECMPNextHopMAC, flagECMPNextHop)},
	{"chk_ecmp_nh", resulting, "", analyseLookup(tableECMPNextHop, flagECMPNextHop)},
	{"commit_ecmp_nh", called, "", analyseCommitNextHop},

	{"arp", braced, "ip4", analyseReply(opARP)},
	{"nd_ns", braced, "ip6", analyseReply(opNDNS)},
	{"nd_na", braced, "nd_ns", analyseReply(opNDNA)},
	{"nd_na_router", braced, "nd_ns", analyseReply(opNDNARouter)},
	{"icmp4", braced, "ip4", analyseReply(opICMP)},
	{"icmp4_error", braced, "ip4", analyseReply(opICMP4Error)},
	{"icmp6", braced, "ip6", analyseReply(opICMP)},
	{"icmp6_error", braced, "ip6", analyseReply(opICMP6Error)},
	{"tcp_reset", braced, "tcp", analyseReply(opTCPReset)},
	{"sctp_abort", braced, "sctp", analyseReply(opSCTPAbort)},
	{"reject", braced, "", analyseReply(opReject)},

	{"get_arp", called, "", analyseGetNeighbor(ipv4)},
	{"get_nd", called, "", analyseGetNeighbor(ipv6)},
	{"put_arp", called, "", analysePutNeighbor(ipv4)},
	{"put_nd", called, "", analysePutNeighbor(ipv6)},
	{"lookup_arp", resulting, "", analyseKnowsNeighbor(ipv4)},
	{"lookup_nd", resulting, "", analyseKnowsNeighbor(ipv6)},
	{"lookup_arp_ip", resulting, "", analyseKnowsAddress(ipv4)},
	{"lookup_nd_ip", resulting, "", analyseKnowsAddress(ipv6)},
	{"put_fdb", called, "", analysePutFDB},
	{"get_fdb", resulting, "", analyseGetFDB},
	{"lookup_fdb", resulting, "", analyseKnowsFDB},
	{"check_in_port_sec", resulting, "", analyseLookup(tableInPortSecurity, flagPortSecurity)},
	{"check_out_port_sec", resulting, "", analyseLookup(tableOutPortSecurity, flagPortSecurity)},

	{"put_dhcp_opts", resulting, "", analyseOptions(dhcpv4)},
	{"put_dhcpv6_opts", resulting, "", analyseOptions(dhcpv6)},
	{"put_nd_ra_opts", resulting, "ip6", analyseOptions(advertisement)},
	{"dns_lookup", resulting, "udp", analyseResolve},
	{"igmp", bare, "", analyseTell(opIGMP)},
	{"handle_dhcpv6_reply", bare, "", analyseTell(opDHCPv6Server)},
	{"handle_bfd_msg", called, "", analyseTell(opBFD)},
	{"handle_svc_check", called, "", analyseServiceCheck},
	{"bind_vport", called, "", analyseBindVirtual},
	{"trigger_event", called, "", analyseEvent},
	{"log", bare | called, "", analyseLog},

	{"set_queue", called, "", analyseSetQueue},
	{"set_meter", called, "", analyseSetMeter},
	{"check_pkt_larger", resulting, "", analysePacketLarger},
	{"sample", bare | called, "", analyseSample},
}

// just is the analysis of an action that needs none.
func just(o operation) func(*call) operation {
	return func(*call) operation { return o }
}

// byName finds rows. It is filled at the start, because the analyses that the rows name use it.
var byName = map[string]*row{}

func init() {
	for i := range rows {
		byName[rows[i].name] = &rows[i]
	}
}
