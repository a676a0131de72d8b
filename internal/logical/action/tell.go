package action

import (
	"encoding/binary"

	"woven/bridge/openflow"
)

// Actions that only hand the packet to the controller: igmp, dns_lookup, handle_bfd_msg,
// handle_dhcpv6_reply, handle_svc_check, bind_vport.

// tell hands the packet to the controller.
type tell struct {
	at     place
	opcode opcode
}

// resolve has the controller answer a DNS query, and sets a bit to whether it could.
type resolve struct {
	at     place
	target field
}

// serviceCheck hands the controller the answer to a health check that came from a port.
type serviceCheck struct {
	at   place
	port field
}

// bindVirtual tells the controller that a virtual port is behind another port.
type bindVirtual struct {
	at, virtual place
	parent      field
}

// analyseTell is the analysis of an action with this opcode.
func analyseTell(op opcode) func(*call) operation {
	return func(c *call) operation {
		c.none()
		return tell{c.at, op}
	}
}

func analyseResolve(c *call) operation {
	c.none()
	return resolve{c.at, c.write(c.target, 1)}
}

func analyseServiceCheck(c *call) operation {
	return serviceCheck{c.at, c.fieldOf(c.exactly(1, "PORT")[0], port)}
}

func analyseBindVirtual(c *call) operation {
	given := c.exactly(2, `"VIRTUAL PORT", PORT`)
	return bindVirtual{c.at, c.quoted(given[0]), c.fieldOf(given[1], port)}
}

func (o tell) encode(e *encoder) { e.toController(o.at, o.opcode, nil, false) }

func (o resolve) encode(e *encoder) {
	e.toController(o.at, opDNSLookup, resultField(o.target), true)
}

func (o serviceCheck) encode(e *encoder) {
	e.with([]parameter{{o.port.subfield, inportField}}, func() {
		e.toController(o.at, opServiceCheck, nil, false)
	})
}

// A virtual port that is not known cannot be bound.
func (o bindVirtual) encode(e *encoder) {
	key, ok := e.portKey(e.token(o.virtual).Text)
	if !ok {
		return
	}
	e.with([]parameter{{o.parent.subfield, inportField}}, func() {
		e.toController(o.at, opBindVPort, binary.BigEndian.AppendUint32(nil, key), false)
	})
}

// resultField tells the controller which bit to set when a paused packet goes on: how OpenFlow
// names the field, and the bit's number.
func resultField(f field) []byte {
	// The bytes of set_field are a type and a length, then the field's name of four bytes.
	const before, after = 4, 8
	set := openflow.AppendActions(nil, []openflow.Action{
		openflow.Set(f.subfield.Field, openflow.U64(0))}, nil)
	return binary.BigEndian.AppendUint32(set[before:after:after], uint32(f.subfield.Offset))
}
