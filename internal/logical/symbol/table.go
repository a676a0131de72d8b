package symbol

import "woven/bridge/openflow"

// row is a symbol as the table below writes it. What it leaves out follows from the field.
type row struct {
	name string
	// Exactly one of the next four is set: a field, a port's register, a part such as
	// "ct_mark[0]", or the expression of a predicate.
	field     openflow.Field
	port      openflow.Field
	part      string
	predicate string

	prerequisite string
	crossproduct bool
	// commit is set for fields that only ct_commit { } writes.
	commit bool
}

// The table. A row may mention rows above it only.
//
// The registers that a packet's way uses are those of include/ovn/logical-fields.h of the reference:
// reg10 holds the flags, reg14 and reg15 the ports. The bits of ct_state are those of ovs-fields(7).
var rows = []row{
	{name: "inport", port: openflow.Reg(14)},
	{name: "outport", port: openflow.Reg(15)},

	// Registers overlay each other, so that only the widest are fields.
	{name: "xxreg0", field: openflow.XXReg(0)},
	{name: "xxreg1", field: openflow.XXReg(1)},
	{name: "xreg0", part: "xxreg0[64..127]"},
	{name: "xreg1", part: "xxreg0[0..63]"},
	{name: "xreg2", part: "xxreg1[64..127]"},
	{name: "xreg3", part: "xxreg1[0..63]"},
	{name: "xreg4", field: openflow.XReg(4)},
	{name: "reg0", part: "xxreg0[96..127]"},
	{name: "reg1", part: "xxreg0[64..95]"},
	{name: "reg2", part: "xxreg0[32..63]"},
	{name: "reg3", part: "xxreg0[0..31]"},
	{name: "reg4", part: "xxreg1[96..127]"},
	{name: "reg5", part: "xxreg1[64..95]"},
	{name: "reg6", part: "xxreg1[32..63]"},
	{name: "reg7", part: "xxreg1[0..31]"},
	{name: "reg8", part: "xreg4[32..63]"},
	{name: "reg9", part: "xreg4[0..31]"},

	{name: "flags", field: openflow.Reg(10)},
	{name: "flags.loopback", part: "flags[0]"},
	{name: "flags.force_snat_for_dnat", part: "flags[2]"},
	{name: "flags.force_snat_for_lb", part: "flags[3]"},
	{name: "flags.skip_snat_for_lb", part: "flags[9]"},
	{name: "flags.use_snat_zone", part: "flags[11]"},

	{name: "ct_mark", field: openflow.FieldCTMark, commit: true},
	{name: "ct_mark.blocked", part: "ct_mark[0]", commit: true},
	{name: "ct_mark.natted", part: "ct_mark[1]", commit: true},
	{name: "ct_mark.skip_snat", part: "ct_mark[2]", commit: true},
	{name: "ct_mark.force_snat", part: "ct_mark[3]", commit: true},
	{name: "ct_mark.ecmp_reply_port", part: "ct_mark[16..31]", commit: true},

	{name: "ct_label", field: openflow.FieldCTLabel, commit: true},
	{name: "ct_label.blocked", part: "ct_label[0]", commit: true},
	{name: "ct_label.natted", part: "ct_label[1]", commit: true},
	{name: "ct_label.skip_snat", part: "ct_label[2]", commit: true},
	{name: "ct_label.force_snat", part: "ct_label[3]", commit: true},
	{name: "ct_label.ecmp_reply_eth", part: "ct_label[32..79]", commit: true},
	{name: "ct_label.ecmp_reply_port", part: "ct_label[80..95]", commit: true},
	{name: "ct_label.label", part: "ct_label[96..127]", commit: true},

	{name: "ct_state", field: openflow.FieldCTState},
	{name: "ct.trk", part: "ct_state[5]"},
	{name: "ct.new", part: "ct_state[0]", prerequisite: "ct.trk"},
	{name: "ct.est", part: "ct_state[1]", prerequisite: "ct.trk"},
	{name: "ct.rel", part: "ct_state[2]", prerequisite: "ct.trk"},
	{name: "ct.rpl", part: "ct_state[3]", prerequisite: "ct.trk"},
	{name: "ct.inv", part: "ct_state[4]", prerequisite: "ct.trk"},
	{name: "ct.snat", part: "ct_state[6]", prerequisite: "ct.trk"},
	{name: "ct.dnat", part: "ct_state[7]", prerequisite: "ct.trk"},

	{name: "eth.src", field: openflow.FieldEthSrc},
	{name: "eth.dst", field: openflow.FieldEthDst},
	{name: "eth.type", field: openflow.FieldEthType, crossproduct: true},
	{name: "eth.bcast", predicate: "eth.dst == ff:ff:ff:ff:ff:ff"},
	{name: "eth.mcast", part: "eth.dst[40]"},
	{name: "eth.mcastv6", predicate: "eth.dst[32..47] == 0x3333"},

	{name: "vlan.tci", field: openflow.FieldVLANTCI},
	{name: "vlan.present", predicate: "vlan.tci[12]"},
	{name: "vlan.pcp", part: "vlan.tci[13..15]", prerequisite: "vlan.present"},
	{name: "vlan.vid", part: "vlan.tci[0..11]", prerequisite: "vlan.present"},

	{name: "ip4", predicate: "eth.type == 0x800"},
	{name: "ip6", predicate: "eth.type == 0x86dd"},
	{name: "ip", predicate: "ip4 || ip6"},
	{name: "ip.proto", field: openflow.FieldIPProto, prerequisite: "ip", crossproduct: true},
	{name: "ip.dscp", field: openflow.FieldIPDSCP, prerequisite: "ip"},
	{name: "ip.ecn", field: openflow.FieldIPECN, prerequisite: "ip"},
	{name: "ip.ttl", field: openflow.FieldIPTTL, prerequisite: "ip"},

	{name: "ip4.src", field: openflow.FieldIPSrc, prerequisite: "ip4"},
	{name: "ip4.dst", field: openflow.FieldIPDst, prerequisite: "ip4"},
	{name: "ip4.src_mcast", predicate: "ip4.src[28..31] == 0xe"},
	{name: "ip4.mcast", predicate: "eth.mcast && ip4.dst[28..31] == 0xe"},

	{name: "icmp4", predicate: "ip4 && ip.proto == 1"},
	{name: "icmp4.type", field: openflow.FieldICMPv4Type, prerequisite: "icmp4"},
	{name: "icmp4.code", field: openflow.FieldICMPv4Code, prerequisite: "icmp4"},
	{name: "igmp", predicate: "ip4 && ip.proto == 2"},

	{name: "ip6.src", field: openflow.FieldIPv6Src, prerequisite: "ip6"},
	{name: "ip6.dst", field: openflow.FieldIPv6Dst, prerequisite: "ip6"},
	{name: "ip6.label", field: openflow.FieldIPv6Label, prerequisite: "ip6"},

	// The groups of RFC 4291, section 2.7.1.
	{name: "ip6.mcast_rsvd", predicate: "ip6.dst[116..127] == 0xff0 && ip6.dst[0..111] == 0x0"},
	{name: "ip6.mcast_all_nodes", predicate: "ip6.dst == {ff01::1, ff02::1}"},
	{name: "ip6.mcast_all_rtrs", predicate: "ip6.dst == {ff01::2, ff02::2, ff05::2}"},
	{name: "ip6.mcast_sol_node", predicate: "ip6.dst == ff02::1:ff00:0/104"},
	{name: "ip6.mcast_flood", predicate: "eth.mcastv6 && (ip6.mcast_rsvd || ip6.mcast_all_nodes || " +
		"ip6.mcast_all_rtrs || ip6.mcast_sol_node)"},
	{name: "ip6.mcast", predicate: "eth.mcastv6 && ip6.dst[120..127] == 0xff"},

	{name: "icmp6", predicate: "ip6 && ip.proto == 58"},
	{name: "icmp6.type", field: openflow.FieldICMPv6Type, prerequisite: "icmp6", crossproduct: true},
	{name: "icmp6.code", field: openflow.FieldICMPv6Code, prerequisite: "icmp6", crossproduct: true},
	{name: "icmp", predicate: "icmp4 || icmp6"},

	{name: "ip.frag", field: openflow.FieldIPFrag, prerequisite: "ip"},
	{name: "ip.is_frag", predicate: "ip.frag[0]"},
	{name: "ip.later_frag", predicate: "ip.frag[1]"},
	{name: "ip.first_frag", predicate: "ip.is_frag && !ip.later_frag"},

	{name: "arp", predicate: "eth.type == 0x806"},
	{name: "arp.op", field: openflow.FieldARPOp, prerequisite: "arp"},
	{name: "arp.spa", field: openflow.FieldARPSPA, prerequisite: "arp"},
	{name: "arp.sha", field: openflow.FieldARPSHA, prerequisite: "arp"},
	{name: "arp.tpa", field: openflow.FieldARPTPA, prerequisite: "arp"},
	{name: "arp.tha", field: openflow.FieldARPTHA, prerequisite: "arp"},

	// RARP lays its messages out as ARP does.
	{name: "rarp", predicate: "eth.type == 0x8035"},
	{name: "rarp.op", field: openflow.FieldARPOp, prerequisite: "rarp"},
	{name: "rarp.spa", field: openflow.FieldARPSPA, prerequisite: "rarp"},
	{name: "rarp.sha", field: openflow.FieldARPSHA, prerequisite: "rarp"},
	{name: "rarp.tpa", field: openflow.FieldARPTPA, prerequisite: "rarp"},
	{name: "rarp.tha", field: openflow.FieldARPTHA, prerequisite: "rarp"},

	{name: "nd", predicate: "icmp6.type == {135, 136} && icmp6.code == 0 && ip.ttl == 255"},
	{name: "nd_ns", predicate: "icmp6.type == 135 && icmp6.code == 0 && ip.ttl == 255"},
	{name: "nd_na", predicate: "icmp6.type == 136 && icmp6.code == 0 && ip.ttl == 255"},
	{name: "nd_rs", predicate: "icmp6.type == 133 && icmp6.code == 0 && ip.ttl == 255"},
	{name: "nd_ra", predicate: "icmp6.type == 134 && icmp6.code == 0 && ip.ttl == 255"},
	{name: "nd.target", field: openflow.FieldNDTarget, prerequisite: "nd"},
	{name: "nd.sll", field: openflow.FieldNDSLL, prerequisite: "nd_ns"},
	{name: "nd.tll", field: openflow.FieldNDTLL, prerequisite: "nd_na"},

	// MLD version 1 comes from link-local addresses (RFC 2710); reports of version 2 go to ff02::16
	// (RFC 3810, section 5.2.14).
	{name: "mldv1", predicate: "ip6.src == fe80::/10 && icmp6.type == {130, 131, 132}"},
	{name: "mldv2", predicate: "ip6.dst == ff02::16 && icmp6.type == 143"},

	{name: "tcp", predicate: "ip.proto == 6"},
	{name: "tcp.src", field: openflow.FieldTCPSrc, prerequisite: "tcp"},
	{name: "tcp.dst", field: openflow.FieldTCPDst, prerequisite: "tcp"},
	{name: "tcp.flags", field: openflow.FieldTCPFlags, prerequisite: "tcp"},
	{name: "udp", predicate: "ip.proto == 17"},
	{name: "udp.src", field: openflow.FieldUDPSrc, prerequisite: "udp"},
	{name: "udp.dst", field: openflow.FieldUDPDst, prerequisite: "udp"},
	{name: "sctp", predicate: "ip.proto == 132"},
	{name: "sctp.src", field: openflow.FieldSCTPSrc, prerequisite: "sctp"},
	{name: "sctp.dst", field: openflow.FieldSCTPDst, prerequisite: "sctp"},

	{name: "pkt.mark", field: openflow.FieldPktMark},
}

// onlyWritten are the fields of ICMP messages that packets do not have yet when flows look at them,
// with their widths: actions write them through the controller.
var onlyWritten = map[string]int{"icmp4.frag_mtu": 16, "icmp6.frag_mtu": 32}
