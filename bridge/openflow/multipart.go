package openflow

// MultipartType is what a multipart request asks for.
type MultipartType uint16

// The types of multipart requests that are sent.
const (
	MultipartFlows         MultipartType = 1
	MultipartGroups        MultipartType = 7
	MultipartGroupFeatures MultipartType = 8
	MultipartMeters        MultipartType = 10
	MultipartMeterFeatures MultipartType = 11
)

// multipartMore is the flag of a part behind which another comes.
const multipartMore = 1

// beginMultipart appends the headers of a multipart request.
func beginMultipart(b []byte, t MultipartType, xid uint32) []byte {
	return put0(put16(begin(b, TypeMultipartRequest, xid), uint16(t)), 6)
}

// MultipartPart is one part of the answer to a multipart request.
type MultipartPart struct {
	Type MultipartType
	// More says that another part comes, with the same xid.
	More bool
	// Body is what the Decode function for the type reads; it is a part of the message.
	Body []byte
}

// DecodeMultipart reads a part of an answer. The error is a *DecodeError.
func DecodeMultipart(message []byte) (MultipartPart, error) {
	r, err := body(message, TypeMultipartReply)
	if err != nil {
		return MultipartPart{}, err
	}
	m := MultipartPart{Type: MultipartType(r.u16())}
	flags := r.u16()
	r.zeros(4)
	if flags&^multipartMore != 0 {
		r.fail("the flags %#04x are not known", flags)
	}
	m.More, m.Body = flags&multipartMore != 0, r.b
	return m, within("multipart", r.err)
}

// FlowsRequest asks for the flows of a table, AllTables for all, that match at least all that Match
// asks for.
type FlowsRequest struct {
	Table uint8
	Match Match
	// CookieMask has the bits of Cookie that the flows have to have.
	Cookie, CookieMask uint64
	Tunnel             *TunnelMap
}

// Append appends the message.
func (m FlowsRequest) Append(b []byte, xid uint32) ([]byte, error) {
	start := len(b)
	b = put0(append(beginMultipart(b, MultipartFlows, xid), m.Table), 3)
	b = put0(put32(put32(b, uint32(PortAny)), GroupAny), 4)
	b = AppendMatch(put64(put64(b, m.Cookie), m.CookieMask), m.Match, m.Tunnel)
	return complete(b, start, "flows request")
}

// InstalledFlow is a flow of a switch.
type InstalledFlow struct {
	Flow Flow
	// Packets and Bytes is what it matched. DurationMS is its age, IdleMS the time since its last
	// packet, in milliseconds.
	Packets, Bytes     uint64
	DurationMS, IdleMS uint64
	// Err says that the actions are not understood. Flow is whole but for Actions then.
	Err error
}

// DecodeFlows reads a part of the answer to a FlowsRequest. The error is a *DecodeError; the flows
// before it are returned.
func DecodeFlows(b []byte) ([]InstalledFlow, error) {
	var flows []InstalledFlow
	r := &reader{b: b}
	for r.err == nil && len(r.b) > 0 {
		n := int(r.u16())
		if r.err == nil && n < 2 {
			r.fail("a flow has the length %d", n)
		}
		content := &reader{b: r.take(n - 2)}
		if r.err != nil {
			break
		}
		var f InstalledFlow
		f.decode(content)
		if content.err != nil {
			return flows, within("flow", content.err)
		}
		flows = append(flows, f)
	}
	return flows, within("flows", r.err)
}

func (f *InstalledFlow) decode(r *reader) {
	r.zeros(2)
	f.Flow.Table = r.u8()
	r.zeros(1)
	f.Flow.Priority, f.Flow.IdleTimeout, f.Flow.HardTimeout = r.u16(), r.u16(), r.u16()
	f.Flow.Flags, f.Flow.Importance, f.Flow.Cookie = FlowFlags(r.u16()), r.u16(), r.u64()
	f.Flow.Match = r.match()
	f.decodeStats(r)
	if r.err != nil {
		return
	}
	f.Flow.Actions = r.instructions()
	f.Err, r.err = within("actions", r.err), nil
}

// The statistics of a flow.
const (
	classStats    = 0x8002
	statsDuration = 0
	statsIdle     = 1
	statsPackets  = 4
	statsBytes    = 5
)

// decodeStats reads the statistics; those that are not known are passed over.
func (f *InstalledFlow) decodeStats(r *reader) {
	r.zeros(2)
	n := int(r.u16())
	if r.err == nil && n < 4 {
		r.fail("statistics have the length %d", n)
	}
	stats := reader{b: r.take(n - 4)}
	r.zeros(-n & 7)
	for r.err == nil && len(stats.b) > 0 {
		class, number, size := stats.u16(), stats.u8()>>1, int(stats.u8())
		value := reader{b: stats.take(size)}
		if stats.err != nil {
			r.err = stats.err
			return
		}
		if class != classStats || size != 8 {
			continue
		}
		switch number {
		case statsDuration:
			f.DurationMS = value.milliseconds()
		case statsIdle:
			f.IdleMS = value.milliseconds()
		case statsPackets:
			f.Packets = value.u64()
		case statsBytes:
			f.Bytes = value.u64()
		}
	}
}

// milliseconds reads a time as seconds and nanoseconds.
func (r *reader) milliseconds() uint64 {
	seconds, nanoseconds := r.u32(), r.u32()
	return uint64(seconds)*1000 + uint64(nanoseconds)/1e6
}
