package openflow

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// parseErrorCases are flows that are not understood, with ^ where the trouble begins, and a part of
// what the error says.
var parseErrorCases = []struct{ text, why string }{
	{"^reg0=1", "actions are missing"},
	{"^nw_sr=1 actions=drop", "no field has this name"},
	{"ip,^foo actions=drop", "neither a protocol nor FIELD=VALUE"},
	{"ip,^nw_src actions=drop", "a value is missing: write nw_src=VALUE"},
	{"ip,nw_src=^1.2.3 actions=drop", "not an IPv4 address"},
	{"ip,nw_src=1.2.3.4/^33 actions=drop", "too large: 32"},
	{"ipv6,ipv6_src=^1.2.3.4 actions=drop", "not an IPv6 address"},
	{"ipv6,ipv6_src=^fe80::1%eth0 actions=drop", "not an IPv6 address"},
	{"dl_src=^00:11:22:33:44 actions=drop", "not an Ethernet address"},
	{"dl_src=^00:11:22:33:44:55:66 actions=drop", "not an Ethernet address"},
	{"dl_src=^0g:11:22:33:44:55 actions=drop", "not an Ethernet address"},
	{"reg0=^0x1ffffffff actions=drop", "32 bits, the number needs 33"},
	{"reg0=1/^0x1ffffffff actions=drop", "32 bits, the mask needs 33"},
	{"ct_label=^0x100000000000000000000000000000000 actions=drop", "more than 128 bits"},
	{"reg0=^12a actions=drop", "not a number"},
	{"reg0=^012 actions=drop", "not a number"},
	{"reg0=^0x actions=drop", "not a number"},
	{"reg0=^ actions=drop", "not a number"},
	{"conj_id=1/^2 actions=drop", "conj_id has no mask"},
	{"reg0=1,^reg0=2 actions=drop", "reg0 is asked for twice"},
	{"reg0=1,^xreg0=2 actions=drop", "reg0 is asked for twice"},
	{"ip,^arp actions=drop", "eth_type is asked for twice"},
	{"tcp,tp_src=1,^tp_src=2 actions=drop", "tp_src is asked for twice"},
	{"tcp,^tp_src=1,tcp_src=2 actions=drop", "tcp_src is asked for twice"},
	{"dl_vlan=1,^vlan_tci=0x1002/0x1fff actions=drop", "vlan_tci is asked for twice"},
	{"dl_vlan=^4096 actions=drop", "a VLAN is 0 to 4095"},
	{"dl_vlan_pcp=^8 actions=drop", "too large: 7"},
	{"^vlan_tci=0x2000/0x2000 actions=drop", "write dl_vlan_pcp=..."},
	{"reg0=1,^nw_src=1.2.3.4 actions=drop", "ip_src needs ip in the match"},
	{"^tcp_dst=80 actions=drop", "tcp_dst needs tcp or tcp6"},
	{"ip,^tp_dst=80 actions=drop", "write one of tcp or tcp6, udp or udp6, sctp or sctp6 before it"},
	{"icmp6,^nd_target=fe80::1 actions=drop", "icmp_type=135,icmp_code=0"},
	{"ip,^ct_nw_src=1.2.3.4 actions=drop", "ct_nw_src needs ip, and ct_state with"},
	{"ct_state=^+foo actions=drop", "\"foo\" is no flag: write +flag or -flag, of new, est"},
	{"ct_state=^+new+new actions=drop", "asked for twice"},
	{"ct_state=^ actions=drop", "not a number"},
	{"ip,nw_frag=^some actions=drop", "write no, yes, first, later or not_later"},
	{"ip,^nw_tos=7 actions=drop", "a multiple of 4"},
	{"icmp6,^nd_reserved=1 actions=drop", "matches cannot ask for nd_reserved"},
	{"in_port=^foo actions=drop", "not a port: write its number, or one of UNSET"},
	{"in_port=^70000 actions=drop", "no port has this number"},
	{"table=^255 actions=drop", "too large: 254"},
	{"priority=^65536 actions=drop", "too large: 65535"},
	{"actions=^foo", "no action has this name"},
	{"actions=^foo(1)", "no action has this name"},
	{"actions=output:1,^drop", "drop stands alone"},
	{"actions=^ct(commit", "a closing parenthesis is missing"},
	{"actions=^output:any", "packets cannot be sent to this port"},
	{"actions=output:^reg99", "not a port"},
	{"actions=^output(port=1)", "output needs port=... and max_len=..."},
	{"actions=output(^foo=1)", "output has port=... and max_len=..."},
	{"actions=^group", "write it as group:ARGUMENT"},
	{"actions=^group:0xffffff01", "numbered to 0xffffff00"},
	{"actions=^meter:0", "numbered from 1"},
	{"actions=^output:1,meter:7", "meter has to be the first action"},
	{"actions=^set_field:5", "-> and a field are missing"},
	{"actions=set_field:5->^nosuch", "no field has this name"},
	{"actions=^set_field:5->conj_id", "conj_id cannot be changed"},
	{"actions=set_field:^300->nw_ttl", "nw_ttl has 8 bits, the number needs 9"},
	{"actions=load:^16->reg0[0..3]", "4 bits, the number needs 5"},
	{"actions=load:1->^reg0[30..32]", "reg0 has the bits 0 to 31, not 30 to 32"},
	{"actions=load:1->^reg0[5..3]", "reg0 has the bits 0 to 31"},
	{"actions=load:1->^reg0[0", "a closing bracket is missing"},
	{"actions=^move:reg0[0..3]->reg1[0..4]", "4 bits cannot be moved to 5"},
	{"actions=push:^actset_output", "can be matched, but not be used by actions"},
	{"actions=delete_field:^reg0", "only tun_metadata fields"},
	{"actions=^push_vlan:0x0800", "0x8100 or 0x88a8"},
	{"actions=^push_mpls:0x0800", "0x8847 or 0x8848"},
	{"actions=^pop_vlan(3)", "pop_vlan has no argument"},
	{"actions=^resubmit(,)", "write resubmit(,TABLE)"},
	{"actions=resubmit(,3,^foo)", "resubmit(PORT,TABLE,ct)"},
	{"actions=resubmit(,^256)", "too large"},
	{"actions=conjunction(1,^3/2)", "too large: 2"},
	{"actions=^conjunction(1,0/2)", "numbered from 1"},
	{"actions=^conjunction(1)", "write it as conjunction(ID,CLAUSE/CLAUSES)"},
	{"actions=^conjunction(1,1/2),output:1", "stands only beside other conjunctions"},
	{"actions=note:^0", "pairs of hexadecimal digits"},
	{"actions=note:^0g", "pairs of hexadecimal digits"},
	{"actions=^check_pkt_larger(1)->reg0", "the result is one bit"},
	{"actions=^check_pkt_larger:1", "write it as check_pkt_larger(LENGTH)->FIELD[BIT]"},
	{"actions=ct(^foo)", "ct has commit, force"},
	{"actions=^ct(force)", "force needs commit"},
	{"actions=^ct(zone=reg0)", "a zone has 16 bits, not 32"},
	{"actions=ct(nat,^nat(src))", "nat is there twice"},
	{"actions=ct(^nat(src=1.2.3.4,dst=1.2.3.4))", "cannot both"},
	{"actions=ct(^nat(src=1.2.3.4,hash,random))", "exclude each other"},
	{"actions=ct(^nat(src,hash))", "need addresses"},
	{"actions=ct(^nat(src=1.2.3.4-1.2.3.3))", "the end of a range"},
	{"actions=ct(^nat(src=1.2.3.4-fe80::1))", "of IPv4 or of IPv6"},
	{"actions=ct(nat(src=^1.2.3))", "not an address"},
	{"actions=ct(nat(src=1.2.3.4:^0))", "1 to 65535"},
	{"actions=ct(nat(^foo=1))", "nat has src, dst"},
	{"actions=ct(commit,exec(^output:1))", "only ct_mark and ct_label"},
	{"actions=ct(commit,^exec())", "write it as exec(ACTIONS)"},
	{"actions=controller(^foo=1)", "controller has max_len"},
	{"actions=controller(reason=^foo)", "no reason has this name"},
	{"actions=controller(userdata=^0)", "pairs of hexadecimal digits"},
	{"actions=learn(^reg0[0..3]=reg1)", "NXM_NX_REG1[] has 32 bits, NXM_NX_REG0[0..3] has 4"},
	{"actions=learn(reg0[0..3]=^16)", "has 4 bits, the number needs 5"},
	{"actions=^learn(ct_state=0x20)", "take them from a field"},
	{"actions=learn(load:^4->reg0[0..1])", "has 2 bits, the number needs 3"},
	{"actions=^learn(result_dst=reg0)", "the result is one bit"},
	{"actions=learn(^foo=1)", "no field has this name"},
	{"actions=^sample()", "sample needs probability"},
	{"actions=sample(^foo=1)", "sample has probability"},
	{"actions=sample(probability=1,sampling_port=^0)", "numbered from 1"},
	{"actions=bundle(^foo,0,hrw,ofport,members:1)", "not what a hash is made from"},
	{"actions=bundle(eth_src,0,^foo,ofport,members:1)", "active_backup or hrw"},
	{"actions=bundle(eth_src,0,hrw,^foo,members:1)", "of the kind ofport"},
	{"actions=bundle(eth_src,0,hrw,ofport,^1)", "the members are missing"},
	{"actions=multipath(eth_src,0,^foo,1,0,reg0)", "modulo_n"},
	{"actions=multipath(eth_src,0,hrw,^0,0,reg0)", "at least one link"},
}

// A text that is not understood gives the place and what to write instead.
func TestParseErrors(t *testing.T) {
	for _, c := range parseErrorCases {
		t.Run(c.text, func(t *testing.T) {
			_, err := ParseFlow(strings.Replace(c.text, "^", "", 1))
			var where *ParseError
			require.ErrorAs(t, err, &where)
			require.Contains(t, err.Error(), c.why)
			at := strings.IndexByte(c.text, '^')
			require.Equal(t, at, where.Offset, err)
			require.True(t, strings.HasPrefix(c.text[at+1:], where.Text), err)
		})
	}
}

func TestGroupAndMeterParseErrors(t *testing.T) {
	for _, c := range []struct{ text, why string }{
		{"group_id=1", "the type is missing"},
		{"group_id=1,type=foo", "a group is of the type all"},
		{"group_id=0xffffff01,type=all", "too large"},
		{"foo=1,type=all", "a group has group_id"},
		{"type=all,selection_method=hash", "only select groups"},
		{"type=select,fields=eth_src", "need a selection_method"},
		{"type=select,selection_method=abcdefghijklmnop", "1 to 15 bytes"},
		{"type=select,selection_method=hash,fields=foo", "no field has this name"},
		{"type=select,bucket=bucket_id=1,actions=1,bucket=bucket_id=1,actions=2", "two buckets have the id 1"},
		{"type=all,bucket=weight:5,actions=1", "only buckets of select groups"},
		{"type=ff,bucket=actions=1", "needs watch_port or watch_group"},
		{"type=indirect", "an indirect group has one bucket"},
		{"type=all,bucket=actions=foo", "no action has this name"},
		{"type=all,bucket=bucket_id:0xffffff01,actions=1", "too large"},
	} {
		_, err := ParseGroup(c.text)
		require.ErrorContains(t, err, c.why, c.text)
	}
	for _, c := range []struct{ text, why string }{
		{"meter=1,bands=type=drop,rate=1", "write kbps or pktps"},
		{"meter=0,kbps,bands=type=drop,rate=1", "numbered from 1"},
		{"meter=1,kbps", "the bands are missing"},
		{"meter=1,foo,bands=type=drop", "a meter has"},
		{"kbps,bands=rate=1", "begins with type=drop"},
		{"kbps,bands=type=foo", "drop or dscp_remark"},
		{"kbps,bands=type=drop,burst_size=1", "needs burst"},
		{"kbps,bands=type=drop,prec_level=1", "dscp_remark has prec_level"},
		{"kbps,bands=type=drop,foo=1", "a band has type"},
	} {
		_, err := ParseMeter(c.text)
		require.ErrorContains(t, err, c.why, c.text)
	}
}

func TestNestingIsLimited(t *testing.T) {
	deep := strings.Repeat("clone(", depthMax+1) + "output:1" + strings.Repeat(")", depthMax+1)
	_, err := ParseActions(deep)
	require.ErrorContains(t, err, "nested more than 64 deep")
	a := Action(Output{1})
	for range depthMax + 1 {
		a = Clone{[]Action{a}}
	}
	_, err = DecodeActions(AppendActions(nil, []Action{a}, nil))
	require.ErrorContains(t, err, "nested more than 64 deep")
}
