package openflow

import "strconv"

// Subfield is some consecutive bits of a field (ovs-actions(7), "Field Specifications").
type Subfield struct {
	Field Field
	// Offset is the lowest bit, from 0. Bits is their number, at least 1; Offset+Bits is at most
	// the field's own number of bits.
	Offset, Bits uint16
}

// Whole is all of a field.
func Whole(f Field) Subfield { return Subfield{Field: f, Bits: uint16(f.Bits())} }

// Part is n bits of a field from the bit offset on.
func Part(f Field, offset, n int) Subfield {
	return Subfield{Field: f, Offset: uint16(offset), Bits: uint16(n)}
}

// Mask has the bits of the field that are in the subfield.
func (s Subfield) Mask() U128 { return Ones(int(s.Bits)).Shl(int(s.Offset)) }

// isWhole says whether the subfield is all of its field.
func (s Subfield) isWhole() bool { return s.Offset == 0 && int(s.Bits) == s.Field.Bits() }

// Append appends the subfield as dump-flows writes it: NXM_NX_REG0[0..7], NXM_NX_REG0[3], or
// NXM_NX_REG0[] for all of a field.
func (s Subfield) Append(b []byte) []byte {
	b = append(b, s.Field.subfieldEncoding().name...)
	switch {
	case s.isWhole():
		return append(b, "[]"...)
	case s.Bits == 1:
		b = strconv.AppendUint(append(b, '['), uint64(s.Offset), 10)
	default:
		b = strconv.AppendUint(append(b, '['), uint64(s.Offset), 10)
		b = strconv.AppendUint(append(b, ".."...), uint64(s.Offset)+uint64(s.Bits)-1, 10)
	}
	return append(b, ']')
}

// String is the subfield as Append writes it.
func (s Subfield) String() string { return string(s.Append(nil)) }

// subfieldEncoding is the encoding of a field where a subfield is named: Open vSwitch's own if
// there is one.
func (f Field) subfieldEncoding() encoding {
	if info := &fields[f]; info.nxm.name == "" {
		return info.oxm
	} else {
		return info.nxm
	}
}

// newSubfield checks that a field has the bits.
func newSubfield(f Field, offset, bits int) (Subfield, error) {
	if f == FieldActsetOutput {
		return Subfield{}, decodeErrorf("%s can be matched, but not be used by actions", f)
	}
	if bits < 1 || offset < 0 || offset+bits > f.Bits() {
		return Subfield{}, decodeErrorf("%s has the bits 0 to %d, not %d to %d", f, f.Bits()-1,
			offset, offset+bits-1)
	}
	return Part(f, offset, bits), nil
}
