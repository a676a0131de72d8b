package pinctrl

import (
	"encoding/binary"
	"errors"
	"fmt"

	"woven/bridge/openflow"
)

// opcode says what to do with a packet: the first four bytes of the data that an action sends along
// with it.
type opcode uint32

// handler does what an opcode asks for. The error says what is wrong with the packet or the data;
// then nothing was done.
type handler func(r *request, e effects) error

// request is a packet that the switch sent.
type request struct {
	in *openflow.PacketIn
	// data is what the action sent along behind the opcode.
	data  []byte
	frame frame
}

// effects are what handlers do to the world.
type effects interface {
	// reply has the switch do actions, as bytes, to a packet, with the registers of the request.
	reply(r *request, packet, actions []byte) error
	// log writes a line to the log of ACLs.
	log(line string)
	// learn tells the rules through which logical port an address was seen.
	learn(p place, port uint64)
}

// handlers are all opcodes that are known, by their numbers in the reference
// (include/ovn/actions.h).
var handlers = map[opcode]handler{
	0:  replies(requestARP),
	3:  advertise(isSolicited | overrides),
	7:  logPacket,
	10: replies(func(f *frame) ([]byte, error) { return unreachable(f, false, true) }),
	11: replies(func(f *frame) ([]byte, error) { return resetTCP(f, false) }),
	12: advertise(isSolicited | overrides | advertisesRouter),
	14: replies(func(f *frame) ([]byte, error) { return unreachable(f, false, false) }),
	20: replies(func(f *frame) ([]byte, error) { return unreachable(f, false, false) }),
	22: replies(reject),
	24: replies(func(f *frame) ([]byte, error) { return abortSCTP(f, false) }),
	25: learn,
}

// opcodeLen is the number of bytes before what an opcode needs: four of the opcode, and four zeros.
const opcodeLen = 8

// unknown is an opcode for which there is no handler.
type unknown opcode

// Error says which opcode it is.
func (u unknown) Error() string { return fmt.Sprintf("the opcode %d is not known", uint32(u)) }

var errNoOpcode = errors.New("the action sends no opcode with the packet")

// handle does what a packet asks for. The error is unknown, or says what is wrong with the packet.
func handle(in *openflow.PacketIn, e effects) error {
	if len(in.UserData) < opcodeLen {
		return errNoOpcode
	}
	op := opcode(binary.BigEndian.Uint32(in.UserData))
	h := handlers[op]
	if h == nil {
		return unknown(op)
	}
	f, err := parseFrame(in.Packet)
	if err != nil {
		return err
	}
	return h(&request{in: in, data: in.UserData[opcodeLen:], frame: f}, e)
}

// replies is a handler that makes a packet for one that came, and has the actions done to it that
// were sent along.
func replies(compose func(*frame) ([]byte, error)) handler {
	return func(r *request, e effects) error {
		packet, err := compose(&r.frame)
		if err != nil {
			return err
		}
		return e.reply(r, packet, r.data)
	}
}

// packetOut is the message that has the switch do actions to a packet, with the registers and the
// metadata of the one that came.
func packetOut(in *openflow.PacketIn, packet, actions []byte) openflow.PacketOut {
	out := openflow.PacketOut{Packet: packet, RawActions: actions}
	out.Match.SetExact(openflow.FieldInPort, openflow.U64(uint64(openflow.PortController)))
	for _, field := range in.Metadata {
		if isRegister(field.Field) {
			out.Actions = append(out.Actions, openflow.Set(field.Field, field.Value))
		}
	}
	return out
}

// isRegister says whether a field is a register, or the metadata, which are what logical flows know
// about a packet.
func isRegister(f openflow.Field) bool {
	return f >= openflow.FieldReg0 && f < openflow.FieldReg0+16 || f == openflow.FieldMetadata
}
