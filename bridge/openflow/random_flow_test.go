package openflow

import (
	"encoding/hex"
	"math/rand"
	"net/netip"
	"testing"

	"github.com/stretchr/testify/require"
)

// baseMatches are what random matches begin with.
var baseMatches = []string{"", "", "ip", "ipv6", "arp", "rarp", "tcp", "tcp6", "udp", "udp6", "sctp",
	"icmp", "icmp6", "icmp6,icmp_type=135,icmp_code=0", "icmp6,icmp_type=136,icmp_code=0", "mpls",
	"dl_vlan=7", "ct_state=+est+trk,ip", "ct_state=+new+trk,ct_nw_proto=6,ipv6"}

// randomMatch is a match that Open vSwitch accepts.
func randomMatch(r *rand.Rand) Match {
	m, err := ParseMatch(baseMatches[r.Intn(len(baseMatches))])
	if err != nil {
		panic(err)
	}
	for range r.Intn(6) {
		f := 1 + Field(r.Intn(int(fieldsEnd)-1))
		switch f {
		case FieldEthType, FieldIPProto, FieldIPFrag, FieldNDReserved, FieldNDOptionsType,
			FieldVLANVID, FieldVLANPCP, FieldVLANTCI, FieldICMPv6Code, FieldICMPv6Type, FieldCTState,
			FieldCTNwProto:
			continue
		}
		if !m.meets(fields[f].need) || f.isTunnelMetadata() && f != FieldTunMetadata0 {
			continue
		}
		if f.Maskable() && r.Intn(2) == 0 || f == FieldTunFlags {
			mask := f.randomMask(r)
			m.Set(f, f.randomValue(r), mask)
		} else {
			m.SetExact(f, f.randomValue(r))
		}
	}
	return m
}

// randomPart is a part of a field that the match allows actions to use.
func randomPart(r *rand.Rand, m Match, writable bool) Subfield {
	for {
		f := 1 + Field(r.Intn(int(fieldsEnd)-1))
		if f == FieldActsetOutput || f.isTunnelMetadata() || !m.meets(fields[f].need) ||
			writable && (!f.Writable() || f.isConnection()) ||
			f == FieldVLANVID && !m.meets(needVLAN) {
			continue
		}
		offset := r.Intn(f.Bits())
		if r.Intn(3) == 0 {
			return Whole(f)
		}
		return Part(f, offset, 1+r.Intn(f.Bits()-offset))
	}
}

func randomBytes(r *rand.Rand, most int) []byte {
	b := make([]byte, r.Intn(most))
	r.Read(b)
	return b
}

func randomNAT(r *rand.Rand, m Match) *NAT {
	n := &NAT{Source: r.Intn(2) == 0}
	n.Destination = !n.Source
	if r.Intn(3) == 0 {
		return n
	}
	var low [16]byte
	r.Read(low[:15])
	low[0] |= 1
	n.Min = netip.AddrFrom16(low)
	if m.meets(needIPv4) {
		n.Min = netip.AddrFrom4([4]byte(low[:4]))
	}
	if r.Intn(2) == 0 {
		n.Max = n.Min.Next()
	}
	if r.Intn(2) == 0 {
		n.PortMin = 1 + uint16(r.Intn(1000))
		n.PortMax = uint16(r.Intn(2)) * (n.PortMin + 5)
	}
	n.Persistent, n.Hash = r.Intn(2) == 0, r.Intn(2) == 0
	n.Random = !n.Hash && r.Intn(2) == 0
	return n
}

func randomCT(r *rand.Rand, m Match) Action {
	a := CT{Commit: r.Intn(2) == 0, Table: NoTable, Zone: uint16(r.Intn(3))}
	if r.Intn(2) == 0 {
		a.Table = uint8(r.Intn(NoTable))
	}
	if r.Intn(2) == 0 {
		a.Zone, a.ZoneSource = 0, Part(Reg(r.Intn(16)), r.Intn(17), 16)
	}
	if !a.Commit {
		return a
	}
	if r.Intn(2) == 0 {
		a.NAT = randomNAT(r, m)
	}
	a.Force = r.Intn(2) == 0
	if r.Intn(2) == 0 {
		mask := FieldCTLabel.randomMask(r)
		a.Exec = append(a.Exec, Set(FieldCTMark, U64(uint64(r.Uint32()))),
			SetField{FieldCTLabel, randomU128(r).And(mask), mask})
	}
	return a
}

func randomLearn(r *rand.Rand, m Match) Action {
	a := Learn{Table: uint8(r.Intn(NoTable)), Priority: uint16(r.Intn(3)) + DefaultPriority - 1,
		IdleTimeout: uint16(r.Intn(3)), Cookie: uint64(r.Intn(2)) * r.Uint64(),
		DeleteLearned: r.Intn(2) == 0, Limit: uint32(r.Intn(2))}
	for range r.Intn(3) {
		from := randomPart(r, m, false)
		to := Part(XXReg(r.Intn(4)), 0, int(from.Bits))
		a.Specs = append(a.Specs, LearnSpec{Kind: LearnKind(r.Intn(2)), Source: from, Destination: to},
			LearnSpec{Kind: LearnLoad, Immediate: randomU128(r).And(Ones(int(to.Bits))), Destination: to},
			LearnSpec{Kind: LearnMatch, Immediate: randomU128(r).And(Ones(9)), Destination: Part(Reg(2), 3, 9)})
	}
	return a
}

// randomAction is an action that Open vSwitch accepts behind the match.
func randomAction(r *rand.Rand, m Match, depth int) Action {
	switch r.Intn(16) {
	case 0, 1:
		s := randomPart(r, m, true)
		v := randomU128(r)
		if !s.Field.Maskable() || fields[s.Field].form == formIPv6 || s.Field == FieldVLANVID ||
			s.Field == FieldTunFlags {
			// ovs-ofctl dumps masks for these that it does not read.
			return Set(s.Field, s.Field.randomValue(r))
		}
		return Load(s, v)
	case 2:
		from := randomPart(r, m, false)
		return Move{from, Part(XXReg(r.Intn(4)), 128-int(from.Bits), int(from.Bits))}
	case 3:
		return Push{randomPart(r, m, false)}
	case 4:
		return Pop{randomPart(r, m, true)}
	case 5:
		return Resubmit{Port: PortIn, Table: uint8(r.Intn(NoTable))}
	case 6, 7:
		if m.meets(needIP) {
			return randomCT(r, m)
		}
		return CTClear{}
	case 8:
		if depth < 2 {
			return Clone{randomActions(r, m, depth+1)}
		}
		return Output{Port(1 + r.Intn(100))}
	case 9:
		return Controller{MaxLen: MaxLenWhole, Reason: ReasonAction, UserData: randomBytes(r, 60),
			Pause: r.Intn(2) == 0, MeterID: uint32(r.Intn(2)) * 7}
	case 10:
		return randomLearn(r, m)
	case 11:
		return Note{append(randomBytes(r, 5), make([]byte, 6)...)[:6]}
	case 12:
		return CheckPacketLarger{uint16(r.Intn(65536)), Part(Reg(r.Intn(16)), r.Intn(32), 1)}
	case 13:
		return OutputField{Part(Reg(r.Intn(16)), 0, 1+r.Intn(32))}
	case 14:
		return OutputGroup{1}
	default:
		return SetQueue{r.Uint32()}
	}
}

func randomActions(r *rand.Rand, m Match, depth int) []Action {
	var actions []Action
	for range r.Intn(5) {
		actions = append(actions, randomAction(r, m, depth))
	}
	return actions
}

func randomFlow(r *rand.Rand) *Flow {
	m := randomMatch(r)
	return &Flow{Table: uint8(r.Intn(NoTable)), Priority: uint16(r.Intn(65536)), Cookie: r.Uint64(),
		Match: m, Actions: randomActions(r, m, 0), IdleTimeout: uint16(r.Intn(2)),
		HardTimeout: uint16(r.Intn(2)), Flags: FlowFlags(r.Intn(32)), Importance: uint16(r.Intn(2))}
}

func TestRandomFlowsAreAsOfctlHasThem(t *testing.T) {
	r := seeded(t)
	var flows []string
	for range 500 {
		f := randomFlow(r)
		flows = append(flows, (&Flow{Priority: DefaultPriority, Match: f.Match,
			Actions: f.Actions}).String())
	}
	for i, f := range flows {
		if f[0] == 'a' { // actions=: there is no match
			flows[i] = " " + f
		}
	}
	compareWithOfctl(t, flows)
}

// Text and bytes say all of a flow: from either comes the same flow again.
func TestRandomFlowsComeBack(t *testing.T) {
	r := seeded(t)
	for range 5000 {
		f := randomFlow(r)
		again, err := ParseFlow(f.String())
		require.NoError(t, err, f)
		require.Equal(t, f.String(), again.String())
		b, err := FlowMod{Flow: f}.Append(nil, 3)
		require.NoError(t, err)
		back, err := DecodeFlowMod(b)
		require.NoError(t, err, "%s\n%x", f, b)
		require.Equal(t, again, back.Flow)
		twice, err := FlowMod{Flow: back.Flow}.Append(nil, 3)
		require.NoError(t, err)
		require.Equal(t, hex.EncodeToString(b), hex.EncodeToString(twice))
	}
}
