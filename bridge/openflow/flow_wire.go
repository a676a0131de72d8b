package openflow

import "encoding/binary"

// FlowCommand says what a FlowMod does.
type FlowCommand uint8

// The commands for flows. The strict ones are for the flow with just the match and priority, the
// others for all flows whose match is not wider.
const (
	FlowAdd FlowCommand = iota
	FlowModify
	FlowModifyStrict
	FlowDelete
	FlowDeleteStrict
)

// AllTables as the Table of a FlowMod that deletes is all tables.
const AllTables = 255

// noBuffer says that a message is not about a packet that the switch keeps.
const noBuffer = 0xffffffff

// FlowMod adds, changes or deletes flows.
type FlowMod struct {
	Command FlowCommand
	Flow    *Flow
	// CookieMask has the bits of the cookie that flows have to have to be changed or deleted.
	CookieMask uint64
	// Tunnel says how long tun_metadata fields are, nil if the flow has none.
	Tunnel *TunnelMap
}

// DeleteAllFlows is the FlowMod that deletes all flows.
func DeleteAllFlows() FlowMod {
	return FlowMod{Command: FlowDelete, Flow: &Flow{Table: AllTables, Priority: DefaultPriority}}
}

// The types of instructions.
const instructionApply = 4

// Append appends the message.
func (m FlowMod) Append(b []byte, xid uint32) ([]byte, error) {
	start, f := len(b), m.Flow
	b = put64(put64(begin(b, TypeFlowMod, xid), f.Cookie), m.CookieMask)
	b = put16(append(b, f.Table, byte(m.Command)), f.IdleTimeout)
	b = put16(put16(b, f.HardTimeout), f.Priority)
	b = put32(b, noBuffer)
	b = put32(put32(b, uint32(PortAny)), GroupAny)
	b = put16(put16(b, uint16(f.Flags)), f.Importance)
	b = AppendMatch(b, f.Match, m.Tunnel)
	b = appendInstructions(b, f.Actions, m.Tunnel)
	return complete(b, start, "flow mod")
}

// appendInstructions appends the instruction to apply the actions, if there are any.
func appendInstructions(b []byte, actions []Action, tunnel *TunnelMap) []byte {
	if len(actions) == 0 {
		return b
	}
	start := len(b)
	b = append(b, 0, instructionApply, 0, 0, 0, 0, 0, 0)
	b = AppendActions(b, actions, tunnel)
	binary.BigEndian.PutUint16(b[start+2:], uint16(len(b)-start))
	return b
}

// DecodeFlowMod reads a FlowMod, as a switch does. The error is a *DecodeError.
func DecodeFlowMod(message []byte) (FlowMod, error) {
	r, err := body(message, TypeFlowMod)
	if err != nil {
		return FlowMod{}, err
	}
	f := &Flow{Cookie: r.u64()}
	m := FlowMod{Flow: f, CookieMask: r.u64()}
	f.Table, m.Command = r.u8(), FlowCommand(r.u8())
	f.IdleTimeout, f.HardTimeout, f.Priority = r.u16(), r.u16(), r.u16()
	buffer, port, group := r.u32(), r.u32(), r.u32()
	f.Flags, f.Importance = FlowFlags(r.u16()), r.u16()
	if m.Command > FlowDeleteStrict || f.Flags>>len(flowFlagNames) != 0 {
		r.fail("the command %d or the flags %#04x are not known", m.Command, uint16(f.Flags))
	}
	if buffer != noBuffer || Port(port) != PortAny || group != GroupAny {
		r.fail("a buffer, an output port or an output group is given")
	}
	f.Match = r.match()
	f.Actions = r.instructions()
	return m, within("flow mod", r.err)
}

// instructions reads the rest as instructions, of which only the one to apply actions is known.
func (r *reader) instructions() []Action {
	var actions []Action
	applied := false
	for r.err == nil && len(r.b) > 0 {
		kind, n := r.u16(), int(r.u16())
		if r.err == nil && (n < 8 || n%8 != 0) {
			r.fail("an instruction has the length %d", n)
		}
		content := r.take(n - 4)
		if r.err != nil {
			break
		}
		if kind != instructionApply || applied {
			r.fail("the instruction %d is not known, or there twice", kind)
			break
		}
		applied = true
		actions, r.err = DecodeActions(content[4:])
	}
	return actions
}
