package openflow

import "encoding/binary"

// reader takes apart bytes. After the first thing that is wrong, everything it reads is 0, and err
// says what was wrong.
type reader struct {
	b   []byte
	err error
}

// take is the next n bytes.
func (r *reader) take(n int) []byte {
	if r.err == nil && n > len(r.b) {
		r.err = errTruncated
	}
	if r.err != nil {
		return nil
	}
	taken := r.b[:n]
	r.b = r.b[n:]
	return taken
}

func (r *reader) u8() uint8 {
	if b := r.take(1); b != nil {
		return b[0]
	}
	return 0
}

func (r *reader) u16() uint16 {
	if b := r.take(2); b != nil {
		return binary.BigEndian.Uint16(b)
	}
	return 0
}

func (r *reader) u32() uint32 {
	if b := r.take(4); b != nil {
		return binary.BigEndian.Uint32(b)
	}
	return 0
}

func (r *reader) u64() uint64 {
	if b := r.take(8); b != nil {
		return binary.BigEndian.Uint64(b)
	}
	return 0
}

// fail says what is wrong, unless something was before.
func (r *reader) fail(format string, args ...any) {
	if r.err == nil {
		r.err = decodeErrorf(format, args...)
	}
}

// zeros passes over n bytes, which have to be 0.
func (r *reader) zeros(n int) {
	for _, c := range r.take(n) {
		if c != 0 {
			r.fail("bytes that should be 0 are not")
		}
	}
}

// end checks that nothing is left but padding, and returns what was wrong.
func (r *reader) end() error {
	if len(r.b) >= 8 {
		r.fail("%d bytes too many", len(r.b))
	}
	r.zeros(len(r.b))
	return r.err
}

// subfield reads the header of a field, of which it is the given bits.
func (r *reader) subfield(offset, bits int) Subfield {
	header := r.take(4)
	if r.err != nil {
		return Subfield{}
	}
	s, err := decodeSubfield(header, offset, bits)
	r.err = err
	return s
}

// positioned reads the header of a field, of which it is the bits of a position.
func (r *reader) positioned(v uint16) Subfield { return r.subfield(int(v>>6), int(v&0x3f)+1) }

// port reads a port of 32 bits.
func (r *reader) port() Port {
	p := Port(r.u32())
	if !p.valid() {
		r.fail("no port has the number %d", p)
	}
	return p
}
