package action

import (
	"woven/bridge/openflow"
	"woven/internal/logical/symbol"
)

// Actions that do what is in their braces to another packet: clone, and those for which the
// controller makes the packet, which gets the inner actions as OpenFlow bytes.

// clone does its actions to a copy of the packet.
type clone struct{ actions []operation }

// reply has the controller make a packet and do its actions to it.
type reply struct {
	at      place
	opcode  opcode
	actions []operation
}

func analyseClone(c *call) operation {
	return clone{c.nested(c.braces, "", symbol.InActions)}
}

// analyseReply is the analysis of an action with this opcode.
func analyseReply(op opcode) func(*call) operation {
	return func(c *call) operation {
		return reply{c.at, op, c.nested(c.braces, c.prerequisite, c.scope)}
	}
}

func (o clone) encode(e *encoder) {
	e.emit(openflow.Clone{Actions: e.inside(o.actions)})
}

func (o reply) encode(e *encoder) {
	e.toController(o.at, o.opcode, openflow.AppendActions(nil, e.inside(o.actions), nil), false)
}
