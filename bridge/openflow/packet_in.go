package openflow

import "encoding/binary"

// PacketIn is a packet that the switch sent, because of a [Controller] action or a miss.
type PacketIn struct {
	Packet []byte
	// FullLen is the length of the whole packet in bytes if Packet is cut, else 0.
	FullLen uint32
	// Table and Cookie are the flow's that sent the packet.
	Table  uint8
	Cookie uint64
	Reason Reason
	// Metadata is what was known about the packet beside its bytes: registers, metadata, in_port,
	// tunnel fields, the connection. Unknown are the bytes of fields that this package does not
	// have; they go back with a Resume.
	Metadata Match
	Unknown  []byte
	// UserData is that of the Controller action.
	UserData []byte
	// Continuation is how the packet goes on when it is resumed, nil if the action did not pause.
	Continuation []byte
}

// The properties of a packet-in.
const (
	packetInPacket = iota
	packetInFullLen
	packetInBufferID
	packetInTable
	packetInCookie
	packetInReason
	packetInMetadata
	packetInUserData
	packetInContinuation
)

// DecodePacketIn reads the message of the type TypePacketIn2. The slices of the result are copies.
// The error is a *DecodeError.
func DecodePacketIn(message []byte) (PacketIn, error) {
	r, err := extensionBody(message, TypePacketIn2)
	if err != nil {
		return PacketIn{}, err
	}
	var m PacketIn
	for r.err == nil && len(r.b) > 0 {
		kind, property := r.property()
		if r.err != nil {
			break
		}
		m.decodeProperty(kind, &property)
		r.err = property.err
	}
	return m, within("packet in", r.err)
}

// decodeProperty reads a property. Unknown ones say nothing that would change the others.
func (m *PacketIn) decodeProperty(kind uint16, r *reader) {
	switch kind {
	case packetInPacket:
		m.Packet = append([]byte{}, r.b...)
	case packetInFullLen:
		m.FullLen = r.u32()
	case packetInTable:
		m.Table = r.u8()
	case packetInCookie:
		// 64 bits stand at a multiple of 8 bytes.
		r.zeros(4)
		m.Cookie = r.u64()
	case packetInReason:
		m.Reason = Reason(r.u8())
	case packetInMetadata:
		m.Metadata, m.Unknown, r.err = decodeMetadata(r.b)
	case packetInUserData:
		m.UserData = append([]byte{}, r.b...)
	case packetInContinuation:
		// What is inside has its own alignment, for which it begins at a multiple of 8 bytes.
		r.zeros(4)
		m.Continuation = append([]byte{}, r.b...)
	}
}

// decodeMetadata reads fields, and keeps the bytes of those that are not known.
func decodeMetadata(b []byte) (known Match, unknown []byte, err error) {
	for len(b) > 0 {
		if len(b) < 4 || len(b) < 4+int(b[3]) {
			return nil, nil, errTruncated
		}
		n := 4 + int(b[3])
		e, _, err := decodeField(b[:n])
		if err == nil {
			err = known.put(e)
		}
		if err != nil {
			unknown = append(unknown, b[:n]...)
		}
		b = b[n:]
	}
	return known, unknown, nil
}

// Resume lets a packet that was paused go on.
type Resume struct {
	// PacketIn is the packet as it was sent. Its Packet and Metadata may have been changed.
	PacketIn PacketIn
	// Tunnel says how long tun_metadata fields are.
	Tunnel *TunnelMap
}

// Append appends the message.
func (m Resume) Append(b []byte, xid uint32) ([]byte, error) {
	start := len(b)
	b = m.PacketIn.appendProperties(beginExtension(b, TypeResume, xid), m.Tunnel)
	return complete(b, start, "resume")
}

func (m *PacketIn) appendProperties(b []byte, tunnel *TunnelMap) []byte {
	b = appendProperty(b, packetInPacket, m.Packet)
	if m.FullLen != 0 {
		b = put32(append(b, 0, packetInFullLen, 0, 8), m.FullLen)
	}
	b = append(b, 0, packetInTable, 0, 5, m.Table, 0, 0, 0)
	b = put64(append(b, 0, packetInCookie, 0, 16, 0, 0, 0, 0), m.Cookie)
	b = append(b, 0, packetInReason, 0, 5, byte(m.Reason), 0, 0, 0)
	at := len(b)
	b = m.Metadata.appendFields(append(b, 0, packetInMetadata, 0, 0), tunnel)
	b = append(b, m.Unknown...)
	binary.BigEndian.PutUint16(b[at+2:], uint16(len(b)-at))
	b = pad8(b, at)
	if m.UserData != nil {
		b = appendProperty(b, packetInUserData, m.UserData)
	}
	if m.Continuation != nil {
		at = len(b)
		b = append(b, 0, packetInContinuation, 0, 0, 0, 0, 0, 0)
		b = append(b, m.Continuation...)
		binary.BigEndian.PutUint16(b[at+2:], uint16(len(b)-at))
		b = pad8(b, at)
	}
	return b
}

// appendProperty appends a property with bytes.
func appendProperty(b []byte, kind byte, content []byte) []byte {
	at := len(b)
	b = append(append(b, 0, kind, 0, 0), content...)
	binary.BigEndian.PutUint16(b[at+2:], uint16(len(b)-at))
	return pad8(b, at)
}
