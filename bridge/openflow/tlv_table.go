package openflow

// TLVCommand says what a TLVTableMod does.
type TLVCommand uint16

// The commands for tunnel options.
const (
	TLVAdd TLVCommand = iota
	TLVDelete
	TLVClear
)

// TLVTableMod makes tunnel options fields of packets, or undoes that.
type TLVTableMod struct {
	Command TLVCommand
	Options []TunnelOption
}

// Append appends the message.
func (m TLVTableMod) Append(b []byte, xid uint32) ([]byte, error) {
	start := len(b)
	b = put0(put16(beginExtension(b, TypeTLVTableMod, xid), uint16(m.Command)), 6)
	for _, o := range m.Options {
		b = append(put16(b, o.Class), o.Type, o.Length)
		b = put0(put16(b, o.Index), 2)
	}
	return complete(b, start, "tlv table mod")
}

// TLVTableRequest asks for the [TLVTable].
type TLVTableRequest struct{}

// Append appends the message.
func (m TLVTableRequest) Append(b []byte, xid uint32) ([]byte, error) {
	return complete(beginExtension(b, TypeTLVTableRequest, xid), len(b), "tlv table request")
}

// TLVTable says which tunnel options are fields of packets.
type TLVTable struct {
	// SpaceMax is the most bytes of data that all options together may have, FieldsMax the most
	// options.
	SpaceMax  uint32
	FieldsMax uint16
	Options   []TunnelOption
}

// DecodeTLVTable reads the answer to a TLVTableRequest. The error is a *DecodeError.
func DecodeTLVTable(message []byte) (TLVTable, error) {
	r, err := extensionBody(message, TypeTLVTableReply)
	if err != nil {
		return TLVTable{}, err
	}
	m := TLVTable{SpaceMax: r.u32(), FieldsMax: r.u16()}
	r.take(10)
	for r.err == nil && len(r.b) > 0 {
		o := TunnelOption{Class: r.u16(), Type: r.u8(), Length: r.u8(), Index: r.u16()}
		r.take(2)
		m.Options = append(m.Options, o)
	}
	return m, within("tlv table", r.err)
}
