package conn

import (
	"encoding/binary"
	"fmt"
)

// The parts of OpenFlow 1.5 that a connection itself needs.
const (
	version    = 6
	headerSize = 8

	typeHello          = 0
	typeError          = 1
	typeEchoRequest    = 2
	typeEchoReply      = 3
	typeMultipartReply = 19
	typeBarrierRequest = 20

	helloVersionBitmap = 1
	multipartSize      = 8
	multipartMore      = 1
)

func appendHeader(b []byte, kind byte, xid uint32) []byte {
	return binary.BigEndian.AppendUint32(append(b, version, kind, 0, headerSize), xid)
}

// setLength completes the header of a message with a body.
func setLength(message []byte) []byte {
	binary.BigEndian.PutUint16(message[2:], uint16(len(message)))
	return message
}

func xidOf(message []byte) uint32 { return binary.BigEndian.Uint32(message[4:]) }

// Failure is an error message of the switch.
type Failure struct {
	XID  uint32 // of the message that failed
	Type uint16
	Code uint16
	Data []byte // the first bytes of the message that failed, at least 64 if it has as many
}

func newFailure(message []byte) *Failure {
	f := &Failure{XID: xidOf(message)}
	if body := message[headerSize:]; len(body) >= 4 {
		f.Type, f.Code = binary.BigEndian.Uint16(body), binary.BigEndian.Uint16(body[2:])
		f.Data = append([]byte(nil), body[4:]...)
	}
	return f
}

// Error is the failure in words.
func (f *Failure) Error() string {
	return fmt.Sprintf("the switch answered with error type %d, code %d", f.Type, f.Code)
}
