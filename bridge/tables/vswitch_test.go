package tables_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"woven/internal/sessiontest"
)

// A bridge comes with its port and interface and the reference to it, in one transaction. What
// is there already is adopted.
func TestBridgeComesWhole(t *testing.T) {
	h := newHypervisor(t)
	h.vsctl("add-br", "br-other")
	h.Start()
	h.Settle()
	h.wish(wished("bridge", "br-int", ""), wished("tunnel", "ovn-a", "10.0.0.1"))
	require.Equal(t, 1, h.Written("ovs").Transactions)
	require.Equal(t, []string{"br-int secure []", "br-int/br-int internal [] [] []",
		"br-int/ovn-a geneve [remote_ip:10.0.0.1] [ovn-chassis-id:10.0.0.1] []", "br-other [] []",
		"br-other/br-other internal [] [] []"}, h.switches())

	h.wish(wished("bridge", "br-other", ""))
	require.Contains(t, h.switches(), "br-other secure []")
	require.Len(t, h.Rows("ovs", "Bridge"), 2)
	require.Len(t, h.Rows("ovs", "Port"), 3)
	require.Equal(t, 2, h.Written("ovs").Transactions)

	h.wish(wished("tunnel", "ovn-b", "10.0.0.2"))
	require.Equal(t, 3, h.Written("ovs").Transactions)
	before := h.switches()
	require.Contains(t, before, "br-int/ovn-b geneve [remote_ip:10.0.0.2] [ovn-chassis-id:10.0.0.2] []")

	h.Start()
	h.Settle()
	require.Zero(t, h.Written("ovs").Transactions)
	h.vsctl("del-br", "br-int")
	h.Settle()
	require.Equal(t, before, h.switches())
	require.Empty(t, h.Problems())
}

// ports lists the ports of a bridge, but for its own.
func (h *hypervisor) ports(bridge string) []string {
	h.t.Helper()
	return strings.Fields(h.vsctl("list-ports", bridge))
}

// What is not wanted any more stays until it is dropped; nothing of others' is touched.
func TestOnlyDroppedPortsGo(t *testing.T) {
	h := newHypervisor(t)
	h.Start()
	h.wish(wished("bridge", "br-int", ""), wished("tunnel", "ovn-a", "10.0.0.1"),
		wished("tunnel", "ovn-b", "10.0.0.2"))
	h.vsctl("add-port", "br-int", "vif1", "--", "add-port", "br-int", "vif2", "--",
		"add-br", "br-old", "--", "add-port", "br-old", "vif3", "--",
		"add-port", "br-old", "ovn-z", "--", "set", "Port", "ovn-z", "external_ids:ovn-chassis-id=z")
	h.Settle()
	require.Equal(t, []string{"vif3"}, h.ports("br-old"), "the stale tunnel is gone, though nobody "+
		"wants that bridge")

	h.wish(unwished("tunnel", "ovn-a"))
	require.Equal(t, []string{"ovn-b", "vif1", "vif2"}, h.ports("br-int"))
	require.NotContains(t, h.vsctl("list", "Interface"), "ovn-a")
	h.wish(wished("drop", "vif1", ""), wished("drop", "nobody", ""))
	require.Equal(t, []string{"ovn-b", "vif2"}, h.ports("br-int"))
	h.vsctl("add-port", "br-old", "vif1")
	h.Settle()
	require.Equal(t, []string{"vif3"}, h.ports("br-old"))
	h.wish(unwished("drop", "vif1"))
	h.vsctl("add-port", "br-old", "vif1")
	h.Settle()
	require.Equal(t, []string{"vif1", "vif3"}, h.ports("br-old"))

	h.wish(unwished("bridge", "br-int"))
	h.vsctl("clear", "Bridge", "br-int", "fail_mode")
	h.Settle()
	require.Equal(t, []string{"ovn-b", "vif2"}, h.ports("br-int"))
	require.Contains(t, h.switches(), "br-int [] []")
	require.Empty(t, h.Problems())
}

// A row that is both wanted and dropped is replaced, in one transaction: the new one has the same
// unique name.
func TestDroppedRowIsReplaced(t *testing.T) {
	h := newHypervisor(t)
	h.Start()
	h.wish(wished("bridge", "br-int", ""), wished("tunnel", "ovn-a", "10.0.0.1"))
	before, transactions := h.vsctl("get", "Port", "ovn-a", "_uuid"), h.Written("ovs").Transactions
	h.wish(unwished("tunnel", "ovn-a"), wished("tunnel", "ovn-a", "10.0.0.2"))
	require.NotEqual(t, before, h.vsctl("get", "Port", "ovn-a", "_uuid"))
	require.Equal(t, transactions+1, h.Written("ovs").Transactions)
	require.Equal(t, []string{"br-int secure []", "br-int/br-int internal [] [] []",
		"br-int/ovn-a geneve [remote_ip:10.0.0.2] [ovn-chassis-id:10.0.0.2] []"}, h.switches())
	h.Start()
	h.Settle()
	require.Zero(t, h.Written("ovs").Transactions)
}

// Of a shared set or map only what is wanted or dropped changes, and what is both is wanted.
func TestSharedElements(t *testing.T) {
	h := newHypervisor(t)
	h.Start()
	h.wish(wished("bridge", "br-int", ""))
	h.vsctl("set", "Bridge", "br-int", "protocols=OpenFlow10,OpenFlow13", "--",
		"set", "Open_vSwitch", ".", "other_config:idx-a=1", "other_config:idx-b=2", "other_config:x=y")
	look := func() string {
		for _, b := range h.Rows("ovs", "Bridge") {
			for _, o := range h.Rows("ovs", "Open_vSwitch") {
				return sessiontest.Canonical(b["protocols"]) + sessiontest.Canonical(o["other_config"])
			}
		}
		return ""
	}
	h.wish(wished("protocol", "OpenFlow15", ""), wished("idx", "c", "3"))
	require.Equal(t, "[OpenFlow10 OpenFlow13 OpenFlow15][idx-a:1 idx-b:2 idx-c:3 x:y]", look())
	h.wish(unwished("protocol", "OpenFlow15"), unwished("idx", "c"))
	require.Equal(t, "[OpenFlow10 OpenFlow13 OpenFlow15][idx-a:1 idx-b:2 idx-c:3 x:y]", look())
	h.wish(wished("no protocol", "OpenFlow13", ""), wished("no protocol", "OpenFlow12", ""),
		wished("no idx", "b", ""), wished("idx", "a", "4"))
	require.Equal(t, "[OpenFlow10 OpenFlow15][idx-a:4 idx-c:3 x:y]", look())
	h.vsctl("set", "Bridge", "br-int", "protocols=OpenFlow13")
	h.Settle()
	require.Equal(t, "[][idx-a:4 idx-c:3 x:y]", look())
	h.wish(wished("protocol", "OpenFlow13", ""), wished("idx", "b", "5"))
	require.Equal(t, "OpenFlow13[idx-a:4 idx-b:5 idx-c:3 x:y]", look())
	h.wish(unwished("protocol", "OpenFlow13"), unwished("idx", "b"))
	require.Equal(t, "[][idx-a:4 idx-c:3 x:y]", look())
	require.Empty(t, h.Problems())
}

// Keys with a prefix are ours, others stay, and a change of one costs the same among many.
func TestKeysWithAPrefix(t *testing.T) {
	h := newHypervisor(t)
	h.vsctl("add-br", "br-int", "--", "set", "Bridge", "br-int", "external_ids:ct-zone-old=1",
		"external_ids:ct-zon=2", "external_ids:ovn-nb-cfg=3", "external_ids:ovn-nb-cfg-ts=4")
	h.Start()
	h.wish(wished("bridge", "br-int", ""), wished("zone", "a", "7"))
	notes := func() string {
		for _, b := range h.Rows("ovs", "Bridge") {
			return sessiontest.Canonical(b["external_ids"])
		}
		return ""
	}
	require.Equal(t, "[ct-zon:2 ct-zone-a:7 ovn-nb-cfg-ts:4]", notes())
	h.vsctl("set", "Bridge", "br-int", "external_ids:ct-zone-b=8", "external_ids:x=y",
		"external_ids:ct-zone-a=9")
	h.Settle()
	require.Equal(t, "[ct-zon:2 ct-zone-a:7 ovn-nb-cfg-ts:4 x:y]", notes())

	change := func(value string) int {
		before := h.Written("ovs")
		h.wish(unwished("zone", "a"), wished("zone", "a", value))
		require.Equal(t, before.Operations+1, h.Written("ovs").Operations)
		return h.Written("ovs").Bytes - before.Bytes
	}
	few := change("11")
	var many []op
	for i := range 500 {
		many = append(many, wished("zone", fmt.Sprint("z", i), fmt.Sprint(i)))
	}
	h.wish(many...)
	require.Equal(t, few, change("12"))
	h.wish(unwished("zone", "a"), unwished("zone", "z7"))
	require.NotContains(t, notes(), "ct-zone-a:")
	require.NotContains(t, notes(), "ct-zone-z7:")
	require.Contains(t, notes(), "ct-zone-z8:8")
}

// A row of others that is only annotated keeps everything else. While the handle is wanted and
// the note is not, the note goes; a row that no handle means any more is not touched at all.
func TestAnnotatedInterface(t *testing.T) {
	h := newHypervisor(t)
	h.vsctl("add-br", "br-int", "--", "add-port", "br-int", "vif1", "--", "set", "Interface", "vif1",
		"type=internal", "options:x=y", "external_ids:iface-id=vm1", "external_ids:ovn-installed-ts=1")
	h.Start()
	h.Settle()
	vif := func() string { return strings.Join(h.switches(), "\n") }
	require.Contains(t, vif(), "vif1 internal [x:y] [] [iface-id:vm1 ovn-installed-ts:1]")
	h.wish(wished("installed", "vif1", ""), wished("installed", "vif2", ""))
	require.Contains(t, vif(), "vif1 internal [x:y] [] [iface-id:vm1 ovn-installed:true]")
	h.vsctl("set", "Interface", "vif1", "external_ids:ovn-installed=false", "external_ids:a=b",
		"--", "add-port", "br-int", "vif2")
	h.Settle()
	require.Contains(t, vif(), "vif1 internal [x:y] [] [a:b iface-id:vm1 ovn-installed:true]")
	require.Contains(t, vif(), "vif2  [] [] [ovn-installed:true]")
	h.wish(unwished("installed", "vif1"))
	require.Contains(t, vif(), "vif1 internal [x:y] [] [a:b iface-id:vm1]")
	written := h.Written("ovs").Transactions
	h.vsctl("set", "Interface", "vif1", "external_ids:ovn-installed-ts=3", "--", "del-port", "vif2")
	h.Settle()
	require.Contains(t, vif(), "vif1 internal [x:y] [] [a:b iface-id:vm1 ovn-installed-ts:3]")
	require.Equal(t, written, h.Written("ovs").Transactions)
	require.Empty(t, h.Problems())
}
