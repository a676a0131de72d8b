package openflow

import "strconv"

// PushVLAN puts a VLAN tag on the packet, of the Ethernet type 0x8100 or 0x88a8.
type PushVLAN struct{ EtherType uint16 }

// PopVLAN takes the outermost VLAN tag off the packet.
type PopVLAN struct{}

// PushMPLS puts an MPLS label on the packet, whose Ethernet type becomes 0x8847 or 0x8848.
type PushMPLS struct{ EtherType uint16 }

// PopMPLS takes the outermost MPLS label off the packet, whose Ethernet type becomes EtherType.
type PopMPLS struct{ EtherType uint16 }

// DecTTL takes one from the IP TTL or hop limit. A packet for which that cannot be done is told to
// controllers, and the actions that follow are not done.
type DecTTL struct{}

// DecTTLFor is as DecTTL, but only controllers with these ids are told; OVN gives none.
type DecTTLFor struct{ Controllers []uint16 }

// SetTTL sets the IP TTL or hop limit.
type SetTTL struct{ TTL uint8 }

// DecMPLSTTL takes one from the TTL of the outermost MPLS label.
type DecMPLSTTL struct{}

// SetMPLSTTL sets the TTL of the outermost MPLS label.
type SetMPLSTTL struct{ TTL uint8 }

// Append appends the action as dump-flows writes it.
func (a PushVLAN) Append(b []byte) []byte { return appendEtherType(b, "push_vlan:", a.EtherType) }

// Append appends the action as dump-flows writes it.
func (a PopVLAN) Append(b []byte) []byte { return append(b, "pop_vlan"...) }

// Append appends the action as dump-flows writes it.
func (a PushMPLS) Append(b []byte) []byte { return appendEtherType(b, "push_mpls:", a.EtherType) }

// Append appends the action as dump-flows writes it.
func (a PopMPLS) Append(b []byte) []byte { return appendEtherType(b, "pop_mpls:", a.EtherType) }

// Append appends the action as dump-flows writes it.
func (a DecTTL) Append(b []byte) []byte { return append(b, "dec_ttl"...) }

// Append appends the action as dump-flows writes it.
func (a DecTTLFor) Append(b []byte) []byte {
	b = append(b, "dec_ttl("...)
	for i, id := range a.Controllers {
		if i > 0 {
			b = append(b, ',')
		}
		b = strconv.AppendUint(b, uint64(id), 10)
	}
	return append(b, ')')
}

// Append appends the action as dump-flows writes it.
func (a SetTTL) Append(b []byte) []byte { return appendNumber(b, "mod_nw_ttl:", uint64(a.TTL)) }

// Append appends the action as dump-flows writes it.
func (a DecMPLSTTL) Append(b []byte) []byte { return append(b, "dec_mpls_ttl"...) }

// Append appends the action as dump-flows writes it.
func (a SetMPLSTTL) Append(b []byte) []byte {
	return append(appendNumber(b, "set_mpls_ttl(", uint64(a.TTL)), ')')
}

func appendEtherType(b []byte, prefix string, v uint16) []byte {
	return appendHexDigits(append(append(b, prefix...), "0x"...), uint64(v), 4)
}
