package openflow

import "math/bits"

// wireOrder has the fields of matches in the order in which Open vSwitch encodes them. The
// registers of 64 bits stand for those of 32.
var wireOrder = []Field{
	FieldConjID, FieldInPort, FieldActsetOutput, FieldEthSrc, FieldEthDst, FieldEthType,
	FieldVLANTCI, FieldMPLSTC, FieldMPLSBOS, FieldMPLSTTL, FieldMPLSLabel,
	FieldIPSrc, FieldIPDst, FieldIPv6Src, FieldIPv6Dst, FieldIPFrag, FieldIPDSCP, FieldIPECN,
	FieldIPTTL, FieldIPv6Label, FieldIPProto, FieldTCPSrc, FieldTCPDst, FieldTCPFlags,
	FieldUDPSrc, FieldUDPDst, FieldSCTPSrc, FieldSCTPDst, FieldICMPv4Type, FieldICMPv4Code,
	FieldICMPv6Type, FieldICMPv6Code, FieldNDTarget, FieldNDSLL, FieldNDTLL,
	FieldARPOp, FieldARPSPA, FieldARPTPA, FieldARPSHA, FieldARPTHA,
	FieldTunID, FieldTunFlags, FieldTunSrc, FieldTunDst, FieldTunIPv6Src, FieldTunIPv6Dst,
	FieldTunMetadata0, FieldReg0, FieldPktMark, FieldCTState, FieldCTZone, FieldCTMark,
	FieldCTLabel, FieldCTNwSrc, FieldCTIPv6Src, FieldCTNwDst, FieldCTIPv6Dst, FieldCTNwProto,
	FieldCTTpSrc, FieldCTTpDst, FieldMetadata,
}

// wireRank is the place of each field in the order of encoding.
var wireRank [fieldsEnd]uint8

// rankMax is more than any rank.
const rankMax = 192

func init() {
	rank := uint8(0)
	for _, f := range wireOrder {
		n := 1
		switch f {
		case FieldTunMetadata0:
			n = 64
		case FieldReg0:
			n = 8
		}
		for i := range n {
			if f == FieldReg0 {
				// A pair of registers is encoded as one.
				wireRank[Reg(2*i)], wireRank[Reg(2*i+1)] = rank, rank
			} else {
				wireRank[f+Field(i)] = rank
			}
			rank++
		}
	}
}

// AppendMatch appends the bytes of a match, with its header and padded to a multiple of 8. The map
// says how long tun_metadata fields are; nil is right for matches that ask for none.
func AppendMatch(b []byte, m Match, tunnel *TunnelMap) []byte {
	start := len(b)
	b = append(b, 0, 1, 0, 0)
	b = m.appendFields(b, tunnel)
	n := len(b) - start
	b[start+2], b[start+3] = byte(n>>8), byte(n)
	return pad8(b, start)
}

// appendFields appends the fields in the order of encoding.
func (m Match) appendFields(b []byte, tunnel *TunnelMap) []byte {
	var present [rankMax / 64]uint64
	var at [rankMax]uint8
	for i := range m {
		rank := wireRank[m[i].Field]
		present[rank/64] |= 1 << (rank % 64)
		at[rank] = uint8(i)
	}
	for word, set := range present {
		for set != 0 {
			rank := 64*word + bits.TrailingZeros64(set)
			set &= set - 1
			e := &m[at[rank]]
			switch f := e.Field; {
			case f >= FieldReg0 && f < FieldReg0+16:
				b = m.appendRegisters(b, int(f-FieldReg0)/2)
			case f == FieldVLANTCI:
				b = e.appendVLANWire(b)
			case f == FieldInPort:
				b = put32(b, fields[FieldInPortOXM].oxm.header(false, 4))
				b = put32(b, uint32(portFromShort(uint16(e.Value.Lo))))
			default:
				whole := *e
				if e.Mask == e.Field.significant() && !wireMasked[e.Field] {
					whole.Mask = e.Field.Mask()
				}
				b = whole.appendField(b, tunnel)
			}
		}
	}
	return b
}

// appendRegisters appends the two registers that are the register number i of 64 bits.
func (m Match) appendRegisters(b []byte, i int) []byte {
	high, _ := m.Get(Reg(2 * i))
	low, _ := m.Get(Reg(2*i + 1))
	e := MatchField{XReg(i), high.Value.Shl(32).Or(low.Value), high.Mask.Shl(32).Or(low.Mask)}
	return e.appendField(b, nil)
}

// wireMasked has the fields that Open vSwitch encodes with a mask even if all bits with a meaning
// are asked for.
var wireMasked = [fieldsEnd]bool{FieldCTState: true, FieldTunFlags: true}

// appendVLANWire appends the parts of a VLAN tag.
func (e *MatchField) appendVLANWire(b []byte) []byte {
	value, mask := e.Value.Lo, e.Mask.Lo
	if vid := mask & (vlanVID | vlanPresent); vid != 0 {
		masked := vid != vlanVID|vlanPresent
		b = put32(b, fields[FieldVLANVID].oxm.header(masked, 2))
		b = put16(b, uint16(value&vid))
		if masked {
			b = put16(b, uint16(vid))
		}
	}
	if mask&vlanPCP != 0 {
		b = put32(b, fields[FieldVLANPCP].oxm.header(false, 1))
		b = append(b, byte(value&vlanPCP>>13))
	}
	return b
}
