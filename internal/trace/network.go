package trace

import (
	"slices"
	"strings"
)

// Network is what a packet meets.
type Network struct {
	Datapaths   []*Datapath
	AddressSets map[string][]string // by name: addresses as the Southbound has them
	PortGroups  map[string][]string // by name: names of ports
}

// Datapath is a logical switch with its flows.
type Datapath struct {
	Name   string
	Ports  map[string]*Port
	Groups map[string][]string // names of ports by the name of a Multicast_Group
	Flows  []*Flow
	tables map[tableKey][]*readFlow
}

// Port is a logical port.
type Port struct {
	Type     string
	Security []string // Port_Binding.port_security; nothing is checked if it is empty
}

// Flow is a logical flow.
type Flow struct {
	Pipeline string `json:"pipeline"` // ingress or egress
	Table    int    `json:"table"`
	Stage    string `json:"stage"`
	Priority int    `json:"priority"`
	Match    string `json:"match"`
	Actions  string `json:"actions"`
	Source   string `json:"source,omitempty"` // the rule that it comes from
}

type tableKey struct {
	pipeline string
	table    int
}

// readFlow is a flow whose match and actions have been read.
type readFlow struct {
	*Flow
	match   match
	actions []action
	fault   error // it cannot be read, and is passed over
}

// table returns the flows of a table from the highest priority down.
func (d *Datapath) table(k tableKey) []*readFlow {
	if d.tables == nil {
		d.tables = map[tableKey][]*readFlow{}
		for _, f := range d.Flows {
			k := tableKey{f.Pipeline, f.Table}
			d.tables[k] = append(d.tables[k], &readFlow{Flow: f})
		}
		for _, list := range d.tables {
			slices.SortStableFunc(list, func(a, b *readFlow) int {
				if a.Priority != b.Priority {
					return b.Priority - a.Priority
				}
				return strings.Compare(a.Match, b.Match)
			})
		}
	}
	return d.tables[k]
}

// read reads the flow on its first use.
func (f *readFlow) read() {
	if f.match != nil || f.fault != nil {
		return
	}
	if f.match, f.fault = parseMatch(f.Match); f.fault == nil {
		f.actions, f.fault = parseActions(f.Actions)
	}
}

// has reports whether a port is one of this datapath.
func (d *Datapath) has(port string) bool { return d.Ports[port] != nil }
