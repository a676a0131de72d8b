package openflow

import "encoding/binary"

// header is the class, number, kind and length of a field on the wire.
func (e encoding) header(masked bool, size int) uint32 {
	h := uint32(e.class)<<16 | uint32(e.number)<<9
	if masked {
		return h | 1<<8 | uint32(2*size)
	}
	return h | uint32(size)
}

// preferred is the encoding of a field in what OpenFlow itself has: OpenFlow's if there is one.
func (f Field) preferred() encoding {
	if info := &fields[f]; info.oxm.name == "" {
		return info.nxm
	} else {
		return info.oxm
	}
}

// appendField appends a field with its value, and the mask unless it covers the field whole.
func (e *MatchField) appendField(b []byte, tunnel *TunnelMap) []byte {
	info := &fields[e.Field]
	size := info.size
	masked := e.Mask != e.Field.Mask()
	if e.Field.isTunnelMetadata() {
		size = e.tunnelSize(tunnel)
		n := tunnel.length(e.Field)
		masked = masked && (n == 0 || e.Mask != Ones(8*n))
	}
	b = put32(b, e.Field.preferred().header(masked, size))
	b = e.Value.appendBig(b, size)
	if masked {
		b = e.Mask.appendBig(b, size)
	}
	return b
}

// tunnelSize is the number of bytes for a tun_metadata field: as long as its option, or as the
// value or mask needs.
func (e *MatchField) tunnelSize(tunnel *TunnelMap) int {
	if n := tunnel.length(e.Field); n > 0 {
		return n
	}
	if e.Mask != e.Field.Mask() {
		return (e.Mask.Len() + 7) / 8
	}
	return (e.Value.Len() + 7) / 8
}

// appendHeader appends the header by which subfields name their field.
func (s Subfield) appendHeader(b []byte) []byte {
	return put32(b, s.Field.subfieldEncoding().header(false, fields[s.Field].size))
}

// position is the subfield's offset and number of bits as some actions have them in 16 bits.
func (s Subfield) position() uint16 { return s.Offset<<6 | (s.Bits-1)&0x3f }

// fieldHeader is a header that was read.
type fieldHeader struct {
	field  Field
	masked bool
	size   int // of the value
}

// decodeHeader reads the header of a field.
func decodeHeader(b []byte) (fieldHeader, error) {
	if len(b) < 4 {
		return fieldHeader{}, errTruncated
	}
	class := binary.BigEndian.Uint16(b)
	row := classIndex(class)
	var f Field
	if row >= 0 {
		f = byHeader[row][b[2]>>1]
	}
	if f == 0 {
		return fieldHeader{}, decodeErrorf("the field of class %#04x with the number %d is not known",
			class, b[2]>>1)
	}
	h := fieldHeader{field: f, masked: b[2]&1 != 0, size: int(b[3])}
	if h.masked {
		if h.size%2 != 0 {
			return fieldHeader{}, decodeErrorf("%s has a mask and an odd length", f)
		}
		h.size /= 2
	}
	if h.size != fields[f].size && (!f.isTunnelMetadata() || h.size > fields[f].size) {
		return fieldHeader{}, decodeErrorf("%s has %d bytes instead of %d", f, h.size, fields[f].size)
	}
	return h, nil
}

// decodeField reads a field with its value and mask, and returns what follows.
func decodeField(b []byte) (MatchField, []byte, error) {
	h, err := decodeHeader(b)
	if err != nil {
		return MatchField{}, nil, err
	}
	b = b[4:]
	e := MatchField{Field: h.field, Mask: h.field.Mask()}
	if len(b) < h.size || h.masked && len(b) < 2*h.size {
		return MatchField{}, nil, errTruncated
	}
	var fits bool
	if e.Value, fits = bigU128(b[:h.size]); !fits {
		return MatchField{}, nil, decodeErrorf("%s has a value of more than 128 bits", h.field)
	}
	b = b[h.size:]
	if h.masked {
		if e.Mask, fits = bigU128(b[:h.size]); !fits {
			return MatchField{}, nil, decodeErrorf("%s has a mask of more than 128 bits", h.field)
		}
		b = b[h.size:]
	}
	if !e.Value.AndNot(e.Mask).IsZero() {
		return MatchField{}, nil, decodeErrorf("%s has bits in its value that are not in its mask",
			h.field)
	}
	return e, b, nil
}

// decodeSubfield reads the header that names the field of a subfield, and checks the bits.
func decodeSubfield(header []byte, offset, bits int) (Subfield, error) {
	h, err := decodeHeader(header)
	if err != nil {
		return Subfield{}, err
	}
	if h.masked {
		return Subfield{}, decodeErrorf("a subfield of %s has a mask", h.field)
	}
	return newSubfield(h.field, offset, bits)
}

// decodePosition reads what position writes.
func decodePosition(header []byte, v uint16) (Subfield, error) {
	return decodeSubfield(header, int(v>>6), int(v&0x3f)+1)
}
