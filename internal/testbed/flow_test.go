package testbed

import (
	"testing"

	"github.com/stretchr/testify/require"
)

// Flows and conversations count what passes, and see what is lost while a switch is away.
func TestLossIsSeen(t *testing.T) {
	t.Parallel()
	b := newBed(t, Userspace)
	one, two := pair(t, b)
	flow, err := StartFlow(one, two, two.Addresses[0].Addr(), 4000)
	require.NoError(t, err)
	loss, err := flow.Finish()
	require.NoError(t, err)
	require.Zero(t, loss.Lost, loss)
	require.Zero(t, loss.Repeated, loss)
	require.Positive(t, loss.Sent)

	conversation, err := StartConversation(one, two, two.Addresses[1].Addr(), 80)
	require.NoError(t, err)
	flow, err = StartFlow(one, two, two.Addresses[1].Addr(), 4000)
	require.NoError(t, err)
	one.Hypervisor.Switch.Kill()
	require.NoError(t, one.Hypervisor.Switch.Start())
	loss, err = flow.Finish()
	require.NoError(t, err)
	require.Positive(t, loss.Lost, loss)
	require.Positive(t, loss.LongestGap, loss)
	exchanged, err := conversation.Finish()
	require.NoError(t, err, "TCP sends again what was lost")
	require.Positive(t, exchanged)
}

// Machines that are not namespaces have no kernel to talk with.
func TestFlowNeedsNamespaces(t *testing.T) {
	_, err := StartFlow(&VM{}, &VM{}, linkLocal([]byte{2, 0, 0, 0, 0, 1}), 1)
	require.ErrorContains(t, err, "needs machines with namespaces")
	_, err = StartConversation(&VM{}, &VM{}, linkLocal([]byte{2, 0, 0, 0, 0, 1}), 1)
	require.ErrorContains(t, err, "needs machines with namespaces")
}

// The interface identifier is the one of RFC 4291, appendix A.
func TestLinkLocal(t *testing.T) {
	require.Equal(t, "fe80::36:56ff:fe78:9abc",
		linkLocal([]byte{0x02, 0x36, 0x56, 0x78, 0x9a, 0xbc}).String())
	require.Equal(t, "fe80::3456:78ff:fe9a:bcde",
		linkLocal([]byte{0x36, 0x56, 0x78, 0x9a, 0xbc, 0xde}).String())
}
