package action

import (
	"encoding/binary"

	"woven/internal/logical/lex"
)

// The fields icmp4.frag_mtu and icmp6.frag_mtu, which OpenFlow does not have: the controller writes
// them into the packet, which then goes on.

// setFragMTU sets one of them to a number.
type setFragMTU struct {
	target field
	value  place
}

// loadUnwritten analyses an assignment to one of them.
func (a *analyser) loadUnwritten(target field, value place) operation {
	a.notInCommit(target.at)
	if kind := a.tokens[value].Kind; kind != lex.Integer && kind != lex.Masked {
		a.fail(value, "%s is set to a number", target.symbol.Name)
	}
	return setFragMTU{target, value}
}

func (o setFragMTU) encode(e *encoder) {
	t := e.token(o.value)
	e.fits(t, o.value, o.target)
	if o.target.symbol.Name == "icmp4.frag_mtu" {
		data := binary.BigEndian.AppendUint16(nil, uint16(t.Value.Lo))
		e.toController(o.target.at, opPutICMP4FragMTU, data, true)
		return
	}
	data := binary.BigEndian.AppendUint32(nil, uint32(t.Value.Lo))
	e.toController(o.target.at, opPutICMP6FragMTU, data, true)
}
