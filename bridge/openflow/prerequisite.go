package openflow

// connected is what says that a packet has a connection.
const connected = "ct_state with +new, +est, +rel, +rpl, +snat, +dnat or +trk-inv"

// needTexts say what to write for a prerequisite.
var needTexts = [...]string{
	needNothing:   "nothing",
	needVLAN:      "dl_vlan=...",
	needARP:       "arp or rarp",
	needIPv4:      "ip",
	needIPv6:      "ipv6",
	needIP:        "ip or ipv6",
	needMPLS:      "mpls or mplsm",
	needTCP:       "tcp or tcp6",
	needUDP:       "udp or udp6",
	needSCTP:      "sctp or sctp6",
	needICMPv4:    "icmp",
	needICMPv6:    "icmp6",
	needND:        "icmp6,icmp_type=135,icmp_code=0 or icmp6,icmp_type=136,icmp_code=0",
	needNDSolicit: "icmp6,icmp_type=135,icmp_code=0",
	needNDAdvert:  "icmp6,icmp_type=136,icmp_code=0",

	needConnection:      connected,
	needConnectionIPv4:  "ip, and " + connected,
	needConnectionIPv6:  "ipv6, and " + connected,
	needConnectionProto: "ct_nw_proto=..., and " + connected,
}

// The bits of ct_state: those that only a packet with a connection has, and two others.
const (
	ctConnection = 0xcf
	ctInvalid    = 0x10
	ctTracked    = 0x20
)

// The messages of neighbour discovery.
const (
	icmpSolicit = 135
	icmpAdvert  = 136
)

// meets says whether the match asks for what a field needs.
func (m Match) meets(need prerequisite) bool {
	switch need {
	case needNothing:
		return true
	case needVLAN:
		e, _ := m.Get(FieldVLANTCI)
		return e.Value.Lo&vlanPresent != 0
	case needConnection:
		e, _ := m.Get(FieldCTState)
		return e.Value.Lo&ctConnection != 0 ||
			e.Value.Lo&ctTracked != 0 && e.Mask.Lo&ctInvalid != 0 && e.Value.Lo&ctInvalid == 0
	case needConnectionIPv4:
		return m.meets(needConnection) && m.meets(needIPv4)
	case needConnectionIPv6:
		return m.meets(needConnection) && m.meets(needIPv6)
	case needConnectionProto:
		proto, _ := m.exact(FieldCTNwProto)
		return m.meets(needConnection) && proto != 0
	}
	ether, _ := m.exact(FieldEthType)
	proto, _ := m.exact(FieldIPProto)
	ip := ether == etherIPv4 || ether == etherIPv6
	switch need {
	case needARP:
		return ether == etherARP || ether == etherRARP
	case needIPv4:
		return ether == etherIPv4
	case needIPv6:
		return ether == etherIPv6
	case needIP:
		return ip
	case needMPLS:
		return ether == etherMPLS || ether == etherMPLSM
	case needTCP:
		return ip && proto == protoTCP
	case needUDP:
		return ip && proto == protoUDP
	case needSCTP:
		return ip && proto == protoSCTP
	case needICMPv4:
		return ether == etherIPv4 && proto == protoICMP
	}
	if ether != etherIPv6 || proto != protoICMPv6 {
		return false
	}
	kind, _ := m.exact(FieldICMPv6Type)
	code, ok := m.exact(FieldICMPv6Code)
	zero := ok && code == 0
	switch need {
	case needNDSolicit:
		return zero && kind == icmpSolicit
	case needNDAdvert:
		return zero && kind == icmpAdvert
	case needND:
		return zero && (kind == icmpSolicit || kind == icmpAdvert)
	}
	return true
}
