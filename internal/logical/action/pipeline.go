package action

import "woven/bridge/openflow"

// The OpenFlow tables (ovn-architecture(7), "Architectural Physical Life Cycle of a Packet").
const (
	ingressTables = 8  // the first of the logical ingress pipeline
	egressTables  = 42 // the first of the logical egress pipeline

	ingressOutput = 37 // where output goes in the ingress pipeline
	egressOutput  = 64 // and in the egress pipeline

	tableMACBinding         = 66
	tableMACLookup          = 67
	tableHairpin            = 68
	tableHairpinReply       = 69
	tableHairpinSNAT        = 70
	tableGetFDB             = 71
	tableLookupFDB          = 72
	tableInPortSecurity     = 73
	tableOutPortSecurity    = 75
	tableECMPNextHopMAC     = 76
	tableECMPNextHop        = 77
	tableLoadBalancerAffine = 78
)

// lastTable is the last logical table of a pipeline.
const lastTable = 28

func (e *encoder) resubmit(table uint8) {
	e.emit(openflow.Resubmit{Port: openflow.PortIn, Table: table})
}

// table is the OpenFlow table of a logical one.
func (e *encoder) table(egress bool, logical int) uint8 {
	if egress {
		return uint8(egressTables + logical)
	}
	return uint8(ingressTables + logical)
}

// next is the OpenFlow table that follows the flow's.
func (e *encoder) next(at place) uint8 {
	if e.Table >= lastTable {
		e.fail(at, "there is no next table: the last one is %d", lastTable)
	}
	return e.table(e.Egress, e.Table+1)
}

// outputTable is where packets leave the pipeline.
func (e *encoder) outputTable() uint8 {
	if e.Egress {
		return egressOutput
	}
	return ingressOutput
}

// The registers that have a meaning in the logical pipeline, and the bits of flags.
var (
	flagsField   = openflow.Reg(10)
	dnatZone     = openflow.Part(openflow.Reg(11), 0, 16)
	snatZone     = openflow.Part(openflow.Reg(12), 0, 16)
	portZone     = openflow.Part(openflow.Reg(13), 0, 16)
	inportField  = openflow.Reg(14)
	outportField = openflow.Reg(15)
)

// The bits of flags by which lookups answer.
const (
	flagLookupMAC     = 6
	flagLookupHairpin = 7
	flagLookupFDB     = 8
	flagPortSecurity  = 12
	flagECMPNextHop   = 13
	flagAffinity      = 14
)

// zone is the conntrack zone of the port on a switch, of the router's DNAT on a router.
func (e *encoder) zone() openflow.Subfield {
	if e.Router {
		return dnatZone
	}
	return portZone
}
