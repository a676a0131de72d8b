package action

import "woven/bridge/openflow"

// maxUserData is how much can be told to the controller with a packet, in bytes: an action has at
// most 64 KiB.
const maxUserData = 60000

// toController sends the packet to the controller, which knows from the opcode what to do with it.
// With pause, the packet goes on when the controller is done.
func (e *encoder) toController(at place, op opcode, data []byte, pause bool) {
	meter, _ := e.number("controller_meter", single)
	e.controller(at, op, data, pause, meter)
}

func (e *encoder) controller(at place, op opcode, data []byte, pause bool, meter uint32) {
	if len(data) > maxUserData {
		e.fail(at, "this has %d bytes in OpenFlow, more than %d are not possible", len(data), maxUserData)
		return
	}
	user := make([]byte, 0, opcodeSize+len(data))
	user = append(user, 0, 0, 0, byte(op), 0, 0, 0, 0)
	e.emit(openflow.Controller{MaxLen: openflow.MaxLenWhole, Reason: openflow.ReasonAction,
		UserData: append(user, data...), Pause: pause, MeterID: meter})
}

// opcode tells the controller what to do with a packet: the first four bytes of the user data of
// the OpenFlow action. Four bytes of zeros follow, then what the opcode needs.
type opcode byte

// opcodeSize is the number of bytes before what an opcode needs.
const opcodeSize = 8

// The opcodes of the reference (include/ovn/actions.h), which controllers of both kinds in a
// network do not have to share: they are between a controller and its own switch.
const (
	opARP             opcode = 0
	opPutARP          opcode = 1
	opPutDHCPv4       opcode = 2
	opNDNA            opcode = 3
	opPutND           opcode = 4
	opPutDHCPv6       opcode = 5
	opDNSLookup       opcode = 6
	opLog             opcode = 7
	opPutRA           opcode = 8
	opNDNS            opcode = 9
	opICMP            opcode = 10
	opTCPReset        opcode = 11
	opNDNARouter      opcode = 12
	opPutICMP4FragMTU opcode = 13
	opICMP4Error      opcode = 14
	opEvent           opcode = 15
	opIGMP            opcode = 16
	opBindVPort       opcode = 17
	opServiceCheck    opcode = 18
	opDHCPv6Server    opcode = 19
	opICMP6Error      opcode = 20
	opPutICMP6FragMTU opcode = 21
	opReject          opcode = 22
	opBFD             opcode = 23
	opSCTPAbort       opcode = 24
	opPutFDB          opcode = 25
)
