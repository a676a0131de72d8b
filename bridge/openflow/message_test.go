package openflow

import (
	"encoding/hex"
	"net/netip"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"woven/internal/ovsdbtest"
)

func TestFlushesAreAsOfctlHasThem(t *testing.T) {
	s := startSwitch(t)
	c := s.record()
	four, five := netip.MustParseAddr("1.2.3.4"), netip.MustParseAddr("1.2.3.5")
	for _, one := range []struct {
		arguments string
		message   Message
	}{
		{"ct-flush-zone 7", CTFlushZone{Zone: 7}},
		{"ct-flush-zone 65535", CTFlushZone{Zone: 65535}},
		{"ct-flush", CTFlush{}},
		{"ct-flush zone=5", CTFlush{HasZone: true, Zone: 5}},
		{"ct-flush zone=5 ct_nw_src=1.2.3.4,ct_nw_dst=1.2.3.5,ct_nw_proto=6,ct_tp_src=1,ct_tp_dst=2",
			CTFlush{HasZone: true, Zone: 5, Protocol: 6, Original: CTTuple{Source: four,
				Destination: five, SourcePort: 1, DestinationPort: 2}}},
		{"ct-flush ct_ipv6_src=fe80::1,ct_nw_proto=58,icmp_id=3,icmp_type=128,icmp_code=0",
			CTFlush{Protocol: 58, Original: CTTuple{Source: netip.MustParseAddr("fe80::1"), ICMPID: 3,
				ICMPType: 128}}},
		{"ct-flush zone=0 ct_nw_src=1.2.3.4,ct_nw_proto=17 ct_nw_dst=1.2.3.5,ct_tp_src=3,ct_nw_proto=17",
			CTFlush{HasZone: true, Protocol: 17, Original: CTTuple{Source: four},
				Answer: CTTuple{Destination: five, SourcePort: 3}}},
	} {
		sent, out := s.sent(c, TypeExperimenter, strings.Fields(one.arguments)...)
		require.Len(t, sent, 1, "%s: %s", one.arguments, out)
		requireSame(t, sent[0], one.message)
	}
}

func TestTunnelOptionsAreAsOfctlHasThem(t *testing.T) {
	s := startSwitch(t)
	c := s.record()
	options := []TunnelOption{{Class: 0x102, Type: 0x80, Length: 4, Index: 0},
		{Class: 0xffff, Type: 0, Length: 124, Index: 63}}
	sent, out := s.sent(c, TypeExperimenter, "add-tlv-map", "{class=0x102,type=0x80,len=4}->"+
		"tun_metadata0,{class=0xffff,type=0,len=124}->tun_metadata63")
	require.Len(t, sent, 1, out)
	requireSame(t, sent[0], TLVTableMod{Command: TLVAdd, Options: options})
	p := s.speak()
	p.send(TLVTableRequest{})
	_, message := p.receive()
	kind, err := DecodeExperimenter(message)
	require.NoError(t, err)
	require.Equal(t, TypeTLVTableReply, kind)
	table, err := DecodeTLVTable(message)
	require.NoError(t, err)
	require.Equal(t, TLVTable{SpaceMax: 256, FieldsMax: 64, Options: options}, table)

	p.send(TLVTableMod{Command: TLVAdd, Options: options[:1]})
	_, message = p.receive()
	refused, err := DecodeErrorMessage(message)
	require.NoError(t, err)
	require.ErrorIs(t, refused, ErrTLVAlreadyMapped)
	require.EqualError(t, refused, "NXTTMFC_ALREADY_MAPPED")
	again := options[0]
	again.Index = 5
	p.send(TLVTableMod{Command: TLVAdd, Options: []TunnelOption{again}})
	_, message = p.receive()
	refused, err = DecodeErrorMessage(message)
	require.NoError(t, err)
	require.ErrorIs(t, refused, ErrTLVDuplicate)

	sent, _ = s.sent(c, TypeExperimenter, "del-tlv-map",
		"{class=0x102,type=0x80,len=4}->tun_metadata0")
	requireSame(t, sent[0], TLVTableMod{Command: TLVDelete, Options: options[:1]})
	sent, _ = s.sent(c, TypeExperimenter, "del-tlv-map")
	requireSame(t, sent[0], TLVTableMod{Command: TLVClear})
	sent, _ = s.sent(c, TypeExperimenter, "dump-tlv-map")
	requireSame(t, sent[0], TLVTableRequest{})
}

// A tun_metadata field is set with as many bytes as its option has, or the switch refuses it.
func TestTunnelMetadataIsSet(t *testing.T) {
	s := startSwitch(t)
	tunnel := s.prepare()
	p := s.speak()
	texts := []string{
		"cookie=0x1, priority=1,tun_metadata0=0x10002,tun_metadata1=0x5/0xf actions=drop",
		"cookie=0x2, priority=2 actions=set_field:0x5->tun_metadata0,set_field:0->tun_metadata1",
		"cookie=0x3, priority=3 actions=set_field:0x5/0xf->tun_metadata0",
		"cookie=0x4, priority=4 actions=move:NXM_NX_REG14[0..14]->NXM_NX_TUN_METADATA0[16..30]",
		"cookie=0x5, priority=5 actions=push:NXM_NX_TUN_METADATA2[0..99],delete_field:tun_metadata2",
	}
	var flows []*Flow
	for _, text := range texts {
		f, err := ParseFlow(text)
		require.NoError(t, err)
		flows = append(flows, f)
	}
	p.install(tunnel, flows)
	require.ElementsMatch(t, texts, s.flows())
	require.ElementsMatch(t, texts, p.installed())
}

func TestFlowCommandsAreAsOfctlHasThem(t *testing.T) {
	s := startSwitch(t)
	c := s.record()
	f := &Flow{Table: 3, Priority: 5, Cookie: 7}
	f.Match.SetExact(Reg(0), U64(1))
	text := "table=3,priority=5,reg0=1,cookie=7"
	loose, plain := *f, *f
	loose.Priority, plain.Cookie = DefaultPriority, 0
	for _, one := range []struct {
		arguments []string
		message   FlowMod
	}{
		{[]string{"add-flow", text + ",actions=drop"}, FlowMod{Flow: f}},
		{[]string{"mod-flows", "table=3,priority=5,reg0=1,actions=drop", "--strict"},
			FlowMod{Command: FlowModifyStrict, Flow: &plain}},
		{[]string{"del-flows", "table=3,priority=5,reg0=1", "--strict"},
			FlowMod{Command: FlowDeleteStrict, Flow: &plain}},
		{[]string{"del-flows", "table=3,reg0=1,cookie=7/0xf"},
			FlowMod{Command: FlowDelete, Flow: &loose, CookieMask: 15}},
		{[]string{"del-flows"}, DeleteAllFlows()},
	} {
		sent, out := s.sent(c, TypeFlowMod, one.arguments...)
		require.Len(t, sent, 1, "%v: %s", one.arguments, out)
		requireSame(t, sent[0], one.message)
		back, err := DecodeFlowMod(sent[0])
		require.NoError(t, err)
		require.Equal(t, one.message, back)
	}
	sent, _ := s.sent(c, TypeMultipartRequest, "dump-flows", "table=3,reg0=1,cookie=7/0xf")
	requireSame(t, sent[len(sent)-1], FlowsRequest{Table: 3, Match: f.Match, Cookie: 7,
		CookieMask: 15})
	sent, _ = s.sent(c, TypeMultipartRequest, "dump-groups")
	requireSame(t, sent[0], GroupsRequest{ID: AllGroups})
	sent, _ = s.sent(c, TypeMultipartRequest, "dump-meters")
	requireSame(t, sent[0], MetersRequest{ID: AllMeters})
	sent, _ = s.sent(c, TypeMultipartRequest, "meter-features")
	requireSame(t, sent[0], MeterFeaturesRequest{})
	sent, _ = s.sent(c, TypeMultipartRequest, "dump-group-features")
	requireSame(t, sent[0], GroupFeaturesRequest{})
}

func TestBundlesAreAsOfctlHasThem(t *testing.T) {
	s := startSwitch(t)
	c := s.record()
	sent, out := s.sent(c, TypeBundleControl, "add-flow", "actions=output:1", "--bundle")
	require.Len(t, sent, 2, out)
	const flags = BundleAtomic | BundleOrdered
	open, err := DecodeBundleControl(sent[0])
	require.NoError(t, err)
	require.Equal(t, BundleControl{ID: open.ID, Request: BundleOpen, Flags: flags}, open)
	requireSame(t, sent[0], open)
	requireSame(t, sent[1], BundleControl{ID: open.ID, Request: BundleCommit, Flags: flags})
	sent, _ = s.sent(c, TypeBundleAdd, "add-flow", "actions=output:1", "--bundle")
	require.Len(t, sent, 1)
	add, err := ParseFlow("actions=output:1")
	require.NoError(t, err)
	requireSame(t, sent[0], BundleAdd{ID: open.ID, Flags: flags, Message: FlowMod{Flow: add}})
}

func TestPacketOutIsAsOfctlHasIt(t *testing.T) {
	s := startSwitch(t)
	c := s.record()
	sent, out := s.sent(c, TypePacketOut, "packet-out", "in_port=controller,metadata=5,reg3=1,"+
		"packet=0102030405060102030405060800aabb,actions=resubmit(,8),output:1")
	require.Len(t, sent, 1, out)
	m := PacketOut{Packet: []byte("\x01\x02\x03\x04\x05\x06\x01\x02\x03\x04\x05\x06\x08\x00\xaa\xbb")}
	m.Match.SetExact(FieldInPortOXM, U64(uint64(PortController)))
	m.Match.SetExact(FieldMetadata, U64(5))
	m.Match.SetExact(Reg(3), U64(1))
	var err error
	m.Actions, err = ParseActions("resubmit(,8),output:1")
	require.NoError(t, err)
	requireSame(t, sent[0], m)
	raw := m
	raw.Actions, raw.RawActions = m.Actions[:1], AppendActions(nil, m.Actions[1:], nil)
	requireSame(t, sent[0], raw)
	back, err := DecodePacketOut(sent[0])
	require.NoError(t, err)
	require.Equal(t, m, back)
}

func TestSwitchAnswers(t *testing.T) {
	s := startSwitch(t)
	p := s.speak()
	p.send(FeaturesRequest{})
	_, message := p.receive()
	features, err := DecodeFeatures(message)
	require.NoError(t, err)
	require.Equal(t, uint8(254), features.Tables)
	require.Contains(t, s.ofctl("show"), "dpid:"+hex.EncodeToString(put64(nil, features.DatapathID)))

	p.send(Config{MissSendLen: 0xffff}, GetConfig{})
	_, message = p.receive()
	config, err := DecodeConfig(message)
	require.NoError(t, err)
	require.Equal(t, Config{MissSendLen: 0xffff}, config)

	p.send(Echo{Data: []byte("woven")})
	header, message := p.receive()
	require.Equal(t, TypeEchoReply, header.Type)
	require.Equal(t, "woven", string(message[HeaderLen:]))

	meters, err := DecodeMeterFeatures(p.ask(MeterFeaturesRequest{})[0])
	require.NoError(t, err)
	require.Equal(t, MeterFeatures{Max: 262144, BandTypes: 1 << BandDrop, Capabilities: 15,
		MaxBands: 8}, meters)
	groups, err := DecodeGroupFeatures(p.ask(GroupFeaturesRequest{})[0])
	require.NoError(t, err)
	require.Equal(t, uint32(15), groups.Types)
	require.Equal(t, uint32(0xffffff00), groups.Max[GroupSelect])
	require.Equal(t, uint32(0x03ff8001), groups.Actions[GroupAll])
}

// A refused message comes back with the name of the error and its own first bytes.
func TestSwitchRefuses(t *testing.T) {
	s := startSwitch(t)
	p := s.speak()
	f, err := ParseFlow("actions=group:77")
	require.NoError(t, err)
	xid := p.send(FlowMod{Flow: f})
	header, message := p.receive()
	require.Equal(t, xid, header.XID)
	refused, err := DecodeErrorMessage(message)
	require.NoError(t, err)
	require.EqualError(t, refused, "OFPBAC_BAD_OUT_GROUP")
	back, err := DecodeFlowMod(refused.Data)
	require.NoError(t, err)
	require.Equal(t, f, back.Flow)
	require.NotErrorIs(t, refused, ErrGroupExists)

	again, err := refused.Append(nil, xid)
	require.NoError(t, err)
	require.Equal(t, message, again)
}

// A packet that is paused comes with its user data and goes on when it is resumed, changed.
func TestPacketsComeAndGoOn(t *testing.T) {
	s := startSwitch(t)
	s.prepare()
	p := s.speak()
	p.send(Config{MissSendLen: 0xffff}, SetPacketInFormat{}, SetControllerID{ID: 3})
	var flows []*Flow
	for _, text := range []string{
		"cookie=0xabc, table=0, in_port=1 actions=set_field:0x5->reg3,set_field:0x77->metadata," +
			"controller(id=3,userdata=00.00.00.0b.00.00.00.00.01,pause),resubmit(,8)",
		"cookie=0xdef, table=8, reg3=0x6 actions=output:2",
	} {
		f, err := ParseFlow(text)
		require.NoError(t, err)
		flows = append(flows, f)
	}
	p.install(nil, flows)
	s.run("ovs-appctl", "-t", s.directory+"/vswitchd.ctl", "netdev-dummy/receive", "p1",
		"in_port(1),eth(src=50:54:00:00:00:05,dst=50:54:00:00:00:07),eth_type(0x0800),"+
			"ipv4(src=192.168.0.1,dst=192.168.0.2,proto=1,tos=0,ttl=64,frag=no),icmp(type=8,code=0)")
	_, message := p.receive()
	kind, err := DecodeExperimenter(message)
	require.NoError(t, err)
	require.Equal(t, TypePacketIn2, kind)
	in, err := DecodePacketIn(message)
	require.NoError(t, err)
	require.Equal(t, "reg3=0x5,metadata=0x77,in_port=1", in.Metadata.String())
	require.Equal(t, []byte{0, 0, 0, 11, 0, 0, 0, 0, 1}, in.UserData)
	require.Equal(t, uint64(0xabc), in.Cookie)
	require.Equal(t, uint8(0), in.Table)
	require.Equal(t, ReasonAction, in.Reason)
	require.Equal(t, "505400000007505400000005", hex.EncodeToString(in.Packet[:12]))
	require.NotEmpty(t, in.Continuation)
	printed := s.run("ovs-ofctl", "ofp-print", hex.EncodeToString(message))
	require.Contains(t, printed, "reg3=0x5,metadata=0x77,in_port=1")

	in.Metadata.SetExact(Reg(3), U64(6))
	p.send(Resume{PacketIn: in})
	p.settle()
	require.Eventually(t, func() bool {
		for _, f := range p.counted() {
			if f.Flow.Cookie == 0xdef {
				return f.Packets == 1
			}
		}
		return false
	}, ovsdbtest.Patience, 1e7)
}

// counted are the flows of the switch with what they matched.
func (p *speaker) counted() []InstalledFlow {
	var all []InstalledFlow
	for _, body := range p.ask(FlowsRequest{Table: AllTables}) {
		flows, err := DecodeFlows(body)
		require.NoError(p.t, err)
		all = append(all, flows...)
	}
	return all
}
