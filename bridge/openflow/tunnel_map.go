package openflow

// TunnelOption is one Geneve option that the switch has as a field of packets.
type TunnelOption struct {
	// Class and Type are the option's, Length the number of bytes of its data, a multiple of 4 up
	// to 124.
	Class  uint16
	Type   uint8
	Length uint8
	// Index is the number of its tun_metadata field, 0 to 63.
	Index uint16
}

// TunnelMap says which tunnel options are which tun_metadata fields of a switch. Setting such a
// field takes as many bytes as the option has. A nil map knows none; fields that are not in it are
// encoded with the bytes that their value needs, as ovs-ofctl does.
type TunnelMap struct {
	lengths [64]uint8
}

// NewTunnelMap is the map of a switch with the options.
func NewTunnelMap(options ...TunnelOption) *TunnelMap {
	m := &TunnelMap{}
	for _, o := range options {
		if int(o.Index) < len(m.lengths) {
			m.lengths[o.Index] = o.Length
		}
	}
	return m
}

// length is the number of bytes of a tun_metadata field, 0 if the map does not have it.
func (m *TunnelMap) length(f Field) int {
	if m == nil {
		return 0
	}
	return int(m.lengths[f-FieldTunMetadata0])
}
