package openflow

func (a Resubmit) appendWire(b []byte, _ *TunnelMap) []byte {
	start := len(b)
	subtype := uint16(nxResubmitTable)
	if a.CT {
		subtype = nxResubmitTableCT
	}
	b = put16(extension(b, subtype), a.Port.short())
	return finish(append(b, a.Table, 0, 0, 0), start)
}

func (a Clone) appendWire(b []byte, tunnel *TunnelMap) []byte {
	start := len(b)
	b = put0(extension(b, nxClone), 6)
	return finish(AppendActions(b, a.Actions, tunnel), start)
}

func (a Conjunction) appendWire(b []byte, _ *TunnelMap) []byte {
	start := len(b)
	b = append(extension(b, nxConjunction), a.Clause-1, a.Clauses)
	return finish(put32(b, a.ID), start)
}

func (a Note) appendWire(b []byte, _ *TunnelMap) []byte {
	start := len(b)
	b = append(extension(b, nxNote), a.Data...)
	if len(a.Data) == 0 {
		b = put0(b, 6)
	}
	return finish(b, start)
}

func (a Exit) appendWire(b []byte, _ *TunnelMap) []byte {
	return finish(extension(b, nxExit), len(b))
}

func (a CheckPacketLarger) appendWire(b []byte, _ *TunnelMap) []byte {
	start := len(b)
	b = put16(extension(b, nxCheckPacketLarger), a.Length)
	b = a.Destination.appendHeader(put16(b, a.Destination.Offset))
	return finish(put0(b, 6), start)
}
