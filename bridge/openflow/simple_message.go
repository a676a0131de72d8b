package openflow

// Hello begins a connection.
type Hello struct {
	// Versions has the bit 1<<v for each version v that is spoken.
	Versions uint32
}

// helloVersions is the kind of the part of a hello that says the versions.
const helloVersions = 1

// Append appends the message.
func (m Hello) Append(b []byte, xid uint32) ([]byte, error) {
	start := len(b)
	b = put32(append(begin(b, TypeHello, xid), 0, helloVersions, 0, 8), m.Versions)
	return complete(b, start, "hello")
}

// DecodeHello reads a hello of any version. One that does not say versions speaks its own and all
// before it. The error is a *DecodeError.
func DecodeHello(message []byte) (Hello, error) {
	r, err := body(message, TypeHello)
	if err != nil {
		return Hello{}, err
	}
	for len(r.b) >= 4 {
		kind, element := r.property()
		if kind == helloVersions && element.err == nil {
			return Hello{Versions: element.u32()}, within("hello", element.err)
		}
		if r.err != nil {
			return Hello{}, within("hello", r.err)
		}
	}
	return Hello{Versions: 1<<(uint(min(message[0], 30))+1) - 2}, nil
}

// Echo asks for its data to be sent back, or is that answer.
type Echo struct {
	Reply bool
	Data  []byte
}

// Append appends the message.
func (m Echo) Append(b []byte, xid uint32) ([]byte, error) {
	start, kind := len(b), TypeEchoRequest
	if m.Reply {
		kind = TypeEchoReply
	}
	return complete(append(begin(b, kind, xid), m.Data...), start, "echo")
}

// Barrier asks for an answer once everything before it is done, or is that answer.
type Barrier struct{ Reply bool }

// Append appends the message.
func (m Barrier) Append(b []byte, xid uint32) ([]byte, error) {
	start, kind := len(b), TypeBarrierRequest
	if m.Reply {
		kind = TypeBarrierReply
	}
	return complete(begin(b, kind, xid), start, "barrier")
}

// FeaturesRequest asks for [Features].
type FeaturesRequest struct{}

// Append appends the message.
func (m FeaturesRequest) Append(b []byte, xid uint32) ([]byte, error) {
	return complete(begin(b, TypeFeaturesRequest, xid), len(b), "features request")
}

// Features is what a switch says of itself.
type Features struct {
	DatapathID   uint64
	Buffers      uint32 // packets that it can keep
	Tables       uint8
	Auxiliary    uint8 // 0 for a main connection
	Capabilities uint32
}

// DecodeFeatures reads the answer to a FeaturesRequest. The error is a *DecodeError.
func DecodeFeatures(message []byte) (Features, error) {
	r, err := body(message, TypeFeaturesReply)
	if err != nil {
		return Features{}, err
	}
	m := Features{DatapathID: r.u64(), Buffers: r.u32(), Tables: r.u8(), Auxiliary: r.u8()}
	r.take(2)
	m.Capabilities = r.u32()
	r.take(4)
	return m, within("features", r.err)
}

// GetConfig asks for the [Config].
type GetConfig struct{}

// Append appends the message.
func (m GetConfig) Append(b []byte, xid uint32) ([]byte, error) {
	return complete(begin(b, TypeGetConfigRequest, xid), len(b), "get config")
}

// Config is what a switch does for the connection. Open vSwitch sends messages that are no answers
// to a connection only once its MissSendLen is not 0.
type Config struct {
	Flags uint16 // how fragments are treated
	// MissSendLen is the most of a packet that is sent, in bytes; OVN sets 0xffff.
	MissSendLen uint16
}

// Append appends the message that sets the configuration.
func (m Config) Append(b []byte, xid uint32) ([]byte, error) {
	start := len(b)
	b = put16(put16(begin(b, TypeSetConfig, xid), m.Flags), m.MissSendLen)
	return complete(b, start, "set config")
}

// DecodeConfig reads the answer to a GetConfig. The error is a *DecodeError.
func DecodeConfig(message []byte) (Config, error) {
	r, err := body(message, TypeGetConfigReply)
	if err != nil {
		return Config{}, err
	}
	return Config{Flags: r.u16(), MissSendLen: r.u16()}, within("config", r.end())
}
