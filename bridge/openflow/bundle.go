package openflow

// BundleRequest is what a BundleControl asks for or answers.
type BundleRequest uint16

// The requests about bundles, each with its answer behind it.
const (
	BundleOpen BundleRequest = iota
	BundleOpened
	BundleClose
	BundleClosed
	BundleCommit
	BundleCommitted
	BundleDiscard
	BundleDiscarded
)

// BundleFlags says how the messages of a bundle are done: all or none, in their order.
type BundleFlags uint16

// The flags of a bundle.
const (
	BundleAtomic BundleFlags = 1 << iota
	BundleOrdered
)

// BundleControl opens, commits or discards a bundle of messages that are done together.
type BundleControl struct {
	ID      uint32
	Request BundleRequest
	Flags   BundleFlags
}

// Append appends the message.
func (m BundleControl) Append(b []byte, xid uint32) ([]byte, error) {
	start := len(b)
	b = put32(begin(b, TypeBundleControl, xid), m.ID)
	b = put16(put16(b, uint16(m.Request)), uint16(m.Flags))
	return complete(b, start, "bundle control")
}

// DecodeBundleControl reads a BundleControl. The error is a *DecodeError.
func DecodeBundleControl(message []byte) (BundleControl, error) {
	r, err := body(message, TypeBundleControl)
	if err != nil {
		return BundleControl{}, err
	}
	m := BundleControl{ID: r.u32(), Request: BundleRequest(r.u16()), Flags: BundleFlags(r.u16())}
	if m.Request > BundleDiscarded {
		r.fail("the request %d is not known", m.Request)
	}
	return m, within("bundle control", r.err)
}

// BundleAdd puts a message, a FlowMod or GroupMod, into an open bundle.
type BundleAdd struct {
	ID      uint32
	Flags   BundleFlags // as those of the bundle
	Message Message
}

// Append appends the message. The message inside has the same xid.
func (m BundleAdd) Append(b []byte, xid uint32) ([]byte, error) {
	start := len(b)
	b = put32(begin(b, TypeBundleAdd, xid), m.ID)
	b = put16(put16(b, 0), uint16(m.Flags))
	b, err := m.Message.Append(b, xid)
	if err != nil {
		return b[:start], err
	}
	return complete(b, start, "message in a bundle")
}
