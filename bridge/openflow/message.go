package openflow

import (
	"encoding/binary"
	"fmt"
)

// Version is the number of OpenFlow 1.5 on the wire.
const Version = 6

// HeaderLen is the number of bytes of the header that every message has.
const HeaderLen = 8

// MessageLenMax is the most bytes that a message has, with its header.
const MessageLenMax = 0xffff

// MessageType is the type of a message.
type MessageType uint8

// The types of messages that are sent or understood.
const (
	TypeHello            MessageType = 0
	TypeError            MessageType = 1
	TypeEchoRequest      MessageType = 2
	TypeEchoReply        MessageType = 3
	TypeExperimenter     MessageType = 4
	TypeFeaturesRequest  MessageType = 5
	TypeFeaturesReply    MessageType = 6
	TypeGetConfigRequest MessageType = 7
	TypeGetConfigReply   MessageType = 8
	TypeSetConfig        MessageType = 9
	TypePacketIn         MessageType = 10
	TypeFlowRemoved      MessageType = 11
	TypePortStatus       MessageType = 12
	TypePacketOut        MessageType = 13
	TypeFlowMod          MessageType = 14
	TypeGroupMod         MessageType = 15
	TypeMultipartRequest MessageType = 18
	TypeMultipartReply   MessageType = 19
	TypeBarrierRequest   MessageType = 20
	TypeBarrierReply     MessageType = 21
	TypeMeterMod         MessageType = 29
	TypeBundleControl    MessageType = 33
	TypeBundleAdd        MessageType = 34
)

// Message is a message that can be sent.
type Message interface {
	// Append appends the bytes of the message with its header. The error says that the message
	// would have more than MessageLenMax bytes; then b is as it was.
	Append(b []byte, xid uint32) ([]byte, error)
}

// Header is the header of a message.
type Header struct {
	Version uint8
	Type    MessageType
	// Length is the number of bytes of the message with its header, at least HeaderLen.
	Length uint16
	// XID is the number that requests and their answers have together.
	XID uint32
}

// DecodeHeader reads the header that a message begins with. The error is a *DecodeError.
func DecodeHeader(b []byte) (Header, error) {
	if len(b) < HeaderLen {
		return Header{}, errTruncated
	}
	h := Header{Version: b[0], Type: MessageType(b[1]), Length: binary.BigEndian.Uint16(b[2:]),
		XID: binary.BigEndian.Uint32(b[4:])}
	if h.Length < HeaderLen {
		return h, decodeErrorf("a message says that it has %d bytes, fewer than its header", h.Length)
	}
	return h, nil
}

// begin appends a header whose length complete fills in.
func begin(b []byte, t MessageType, xid uint32) []byte {
	return put32(append(b, Version, byte(t), 0, 0), xid)
}

// complete fills in the length of the message that begins at start.
func complete(b []byte, start int, what string) ([]byte, error) {
	n := len(b) - start
	if n > MessageLenMax {
		return b[:start], fmt.Errorf("%s has %d bytes, more than the %d that OpenFlow allows", what,
			n, MessageLenMax)
	}
	binary.BigEndian.PutUint16(b[start+2:], uint16(n))
	return b, nil
}

// body is what a reader for a message of the type reads: what is behind the header.
func body(message []byte, t MessageType) (*reader, error) {
	h, err := DecodeHeader(message)
	switch {
	case err != nil:
		return nil, err
	case int(h.Length) != len(message):
		return nil, decodeErrorf("a message of %d bytes says that it has %d", len(message), h.Length)
	case h.Type != t:
		return nil, decodeErrorf("a message has the type %d instead of %d", h.Type, t)
	}
	return &reader{b: message[HeaderLen:]}, nil
}
