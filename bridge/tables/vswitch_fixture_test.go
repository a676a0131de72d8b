package tables_test

import (
	"fmt"
	"sort"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"woven/internal/ovsdbtest"
	"woven/internal/sessiontest"
)

// hypervisor is a world with the Open_vSwitch database of one, and wishes.
type hypervisor struct {
	*sessiontest.World
	t testing.TB
}

func newHypervisor(t testing.TB) *hypervisor {
	w := sessiontest.New(t, vswitchProgram,
		sessiontest.Schema{Prefix: "in", Path: ovsdbtest.Schema(t, wishSchema)},
		sessiontest.Schema{Prefix: "ovs", Path: "/usr/share/openvswitch/vswitch.ovsschema"})
	h := &hypervisor{World: w, t: t}
	h.vsctl("init")
	return h
}

// vsctl runs ovs-vsctl, which is the other user of the database.
func (h *hypervisor) vsctl(arguments ...string) string {
	h.t.Helper()
	return strings.TrimSpace(ovsdbtest.Run(h.t, "ovs-vsctl", append([]string{
		"--no-wait", "--db=" + h.Server("ovs").Unix()}, arguments...)...))
}

func wished(kind, name, value string) op {
	return op{"op": "insert", "table": "Wish", "row": row{"kind": kind, "name": name, "value": value}}
}

func unwished(kind, name string) op {
	return op{"op": "delete", "table": "Wish", "where": []any{[]any{"kind", "==", kind},
		[]any{"name", "==", name}}}
}

// wish changes what is wished for, and waits until it is so.
func (h *hypervisor) wish(ops ...op) {
	h.t.Helper()
	h.Transact("in", ops...)
	h.Settle()
}

// switches renders the bridges with their ports, interfaces and notes, one line each, sorted.
func (h *hypervisor) switches() []string {
	h.t.Helper()
	ports, interfaces := h.Rows("ovs", "Port"), h.Rows("ovs", "Interface")
	var lines []string
	for _, b := range h.Rows("ovs", "Bridge") {
		name := fmt.Sprint(b["name"])
		lines = append(lines, strings.TrimSpace(fmt.Sprintf("%s %s %s", name,
			sessiontest.Canonical(b["fail_mode"]), sessiontest.Canonical(b["external_ids"]))))
		for _, p := range sessiontest.Elements(b["ports"]) {
			for _, i := range sessiontest.Elements(ports[p]["interfaces"]) {
				require.Equal(h.t, ports[p]["name"], interfaces[i]["name"])
				lines = append(lines, fmt.Sprintf("%s/%v %v %s %s %s", name, ports[p]["name"],
					interfaces[i]["type"], sessiontest.Canonical(interfaces[i]["options"]),
					sessiontest.Canonical(ports[p]["external_ids"]),
					sessiontest.Canonical(interfaces[i]["external_ids"])))
			}
		}
	}
	sort.Strings(lines)
	return lines
}
