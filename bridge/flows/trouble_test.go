package flows_test

import (
	"encoding/binary"
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"woven/bridge/openflow"
)

var errTableFull = &openflow.Error{Type: 5, Code: 1}

// A switch that refuses bundles without saying why is asked in halves.
func TestUnnamedCulprits(t *testing.T) {
	f := newFake(t)
	f.refuseBundle = func(flows map[string]string) bool {
		for key := range flows {
			if strings.HasPrefix(key, "1 666") {
				return true
			}
		}
		return false
	}
	w := newWorld(t, f.remote)
	w.edit(func(e edit) {
		e.put("put_ready", 1)
		many(e, 3000)
		e.put("put_flow", 1, 666, "", "drop", 0)
		e.put("put_flow", 1, 666, "ip", "drop", 1)
	})
	w.settle()
	require.Len(t, f.list(), 3000)
	w.wantReasons("Logical_Flow 00000001 table=1,priority=666,ip: the switch refuses it: OFPBFC_MSG_FAILED",
		"flow 00000000 table=1,priority=666: the switch refuses it: OFPBFC_MSG_FAILED")
	require.Less(t, w.counter("openflow_bundles_refused"), uint64(40))
}

// isExperimenter reports whether a message is one of Open vSwitch's own of a type.
func isExperimenter(kind openflow.MessageType, m []byte, want openflow.ExperimenterType) bool {
	return kind == openflow.TypeExperimenter && binary.BigEndian.Uint32(m[12:]) == uint32(want)
}

// What is refused beside flows is told, and holds up nothing.
func TestRefusedFlushAndDeletion(t *testing.T) {
	f := newFake(t)
	f.refuse = func(kind openflow.MessageType, m []byte) (*openflow.Error, bool) {
		if isExperimenter(kind, m, openflow.TypeCTFlushZone) {
			return openflow.ErrBadExperimenterType, false
		}
		if kind == openflow.TypeMultipartRequest && m[9] == byte(openflow.MultipartMeters) {
			return openflow.ErrBadType, false // a switch without meters
		}
		if mod, err := openflow.DecodeFlowMod(m); err == nil && mod.Command == openflow.FlowDeleteStrict {
			return errTableFull, false
		}
		return nil, false
	}
	w := newWorld(t, f.remote)
	w.edit(func(e edit) {
		e.put("put_ready", 1)
		e.put("put_flush", 7, "u")
		e.put("put_flow", 1, 1, "", "drop", 0)
		e.put("put_flow", 1, 2, "", "drop", 0)
	})
	w.settle()
	w.wantReasons("ct_flush 00000000 zone 7: the switch refuses it: OFPBRC_BAD_SUBTYPE")
	w.drop("put_flow", 1, 1, "", "drop", 0)
	w.settle()
	w.put("put_flow", 1, 1, "", "output:1", 0)
	w.settle()
	require.Equal(t, []string{"1 1  output:1", "1 2  drop"}, f.list())
}

// What a switch did not confirm before the connection was lost is done on the next one.
func TestLostInFlight(t *testing.T) {
	f := newFake(t)
	w := newWorld(t, f.remote)
	w.edit(func(e edit) {
		e.put("put_ready", 1)
		e.put("put_flow", 1, 1, "", "drop", 0)
	})
	w.settle()
	for i, at := range []openflow.MessageType{openflow.TypeBundleControl, openflow.TypeFlowMod,
		openflow.TypeBarrierRequest} {
		f.set(func() {
			f.refuse = func(kind openflow.MessageType, _ []byte) (*openflow.Error, bool) {
				if kind != at {
					return nil, false
				}
				f.refuse = nil
				f.flows = map[string]string{}
				return nil, true
			}
		})
		w.edit(func(e edit) {
			e.put("put_flush", 7, fmt.Sprint(at))
			e.put("put_flow", 2, i, "", "drop", 0)
		})
		w.settle()
		require.Len(t, f.list(), i+2)
		require.EqualValues(t, i+2, w.counter("openflow_connections"))
		require.EqualValues(t, 2*i+2, w.counter("openflow_zones_flushed"))
	}
}

// A switch that does not let us work is left, and tried again.
func TestRefusedAtAll(t *testing.T) {
	f := newFake(t)
	refusals := 0
	f.refuse = func(kind openflow.MessageType, m []byte) (*openflow.Error, bool) {
		if kind == openflow.TypeBundleControl && m[13] == byte(openflow.BundleOpen) && refusals < 3 {
			refusals++
			return &openflow.Error{Type: 17, Code: 3}, false
		}
		// The flows cannot be read, and then not be cleared.
		if kind == openflow.TypeMultipartRequest && m[9] == byte(openflow.MultipartFlows) {
			return openflow.ErrBadType, false
		}
		if mod, err := openflow.DecodeFlowMod(m); err == nil && mod.Command == openflow.FlowDelete && refusals < 6 {
			refusals++
			return &openflow.Error{Type: 5, Code: 4}, false
		}
		return nil, false
	}
	f.flows["9 9 ip"] = "drop"
	w := newWorld(t, f.remote)
	w.edit(func(e edit) {
		e.put("put_ready", 1)
		e.put("put_flow", 1, 1, "", "drop", 0)
	})
	w.settle()
	require.Equal(t, []string{"1 1  drop"}, f.list())
	require.Greater(t, w.counter("openflow_connections"), uint64(3))
	require.Empty(t, w.reasons())
}

// Another controller may map the same tunnel option at the same time.
func TestTunnelRace(t *testing.T) {
	f := newFake(t)
	f.refuse = func(kind openflow.MessageType, m []byte) (*openflow.Error, bool) {
		if isExperimenter(kind, m, openflow.TypeTLVTableMod) {
			if len(f.options) == 0 {
				f.options = []openflow.TunnelOption{{Class: 1, Type: 2, Length: 4, Index: 0}}
				return openflow.ErrTLVAlreadyMapped, false
			}
			f.options = append(f.options, openflow.TunnelOption{Class: 0x102, Type: 0x80, Length: 4, Index: 9})
			return openflow.ErrTLVDuplicate, false
		}
		return nil, false
	}
	w := newWorld(t, f.remote)
	w.edit(func(e edit) {
		e.put("put_ready", 1)
		e.put("put_option", 0x102, 0x80, 4)
		e.put("put_flow", 1, 1, "", "drop", 0)
	})
	w.settle()
	w.turn(func() { require.Equal(t, []string{"258 128 4 9"}, w.facts("tunnel_field")) })
	require.Empty(t, w.reasons())

	// A switch without tunnel options gets its flows all the same.
	f = newFake(t)
	f.refuse = func(kind openflow.MessageType, m []byte) (*openflow.Error, bool) {
		if kind == openflow.TypeExperimenter {
			return openflow.ErrBadExperimenterType, false
		}
		return nil, false
	}
	w = newWorld(t, f.remote)
	w.edit(func(e edit) {
		e.put("put_ready", 1)
		e.put("put_option", 0x102, 0x80, 4)
		e.put("put_flow", 1, 1, "", "drop", 0)
	})
	w.settle()
	require.Len(t, f.list(), 1)
	w.wantReasons("tunnel_option 00000000 : the switch cannot have the tunnel option as a field: OFPBRC_BAD_SUBTYPE")
	w.drop("put_option", 0x102, 0x80, 4)
	w.settle()
	w.wantReasons()
}

// The program says how often a silent switch is asked for a sign of life.
func TestProbe(t *testing.T) {
	f := newFake(t)
	w := newWorld(t, f.remote)
	w.put("put_probe", "sb", 1)
	eventually(t, "connected", func() bool { return w.sink.Status() == "connected" })
	require.Zero(t, f.count(openflow.TypeEchoRequest))
	w.put("put_probe", "openflow", 1000)
	eventually(t, "asked", func() bool { return f.count(openflow.TypeEchoRequest) > 1 })
	require.EqualValues(t, 1, w.counter("openflow_connections"))
}
