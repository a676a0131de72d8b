package trace

import (
	"errors"
	"fmt"
	"slices"
	"strings"
)

// Trace is the way of a packet.
type Trace struct {
	Passes    []*Pass  `json:"passes"`    // in the order in which the packet and its copies pass
	Delivered []string `json:"delivered"` // the ports where it comes out
	Faults    []string `json:"faults"`    // flows that could not be read and were passed over
}

// Pass is the way through one pipeline.
type Pass struct {
	Pipeline string `json:"pipeline"`
	Datapath string `json:"datapath"`
	Inport   string `json:"inport"`
	Outport  string `json:"outport,omitempty"`
	Steps    []Step `json:"steps"`
}

// Step is what one table does.
type Step struct {
	Table int      `json:"table"`
	Flow  *Flow    `json:"flow"`  // nil if none matches
	Lines []string `json:"lines"` // the actions that were done, with notes as /* comments */
}

// maxSteps ends packets that go round in circles.
const maxSteps = 4096

// tracer follows a packet.
type tracer struct {
	network  *Network
	datapath *Datapath
	trace    *Trace
	todo     []visit
	tracking number // what ct_next finds out
	steps    int
}

// visit is a packet that is about to enter a table.
type visit struct {
	packet   *packet
	pipeline string
	table    int
}

// Run follows the packet that text describes, a match such as inport == "p1" && eth.dst ==
// 02:00:00:00:00:02. tracking lists what connection tracking says of it, such as new or est,rpl.
func (n *Network) Run(text, tracking string) (*Trace, error) {
	p, err := parsePacket(text)
	if err != nil {
		return nil, err
	}
	t := &tracer{network: n, trace: &Trace{Delivered: []string{}, Faults: []string{}}}
	if err := t.setTracking(tracking); err != nil {
		return nil, err
	}
	inport := p.text["inport"]
	if inport == "" {
		return nil, errors.New("packet: it has to enter somewhere; say inport == and a port's name")
	}
	i := slices.IndexFunc(n.Datapaths, func(d *Datapath) bool { return d.has(inport) })
	if i < 0 {
		return nil, fmt.Errorf("packet: no switch has a port %q", inport)
	}
	t.datapath = n.Datapaths[i]
	t.todo = []visit{{p, "ingress", 0}}
	for len(t.todo) > 0 {
		v := t.todo[0]
		t.todo = t.todo[1:]
		t.pass(v)
	}
	slices.Sort(t.trace.Delivered)
	return t.trace, nil
}

func (t *tracer) setTracking(text string) error {
	t.tracking = ones(1).left(trackingBits["trk"])
	for _, name := range strings.Split(text, ",") {
		bit, ok := trackingBits[name]
		if !ok {
			return fmt.Errorf("%q is no state of a connection: new, est, rel, rpl, inv, trk", name)
		}
		t.tracking = t.tracking.or(ones(1).left(bit))
	}
	return nil
}

// pass takes a packet through a pipeline.
func (t *tracer) pass(v visit) {
	pass := &Pass{Pipeline: v.pipeline, Datapath: t.datapath.Name, Inport: v.packet.text["inport"]}
	if v.pipeline == "egress" {
		pass.Outport = v.packet.text["outport"]
	}
	t.trace.Passes = append(t.trace.Passes, pass)
	for table := v.table; table >= 0; {
		step := Step{Table: table, Lines: []string{}}
		x := execution{tracer: t, step: &step, pipeline: v.pipeline, table: table, next: -1}
		if t.steps++; t.steps > maxSteps {
			x.note("it goes round in circles")
		} else if f := t.find(v.packet, tableKey{v.pipeline, table}); f != nil {
			step.Flow = f.Flow
			x.run(v.packet, f.actions)
		} else {
			x.note("no match: dropped")
		}
		pass.Steps = append(pass.Steps, step)
		table = x.next
	}
}

// find returns the flow of a table that a packet gets, or nil.
func (t *tracer) find(p *packet, k tableKey) *readFlow {
	for _, f := range t.datapath.table(k) {
		f.read()
		if f.fault != nil {
			fault := fmt.Sprintf("%s, priority %d, %s => %s: %s", f.Stage, f.Priority, f.Match, f.Actions,
				f.fault)
			if !slices.Contains(t.trace.Faults, fault) {
				t.trace.Faults = append(t.trace.Faults, fault)
			}
			continue
		}
		if f.match.holds(p, t.network, false) {
			return f
		}
	}
	return nil
}
