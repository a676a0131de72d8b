package flows

import (
	"slices"
	"strings"
	"sync/atomic"
)

// counts is what happened since the process began.
type counts struct {
	connections, bundles, bundlesRefused, refused, flowsAdded, flowsModified, flowsDeleted,
	entriesPut, entriesDeleted, flushes, flightNs atomic.Uint64
}

// Counter is a number that only grows.
type Counter struct {
	Name  string // in the form of the names of ovn-appctl coverage/show
	Value uint64
}

// Counters says how much was sent to the switch so far, in the order of the names. It may be called
// by any goroutine.
func (s *Sink) Counters() []Counter {
	c := &s.counts
	list := []Counter{
		{"openflow_connections", c.connections.Load()},
		{"openflow_bundles", c.bundles.Load()},
		{"openflow_bundles_refused", c.bundlesRefused.Load()},
		{"openflow_messages_refused", c.refused.Load()},
		{"openflow_flows_added", c.flowsAdded.Load()},
		{"openflow_flows_modified", c.flowsModified.Load()},
		{"openflow_flows_deleted", c.flowsDeleted.Load()},
		{"openflow_groups_and_meters_put", c.entriesPut.Load()},
		{"openflow_groups_and_meters_deleted", c.entriesDeleted.Load()},
		{"openflow_zones_flushed", c.flushes.Load()},
		{"openflow_flight_ns", c.flightNs.Load()},
	}
	slices.SortFunc(list, func(a, b Counter) int { return strings.Compare(a.Name, b.Name) })
	return list
}

// Listed is a group or a meter.
type Listed struct {
	ID   uint32
	Text string // as its fact says
}

// Groups lists the groups that are wanted and in the switch, or on their way there, by their
// numbers.
func (s *Sink) Groups() []Listed { return s.groups.listed() }

// Meters lists the same of meters.
func (s *Sink) Meters() []Listed { return s.meters.listed() }

func (l *entries) listed() []Listed {
	var list []Listed
	for id, e := range l.byID {
		if e.isUsable() && e.isHeld {
			list = append(list, Listed{id, e.texts[0]})
		}
	}
	slices.SortFunc(list, func(a, b Listed) int { return int(int64(a.ID) - int64(b.ID)) })
	return list
}
