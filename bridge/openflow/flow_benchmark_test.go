package openflow

import "testing"

// typicalFlows are flows of the kinds that OVN's tables mostly have.
var typicalFlows = []string{
	"cookie=0x7b1e4a35, table=8, priority=50,reg14=0x3,metadata=0x2 actions=resubmit(,9)",
	"cookie=0x1d3ec0f2, table=44, priority=2002,ct_state=+est+trk,ct_label=0/0x1,tcp,reg15=0x5," +
		"metadata=0x1,nw_src=10.0.3.0/24,tp_dst=443 actions=set_field:0x100000000000000000000000000/" +
		"0x100000000000000000000000000->xxreg0,resubmit(,45)",
	"table=44, priority=2002,ip,metadata=0x7,nw_src=10.0.3.17 actions=conjunction(12,2/2)",
	"cookie=0x8be09ac1, table=16, priority=110,icmp6,metadata=0x9,nw_ttl=255,icmp_type=135," +
		"icmp_code=0 actions=resubmit(,17)",
	"cookie=0x2c9b1c4f, table=13, priority=120,ct_state=+new-est+trk,tcp,reg1=0xa000001," +
		"reg2=0x50/0xffff,metadata=0x4 actions=group:12",
	"cookie=0xe0a1f00d, table=26, priority=50,arp,reg10=0/0x1,metadata=0x2,arp_tpa=10.0.0.1,arp_op=1 " +
		"actions=move:NXM_OF_ETH_SRC[]->NXM_OF_ETH_DST[],set_field:0a:00:00:00:00:01->eth_src," +
		"set_field:2->arp_op,move:NXM_NX_ARP_SHA[]->NXM_NX_ARP_THA[],set_field:0x1/0x1->reg10," +
		"push:NXM_NX_REG14[],push:NXM_NX_REG15[],pop:NXM_NX_REG14[],pop:NXM_NX_REG15[],resubmit(,37)",
	"cookie=0xab0198ef, table=65, priority=100,reg15=0x2,metadata=0x1 actions=output:7",
	"cookie=0x5e5d3c01, table=41, priority=100,reg15=0x2,metadata=0x1 actions=set_field:0x2->reg13," +
		"set_field:0x1->reg11,set_field:0x3->reg12,resubmit(,42)",
	"cookie=0x90aa1f2b, table=12, priority=65535,ct_state=+est+rpl+trk,metadata=0x3 actions=" +
		"ct(table=13,zone=NXM_NX_REG13[0..15],nat)",
	"cookie=0x4117d00d, table=21, priority=100,icmp6,metadata=0x3,icmp_type=135,icmp_code=0 actions=" +
		"controller(userdata=00.00.00.0c.00.00.00.00.00.19.00.18.80.00.34.10.fe.80.00.00.00.00.00.00)",
}

// BenchmarkFlow measures what a flow costs from its text to its bytes.
func BenchmarkFlow(b *testing.B) {
	var buffer []byte
	b.ReportAllocs()
	for i := 0; b.Loop(); i++ {
		f, err := ParseFlow(typicalFlows[i%len(typicalFlows)])
		if err != nil {
			b.Fatal(err)
		}
		if buffer, err = (FlowMod{Flow: f}).Append(buffer[:0], 1); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkFlowText measures what it costs to print a flow.
func BenchmarkFlowText(b *testing.B) {
	var flows []*Flow
	for _, text := range typicalFlows {
		f, err := ParseFlow(text)
		if err != nil {
			b.Fatal(err)
		}
		flows = append(flows, f)
	}
	var buffer []byte
	b.ReportAllocs()
	for i := 0; b.Loop(); i++ {
		buffer = flows[i%len(flows)].Append(buffer[:0])
	}
}

// BenchmarkFlowDecode measures what it costs to read a flow's bytes.
func BenchmarkFlowDecode(b *testing.B) {
	var messages [][]byte
	for _, text := range typicalFlows {
		f, err := ParseFlow(text)
		if err != nil {
			b.Fatal(err)
		}
		m, err := FlowMod{Flow: f}.Append(nil, 1)
		if err != nil {
			b.Fatal(err)
		}
		messages = append(messages, m)
	}
	b.ReportAllocs()
	for i := 0; b.Loop(); i++ {
		if _, err := DecodeFlowMod(messages[i%len(messages)]); err != nil {
			b.Fatal(err)
		}
	}
}
