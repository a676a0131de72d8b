package trace

// field is a symbol of ovn-sb(5), table Logical_Flow, column match, that has a value.
type field struct {
	base  string // the field that it is a part of, or itself
	low   int    // its lowest bit there
	width int    // 0 for a string
	needs string // what must be true of a packet that has it; empty for nothing
}

// fields are the symbols with values that are known here.
var fields = map[string]field{
	"inport":   {base: "inport"},
	"outport":  {base: "outport"},
	"eth.src":  {base: "eth.src", width: 48},
	"eth.dst":  {base: "eth.dst", width: 48},
	"eth.type": {base: "eth.type", width: 16},

	"vlan.tci":     {base: "vlan.tci", width: 16},
	"vlan.vid":     {base: "vlan.tci", width: 12, needs: "vlan.present"},
	"vlan.present": {base: "vlan.tci", low: 12, width: 1},
	"vlan.pcp":     {base: "vlan.tci", low: 13, width: 3, needs: "vlan.present"},

	"ip.proto":  {base: "ip.proto", width: 8, needs: "ip"},
	"ip.dscp":   {base: "ip.dscp", width: 6, needs: "ip"},
	"ip.ecn":    {base: "ip.ecn", width: 2, needs: "ip"},
	"ip.ttl":    {base: "ip.ttl", width: 8, needs: "ip"},
	"ip4.src":   {base: "ip4.src", width: 32, needs: "ip4"},
	"ip4.dst":   {base: "ip4.dst", width: 32, needs: "ip4"},
	"ip6.src":   {base: "ip6.src", width: 128, needs: "ip6"},
	"ip6.dst":   {base: "ip6.dst", width: 128, needs: "ip6"},
	"ip6.label": {base: "ip6.label", width: 20, needs: "ip6"},

	"arp.op":  {base: "arp.op", width: 16, needs: "arp"},
	"arp.spa": {base: "arp.spa", width: 32, needs: "arp"},
	"arp.sha": {base: "arp.sha", width: 48, needs: "arp"},
	"arp.tpa": {base: "arp.tpa", width: 32, needs: "arp"},
	"arp.tha": {base: "arp.tha", width: 48, needs: "arp"},

	"icmp4.type": {base: "icmp.type", width: 8, needs: "icmp4"},
	"icmp4.code": {base: "icmp.code", width: 8, needs: "icmp4"},
	"icmp6.type": {base: "icmp.type", width: 8, needs: "icmp6"},
	"icmp6.code": {base: "icmp.code", width: 8, needs: "icmp6"},
	"nd.target":  {base: "nd.target", width: 128, needs: "nd"},
	"nd.sll":     {base: "nd.sll", width: 48, needs: "nd_ns"},
	"nd.tll":     {base: "nd.tll", width: 48, needs: "nd_na"},

	"tcp.src":   {base: "l4.src", width: 16, needs: "tcp"},
	"tcp.dst":   {base: "l4.dst", width: 16, needs: "tcp"},
	"tcp.flags": {base: "tcp.flags", width: 12, needs: "tcp"},
	"udp.src":   {base: "l4.src", width: 16, needs: "udp"},
	"udp.dst":   {base: "l4.dst", width: 16, needs: "udp"},
	"sctp.src":  {base: "l4.src", width: 16, needs: "sctp"},
	"sctp.dst":  {base: "l4.dst", width: 16, needs: "sctp"},

	"reg0": {base: "reg0", width: 32}, "reg1": {base: "reg1", width: 32},
	"reg2": {base: "reg2", width: 32}, "reg3": {base: "reg3", width: 32},
	"reg4": {base: "reg4", width: 32}, "reg5": {base: "reg5", width: 32},
	"reg6": {base: "reg6", width: 32}, "reg7": {base: "reg7", width: 32},
	"reg8": {base: "reg8", width: 32}, "reg9": {base: "reg9", width: 32},

	"flags":          {base: "flags", width: 32},
	"flags.loopback": {base: "flags", low: 0, width: 1},

	"ct_state":        {base: "ct_state", width: 32},
	"ct_mark":         {base: "ct_mark", width: 32},
	"ct_mark.blocked": {base: "ct_mark", low: 0, width: 1},
	"ct_mark.natted":  {base: "ct_mark", low: 1, width: 1},
	"ct_label":        {base: "ct_label", width: 128},
	"ct_label.label":  {base: "ct_label", low: 96, width: 32},
}

// registers are what does not survive from the ingress to the egress pipeline.
var registers = []string{"reg0", "reg1", "reg2", "reg3", "reg4", "reg5", "reg6", "reg7", "reg8",
	"reg9"}

// predicates are the symbols that stand for a match.
var predicates = map[string]string{
	"eth.bcast": "eth.dst == ff:ff:ff:ff:ff:ff",
	"eth.mcast": "eth.dst[40]",
	"ip4":       "eth.type == 0x800",
	"ip6":       "eth.type == 0x86dd",
	"ip":        "ip4 || ip6",
	"ip4.mcast": "ip4.dst == 224.0.0.0/4",
	"ip6.mcast": "eth.mcast && ip6.dst == ff00::/8",
	"arp":       "eth.type == 0x806",
	"rarp":      "eth.type == 0x8035",
	"icmp4":     "ip4 && ip.proto == 1",
	"icmp6":     "ip6 && ip.proto == 58",
	"icmp":      "icmp4 || icmp6",
	"igmp":      "ip4 && ip.proto == 2",
	"tcp":       "ip.proto == 6",
	"udp":       "ip.proto == 17",
	"sctp":      "ip.proto == 132",
	"nd":        "icmp6.type == {135, 136} && icmp6.code == 0 && ip.ttl == 255",
	"nd_ns":     "icmp6.type == 135 && icmp6.code == 0 && ip.ttl == 255",
	"nd_na":     "icmp6.type == 136 && icmp6.code == 0 && ip.ttl == 255",
	"nd_rs":     "icmp6.type == 133 && icmp6.code == 0 && ip.ttl == 255",
	"nd_ra":     "icmp6.type == 134 && icmp6.code == 0 && ip.ttl == 255",
	"mldv1":     "ip6.src == fe80::/10 && icmp6.type == {130, 131, 132}",
	"mldv2":     "ip6.dst == ff02::16 && icmp6.type == 143",

	"ct.trk": "ct_state[5]",
	"ct.new": "ct.trk && ct_state[0]",
	"ct.est": "ct.trk && ct_state[1]",
	"ct.rel": "ct.trk && ct_state[2]",
	"ct.rpl": "ct.trk && ct_state[3]",
	"ct.inv": "ct.trk && ct_state[4]",
}

// trackingBits are the bits of ct_state by their names.
var trackingBits = map[string]int{"new": 0, "est": 1, "rel": 2, "rpl": 3, "inv": 4, "trk": 5}
