package openflow

// SetField sets the bits of a field that the mask has to those of the value.
type SetField struct {
	Field Field
	// Mask is Field.Mask() where the field is set whole; Value has no bit that Mask has not.
	Value, Mask U128
}

// Set is the action that sets a field whole.
func Set(f Field, value U128) SetField { return SetField{f, value.And(f.Mask()), f.Mask()} }

// Load is the action that sets a subfield, of which value is the number.
func Load(s Subfield, value U128) SetField {
	if s.isWhole() && (s.Field.isTunnelMetadata() || s.Field.flags() != nil) {
		return Set(s.Field, value)
	}
	mask := s.Mask()
	return SetField{s.Field, value.Shl(int(s.Offset)).And(mask), mask}
}

// Move copies a subfield to another with as many bits.
type Move struct{ Source, Destination Subfield }

// Push puts a subfield on the packet's stack.
type Push struct{ Source Subfield }

// Pop takes what was pushed last from the packet's stack and sets a subfield to it.
type Pop struct{ Destination Subfield }

// DeleteField removes a tun_metadata field from the packet.
type DeleteField struct{ Field Field }

// Append appends the action as dump-flows writes it.
func (a SetField) Append(b []byte) []byte {
	b = a.Field.appendValue(append(b, "set_field:"...), a.Value, a.Mask)
	return append(append(b, "->"...), fields[a.Field].name...)
}

// Append appends the action as dump-flows writes it.
func (a Move) Append(b []byte) []byte {
	b = a.Source.Append(append(b, "move:"...))
	return a.Destination.Append(append(b, "->"...))
}

// Append appends the action as dump-flows writes it.
func (a Push) Append(b []byte) []byte { return a.Source.Append(append(b, "push:"...)) }

// Append appends the action as dump-flows writes it.
func (a Pop) Append(b []byte) []byte { return a.Destination.Append(append(b, "pop:"...)) }

// Append appends the action as dump-flows writes it.
func (a DeleteField) Append(b []byte) []byte {
	return append(append(b, "delete_field:"...), fields[a.Field].name...)
}
