package openflow

// ExperimenterType is the type of one of Open vSwitch's own messages.
type ExperimenterType uint32

// Open vSwitch's own messages that are sent or understood.
const (
	TypeSetPacketInFormat ExperimenterType = 16
	TypeSetControllerID   ExperimenterType = 20
	TypeTLVTableMod       ExperimenterType = 24
	TypeTLVTableRequest   ExperimenterType = 25
	TypeTLVTableReply     ExperimenterType = 26
	TypeResume            ExperimenterType = 28
	TypeCTFlushZone       ExperimenterType = 29
	TypePacketIn2         ExperimenterType = 30
	TypeCTFlush           ExperimenterType = 32
)

// beginExtension appends the headers of one of Open vSwitch's own messages.
func beginExtension(b []byte, t ExperimenterType, xid uint32) []byte {
	return put32(put32(begin(b, TypeExperimenter, xid), nicira), uint32(t))
}

// DecodeExperimenter is the type of one of Open vSwitch's own messages. The error is a
// *DecodeError.
func DecodeExperimenter(message []byte) (ExperimenterType, error) {
	r, err := body(message, TypeExperimenter)
	if err != nil {
		return 0, err
	}
	if e := r.u32(); r.err == nil && e != nicira {
		r.fail("the experimenter %#08x is not known", e)
	}
	return ExperimenterType(r.u32()), within("experimenter", r.err)
}

// extensionBody is what a reader for one of Open vSwitch's own messages reads.
func extensionBody(message []byte, t ExperimenterType) (*reader, error) {
	kind, err := DecodeExperimenter(message)
	if err != nil {
		return nil, err
	}
	if kind != t {
		return nil, decodeErrorf("a message has the extension type %d instead of %d", kind, t)
	}
	return &reader{b: message[HeaderLen+8:]}, nil
}

// SetPacketInFormat asks for packets to be sent as [PacketIn].
type SetPacketInFormat struct{}

// packetInFormat2 is the format of PacketIn.
const packetInFormat2 = 2

// Append appends the message.
func (m SetPacketInFormat) Append(b []byte, xid uint32) ([]byte, error) {
	start := len(b)
	return complete(put32(beginExtension(b, TypeSetPacketInFormat, xid), packetInFormat2), start,
		"set packet-in format")
}

// SetControllerID says the number by which controller actions choose this connection.
type SetControllerID struct{ ID uint16 }

// Append appends the message.
func (m SetControllerID) Append(b []byte, xid uint32) ([]byte, error) {
	start := len(b)
	return complete(put16(put0(beginExtension(b, TypeSetControllerID, xid), 6), m.ID), start,
		"set controller id")
}
