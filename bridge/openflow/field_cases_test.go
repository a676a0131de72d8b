package openflow

import (
	"fmt"
	"math/bits"
	"math/rand"
)

// contexts are matches that meet each prerequisite, as a dump writes them.
var contexts = map[prerequisite]string{
	needVLAN: "dl_vlan=5", needARP: "arp", needIPv4: "ip", needIPv6: "ipv6", needIP: "ip",
	needMPLS: "mpls", needTCP: "tcp", needUDP: "udp", needSCTP: "sctp", needICMPv4: "icmp",
	needICMPv6: "icmp6", needND: "icmp6,icmp_type=136,icmp_code=0",
	needNDSolicit: "icmp6,icmp_type=135,icmp_code=0", needNDAdvert: "icmp6,icmp_type=136,icmp_code=0",
	needConnection: "ct_state=+est", needConnectionIPv4: "ct_state=+est,ip",
	needConnectionIPv6:  "ct_state=+est,ipv6",
	needConnectionProto: "ct_state=+est,ct_nw_proto=6",
}

// randomU128 is a number of which half have few bits.
func randomU128(r *rand.Rand) U128 {
	u := U128{r.Uint64(), r.Uint64()}
	if r.Intn(2) == 0 {
		u = u.And(Ones(r.Intn(20)))
	}
	return u
}

// randomValue is a value that the field can have.
func (f Field) randomValue(r *rand.Rand) U128 {
	v := randomU128(r).And(f.settable())
	switch {
	case f == FieldInPort, f == FieldInPortOXM, f == FieldActsetOutput:
		return U64(1 + v.Lo%0xfeff)
	case f == FieldVLANVID, f == FieldVLANTCI:
		return v.Or(U64(vlanPresent))
	case f == FieldIPTOS:
		return v.And(U64(0xfc))
	case f == FieldCTNwProto && v.IsZero():
		return U64(protoUDP)
	case f == FieldARPOp:
		return v.And(Ones(8))
	case f == FieldEthType:
		return U64(0x9000 + v.Lo%0x1000)
	case f == FieldIPFrag:
		return U64([]uint64{0, fragAny, fragAny | fragLater}[r.Intn(3)])
	case f.isTunnelMetadata():
		return v.And(Ones(32))
	}
	return v
}

// randomMask is a mask for the field that is neither empty nor whole.
func (f Field) randomMask(r *rand.Rand) U128 {
	all := f.significant()
	if f.isTunnelMetadata() {
		all = Ones(32)
	}
	for {
		m := randomU128(r).And(all)
		if r.Intn(2) == 0 {
			m = all.AndNot(Ones(r.Intn(all.Len())))
		}
		switch {
		case f == FieldIPFrag:
			return U64(1 + uint64(r.Intn(2)))
		case f == FieldTunFlags:
			return U64(1)
		case f == FieldVLANTCI:
			return m.Or(U64(vlanPresent | vlanPCP)).AndNot(U64(1))
		case fields[f].form == formIPv6:
			// ovs-ofctl takes a mask that begins with a decimal digit for the length of a prefix.
			return m.Or(Ones(4).Shl(124))
		case !m.IsZero() && m != all:
			return m
		}
	}
}

// before is a match that meets what the field needs, and a comma.
func (f Field) before() string {
	if c := contexts[fields[f].need]; c != "" {
		return c + ","
	}
	return ""
}

// inMatch is the field with a value as a match has it.
func (f Field) inMatch(value, mask U128) string {
	if fields[f].inText == "" || f == FieldVLANTCI || f == FieldIPDSCP {
		return f.Name() + "=" + string(f.appendValue(nil, value, mask))
	}
	var m Match
	m.Set(f, value, mask)
	return string(m[0].append(nil))
}

// fieldCases are flows that use each field in each way that there is.
func fieldCases(r *rand.Rand) []string {
	var cases []string
	add := func(format string, args ...any) { cases = append(cases, fmt.Sprintf(format, args...)) }
	for f := Field(1); f < fieldsEnd; f++ {
		info, value := &fields[f], f.randomValue(r)
		if f.isTunnelMetadata() && f > FieldTunMetadata0 {
			continue // The switch has one of them in this test.
		}
		if f != FieldNDReserved && f != FieldNDOptionsType && f != FieldTunFlags {
			add("%s%s actions=drop", f.before(), f.inMatch(value, f.Mask()))
		}
		if f.Maskable() {
			mask := f.randomMask(r)
			add("%s%s actions=drop", f.before(), f.inMatch(value.And(mask), mask))
		}
		match := ""
		if c := contexts[info.need]; c != "" {
			match = c + " "
		}
		if f.Writable() && !f.isTunnelMetadata() {
			cases = append(cases, f.setting(match, Set(f, value)))
			if f.Maskable() && f != FieldTunFlags && f != FieldVLANVID {
				mask := f.randomMask(r)
				cases = append(cases, f.setting(match, SetField{f, value.And(mask), mask}))
			}
		}
		if f != FieldActsetOutput {
			cases = append(cases, f.subfieldCases(r, match)...)
		}
	}
	return cases
}

// isConnection says whether the field can only be changed in a ct action.
func (f Field) isConnection() bool { return f == FieldCTMark || f == FieldCTLabel }

// setting is a flow with an action that changes the field.
func (f Field) setting(match string, a Action) string {
	if f == FieldVLANVID {
		match = "dl_vlan=5 "
	}
	if f.isConnection() {
		match, a = "ip ", CT{Commit: true, Table: NoTable, Exec: []Action{a}}
	}
	return match + "actions=" + PrintActions([]Action{a})
}

// learnNeeds make a learned flow match what the field needs.
func (f Field) learnNeeds() []LearnSpec {
	m, err := ParseMatch(contexts[fields[f].need])
	if err != nil {
		panic(err)
	}
	var specs []LearnSpec
	for _, e := range m {
		low := bits.TrailingZeros64(e.Mask.Lo)
		specs = append(specs, LearnSpec{Kind: LearnMatch, Immediate: e.Value.Shr(low),
			Destination: Part(e.Field, low, e.Mask.Len()-low)})
	}
	return specs
}

// subfieldCases are flows with the actions that use parts of the field.
func (f Field) subfieldCases(r *rand.Rand, match string) []string {
	width := min(f.Bits(), 32)
	part := Part(f, r.Intn(width), 1)
	part.Bits = uint16(1 + r.Intn(width-int(part.Offset)))
	room := Part(XXReg(r.Intn(4)), r.Intn(64), int(part.Bits))
	actions := []Action{Push{part}, Move{part, room}}
	var cases []string
	if f.Writable() {
		cases = append(cases, f.setting(match, Move{room, part}))
		if !f.isConnection() {
			actions = append(actions, Pop{part})
		}
	}
	for _, a := range actions {
		cases = append(cases, match+"actions="+PrintActions([]Action{a}))
	}
	if !f.isTunnelMetadata() {
		whole := Whole(f)
		from := Whole(XXReg(0))
		from.Bits = whole.Bits
		specs := []LearnSpec{{Kind: LearnLoad, Source: whole, Destination: from}}
		if f.Writable() && !f.isConnection() {
			specs = append(specs, f.learnNeeds()...)
			specs = append(specs, LearnSpec{Kind: LearnLoad, Source: from, Destination: whole})
		}
		learn := Learn{Table: 1, Priority: DefaultPriority, Specs: specs}
		cases = append(cases, match+"actions="+PrintActions([]Action{learn}))
	}
	return cases
}
