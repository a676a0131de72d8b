package openflow

func (a Sample) appendWire(b []byte, _ *TunnelMap) []byte {
	start := len(b)
	subtype := uint16(nxSample)
	switch {
	case a.Direction != SampleDefault:
		subtype = nxSample3
	case a.SamplingPort != 0:
		subtype = nxSample2
	}
	b = put16(extension(b, subtype), a.Probability)
	b = put32(put32(put32(b, a.CollectorSet), a.ObservationDomain), a.ObservationPoint)
	if subtype != nxSample {
		port := a.SamplingPort
		if port == 0 {
			port = PortAny
		}
		b = append(put16(b, port.short()), byte(a.Direction))
	}
	return finish(b, start)
}
