package openflow

import (
	"errors"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// A message that would be too long is refused, and leaves what was there before it.
func TestMessagesAreLimited(t *testing.T) {
	f := &Flow{}
	for range 5000 {
		f.Actions = append(f.Actions, Output{1})
	}
	before := []byte("before")
	for _, m := range []Message{FlowMod{Flow: f}, PacketOut{Actions: f.Actions},
		BundleAdd{Message: FlowMod{Flow: f}}, Echo{Data: make([]byte, 65536)},
		GroupMod{Group: &Group{Buckets: []Bucket{{Actions: f.Actions}}}},
		Resume{PacketIn: PacketIn{Packet: make([]byte, 65536)}}} {
		b, err := m.Append(before, 1)
		require.ErrorContains(t, err, "more than the 65535 that OpenFlow allows")
		require.Equal(t, "before", string(b))
	}
}

func TestHellosSayVersions(t *testing.T) {
	for _, c := range []struct {
		message  string
		versions uint32
	}{
		{"\x06\x00\x00\x10\x00\x00\x00\x01\x00\x01\x00\x08\x00\x00\x00\x40", 1 << 6},
		{"\x06\x00\x00\x10\x00\x00\x00\x01\x00\x01\x00\x08\x00\x00\x00\x7e", 0x7e},
		{"\x04\x00\x00\x08\x00\x00\x00\x01", 0x1e},
		{"\x06\x00\x00\x18\x00\x00\x00\x01\x00\x02\x00\x08\x00\x00\x00\x01\x00\x01\x00\x08\x00\x00\x00\x40",
			1 << 6},
	} {
		m, err := DecodeHello([]byte(c.message))
		require.NoError(t, err)
		require.Equal(t, c.versions, m.Versions)
	}
	_, err := DecodeHello([]byte("\x06\x00\x00\x0c\x00\x00\x00\x01\x00\x01\x00\x08"))
	require.EqualError(t, err, "hello: the bytes end too early")
	_, err = DecodeHello([]byte("\x06\x01\x00\x08\x00\x00\x00\x01"))
	require.ErrorContains(t, err, "the type 1 instead of 0")
	refused := &Error{Data: []byte("only OpenFlow 1.5 is spoken here\xff")}
	require.EqualError(t, refused, "OFPHFC_INCOMPATIBLE: only OpenFlow 1.5 is spoken here?")
}

// Flows of a switch whose actions are not understood are whole but for those.
func TestForeignFlowsAreSeen(t *testing.T) {
	s := startSwitch(t)
	s.ofctl("add-flow", "table=3,priority=7,cookie=5,ip,actions=write_metadata:5,goto_table:9")
	s.ofctl("add-flow", "table=4,priority=8,actions=normal")
	flows := s.speak().counted()
	require.Len(t, flows, 2)
	require.EqualError(t, flows[0].Err, "actions: the instruction 2 is not known, or there twice")
	require.Equal(t, "cookie=0x5, table=3, priority=7,ip actions=drop", flows[0].Flow.String())
	require.NoError(t, flows[1].Err)
	require.Equal(t, "table=4, priority=8 actions=NORMAL", flows[1].Flow.String())
}

// A line of a dump with statistics is the same flow as one without.
func TestStatisticsArePassedOver(t *testing.T) {
	s := startSwitch(t)
	s.ofctl("add-flow", "table=3,priority=7,cookie=5,idle_timeout=60,importance=3,send_flow_rem,ip,"+
		"nw_dst=1.2.3.4,actions=dec_ttl,output:1")
	full := s.dump("dump-flows")
	require.Len(t, full, 1)
	require.Contains(t, full[0], "n_packets=")
	f, err := ParseFlow(full[0])
	require.NoError(t, err)
	require.Equal(t, s.flows(), []string{f.String()})
}

func TestDecodeErrorsSayWhere(t *testing.T) {
	actions := []Action{Output{1}, Clone{[]Action{CT{Table: NoTable, Exec: []Action{
		Set(FieldCTMark, U64(1)), Set(Reg(0), U64(1))}}}}}
	_, err := DecodeActions(AppendActions(nil, actions, nil))
	require.EqualError(t, err, "action 2, clone, action 1, ct: only ct_mark and ct_label can be set")
	var where *DecodeError
	require.True(t, errors.As(err, &where))
	for _, c := range []struct{ bytes, why string }{
		{"\x00\x00", "action 1: the bytes end too early"},
		{"\x00\x00\x00\x09\x00\x00\x00\x00\x00", "action 1: the length is 9, of 9 bytes"},
		{"\x00\x63\x00\x08\x00\x00\x00\x00", "action 1: the type 99 is not known"},
		{"\xff\xff\x00\x08\x00\x00\x12\x34", "action 1: the experimenter 0x00001234 is not known"},
		{"\xff\xff\x00\x10\x00\x00\x23\x20\x03\xe7\x00\x00\x00\x00\x00\x00",
			"action 1: the extension 999 is not known"},
		{"\x00\x18\x00\x08\x00\x00\x00\x01", "action 1: bytes that should be 0 are not"},
		{"\x00\x11\x00\x08\x08\x00\x00\x00", "push_vlan:0x0800: a VLAN tag has the Ethernet type"},
		{"\x00\x19\x00\x10\x12\x34\x00\x04\x00\x00\x00\x00\x00\x00\x00\x00",
			"action 1: the field of class 0x1234 with the number 0 is not known"},
		{"\x00\x19\x00\x10\x00\x01\x00\x02\x00\x00\x00\x00\x00\x00\x00\x00", "reg0 has 2 bytes instead of 4"},
	} {
		_, err := DecodeActions([]byte(c.bytes))
		require.ErrorContains(t, err, c.why)
	}
}

// A match keeps fields that are parts of others in one form, in the order of a dump.
func TestMatchesHaveOneForm(t *testing.T) {
	var m Match
	m.SetExact(FieldMetadata, U64(7))
	m.SetExact(XXReg(1), U128{Hi: 5, Lo: 6})
	m.Set(XReg(0), U64(0xff), U64(0xf0))
	m.SetExact(FieldInPortOXM, U64(uint64(PortLocal)))
	m.SetExact(FieldVLANPCP, U64(3))
	m.SetExact(FieldVLANVID, U64(0x1005))
	m.SetExact(FieldEthType, U64(etherIPv4))
	m.SetExact(FieldIPTOS, U64(0x29))
	require.Equal(t, "ip,reg1=0xf0/0xf0,reg4=0,reg5=0x5,reg6=0,reg7=0x6,metadata=0x7,in_port=LOCAL,"+
		"dl_vlan=5,dl_vlan_pcp=3,nw_tos=40,nw_ecn=1", m.String())
	m.Set(Reg(1), U64(1), U64(1))
	e, ok := m.Get(Reg(1))
	require.True(t, ok)
	require.Equal(t, MatchField{Reg(1), U64(0xf1), U64(0xf1)}, e)
	_, ok = m.Get(Reg(0))
	require.False(t, ok)
	back, rest, err := DecodeMatch(append(AppendMatch(nil, m, nil), "rest"...))
	require.NoError(t, err)
	require.Equal(t, "rest", string(rest))
	require.Equal(t, m, back)
}

func TestNumbersOf128Bits(t *testing.T) {
	require.Equal(t, U128{Hi: 1}, U64(1).Shl(64))
	require.Equal(t, U64(1), U128{Hi: 1}.Shr(64))
	require.Equal(t, U128{Hi: 0xf, Lo: 0xf << 60}, U64(0xff).Shl(60))
	require.Equal(t, U64(0xff), U64(0xff).Shl(60).Shr(60))
	require.Equal(t, U64(3), U64(3).Shl(0))
	require.True(t, U64(1).Shl(128).IsZero())
	require.Equal(t, U128{Hi: ^uint64(0), Lo: ^uint64(0)}, Ones(200))
	require.True(t, Ones(0).IsZero())
	for n := range 129 {
		require.Equal(t, n, Ones(n).Len())
	}
	require.Equal(t, "0x1"+strings.Repeat("0", 16), string(U128{Hi: 1}.appendHex(nil)))
	require.Equal(t, "0", string(U128{}.appendHex(nil)))
}
