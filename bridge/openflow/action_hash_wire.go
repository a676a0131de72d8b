package openflow

// memberInPort is the kind of port that the members of a bundle are.
const memberInPort = 0x00000002

func (a Bundle) appendWire(b []byte, _ *TunnelMap) []byte {
	start := len(b)
	subtype := uint16(nxBundle)
	if a.Destination.Field != 0 {
		subtype = nxBundleLoad
	}
	b = put16(put16(extension(b, subtype), uint16(a.Algorithm)), uint16(a.Fields))
	b = put32(put16(b, a.Basis), memberInPort)
	b = put16(b, uint16(len(a.Members)))
	if a.Destination.Field != 0 {
		b = a.Destination.appendHeader(put16(b, a.Destination.position()))
		b = put0(b, 4)
	} else {
		b = put0(b, 10)
	}
	for _, p := range a.Members {
		b = put16(b, p.short())
	}
	return finish(b, start)
}

func (a Multipath) appendWire(b []byte, _ *TunnelMap) []byte {
	start := len(b)
	b = put16(put16(extension(b, nxMultipath), uint16(a.Fields)), a.Basis)
	b = put16(put0(b, 2), uint16(a.Algorithm))
	b = put32(put16(b, uint16(a.Links-1)), a.Argument)
	b = put16(put0(b, 2), a.Destination.position())
	return finish(a.Destination.appendHeader(b), start)
}
