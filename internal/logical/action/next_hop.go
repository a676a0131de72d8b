package action

import "woven/bridge/openflow"

// commitNextHop remembers by which next hop of several the packets of a connection came.
type commitNextHop struct {
	ipv6     truth
	protocol protocol
}

func analyseCommitNextHop(c *call) operation {
	const form = "commit_ecmp_nh(ipv6=false, proto=tcp)"
	var o commitNextHop
	list := c.inOrder(form, "ipv6", "proto")
	o.ipv6, o.protocol = c.truth(list[0]), c.protocol(list[1])
	return o
}

// The times after which learned next hops are forgotten, in seconds: without packets, and anyway.
const (
	nextHopIdle = 20
	nextHopHard = 30
)

// One flow is for packets of the same direction, by the Ethernet address of the next hop; the other
// for those of the opposite direction.
func (o commitNextHop) encode(e *encoder) {
	a := addressesOf(e.truth(o.ipv6))
	p := o.protocol
	learn := openflow.Learn{Priority: openflow.DefaultPriority, IdleTimeout: nextHopIdle,
		HardTimeout: nextHopHard, DeleteLearned: true}
	same, opposite := learn, learn
	same.Table, opposite.Table = tableECMPNextHopMAC, tableECMPNextHop
	etherType := matchingValue(openflow.FieldEthType, openflow.U64(a.etherType))
	number := matchingValue(openflow.FieldIPProto, openflow.U64(p.number))
	flag := loadingFlag(flagECMPNextHop)
	same.Specs = []openflow.LearnSpec{matching(openflow.FieldMetadata), matching(openflow.FieldEthSrc),
		etherType, matching(a.src), matching(a.dst), number, matching(p.src), matching(p.dst), flag}
	opposite.Specs = []openflow.LearnSpec{matching(openflow.FieldMetadata), etherType,
		crossing(a.src, a.dst), crossing(a.dst, a.src), number, crossing(p.src, p.dst),
		crossing(p.dst, p.src), flag}
	e.emit(same, opposite)
}
