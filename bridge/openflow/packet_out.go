package openflow

import "encoding/binary"

// PacketOut has the switch do actions to a packet as if it had come in.
type PacketOut struct {
	// Match has what is known about the packet: exact values of in_port, which may be
	// PortController, metadata, registers and tunnel fields.
	Match   Match
	Actions []Action
	// RawActions are the bytes of more actions behind Actions, as AppendActions writes them.
	RawActions []byte
	Packet     []byte
	// Tunnel says how long tun_metadata fields are, nil if there is none.
	Tunnel *TunnelMap
}

// Append appends the message.
func (m PacketOut) Append(b []byte, xid uint32) ([]byte, error) {
	start := len(b)
	b = put32(begin(b, TypePacketOut, xid), noBuffer)
	at := len(b)
	b = AppendMatch(append(b, 0, 0, 0, 0), m.Match, m.Tunnel)
	begun := len(b)
	b = append(AppendActions(b, m.Actions, m.Tunnel), m.RawActions...)
	binary.BigEndian.PutUint16(b[at:], uint16(len(b)-begun))
	return complete(append(b, m.Packet...), start, "packet out")
}

// DecodePacketOut reads a PacketOut, as a switch does; all actions are in Actions. The error is a
// *DecodeError.
func DecodePacketOut(message []byte) (PacketOut, error) {
	r, err := body(message, TypePacketOut)
	if err != nil {
		return PacketOut{}, err
	}
	buffer, length := r.u32(), r.u16()
	r.zeros(2)
	if r.err == nil && buffer != noBuffer {
		r.fail("the packet is in a buffer of the switch")
	}
	m := PacketOut{Match: r.match()}
	actions := r.take(int(length))
	if r.err == nil {
		m.Actions, r.err = DecodeActions(actions)
	}
	m.Packet = append([]byte(nil), r.b...)
	return m, within("packet out", r.err)
}
