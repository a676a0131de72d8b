package openflow

func (a Output) appendWire(b []byte, _ *TunnelMap) []byte { return appendOutput(b, a.Port, 0) }

func appendOutput(b []byte, p Port, maxLen uint16) []byte {
	b = put32(append(b, 0, actionOutput, 0, 16), uint32(p))
	return put0(put16(b, maxLen), 6)
}

func (a OutputField) appendWire(b []byte, _ *TunnelMap) []byte {
	start := len(b)
	b = put16(extension(b, nxOutputField), a.Source.position())
	b = put16(a.Source.appendHeader(b), MaxLenWhole)
	return finish(b, start)
}

func (a OutputTruncated) appendWire(b []byte, _ *TunnelMap) []byte {
	start := len(b)
	b = put16(extension(b, nxOutputTruncated), a.Port.short())
	return finish(put32(b, a.MaxLen), start)
}

func (a OutputGroup) appendWire(b []byte, _ *TunnelMap) []byte {
	return short32(b, actionGroup, a.ID)
}

func (a SetQueue) appendWire(b []byte, _ *TunnelMap) []byte {
	return short32(b, actionSetQueue, a.Queue)
}

func (a PopQueue) appendWire(b []byte, _ *TunnelMap) []byte {
	return finish(extension(b, nxPopQueue), len(b))
}

func (a ApplyMeter) appendWire(b []byte, _ *TunnelMap) []byte {
	return short32(b, actionMeter, a.ID)
}
