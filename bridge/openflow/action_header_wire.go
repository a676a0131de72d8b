package openflow

func (a PushVLAN) appendWire(b []byte, _ *TunnelMap) []byte {
	return short16(b, actionPushVLAN, a.EtherType)
}

func (a PopVLAN) appendWire(b []byte, _ *TunnelMap) []byte { return short16(b, actionPopVLAN, 0) }

func (a PushMPLS) appendWire(b []byte, _ *TunnelMap) []byte {
	return short16(b, actionPushMPLS, a.EtherType)
}

func (a PopMPLS) appendWire(b []byte, _ *TunnelMap) []byte {
	return short16(b, actionPopMPLS, a.EtherType)
}

func (a DecTTL) appendWire(b []byte, _ *TunnelMap) []byte { return short16(b, actionDecTTL, 0) }

func (a DecTTLFor) appendWire(b []byte, _ *TunnelMap) []byte {
	start := len(b)
	b = put0(put16(extension(b, nxDecTTLFor), uint16(len(a.Controllers))), 4)
	for _, id := range a.Controllers {
		b = put16(b, id)
	}
	return finish(b, start)
}

func (a SetTTL) appendWire(b []byte, _ *TunnelMap) []byte {
	return short16(b, actionSetTTL, uint16(a.TTL)<<8)
}

func (a DecMPLSTTL) appendWire(b []byte, _ *TunnelMap) []byte {
	return short16(b, actionDecMPLSTTL, 0)
}

func (a SetMPLSTTL) appendWire(b []byte, _ *TunnelMap) []byte {
	return short16(b, actionSetMPLSTTL, uint16(a.TTL)<<8)
}
