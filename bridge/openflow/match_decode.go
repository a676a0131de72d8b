package openflow

// DecodeMatch reads a match as AppendMatch writes it, and returns the bytes behind it. The error is
// a *DecodeError.
func DecodeMatch(b []byte) (Match, []byte, error) {
	r := &reader{b: b}
	m := r.match()
	return m, r.b, r.err
}

// match reads a match with its header and padding.
func (r *reader) match() Match {
	kind, n := r.u16(), int(r.u16())
	if r.err == nil && (kind != 1 || n < 4) {
		r.fail("a match has the kind %d and the length %d", kind, n)
	}
	content := r.take(n - 4)
	r.zeros(-n & 7)
	if r.err != nil {
		return nil
	}
	m, err := decodeFields(content)
	r.err = within("match", err)
	return m
}

// decodeFields reads fields until the bytes end.
func decodeFields(b []byte) (Match, error) {
	var m Match
	for len(b) > 0 {
		e, rest, err := decodeField(b)
		if err != nil {
			return nil, err
		}
		if err := m.put(e); err != nil {
			return nil, err
		}
		b = rest
	}
	return m, nil
}

// put asks for a field that was read.
func (m *Match) put(e MatchField) error {
	if e.Field == FieldNDReserved || e.Field == FieldNDOptionsType {
		return decodeErrorf("a match asks for %s, for which there is no text", e.Field)
	}
	if _, twice := m.asks(e.Field, e.Value, e.Mask); twice {
		return decodeErrorf("a match asks for %s twice", e.Field)
	}
	if e.Mask != e.Field.Mask() && !e.Field.Maskable() {
		return decodeErrorf("a match asks for a part of %s, which it cannot", e.Field)
	}
	if e.Field == FieldIPFrag && e.Value.Lo&3 == fragLater && e.Mask.Lo&fragAny != 0 {
		return decodeErrorf("a match asks for a later fragment that is no fragment")
	}
	if !e.Value.AndNot(e.Field.settable()).IsZero() {
		return decodeErrorf("%s has a value that is too large", e.Field)
	}
	m.Set(e.Field, e.Value, e.Mask)
	return nil
}

// settable has the bits that a value of the field may have.
func (f Field) settable() U128 {
	switch {
	case f == FieldVLANVID:
		return U64(vlanVID | vlanPresent)
	case f == FieldInPortOXM:
		return Ones(32)
	}
	return f.significant()
}
