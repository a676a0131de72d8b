package openflow

import "strings"

// ParseSubfield reads a field, or a part of one, by any of the field's names: NXM_NX_REG0[0..7],
// reg0[3], reg0[] or reg0. The error is a *ParseError.
func ParseSubfield(text string) (Subfield, error) { return parseSubfield(piece{text, 0}) }

func parseSubfield(p piece) (Subfield, error) {
	name, bits, bracket := p.cutByte('[')
	f := byFieldName[name.text]
	if f == 0 {
		return Subfield{}, name.errorf("no field has this name: they are in ovs-fields(7)")
	}
	if !bracket {
		return wholeField(p, f)
	}
	if !strings.HasSuffix(bits.text, "]") {
		return Subfield{}, p.errorf("a closing bracket is missing")
	}
	bits = bits.to(len(bits.text) - 1)
	if bits.text == "" {
		return wholeField(p, f)
	}
	first, last, isRange := bits.cut("..")
	low, err := first.number(1023)
	if err != nil {
		return Subfield{}, err
	}
	high := low
	if isRange {
		if high, err = last.number(1023); err != nil {
			return Subfield{}, err
		}
	}
	s, err := newSubfield(f, int(low), int(high)-int(low)+1)
	if err != nil {
		return Subfield{}, p.errorf("%s", err)
	}
	return s, nil
}

func wholeField(p piece, f Field) (Subfield, error) {
	s, err := newSubfield(f, 0, f.Bits())
	if err != nil {
		return Subfield{}, p.errorf("%s", err)
	}
	return s, nil
}
