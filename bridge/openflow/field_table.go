package openflow

import "strconv"

// encoding is one of the names and numbers that stand for a field on the wire.
type encoding struct {
	name   string // "" if there is no such encoding
	class  uint16
	number uint8
}

// The classes of fields.
const (
	classNXM0     = 0x0000 // NXM_OF_*
	classNXM1     = 0x0001 // NXM_NX_*
	classEricsson = 0x1000 // ERICOXM_OF_*
	classOXM      = 0x8000 // OXM_OF_*
	classRegister = 0x8001 // OXM_OF_PKT_REG*
)

func of(name string, number uint8) encoding { return encoding{"OXM_OF_" + name, classOXM, number} }

func nxOf(name string, number uint8) encoding { return encoding{"NXM_OF_" + name, classNXM0, number} }

func nx(name string, number uint8) encoding { return encoding{"NXM_NX_" + name, classNXM1, number} }

var noEncoding encoding

const free = maskable | writable

// fields says everything about each field: see fieldInfo for the columns.
var fields = [fieldsEnd]fieldInfo{
	FieldPktMark:      {"pkt_mark", "", "pkt_mark", noEncoding, nx("PKT_MARK", 33), 32, 4, formHex, needNothing, free},
	FieldConjID:       {"conj_id", "", "conj_id", noEncoding, nx("CONJ_ID", 37), 32, 4, formDecimal, needNothing, 0},
	FieldActsetOutput: {"actset_output", "", "actset_output", of("ACTSET_OUTPUT", 43), noEncoding, 32, 4, formPort, needNothing, 0},
	FieldCTState:      {"ct_state", "", "ct_state", noEncoding, nx("CT_STATE", 105), 32, 4, formCTState, needNothing, maskable},
	FieldCTZone:       {"ct_zone", "", "ct_zone", noEncoding, nx("CT_ZONE", 106), 16, 2, formHex, needNothing, 0},
	FieldCTMark:       {"ct_mark", "", "ct_mark", noEncoding, nx("CT_MARK", 107), 32, 4, formHex, needNothing, free},
	FieldCTLabel:      {"ct_label", "", "ct_label", noEncoding, nx("CT_LABEL", 108), 128, 16, formHex, needNothing, free},
	FieldCTNwSrc:      {"ct_nw_src", "", "ct_nw_src", noEncoding, nx("CT_NW_SRC", 120), 32, 4, formIPv4, needConnectionIPv4, maskable},
	FieldCTIPv6Src:    {"ct_ipv6_src", "", "ct_ipv6_src", noEncoding, nx("CT_IPV6_SRC", 122), 128, 16, formIPv6, needConnectionIPv6, maskable},
	FieldCTNwDst:      {"ct_nw_dst", "", "ct_nw_dst", noEncoding, nx("CT_NW_DST", 121), 32, 4, formIPv4, needConnectionIPv4, maskable},
	FieldCTIPv6Dst:    {"ct_ipv6_dst", "", "ct_ipv6_dst", noEncoding, nx("CT_IPV6_DST", 123), 128, 16, formIPv6, needConnectionIPv6, maskable},
	FieldCTNwProto:    {"ct_nw_proto", "", "ct_nw_proto", noEncoding, nx("CT_NW_PROTO", 119), 8, 1, formDecimal, needConnection, 0},
	FieldCTTpSrc:      {"ct_tp_src", "", "ct_tp_src", noEncoding, nx("CT_TP_SRC", 124), 16, 2, formDecimal, needConnectionProto, maskable},
	FieldCTTpDst:      {"ct_tp_dst", "", "ct_tp_dst", noEncoding, nx("CT_TP_DST", 125), 16, 2, formDecimal, needConnectionProto, maskable},

	FieldTunID:      {"tun_id", "tunnel_id", "tun_id", of("TUNNEL_ID", 38), nx("TUN_ID", 16), 64, 8, formHex, needNothing, free},
	FieldTunSrc:     {"tun_src", "", "tun_src", noEncoding, nx("TUN_IPV4_SRC", 31), 32, 4, formIPv4, needNothing, free},
	FieldTunDst:     {"tun_dst", "", "tun_dst", noEncoding, nx("TUN_IPV4_DST", 32), 32, 4, formIPv4, needNothing, free},
	FieldTunIPv6Src: {"tun_ipv6_src", "", "tun_ipv6_src", noEncoding, nx("TUN_IPV6_SRC", 109), 128, 16, formIPv6, needNothing, free},
	FieldTunIPv6Dst: {"tun_ipv6_dst", "", "tun_ipv6_dst", noEncoding, nx("TUN_IPV6_DST", 110), 128, 16, formIPv6, needNothing, free},
	FieldTunFlags:   {"tun_flags", "", "tun_flags", noEncoding, nx("TUN_FLAGS", 104), 1, 2, formTunnelFlags, needNothing, free},

	FieldMetadata: {"metadata", "", "metadata", of("METADATA", 2), noEncoding, 64, 8, formHex, needNothing, free},
	FieldInPort:   {"in_port", "", "in_port", noEncoding, nxOf("IN_PORT", 0), 16, 2, formPort16, needNothing, writable},

	FieldEthSrc:  {"eth_src", "dl_src", "dl_src", of("ETH_SRC", 4), nxOf("ETH_SRC", 2), 48, 6, formEthernet, needNothing, free},
	FieldEthDst:  {"eth_dst", "dl_dst", "dl_dst", of("ETH_DST", 3), nxOf("ETH_DST", 1), 48, 6, formEthernet, needNothing, free},
	FieldEthType: {"eth_type", "dl_type", "dl_type", of("ETH_TYPE", 5), nxOf("ETH_TYPE", 3), 16, 2, formHex, needNothing, 0},
	FieldVLANTCI: {"vlan_tci", "", "vlan_tci", noEncoding, nxOf("VLAN_TCI", 4), 16, 2, formHex, needNothing, free},
	FieldVLANVID: {"vlan_vid", "", "", of("VLAN_VID", 6), noEncoding, 12, 2, formDecimal, needNothing, free},
	FieldVLANPCP: {"vlan_pcp", "", "", of("VLAN_PCP", 7), noEncoding, 3, 1, formDecimal, needVLAN, writable},

	FieldMPLSLabel: {"mpls_label", "", "mpls_label", of("MPLS_LABEL", 34), noEncoding, 20, 4, formDecimal, needMPLS, writable},
	FieldMPLSTC:    {"mpls_tc", "", "mpls_tc", of("MPLS_TC", 35), noEncoding, 3, 1, formDecimal, needMPLS, writable},
	FieldMPLSTTL:   {"mpls_ttl", "", "mpls_ttl", noEncoding, nx("MPLS_TTL", 30), 8, 1, formDecimal, needMPLS, writable},
	FieldMPLSBOS:   {"mpls_bos", "", "mpls_bos", of("MPLS_BOS", 36), noEncoding, 1, 1, formDecimal, needMPLS, 0},

	FieldIPv6Src:   {"ipv6_src", "", "ipv6_src", of("IPV6_SRC", 26), nx("IPV6_SRC", 19), 128, 16, formIPv6, needIPv6, free},
	FieldIPv6Dst:   {"ipv6_dst", "", "ipv6_dst", of("IPV6_DST", 27), nx("IPV6_DST", 20), 128, 16, formIPv6, needIPv6, free},
	FieldIPv6Label: {"ipv6_label", "", "ipv6_label", of("IPV6_FLABEL", 28), nx("IPV6_LABEL", 27), 20, 4, formHex, needIPv6, free},
	FieldIPSrc:     {"ip_src", "nw_src", "nw_src", of("IPV4_SRC", 11), nxOf("IP_SRC", 7), 32, 4, formIPv4, needIPv4, free},
	FieldIPDst:     {"ip_dst", "nw_dst", "nw_dst", of("IPV4_DST", 12), nxOf("IP_DST", 8), 32, 4, formIPv4, needIPv4, free},
	FieldIPProto:   {"nw_proto", "ip_proto", "nw_proto", of("IP_PROTO", 10), nxOf("IP_PROTO", 6), 8, 1, formDecimal, needIP, 0},
	FieldIPTOS:     {"nw_tos", "", "", noEncoding, nxOf("IP_TOS", 5), 8, 1, formDecimal, needIP, writable},
	FieldIPDSCP:    {"ip_dscp", "", "nw_tos", of("IP_DSCP", 8), noEncoding, 6, 1, formDecimal, needIP, writable},
	FieldIPECN:     {"nw_ecn", "ip_ecn", "nw_ecn", of("IP_ECN", 9), nx("IP_ECN", 28), 2, 1, formDecimal, needIP, writable},
	FieldIPTTL:     {"nw_ttl", "", "nw_ttl", noEncoding, nx("IP_TTL", 29), 8, 1, formDecimal, needIP, writable},
	FieldIPFrag:    {"ip_frag", "nw_frag", "nw_frag", noEncoding, nx("IP_FRAG", 26), 2, 1, formFrag, needIP, maskable},

	FieldARPOp:  {"arp_op", "", "arp_op", of("ARP_OP", 21), nxOf("ARP_OP", 15), 16, 2, formDecimal, needARP, writable},
	FieldARPSPA: {"arp_spa", "", "arp_spa", of("ARP_SPA", 22), nxOf("ARP_SPA", 16), 32, 4, formIPv4, needARP, free},
	FieldARPTPA: {"arp_tpa", "", "arp_tpa", of("ARP_TPA", 23), nxOf("ARP_TPA", 17), 32, 4, formIPv4, needARP, free},
	FieldARPSHA: {"arp_sha", "", "arp_sha", of("ARP_SHA", 24), nx("ARP_SHA", 17), 48, 6, formEthernet, needARP, free},
	FieldARPTHA: {"arp_tha", "", "arp_tha", of("ARP_THA", 25), nx("ARP_THA", 18), 48, 6, formEthernet, needARP, free},

	FieldTCPSrc:   {"tcp_src", "tp_src", "tp_src", of("TCP_SRC", 13), nxOf("TCP_SRC", 9), 16, 2, formDecimal, needTCP, free},
	FieldTCPDst:   {"tcp_dst", "tp_dst", "tp_dst", of("TCP_DST", 14), nxOf("TCP_DST", 10), 16, 2, formDecimal, needTCP, free},
	FieldTCPFlags: {"tcp_flags", "", "tcp_flags", of("TCP_FLAGS", 42), nx("TCP_FLAGS", 34), 12, 2, formTCPFlags, needTCP, maskable},
	FieldUDPSrc:   {"udp_src", "", "tp_src", of("UDP_SRC", 15), nxOf("UDP_SRC", 11), 16, 2, formDecimal, needUDP, free},
	FieldUDPDst:   {"udp_dst", "", "tp_dst", of("UDP_DST", 16), nxOf("UDP_DST", 12), 16, 2, formDecimal, needUDP, free},
	FieldSCTPSrc:  {"sctp_src", "", "tp_src", of("SCTP_SRC", 17), noEncoding, 16, 2, formDecimal, needSCTP, free},
	FieldSCTPDst:  {"sctp_dst", "", "tp_dst", of("SCTP_DST", 18), noEncoding, 16, 2, formDecimal, needSCTP, free},

	FieldICMPv4Type:    {"icmp_type", "", "icmp_type", of("ICMPV4_TYPE", 19), nxOf("ICMP_TYPE", 13), 8, 1, formDecimal, needICMPv4, writable},
	FieldICMPv4Code:    {"icmp_code", "", "icmp_code", of("ICMPV4_CODE", 20), nxOf("ICMP_CODE", 14), 8, 1, formDecimal, needICMPv4, writable},
	FieldICMPv6Type:    {"icmpv6_type", "", "icmp_type", of("ICMPV6_TYPE", 29), nx("ICMPV6_TYPE", 21), 8, 1, formDecimal, needICMPv6, writable},
	FieldICMPv6Code:    {"icmpv6_code", "", "icmp_code", of("ICMPV6_CODE", 30), nx("ICMPV6_CODE", 22), 8, 1, formDecimal, needICMPv6, writable},
	FieldNDTarget:      {"nd_target", "", "nd_target", of("IPV6_ND_TARGET", 31), nx("ND_TARGET", 23), 128, 16, formIPv6, needND, free},
	FieldNDSLL:         {"nd_sll", "", "nd_sll", of("IPV6_ND_SLL", 32), nx("ND_SLL", 24), 48, 6, formEthernet, needNDSolicit, free},
	FieldNDTLL:         {"nd_tll", "", "nd_tll", of("IPV6_ND_TLL", 33), nx("ND_TLL", 25), 48, 6, formEthernet, needNDAdvert, free},
	FieldNDReserved:    {"nd_reserved", "", "", noEncoding, encoding{"ERICOXM_OF_ICMPV6_ND_RESERVED", classEricsson, 1}, 32, 4, formDecimal, needND, writable},
	FieldNDOptionsType: {"nd_options_type", "", "", noEncoding, encoding{"ERICOXM_OF_ICMPV6_ND_OPTIONS_TYPE", classEricsson, 2}, 8, 1, formDecimal, needND, writable},

	FieldInPortOXM: {"in_port_oxm", "", "", of("IN_PORT", 0), noEncoding, 32, 4, formPort, needNothing, 0},
}

// The rows that differ in a number only.
func init() {
	for i := range 16 {
		n := strconv.Itoa(i)
		fields[Reg(i)] = fieldInfo{"reg" + n, "", "reg" + n, noEncoding, nx("REG"+n, uint8(i)), 32, 4, formHex, needNothing, free}
	}
	for i := range 8 {
		n := strconv.Itoa(i)
		wide := encoding{"OXM_OF_PKT_REG" + n, classRegister, uint8(i)}
		fields[XReg(i)] = fieldInfo{"xreg" + n, "", "", wide, noEncoding, 64, 8, formHex, needNothing, free}
	}
	for i := range 4 {
		n := strconv.Itoa(i)
		fields[XXReg(i)] = fieldInfo{"xxreg" + n, "", "", noEncoding, nx("XXREG"+n, uint8(111+i)), 128, 16, formHex, needNothing, free}
	}
	for i := range 64 {
		n := strconv.Itoa(i)
		fields[TunMetadata(i)] = fieldInfo{"tun_metadata" + n, "", "tun_metadata" + n, noEncoding,
			nx("TUN_METADATA"+n, uint8(40+i)), 992, 124, formHex, needNothing, free}
	}
	indexFields()
}
