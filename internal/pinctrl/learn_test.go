package pinctrl

import (
	"testing"

	"github.com/stretchr/testify/require"

	"woven/bridge/openflow"
)

// What is learnt is where the packet came from, by the registers of the packet.
func TestLearn(t *testing.T) {
	packet := datagram(t, 4, 0)
	copy(packet[6:], []byte{0x02, 0xab, 0, 0, 0, 0xcd})
	in := packetIn(25, packet, nil)
	in.Metadata.SetExact(openflow.FieldMetadata, openflow.U64(5))
	require.ErrorIs(t, handle(in, &recorder{}), errNoPlace, "without a port")
	in.Metadata.SetExact(openflow.Reg(14), openflow.U64(3))
	r := &recorder{}
	require.NoError(t, handle(in, r))
	require.Equal(t, map[place]uint64{{5, "02:ab:00:00:00:cd"}: 3}, r.learned)
}
