package tables_test

import (
	"encoding/json"
	"fmt"
	"net"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// send sends a transaction and does not wait for its answer.
func send(t *testing.T, connection net.Conn, database string, ops ...op) {
	t.Helper()
	params := []any{database}
	for _, o := range ops {
		params = append(params, o)
	}
	message, err := json.Marshal(map[string]any{"id": 1, "method": "transact", "params": params})
	require.NoError(t, err)
	_, err = connection.Write(message)
	require.NoError(t, err)
}

// meanwhile has a server take in at once what another client and, for the wishes, the session
// wrote without knowing of each other.
func (h *hypervisor) meanwhile(t *testing.T, connection net.Conn, prefix, database string,
	others []op, wishes ...op) {
	written := h.Written(prefix).Transactions
	server := h.Server(prefix)
	server.Freeze()
	send(t, connection, database, others...)
	h.Transact("in", wishes...)
	h.Eventually("the session writes", func() bool { return h.Written(prefix).Transactions > written })
	server.Thaw()
	h.Settle()
}

// connections runs a test with a client that the server knows before the session, and with one
// that it knows after it, since that decides whom it hears first.
func connections(t *testing.T, h *hypervisor, prefix string, run func(net.Conn)) {
	dial := func() net.Conn {
		connection, err := net.Dial("unix", h.Server(prefix).Socket())
		require.NoError(t, err)
		t.Cleanup(func() { connection.Close() })
		return connection
	}
	before := dial()
	send(t, before, "_Server")
	h.Start()
	h.Settle()
	run(before)
	run(dial())
}

// A claim of another that comes at the same moment as our release is not cleared by it.
func TestReleaseLosesToAClaim(t *testing.T) {
	c := newCluster(t)
	theOther := []any{"uuid", c.other}
	connections(t, c.hypervisor, "sb", func(connection net.Conn) {
		c.wish(wished("claim", "p1", ""))
		require.Equal(t, "us up true", c.port())
		c.meanwhile(t, connection, "sb", "OVN_Southbound",
			[]op{c.setting(row{"chassis": theOther, "up": true})}, unwished("claim", "p1"))
		require.Equal(t, "other up true", c.port())
		c.set(row{"chassis": []any{"set", []any{}}})
	})
}

// A bridge that another inserts at the same moment is adopted.
func TestSameBridgeTwice(t *testing.T) {
	h := newHypervisor(t)
	insert := func(table, id string, values row) op {
		values["name"] = "br-int"
		return op{"op": "insert", "table": table, "uuid-name": id, "row": values}
	}
	connections(t, h, "ovs", func(connection net.Conn) {
		h.meanwhile(t, connection, "ovs", "Open_vSwitch", []op{
			insert("Interface", "i", row{"type": "internal"}),
			insert("Port", "p", row{"interfaces": []any{"named-uuid", "i"}}),
			insert("Bridge", "b", row{"ports": []any{"named-uuid", "p"}}),
			{"op": "mutate", "table": "Open_vSwitch", "where": []any{}, "mutations": []any{
				[]any{"bridges", "insert", []any{"named-uuid", "b"}}}}}, wished("bridge", "br-int", ""))
		require.Equal(t, []string{"br-int secure []", "br-int/br-int internal [] [] []"}, h.switches())
		require.Empty(t, h.Problems())
		h.wish(unwished("bridge", "br-int"))
		h.vsctl("del-br", "br-int")
		h.Settle()
	})
}

// Ports that others add while we add and drop ours are there afterwards, and so are ours.
func TestOthersAddPortsMeanwhile(t *testing.T) {
	h := newHypervisor(t)
	h.Start()
	h.wish(wished("bridge", "br-int", ""))
	var want []string
	for i := range 25 {
		tunnel, vif := fmt.Sprintf("ovn-%02d", i), fmt.Sprintf("vif%02d", i)
		h.Transact("in", wished("tunnel", tunnel, fmt.Sprint("10.0.0.", i)))
		h.vsctl("add-port", "br-int", vif)
		want = append(want, vif)
		if i >= 3 {
			h.Transact("in", unwished("tunnel", fmt.Sprintf("ovn-%02d", i-3)))
		}
		if i%5 == 4 {
			h.vsctl("del-port", vif)
			want = want[:len(want)-1]
		}
	}
	h.Settle()
	require.Equal(t, append([]string{"ovn-22", "ovn-23", "ovn-24"}, want...), h.ports("br-int"))
	require.Empty(t, h.Problems())
	require.Equal(t, 1, strings.Count(h.vsctl("list-br"), "br-int"))
}
