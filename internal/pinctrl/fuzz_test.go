package pinctrl

import (
	"testing"

	"woven/bridge/openflow"
)

// Whatever packets and data are, they are handled or refused.
func FuzzHandle(f *testing.F) {
	for op := range handlers {
		for _, packet := range [][]byte{solicitation(f), nil} {
			in := packetIn(op, packet, []byte{0, 6, 'a'})
			f.Add(in.Packet, in.UserData)
		}
	}
	f.Fuzz(func(t *testing.T, packet, data []byte) {
		// The error is of no interest: that there is no panic is.
		_ = handle(&openflow.PacketIn{Packet: packet, UserData: data}, &recorder{})
	})
}
