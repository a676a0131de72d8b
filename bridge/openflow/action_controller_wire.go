package openflow

import "encoding/binary"

// The properties of a controller action.
const (
	controllerMaxLen = iota
	controllerID
	controllerReason
	controllerUserData
	controllerPause
	controllerMeter
)

func (a Controller) appendWire(b []byte, _ *TunnelMap) []byte {
	start := len(b)
	switch {
	case a.plain():
		return appendOutput(b, PortController, a.MaxLen)
	case !a.extended():
		b = put16(put16(extension(b, nxController), a.MaxLen), a.ID)
		return finish(append(b, byte(a.Reason), 0), start)
	}
	b = put0(extension(b, nxController2), 6)
	if a.MaxLen != MaxLenWhole {
		b = put0(put16(append(b, 0, controllerMaxLen, 0, 8), a.MaxLen), 2)
	}
	if a.ID != 0 {
		b = put0(put16(append(b, 0, controllerID, 0, 8), a.ID), 2)
	}
	if a.Reason != ReasonAction {
		b = append(b, 0, controllerReason, 0, 5, byte(a.Reason), 0, 0, 0)
	}
	if len(a.UserData) > 0 {
		property := len(b)
		b = append(append(b, 0, controllerUserData, 0, 0), a.UserData...)
		binary.BigEndian.PutUint16(b[property+2:], uint16(len(b)-property))
		b = pad8(b, property)
	}
	if a.Pause {
		b = append(b, 0, controllerPause, 0, 4, 0, 0, 0, 0)
	}
	if a.MeterID != 0 {
		b = put32(append(b, 0, controllerMeter, 0, 8), a.MeterID)
	}
	return finish(b, start)
}
