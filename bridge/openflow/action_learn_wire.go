package openflow

import "encoding/binary"

// The flags of a learn action.
const (
	learnSendFlowRemoved = 1 << iota
	learnDeleteLearned
	learnWriteResult
)

// The bits of a part's header, above the number of bits.
const (
	learnBits      = 0x07ff
	learnImmediate = 1 << 13
	learnKindShift = 11
)

func (a Learn) appendWire(b []byte, _ *TunnelMap) []byte {
	start := len(b)
	extended := a.Limit != 0 || a.Result.Field != 0
	subtype := uint16(nxLearn)
	if extended {
		subtype = nxLearn2
	}
	b = put16(put16(extension(b, subtype), a.IdleTimeout), a.HardTimeout)
	b = put64(put16(b, a.Priority), a.Cookie)
	var flags uint16
	for i, set := range []bool{a.SendFlowRemoved, a.DeleteLearned, a.Result.Field != 0} {
		if set {
			flags |= 1 << i
		}
	}
	b = append(put16(b, flags), a.Table, 0)
	b = put16(put16(b, a.FinIdleTimeout), a.FinHardTimeout)
	if extended {
		b = put16(put32(b, a.Limit), a.Result.Offset)
		b = put0(b, 2)
		if a.Result.Field != 0 {
			b = a.Result.appendHeader(b)
		}
	}
	for i := range a.Specs {
		b = a.Specs[i].appendWire(b)
	}
	return finish(b, start)
}

func (s *LearnSpec) appendWire(b []byte) []byte {
	bits := s.Destination.Bits
	if s.Kind == LearnOutput {
		bits = s.Source.Bits
	}
	at := len(b)
	b = put16(b, uint16(s.Kind)<<learnKindShift|bits)
	if s.Source.Field == 0 {
		binary.BigEndian.PutUint16(b[at:], binary.BigEndian.Uint16(b[at:])|learnImmediate)
		b = s.Immediate.appendBig(b, 2*int((bits+15)/16))
	} else {
		b = put16(s.Source.appendHeader(b), s.Source.Offset)
	}
	if s.Kind != LearnOutput {
		b = put16(s.Destination.appendHeader(b), s.Destination.Offset)
	}
	return b
}
