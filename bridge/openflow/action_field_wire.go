package openflow

func (a SetField) appendWire(b []byte, tunnel *TunnelMap) []byte {
	start := len(b)
	e := MatchField(a)
	return finish(e.appendField(standard(b, actionSetField), tunnel), start)
}

func (a Move) appendWire(b []byte, _ *TunnelMap) []byte {
	start := len(b)
	b = put16(standard(b, actionCopyField), a.Source.Bits)
	b = put16(put16(b, a.Source.Offset), a.Destination.Offset)
	b = put0(b, 2)
	b = put32(b, a.Source.Field.preferred().header(false, fields[a.Source.Field].size))
	b = put32(b, a.Destination.Field.preferred().header(false, fields[a.Destination.Field].size))
	return finish(b, start)
}

func (a Push) appendWire(b []byte, _ *TunnelMap) []byte {
	return appendStack(b, nxPush, a.Source)
}

func (a Pop) appendWire(b []byte, _ *TunnelMap) []byte {
	return appendStack(b, nxPop, a.Destination)
}

func appendStack(b []byte, subtype uint16, s Subfield) []byte {
	start := len(b)
	b = s.appendHeader(put16(extension(b, subtype), s.Offset))
	return finish(put0(put16(b, s.Bits), 6), start)
}

func (a DeleteField) appendWire(b []byte, _ *TunnelMap) []byte {
	start := len(b)
	b = Whole(a.Field).appendHeader(extension(b, nxDeleteField))
	return finish(put0(b, 10), start)
}
