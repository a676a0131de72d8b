package pinctrl

import (
	"math/rand/v2"
	"testing"

	"woven/bridge/openflow"
)

// Whatever packets and data are, they are handled or refused.
func FuzzHandle(f *testing.F) {
	for op := range handlers {
		for _, packet := range samples(f, rand.New(rand.NewPCG(1, 2)))[:21] {
			in := packetIn(op, packet, []byte{0, 6, 'a'})
			f.Add(in.Packet, in.UserData)
		}
	}
	f.Fuzz(func(t *testing.T, packet, data []byte) {
		// The error is of no interest: that there is no panic is.
		_ = handle(&openflow.PacketIn{Packet: packet, UserData: data}, &recorder{})
	})
}
