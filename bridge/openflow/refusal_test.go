package openflow

import (
	"testing"

	"github.com/stretchr/testify/require"
)

// Bytes that say what no text can say, or what is never so, are refused.
func TestMatchesAreRefused(t *testing.T) {
	for _, c := range []struct {
		fields []MatchField
		why    string
	}{
		{[]MatchField{{FieldARPOp, U64(1), U64(1)}}, "a part of arp_op"},
		{[]MatchField{{FieldIPFrag, U64(2), Ones(8)}}, "a later fragment that is no fragment"},
		{[]MatchField{{Reg(0), U64(1), Ones(32)}, {XReg(0), U64(1), Ones(64)}}, "asks for xreg0 twice"},
		{[]MatchField{{FieldNDReserved, U64(1), Ones(32)}}, "asks for nd_reserved"},
		{[]MatchField{{FieldVLANVID, U64(0x2001), Ones(16)}}, "vlan_vid has a value that is too large"},
		{[]MatchField{{Reg(0), U64(3), U64(1)}}, "bits in its value that are not in its mask"},
		{[]MatchField{{TunMetadata(0), U128{Hi: 1}, Ones(128)}, {TunMetadata(0), U128{}, Ones(128)}},
			"asks for tun_metadata0 twice"},
	} {
		var b []byte
		for i := range c.fields {
			b = c.fields[i].appendField(b, nil)
		}
		_, err := decodeFields(b)
		require.ErrorContains(t, err, c.why)
	}
	long := append([]byte{0, 1, 0x50, 17, 1}, make([]byte, 16)...)
	_, err := decodeFields(long)
	require.EqualError(t, err, "tun_metadata0 has a value of more than 128 bits")
}

// What was read from bytes has to meet the same as what was read from text.
func TestActionsAreRefused(t *testing.T) {
	for _, c := range []struct {
		action Action
		why    string
	}{
		{Output{PortAny}, "packets cannot be sent to this port"},
		{OutputField{Whole(XXReg(0))}, ""},
		{OutputGroup{0xffffffff}, "groups are numbered to"},
		{ApplyMeter{0}, "meters are numbered from 1"},
		{OutputTruncated{1, 13}, "which is at least 14"},
		{Set(FieldEthType, U64(1)), "eth_type cannot be changed"},
		{SetField{FieldIPTTL, U64(0), U64(0)}, "the mask is empty"},
		{Set(FieldVLANPCP, U64(8)), "vlan_pcp has 3 bits, the number needs 4"},
		{Move{Whole(Reg(0)), Whole(FieldConjID)}, "conj_id cannot be changed"},
		{Pop{Whole(FieldConjID)}, "conj_id cannot be changed"},
		{Resubmit{Port: PortIn, Table: CurrentTable}, "needs a port or a table"},
		{Conjunction{1, 3, 2}, "2 to 64 clauses"},
		{CheckPacketLarger{1, Part(FieldConjID, 0, 1)}, "conj_id cannot be changed"},
		{CT{Table: NoTable, Force: true}, "force needs commit"},
		{CT{Table: NoTable, ZoneSource: Whole(Reg(0))}, "a zone has 16 bits, not 32"},
		{CT{Table: NoTable, NAT: &NAT{Source: true, Destination: true}}, "cannot both be translated"},
		{Learn{Table: NoTable}, "tables are numbered to 254"},
		{Learn{Specs: []LearnSpec{{Kind: LearnLoad, Destination: Whole(FieldConjID)}}},
			"conj_id cannot be changed"},
		{Learn{Specs: []LearnSpec{{Destination: Whole(FieldCTState)}}}, "take them from a field"},
		{Learn{Specs: []LearnSpec{{Destination: Whole(FieldIPFrag), Immediate: U64(2)}}},
			"a later fragment is a fragment"},
		{Learn{Specs: []LearnSpec{{Destination: Whole(FieldInPortOXM), Immediate: U64(1 << 20)}}},
			"no port has this number"},
		{Bundle{Destination: Whole(FieldConjID)}, "conj_id cannot be changed"},
		{Multipath{Links: 1, Destination: Whole(FieldConjID)}, "conj_id cannot be changed"},
	} {
		if c.why == "" {
			require.NotEmpty(t, problem(c.action))
			continue
		}
		_, err := DecodeActions(AppendActions(nil, []Action{c.action}, nil))
		require.ErrorContains(t, err, c.why)
	}
}
