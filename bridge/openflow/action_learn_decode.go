package openflow

import "encoding/binary"

func decodeLearn(r *reader, extended bool) (Action, error) {
	a := Learn{IdleTimeout: r.u16(), HardTimeout: r.u16(), Priority: r.u16(), Cookie: r.u64()}
	flags := r.u16()
	a.SendFlowRemoved = flags&learnSendFlowRemoved != 0
	a.DeleteLearned = flags&learnDeleteLearned != 0
	a.Table = r.u8()
	r.zeros(1)
	a.FinIdleTimeout, a.FinHardTimeout = r.u16(), r.u16()
	known := uint16(learnSendFlowRemoved | learnDeleteLearned)
	if extended {
		known |= learnWriteResult
		a.Limit = r.u32()
		offset := r.u16()
		r.zeros(2)
		if flags&learnWriteResult != 0 {
			a.Result = r.subfield(int(offset), 1)
		}
	}
	if flags&^known != 0 {
		r.fail("the flags %#04x of learn are not known", flags)
	}
	for r.err == nil && len(r.b) >= 2 {
		header := r.u16()
		if header == 0 {
			break
		}
		a.Specs = append(a.Specs, r.learnSpec(header))
	}
	return a, within("learn", r.end())
}

// learnSpec reads a part of a learn action behind its header.
func (r *reader) learnSpec(header uint16) LearnSpec {
	bits := int(header & learnBits)
	s := LearnSpec{Kind: LearnKind(header >> learnKindShift & 3)}
	if s.Kind > LearnOutput || header>>14 != 0 || bits == 0 {
		r.fail("a part of learn with the header %#04x is not known", header)
		return s
	}
	if header&learnImmediate != 0 {
		v, fits := bigU128(r.take(2 * ((bits + 15) / 16)))
		if !fits || v.Len() > bits || s.Kind == LearnOutput {
			r.fail("a value in learn does not fit into %d bits", bits)
		}
		s.Immediate = v
	} else {
		s.Source = r.learnField(bits)
	}
	if s.Kind != LearnOutput {
		s.Destination = r.learnField(bits)
	}
	return s
}

// learnField reads a field and the offset of its bits.
func (r *reader) learnField(bits int) Subfield {
	header, offset := r.take(4), r.take(2)
	if r.err != nil {
		return Subfield{}
	}
	s, err := decodeSubfield(header, int(binary.BigEndian.Uint16(offset)), bits)
	r.err = err
	return s
}
