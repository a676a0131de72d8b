package openflow

import "slices"

// MatchField is what a match asks of one field.
type MatchField struct {
	Field Field
	// Mask has the bits that matter, Value what they have to be; no bit is in Value that is not in
	// Mask. A tun_metadata field with an empty mask has to be present, whatever it is.
	Value, Mask U128
}

// Match says which packets a flow is for: those of which all fields are as asked. The zero value
// matches all packets.
//
// The elements are in the order of their fields, at most one for a field. Fields that are parts of
// others are kept in the one form that a dump has: xreg and xxreg as reg, vlan_vid and vlan_pcp as
// vlan_tci, nw_tos as ip_dscp and nw_ecn, in_port_oxm as in_port. Set sees to all of it.
type Match []MatchField

// Set asks that the field's bits of the mask be those of the value. What the match asked of other
// bits stays.
func (m *Match) Set(f Field, value, mask U128) {
	switch {
	case f >= FieldXReg0 && f < FieldXReg0+8:
		m.setRegisters(2*int(f-FieldXReg0), 2, value, mask)
	case f >= FieldXXReg0 && f < FieldXXReg0+4:
		m.setRegisters(4*int(f-FieldXXReg0), 4, value, mask)
	case f == FieldVLANVID:
		m.set(FieldVLANTCI, value, mask.And(U64(0x1fff)))
	case f == FieldVLANPCP:
		m.set(FieldVLANTCI, value.Shl(13).Or(U64(vlanPresent)), mask.Shl(13).Or(U64(vlanPresent)))
	case f == FieldIPTOS:
		m.set(FieldIPDSCP, value.Shr(2), mask.Shr(2))
		m.set(FieldIPECN, value, mask)
	case f == FieldInPortOXM:
		m.set(FieldInPort, U64(uint64(Port(value.Lo).short())), mask)
	default:
		m.set(f, value, mask)
	}
}

// SetExact asks that the field have the value.
func (m *Match) SetExact(f Field, value U128) { m.Set(f, value, f.Mask()) }

// setRegisters asks for n registers of 32 bits, of which the first is the highest.
func (m *Match) setRegisters(first, n int, value, mask U128) {
	for i := range n {
		shift := 32 * (n - 1 - i)
		if part := mask.Shr(shift).And(Ones(32)); !part.IsZero() {
			m.set(Reg(first+i), value.Shr(shift), part)
		}
	}
}

// set asks for bits of a field that matches have.
func (m *Match) set(f Field, value, mask U128) {
	if !f.isTunnelMetadata() {
		mask = mask.And(f.significant())
		if mask.IsZero() {
			return
		}
	}
	value = value.And(mask)
	i, found := m.find(f)
	if !found {
		*m = slices.Insert(*m, i, MatchField{Field: f})
	}
	e := &(*m)[i]
	e.Value = e.Value.AndNot(mask).Or(value)
	e.Mask = e.Mask.Or(mask)
	if f == FieldVLANTCI && e.Value.Lo&(vlanVID|vlanPresent) == 0 {
		// OpenFlow 1.5 cannot ask for the priority of a packet without a tag, which has none.
		e.Value, e.Mask = U128{}, e.Mask.AndNot(U64(vlanPCP))
	}
	if f == FieldIPFrag && (e.Value.Lo == fragLater || *e == notFragment) {
		// A later fragment is a fragment, and what is none is no later one: one form for each.
		e.Value, e.Mask = U64(e.Value.Lo|e.Value.Lo>>1), Ones(2)
	}
}

// notFragment asks only that a packet be no fragment of any kind.
var notFragment = MatchField{Field: FieldIPFrag, Mask: U64(fragAny)}

// significant has the bits that a match can ask for.
func (f Field) significant() U128 {
	if f.isTunnelMetadata() {
		return f.Mask()
	}
	if flags := f.flags(); flags != nil {
		return U64(flags.all)
	}
	return Ones(f.Bits())
}

// find is where the field is or would be.
func (m Match) find(f Field) (int, bool) {
	// Fields mostly come in order.
	i := len(m)
	for i > 0 && m[i-1].Field > f {
		i--
	}
	if i > 0 && m[i-1].Field == f {
		return i - 1, true
	}
	return i, false
}

// Get is what the match asks of a field in the form that it is kept in. It is false if the match
// asks nothing.
func (m Match) Get(f Field) (MatchField, bool) {
	if i, found := m.find(f); found {
		return m[i], true
	}
	return MatchField{}, false
}

// exact is the value of a field of which all bits are asked for, and whether they are.
func (m Match) exact(f Field) (uint64, bool) {
	e, ok := m.Get(f)
	return e.Value.Lo, ok && e.Mask == f.significant()
}

// The parts of vlan_tci.
const (
	vlanVID     = 0x0fff
	vlanPresent = 0x1000
	vlanPCP     = 0xe000
)
