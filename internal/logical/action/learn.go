package action

import "woven/bridge/openflow"

// The parts of flows that the switch adds by itself (ovs-actions(7), "The learn action").

// protocol is a transport protocol.
type protocol struct {
	number   uint64
	src, dst openflow.Field
}

var protocols = map[string]protocol{
	"tcp":  {6, openflow.FieldTCPSrc, openflow.FieldTCPDst},
	"udp":  {17, openflow.FieldUDPSrc, openflow.FieldUDPDst},
	"sctp": {132, openflow.FieldSCTPSrc, openflow.FieldSCTPDst},
}

func (c *call) protocol(value *operand) protocol {
	const words = "tcp, udp or sctp"
	p, known := protocols[c.word(value, words)]
	c.mustBe(known, value, words)
	return p
}

// matching has the flow match a field as the packet has it.
func matching(f openflow.Field) openflow.LearnSpec { return crossing(f, f) }

// crossing has the flow match a field against another field of the packet.
func crossing(match, packet openflow.Field) openflow.LearnSpec {
	return openflow.LearnSpec{Kind: openflow.LearnMatch, Source: openflow.Whole(packet),
		Destination: openflow.Whole(match)}
}

// matchingValue has the flow match a field against a number.
func matchingValue(f openflow.Field, v openflow.U128) openflow.LearnSpec {
	return openflow.LearnSpec{Kind: openflow.LearnMatch, Immediate: v, Destination: openflow.Whole(f)}
}

// loading has the flow set bits to a number.
func loading(s openflow.Subfield, v openflow.U128) openflow.LearnSpec {
	return openflow.LearnSpec{Kind: openflow.LearnLoad, Immediate: v, Destination: s}
}

// loadingFlag has the flow set a bit of flags.
func loadingFlag(flag int) openflow.LearnSpec {
	return loading(openflow.Part(flagsField, flag, 1), openflow.U64(1))
}

// addressFields are where an IP packet has its addresses.
type addressFields struct {
	etherType uint64
	src, dst  openflow.Field
}

func addressesOf(is6 bool) addressFields {
	if is6 {
		return addressFields{0x86dd, openflow.FieldIPv6Src, openflow.FieldIPv6Dst}
	}
	return addressFields{0x800, openflow.FieldIPSrc, openflow.FieldIPDst}
}
