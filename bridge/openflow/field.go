package openflow

// Field is a field of packets or of what the switch knows about them (ovs-fields(7)). The zero
// value is no field. Fields are ordered as dump-flows prints them in a match.
type Field uint8

// form is how values of a field are written.
type form uint8

const (
	formDecimal form = iota
	formHex
	formEthernet
	formIPv4
	formIPv6
	formPort16 // a port in 16 bits
	formPort
	formCTState
	formFrag
	formTunnelFlags
	formTCPFlags
)

// prerequisite is what a match has to ask for before it may ask for a field.
type prerequisite uint8

const (
	needNothing prerequisite = iota
	needVLAN
	needARP
	needIPv4
	needIPv6
	needIP // IPv4 or IPv6
	needMPLS
	needTCP
	needUDP
	needSCTP
	needICMPv4
	needICMPv6
	needND
	needNDSolicit
	needNDAdvert
	needConnection
	needConnectionIPv4
	needConnectionIPv6
	needConnectionProto
)

// fieldInfo is what is known about a field.
type fieldInfo struct {
	name   string // as in set_field and learn
	alias  string // another name that is accepted, and that dump-flows uses in matches if matchAs is ""
	inText string // the name in the match of a dump, "" if the field is no part of matches there
	// oxm and nxm are the names of the two encodings, with their class, number and experimenter.
	oxm, nxm encoding
	bits     int // that may be set
	size     int // bytes of the value on the wire
	form     form
	need     prerequisite
	access   access
}

// access says what may be done with a field.
type access uint8

const (
	maskable access = 1 << iota
	writable
)

// Name is the field's name in ovs-fields(7), such as "ip_src", which set_field and learn use.
func (f Field) Name() string { return fields[f].name }

// MatchName is the field's name in the match of a dumped flow, such as "nw_src"; "" if matches
// express the field by others (xreg0, vlan_vid) or do not have it.
func (f Field) MatchName() string { return fields[f].inText }

// Bits is the number of bits of the field that have a meaning: 12 for vlan_vid, 1 to 128.
// tun_metadata fields have 992, of which values here can hold the lowest 128.
func (f Field) Bits() int { return fields[f].bits }

// Mask is the mask that covers the field whole, as bytes: 16 bits for vlan_vid.
func (f Field) Mask() U128 { return Ones(8 * fields[f].size) }

// Maskable says whether a match or set_field may ask for some of the field's bits only.
func (f Field) Maskable() bool { return fields[f].access&maskable != 0 }

// Writable says whether actions may change the field.
func (f Field) Writable() bool { return fields[f].access&writable != 0 }

// String is the field's name.
func (f Field) String() string { return f.Name() }

// isTunnelMetadata says whether the field is one of tun_metadata0 to tun_metadata63, whose size the
// switch's table of tunnel options says.
func (f Field) isTunnelMetadata() bool {
	return f >= FieldTunMetadata0 && f < FieldTunMetadata0+64
}

// Reg is the register number i, 0 to 15, of 32 bits.
func Reg(i int) Field { return FieldReg0 + Field(i) }

// XReg is the register number i, 0 to 7, of 64 bits. Its upper half is Reg(2*i).
func XReg(i int) Field { return FieldXReg0 + Field(i) }

// XXReg is the register number i, 0 to 3, of 128 bits. Its upper quarter is Reg(4*i).
func XXReg(i int) Field { return FieldXXReg0 + Field(i) }

// TunMetadata is the field of the tunnel option with the index i, 0 to 63.
func TunMetadata(i int) Field { return FieldTunMetadata0 + Field(i) }
