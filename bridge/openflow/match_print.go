package openflow

import "strconv"

// The Ethernet types that a dump has words for.
const (
	etherIPv4 = 0x0800
	etherARP  = 0x0806
	etherRARP = 0x8035
	etherIPv6 = 0x86dd
	etherMPLS = 0x8847
	// etherMPLSM is MPLS of multicast packets.
	etherMPLSM = 0x8848
)

// The IP protocols that a dump has words for.
const (
	protoICMP   = 1
	protoTCP    = 6
	protoUDP    = 17
	protoICMPv6 = 58
	protoSCTP   = 132
)

// keyword is a word that stands for an Ethernet type, and perhaps an IP protocol.
type keyword struct {
	word  string
	ether uint16
	proto uint8 // 0 for any
}

var keywords = []keyword{
	{"icmp", etherIPv4, protoICMP}, {"tcp", etherIPv4, protoTCP},
	{"udp", etherIPv4, protoUDP}, {"sctp", etherIPv4, protoSCTP}, {"ip", etherIPv4, 0},
	{"icmp6", etherIPv6, protoICMPv6}, {"tcp6", etherIPv6, protoTCP}, {"udp6", etherIPv6, protoUDP},
	{"sctp6", etherIPv6, protoSCTP}, {"ipv6", etherIPv6, 0},
	{"arp", etherARP, 0}, {"rarp", etherRARP, 0}, {"mpls", etherMPLS, 0}, {"mplsm", etherMPLSM, 0},
}

// keyword is the word that stands for the match's Ethernet type and protocol, nil if there is none.
func (m Match) keyword() *keyword {
	ether, ok := m.exact(FieldEthType)
	if !ok {
		return nil
	}
	proto, _ := m.exact(FieldIPProto)
	for i := range keywords {
		k := &keywords[i]
		if uint64(k.ether) == ether && (k.proto == 0 || uint64(k.proto) == proto) {
			return k
		}
	}
	return nil
}

// Append appends the match as dump-flows writes it after the priority, nothing if all packets match.
func (m Match) Append(b []byte) []byte {
	start := len(b)
	word := m.keyword()
	typeLeft := false
	for i := range m {
		e := &m[i]
		if typeLeft && e.Field > FieldEthDst {
			b, typeLeft = m.appendType(b, start), false
		}
		switch {
		case e.Field == FieldEthType && word == nil:
			typeLeft = true
			continue
		case e.Field == FieldIPProto && word != nil && word.proto != 0:
			continue
		}
		b = separated(b, start)
		if e.Field == FieldEthType {
			b = append(b, word.word...)
			continue
		}
		b = e.append(b)
	}
	if typeLeft {
		b = m.appendType(b, start)
	}
	return b
}

// String is the match as Append writes it.
func (m Match) String() string { return string(m.Append(nil)) }

func separated(b []byte, start int) []byte {
	if len(b) > start {
		return append(b, ',')
	}
	return b
}

// appendType appends an Ethernet type that there is no word for.
func (m Match) appendType(b []byte, start int) []byte {
	e, _ := m.Get(FieldEthType)
	b = append(separated(b, start), "dl_type=0x"...)
	return appendHexDigits(b, e.Value.Lo, 4)
}

// append appends what is asked of one field. A dump writes some fields otherwise than set_field.
func (e *MatchField) append(b []byte) []byte {
	info := &fields[e.Field]
	if e.Field == FieldVLANTCI {
		return e.appendVLAN(b)
	}
	b = append(b, info.inText...)
	if e.Mask.IsZero() {
		return b
	}
	b = append(b, '=')
	switch {
	case e.Field == FieldTunFlags:
		return tunnelFlags.appendEach(b, e.Value.Lo, e.Mask.Lo)
	case e.Field == FieldIPDSCP:
		return strconv.AppendUint(b, e.Value.Lo<<2, 10)
	case e.Field == FieldIPv6Label:
		return appendLabel(b, e.Value.Lo, e.Mask.Lo)
	case e.Field == FieldCTZone || info.form == formDecimal:
		if e.Mask == Ones(info.bits) {
			return strconv.AppendUint(b, e.Value.Lo, 10)
		}
		b = strconv.AppendUint(append(b, "0x"...), e.Value.Lo, 16)
		return strconv.AppendUint(append(b, "/0x"...), e.Mask.Lo, 16)
	}
	return e.Field.appendValue(b, e.Value, e.Mask)
}

func appendLabel(b []byte, value, mask uint64) []byte {
	b = appendHexDigits(append(b, "0x"...), value, 5)
	if mask != Ones(20).Lo {
		b = appendHexDigits(append(b, "/0x"...), mask, 5)
	}
	return b
}

// appendVLAN appends the parts of a VLAN tag, if it is asked for as parts, or its bits.
func (e *MatchField) appendVLAN(b []byte) []byte {
	value, mask := e.Value.Lo, e.Mask.Lo
	vid, pcp := mask&vlanVID, mask&vlanPCP
	if value&vlanPresent == 0 || vid != 0 && vid != vlanVID || pcp != 0 && pcp != vlanPCP ||
		vid|pcp == 0 {
		b = appendHexDigits(append(b, "vlan_tci=0x"...), value, 4)
		if mask != 0xffff {
			b = appendHexDigits(append(b, "/0x"...), mask, 4)
		}
		return b
	}
	if vid != 0 {
		b = strconv.AppendUint(append(b, "dl_vlan="...), value&vlanVID, 10)
	}
	if vid != 0 && pcp != 0 {
		b = append(b, ',')
	}
	if pcp != 0 {
		b = strconv.AppendUint(append(b, "dl_vlan_pcp="...), value&vlanPCP>>13, 10)
	}
	return b
}
