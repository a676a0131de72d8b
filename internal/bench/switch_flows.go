package bench

import (
	"fmt"
	"strings"
)

// switchFlow is a flow of the benchmark of switches.
type switchFlow struct {
	table, priority int
	match, actions  string
	cookie          int
}

// line is the flow as ovs-ofctl takes it.
func (f *switchFlow) line() string {
	return fmt.Sprintf("cookie=0x%x,table=%d,priority=%d,%s actions=%s", f.cookie, f.table, f.priority,
		f.match, f.actions)
}

// switchGroups is how many groups the flows use.
const switchGroups = 40

func switchGroup(id int) string {
	return fmt.Sprintf("type=select,selection_method=dp_hash,bucket=bucket_id:0,weight:100,"+
		"actions=ct(commit,table=20,zone=NXM_NX_REG13[0..15],nat(dst=10.1.0.%d:80))", id)
}

// shape is one kind of flow of an OVN hypervisor, and how many of a thousand are like that. What
// stands in braces is made from the number of the flow.
type shape struct {
	share, table, priority int
	match, actions         string
}

// shapes have the mix of matches and actions of a real integration bridge: 40 switches with ACLs on
// port groups and load balancers, a router, port security.
var shapes = []shape{
	{330, 44, 2001, "ip,metadata={dp},nw_src={ip}", "conjunction({id},1/2)"},
	{25, 44, 2001, "ip,reg15={port},metadata={dp},nw_dst={ip}", "conjunction({id},2/2)"},
	{25, 44, 2001, "ipv6,metadata={dp},ipv6_src={ip6}", "conjunction({id},1/2),conjunction({other},1/2)"},
	{130, 33, 50, "metadata={dp},dl_dst={mac}", "set_field:{port}->reg15,resubmit(,37)"},
	{120, 74, 90, "arp,reg14={port},metadata={dp},dl_src={mac},arp_spa={ip},arp_sha={mac}",
		"set_field:0/0x1000->reg10"},
	{90, 73, 90, "ip,reg14={port},metadata={dp},dl_src={mac},nw_src={ip}", "set_field:0/0x1000->reg10"},
	{40, 26, 50, "arp,metadata={dp},arp_tpa={ip},arp_op=1", "move:NXM_OF_ETH_SRC[]->NXM_OF_ETH_DST[]," +
		"set_field:{mac}->eth_src,set_field:2->arp_op,move:NXM_NX_ARP_SHA[]->NXM_NX_ARP_THA[]," +
		"set_field:{mac}->arp_sha,push:NXM_OF_ARP_SPA[],push:NXM_OF_ARP_TPA[],pop:NXM_OF_ARP_SPA[]," +
		"pop:NXM_OF_ARP_TPA[],move:NXM_NX_REG14[]->NXM_NX_REG15[],set_field:0x1/0x1->reg10,resubmit(,37)"},
	{60, 40, 100, "reg15={port},metadata={dp},reg0={number}", "set_field:0x5->reg11,set_field:0x6->reg12," +
		"set_field:{port}->reg13,resubmit(,41)"},
	{30, 20, 120, "ct_state=+new+trk,tcp,metadata={dp},nw_dst={ip},tp_dst=80",
		"set_field:0/0x1->reg0,group:{group}"},
	{10, 20, 120, "ct_state=+new+trk,udp,metadata={dp},nw_dst={ip},tp_dst=53", "group:{group}"},
	{60, 15, 100, "ip,reg14={port},metadata={dp},nw_src={ip}", "ct(table=16,zone=NXM_NX_REG13[0..15],nat)"},
	{7, 17, 110, "ct_state=+trk,tcp,metadata={dp},nw_dst={ip}", "ct(commit,table=18,zone=NXM_NX_REG13[0..15]," +
		"nat(src={ip}),exec(set_field:0x2/0x2->ct_mark))"},
	{32, 28, 100, "udp,reg14={port},metadata={dp},dl_src={mac},tp_src=68,tp_dst=67",
		"controller(userdata=00.00.00.02.00.00.00.00.00.01.de.10.00.00.00.63.0a.00.00.02.79.0e.20,pause)," +
			"resubmit(,29)"},
	{25, 66, 100, "reg0={number},reg15={port},metadata={dp}", "set_field:{mac}->eth_dst,set_field:0x40/0x40->reg10"},
	{5, 68, 100, "ct_mark=0x2/0x2,tcp,reg1={number},reg2=0x50/0xffff,nw_src={ip},nw_dst={ip},tp_dst=8080",
		"set_field:0x80/0x80->reg10,learn(table=69,delete_learned,cookie=0x5,OXM_OF_METADATA[]," +
			"eth_type=0x800,NXM_OF_IP_SRC[],ip_dst=10.0.0.1,nw_proto=6,NXM_OF_TCP_SRC[]=NXM_OF_TCP_DST[]," +
			"load:0x1->NXM_NX_REG10[7])"},
	{2, 65, 100, "reg15={port},metadata={dp},reg1={number}", "clone(ct_clear,set_field:0->reg11,set_field:0->reg12," +
		"set_field:{dp}->metadata,set_field:{port}->reg14,resubmit(,8))"},
	{1, 27, 100, "ip,metadata={dp},reg0={number}", "dec_ttl,resubmit(,28)"},
	{8, 65, 100, "reg15={port},metadata={dp},reg0={number}", "output:{ofport}"},
}

// switchFlows makes n flows.
func switchFlows(n int) []switchFlow {
	var flows []switchFlow
	for i := 0; len(flows) < n; i++ {
		at := i * 389 % 1000 // through the shares in a scattered order
		for _, s := range shapes {
			if at -= s.share; at < 0 {
				flows = append(flows, s.flow(i))
				break
			}
		}
	}
	return flows
}

func (s *shape) flow(i int) switchFlow {
	values := strings.NewReplacer(
		"{dp}", fmt.Sprintf("0x%x", i%40+1),
		"{port}", fmt.Sprintf("0x%x", i%25+1),
		"{ofport}", fmt.Sprint(i%1000+1),
		"{group}", fmt.Sprint(i%switchGroups+1),
		"{number}", fmt.Sprintf("0x%x", i+1),
		"{ip6}", fmt.Sprintf("fd00::%x:%x", i>>16&0xff, i&0xffff),
		"{ip}", fmt.Sprintf("10.%d.%d.%d", i>>16&255, i>>8&255, i&255),
		"{mac}", fmt.Sprintf("0a:00:00:%02x:%02x:%02x", i>>16&255, i>>8&255, i&255),
		"{other}", fmt.Sprint(i%300+1000), "{id}", fmt.Sprint(i%300+1))
	return switchFlow{s.table, s.priority, values.Replace(s.match), values.Replace(s.actions), i + 1}
}
